"""One run through a file: it decides and counts; `import_writing` does the same and writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from studyapp.anki.incoming import CardLog, Findings, Incoming, IncomingCard, IncomingNote
from studyapp.domain.card_making import ordinals
from studyapp.domain.cards import CardState
from studyapp.domain.macros import NO_MACROS
from studyapp.domain.notes import Note
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import LoggedReview
from studyapp.services import import_media
from studyapp.services.import_deciding import (
    Decision,
    Status,
    decide,
    is_studied_further,
    new_reviews,
)
from studyapp.services.import_kept import portions
from studyapp.services.import_media import MediaPlan
from studyapp.services.import_values import KEPT_CONFLICTS, Choice, Choices, Conflict, Numbers
from studyapp.services.progress import Progress, go_on
from studyapp.store import decks, incoming_decks, macros, notes
from studyapp.store import incoming as writing
from studyapp.store.database import Transaction
from studyapp.store.incoming import KnownCard, LoggedGrade
from studyapp.store.notes import StoredNote

AT_ONCE = 2000
"""Notes, or cards with their log."""
CHARACTERS_AT_ONCE = 4_000_000
"""Of notes, however few."""
_WORTH_OF_A_NOTE = 10
"""How much longer a note takes than a row of the log, for the progress."""

_T = TypeVar("_T")


class Arrived(NamedTuple):
    """A card of the file and the one that it is here."""

    card: IncomingCard
    known_id: int | None
    """None: it is new, and was only looked at."""


class Run:
    """Looks at all that a file brings, in one transaction that it does not write to."""

    def __init__(
        self,
        tx: Transaction,
        incoming: Incoming,
        folder: Path,
        choices: Choices,
        progress: Progress,
    ) -> None:
        self.tx = tx
        self.incoming = incoming
        self.folder = folder
        self.choices = choices
        self.numbers = Numbers()
        self.findings = Findings()
        self.conflicts: list[Conflict] = []
        self.new_decks: list[str] = []
        self._deck_names: dict[str, None] = {}
        self._progress = progress
        self._done = 0
        of_notes = _WORTH_OF_A_NOTE * incoming.note_count
        self._total = of_notes + incoming.log_count + len(incoming.media)
        self._arrived: dict[int, Arrived] = {}

    def run(self) -> None:
        """Raises PackageError, StorageError or Cancelled."""
        self.incoming.findings(self.findings)
        planned = import_media.plan(self.folder, self.incoming.media, lambda: self.step(1))
        self.numbers.media = len(planned.arriving)
        self.numbers.media_bytes = sum(each.medium.size_bytes for each in planned.arriving)
        self.take_media(planned)
        for chunk in portions(
            self.incoming.notes(planned.names, self.findings), AT_ONCE, CHARACTERS_AT_ONCE
        ):
            self._notes(chunk)
            self.flush()
            self.step(_WORTH_OF_A_NOTE * len(chunk))
        if self.incoming.log is not None:
            for logs in _chunks(self.incoming.log(self.findings)):
                self._logs(logs)
            self.map_logs()
        self._progress_without_log()
        self.flush()
        self.new_decks = incoming_decks.missing_decks(self.tx, self._deck_names) or self.new_decks
        self.numbers.skipped = self.findings.skipped_count

    def step(self, count: int) -> None:
        """Tell the progress; raises Cancelled."""
        self._done += count
        go_on(self._progress, min(self._done, self._total), self._total)

    def is_wanted(self) -> bool:
        """For work within SQLite, which raises an error of its own then."""
        return self._progress(min(self._done, self._total), self._total)

    # What a run that writes does besides.

    def take_media(self, planned: MediaPlan) -> None:
        """The files are known."""

    def add(self, incoming: IncomingNote, note: Note, cards: Sequence[IncomingCard]) -> list[int]:
        """A new note; returns the ids of its cards, if they have some."""
        return []

    def update(self, incoming: IncomingNote, stored: StoredNote, decision: Decision) -> None:
        """A note that gets another content."""

    def keep(self, stored: StoredNote, theirs: Note) -> None:
        """The user wants the words here, whatever those there are."""

    def set_progress(self, known: KnownCard, card: IncomingCard) -> None:
        """A card that was studied further there."""

    def log(self, card_id: int, reviews: Sequence[LoggedReview]) -> None:
        """New reviews of a card."""

    def is_mapped_later(self, log: CardLog, arrived: Arrived) -> bool:
        """Whether `map_logs` logs it."""
        return False

    def map_logs(self) -> None:
        """New reviews of all cards that were put off."""

    def flush(self) -> None:
        """What was added shall be in the database from now on."""

    def new_key(self) -> str:
        """For a note of its own."""
        return "a key"

    # Notes

    def _notes(self, chunk: Sequence[IncomingNote]) -> None:
        keys = [each.note.key for each in chunk]
        stored = notes.by_keys(self.tx, keys)
        macros_of = macros.of_notes(self.tx, list(stored))
        cards_of = writing.cards_of(self.tx, [each.id for each in stored.values()])
        met: set[str] = set()
        for each in chunk:
            key = each.note.key
            if key in met:
                self.findings.skip(f"the note {key}", "another one of the file has its key")
                continue
            met.add(key)
            here = stored.get(key)
            decision = decide(each, here, macros_of.get(key, NO_MACROS))
            if here is None:
                self._new(each, decision.note)
            else:
                self._known(each, here, decision, cards_of.get(here.id, {}))

    def _new(self, incoming: IncomingNote, note: Note) -> None:
        given = {card.ordinal: card for card in incoming.cards}
        wanted = [
            given.get(each) or IncomingCard(each, incoming.deck_name) for each in ordinals(note)
        ]
        for card in wanted:
            self._deck_names[card.deck_name] = None
        self.numbers.new += 1
        self.numbers.cards += len(wanted)
        ids = self.add(incoming, note, wanted)
        for index, card in enumerate(wanted):
            if card.source_id is not None:
                self._arrived[card.source_id] = Arrived(card, ids[index] if ids else None)

    def _known(
        self,
        incoming: IncomingNote,
        stored: StoredNote,
        decision: Decision,
        cards: dict[int, KnownCard],
    ) -> None:
        match decision.status:
            case Status.UPDATED:
                self.numbers.updated += 1
                self.update(incoming, stored, decision)
            case Status.CONFLICTING:
                self._conflict(incoming, stored, decision)
            case Status.OLDER:
                what = f"the note {stored.note.key}"
                self.findings.skip(what, "the one here was changed later")
            case _:
                self.numbers.unchanged += 1
        for card in incoming.cards:
            known = cards.get(card.ordinal)
            if known is not None and card.source_id is not None:
                self._arrived[card.source_id] = Arrived(card, known.id)

    def _conflict(self, incoming: IncomingNote, stored: StoredNote, decision: Decision) -> None:
        match self.choices.of(stored.note.key):
            case Choice.THEIRS:
                self.numbers.updated += 1
                self.update(
                    incoming,
                    stored,
                    decision._replace(note=decision.theirs, base=decision.theirs),
                )
            case Choice.MINE:
                self.numbers.unchanged += 1
                self.numbers.kept += 1
                self.keep(stored, decision.theirs)
            case Choice.BOTH:
                own = replace(decision.theirs, key=self.new_key())
                self._new(incoming._replace(cards=(), note=own), own)
                self.keep(stored, decision.theirs)
            case _:
                self.numbers.conflicting += 1
                if len(self.conflicts) < KEPT_CONFLICTS:
                    found = Conflict(stored.note.key, stored.note, decision.theirs)
                    self.conflicts.append(found)

    # Progress

    def _logs(self, logs: Sequence[CardLog]) -> None:
        arrived = {log.source_id: self._arrived.pop(log.source_id, None) for log in logs}
        later = {
            log.source_id
            for log in logs
            if (each := arrived[log.source_id]) and self.is_mapped_later(log, each)
        }
        ids = [
            each.known_id
            for source_id, each in arrived.items()
            if each and each.known_id is not None and source_id not in later
        ]
        known = writing.cards_by_id(self.tx, ids)
        grades = writing.grades_of(self.tx, ids)
        presets = self._presets()
        for log in logs:
            each = arrived[log.source_id]
            if each is None:
                self.findings.counts["reviews of cards that are not in the file"] += log.count
            elif each.known_id is None or log.source_id in later:
                self.numbers.reviews += log.count
            else:
                card = known[each.known_id]
                self._log(log, each.card, card, grades.get(card.id, []), presets[card.deck_id])
        self.step(sum(log.count for log in logs if log.source_id not in later))

    def _presets(self) -> dict[int, Preset]:
        return {deck.id: deck.preset for deck in decks.every(self.tx)}

    def _log(
        self,
        log: CardLog,
        card: IncomingCard,
        known: KnownCard,
        grades: Sequence[LoggedGrade],
        preset: Preset,
    ) -> None:
        reviews = log.reviews(card.schedule, preset)
        if self._is_new(known):
            self.numbers.reviews += len(reviews)
            self.log(known.id, reviews)
            return
        new = new_reviews(reviews, grades)
        if is_studied_further(reviews, new, grades):
            self.numbers.progress += 1
            self.numbers.reviews += len(new)
            self.set_progress(known, card)
            self.log(known.id, new)
        elif new:
            self.findings.counts[
                "cards that were studied here and there; their progress here stays"
            ] += 1

    def _is_new(self, known: KnownCard) -> bool:
        """Whether this run made the card."""
        return False

    def _progress_without_log(self) -> None:
        """Cards that were studied there by a log that is not in the file, and never here."""
        waiting = [
            each
            for each in self._arrived.values()
            if each.known_id is not None and each.card.schedule.state is not CardState.NEW
        ]
        for chunk in _chunks(iter(waiting)):
            ids = [each.known_id for each in chunk if each.known_id is not None]
            known = writing.cards_by_id(self.tx, ids)
            grades = writing.grades_of(self.tx, ids)
            for each in chunk:
                card = known[each.known_id or 0]
                if card.schedule.state is CardState.NEW and card.id not in grades:
                    self.numbers.progress += 1
                    self.set_progress(card, each.card)


def _chunks(items: Iterator[_T]) -> Iterator[list[_T]]:
    while chunk := list(islice(items, AT_ONCE)):
        yield chunk
