"""How many cards the coming days have, preset by preset, kept up to date while cards are graded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from threading import Lock

from studyapp.domain.cards import Schedule
from studyapp.domain.decks import Deck
from studyapp.scheduling.balance import DAYS, EVEN, DueLoad
from studyapp.store import due
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot


class DueLoads:
    """Counted when they are first asked for, or beside the window before: a queue is there first.

    No card is graded meanwhile, since that needs the counts.
    """

    def __init__(
        self,
        database: Database,
        every: Sequence[Deck],
        day: int,
        closed: frozenset[int] = frozenset(),
    ) -> None:
        """`closed`: study days of vacations."""
        self._database = database
        self._day = day
        self._closed = closed
        self._decks = {deck.id: deck for deck in every}
        self._counts: dict[int, list[int]] = {}
        self._counting = Lock()

    def of(self, deck_id: int) -> DueLoad | None:
        """What a card of this deck is fitted to; None if nothing of that kind is wanted."""
        deck = self._decks[deck_id]
        if deck.preset.load_balance:
            counts = self._counted(deck.preset_id, self._database)
            return DueLoad(self._day, counts, deck.preset.easy_days_percent, self._closed)
        if deck.preset.easy_days_percent != EVEN or self._closed:
            return DueLoad(self._day, (), deck.preset.easy_days_percent, self._closed)
        return None

    def count(self, deck_id: int) -> None:
        """Do beforehand what takes long in `of`; for another thread, which holds up nobody.

        Raises StorageError.
        """
        deck = self._decks[deck_id]
        if deck.preset.load_balance and deck.preset_id not in self._counts:
            with closing(Snapshot(self._database.path)) as beside:
                self._counted(deck.preset_id, beside)

    def move(self, deck_id: int, before: Schedule, after: Schedule) -> None:
        """A card comes on another day."""
        counts = self._counts.get(self._decks[deck_id].preset_id)
        for schedule, change in ((before, -1), (after, 1)):
            ahead = -1 if schedule.due_on is None else schedule.due_on - self._day
            if counts is not None and 0 <= ahead < DAYS:
                counts[ahead] += change

    def _counted(self, preset_id: int, source: Database | Snapshot) -> list[int]:
        """A thread that comes second waits for the first one's counts."""
        with self._counting:
            if preset_id not in self._counts:
                deck_ids = self._by_preset()[preset_id]
                with source.read() as tx:
                    self._counts[preset_id] = due.by_day(tx, deck_ids, self._day, DAYS)
            return self._counts[preset_id]

    def _by_preset(self) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for deck in self._decks.values():
            found[deck.preset_id].append(deck.id)
        return found
