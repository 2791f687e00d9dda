"""Looking for what is wrong with a collection, and mending it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import study_day
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, go_on, silent
from studyapp.store import backup, checking, decks
from studyapp.store.checking import IMPOSSIBLE, RULES, Rule
from studyapp.store.database import Database, Transaction
from studyapp.store.snapshot import Snapshot

RECOVERED = "Recovered"
"""The deck for cards that have none."""
_UNITS = {"cards": "card", "decks": "deck", "reviews": "review"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault."""

    name: str
    """Of its rule, such as "no-interval"."""
    message: str
    """What is wrong with how many, and what mending does: two sentences."""
    ids: tuple[int, ...]
    """Of the cards, decks or reviews."""
    can_be_mended: bool


class Checking:
    """Checks a collection; finding changes nothing and works on a snapshot too."""

    def __init__(self, database: Database | Snapshot, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def find(self, progress: Progress = silent) -> tuple[Finding, ...]:
        """What is wrong; raises Cancelled. Works in any thread."""
        with self._database.read() as tx:
            return tuple(self._look(tx, (*IMPOSSIBLE, *RULES), progress))

    def mend(self, progress: Progress = silent) -> tuple[Finding, ...]:
        """Mend all that can be, and tell what was found.

        One step of undo, except for what SQLite would refuse to put back, such as a card without a
        note: of that a backup is made before. Raises Cancelled or StorageError; nothing was changed
        then.
        """
        assert isinstance(self._database, Database)  # noqa: S101 - a snapshot cannot be changed
        first = self._mend_impossible(self._database, progress)
        with self._database.change("repair of the collection", self._clock().at) as tx:
            found: list[Finding] = []
            for rule in RULES:
                # One after the other: what one mends, another does not find any more.
                here = self._look(tx, [rule], progress)
                if here:
                    checking.mend(tx, rule, self._today(), self._clock().at)
                found += here
        return (*first, *found)

    def _mend_impossible(self, database: Database, progress: Progress) -> list[Finding]:
        with database.read() as tx:
            found = self._look(tx, IMPOSSIBLE, progress)
        if not found:
            return []
        at = self._clock().at
        backup.make(database.path, backup.folder_of(database.path), f"before-repair-{at}")
        with database.maintain(at) as tx:
            needs_deck = any(each.name == "cards-without-deck" for each in found)
            recovered = decks.ensure(tx, RECOVERED) if needs_deck else 0
            for rule in IMPOSSIBLE:
                checking.mend(tx, rule, self._today(), at, recovered)
        return found

    def _look(self, tx: Transaction, rules: Sequence[Rule], progress: Progress) -> list[Finding]:
        found = []
        for done, rule in enumerate(rules):
            go_on(progress, done, len(rules))
            ids = checking.find(tx, rule, self._today(), self._clock().at)
            if ids:
                found.append(_finding(rule, ids))
        return found

    def _today(self) -> int:
        return study_day(self._clock(), self._options.rollover_hour)


def told(findings: Iterable[Finding]) -> str:
    """All of them, a line each."""
    return "\n".join(each.message for each in findings)


def _finding(rule: Rule, ids: Sequence[int]) -> Finding:
    unit = _UNITS[rule.table]
    number = f"{len(ids):,} {unit}{'' if len(ids) == 1 else 's'}"
    remedy = rule.remedy or "That cannot be mended; what is there is kept"
    return Finding(rule.name, f"{number}: {rule.what}. {remedy}.", tuple(ids), bool(rule.remedy))
