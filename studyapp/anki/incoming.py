"""What an import brings, wherever it comes from: notes of ours that no collection has yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from studyapp.domain.cards import NEW_SCHEDULE, Schedule
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, Source
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import LoggedReview


class IncomingCard(NamedTuple):
    """A card and where it stands; a tuple, as a note is, since there may be 100,000 of them."""

    ordinal: int
    deck_name: str
    """Full name."""
    position: int | None = None
    """In the order of learning; None: after all others."""
    schedule: Schedule = NEW_SCHEDULE
    suspended: bool = False
    buried_on: int | None = None
    """A study day."""
    flag: int = 0
    source_id: int | None = None
    """What the log calls it."""


class IncomingNote(NamedTuple):
    """A note with its cards."""

    note: Note
    deck_name: str
    """For cards that are not told."""
    cards: tuple[IncomingCard, ...] = ()
    created_at: int | None = None
    """Milliseconds since the epoch; None: now."""
    changed_at: int | None = None
    """Of its content, in ms since the epoch; None: nobody knows."""
    is_partial: bool = False
    """It could not say source and links; those that a note has here stay."""
    exported: tuple[str, ...] | None = None
    """The fields in Anki, of a note that this app may have exported."""


@dataclass(frozen=True, slots=True)
class IncomingDeck:
    """What is told of a deck."""

    name: str
    description: str = ""
    """Markdown."""
    sources: tuple[Source, ...] = ()
    macros: Macros = NO_MACROS
    preset: Preset | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not taken."""

    what: str
    """How the user may know it."""
    reason: str
    """As a part of a sentence: "it asks nothing"."""


@dataclass(frozen=True, slots=True)
class Flattened:
    """A note type that is none of ours."""

    note_type: str
    notes: int
    becomes: str
    """As a part of a sentence: "a basic note for each card"."""
    losses: tuple[str, ...]
    """What does not come along, each as a sentence without a full stop."""


KEPT_REMARKS = 1000
"""Skipped things that are told one by one; the others are counted."""


@dataclass(slots=True)
class Findings:
    """What was found while reading, beside the notes; complete when all notes were read."""

    skipped: list[Skipped] = field(default_factory=list)
    skipped_count: int = 0
    """All of them, also those that are not told one by one."""
    flattened: list[Flattened] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Sentences for the user."""
    counts: Counter[str] = field(default_factory=Counter)
    """Of things that are told by their number, by a noun for many of them."""

    def skip(self, what: str, reason: str) -> None:
        """Note down that something is not taken."""
        self.skipped_count += 1
        if len(self.skipped) < KEPT_REMARKS:
            self.skipped.append(Skipped(what, reason))

    def add(self, others: Findings) -> None:
        """Note down what was found elsewhere."""
        self.skipped_count += others.skipped_count
        self.skipped += others.skipped[: KEPT_REMARKS - len(self.skipped)]
        self.flattened += others.flattened
        self.remarks += others.remarks
        self.counts.update(others.counts)


@dataclass(frozen=True, slots=True)
class IncomingMedium:
    """A picture or sound."""

    name: str
    """A safe name that it shall have here, if that is free."""
    called: str
    """As notes call it where they come from."""
    read: Callable[[], Iterator[bytes]]
    """What it holds, some at a time; raises PackageError or StorageError."""


class CardLog(Protocol):
    """The log of one card."""

    @property
    def source_id(self) -> int:
        """The card, as `IncomingCard.source_id`."""

    @property
    def count(self) -> int:
        """How many reviews it has."""

    @property
    def is_short(self) -> bool:
        """Whether it may go with others through `Incoming.map_logs`."""

    def reviews(self, now: Schedule, preset: Preset) -> list[LoggedReview]:
        """The reviews in their order; `now` and `preset` are what the card has now."""


class LoggedCard(NamedTuple):
    """A card of the collection whose log shall be mapped."""

    source_id: int
    """As `IncomingCard.source_id`."""
    card_id: int
    now: Schedule
    preset: Preset


@dataclass(slots=True)
class Seen:
    """What a look through a whole package has found, which need not be looked for again."""

    has_odd_log: bool = True
    """Whether something in its log may be no number of ours."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An open file; what it brings can be read as long as it is open, and several times."""

    what: str
    """As a step of undo calls it: "Biology.apkg"."""
    notes: Callable[[Mapping[str, str], Findings], Iterator[IncomingNote]]
    """Takes the names that media get here by those that they have there."""
    note_count: int
    """About."""
    decks: Mapping[str, IncomingDeck] = field(default_factory=dict)
    """What is told of decks, by their full names."""
    media: tuple[IncomingMedium, ...] = ()
    log: Callable[[Findings], Iterator[CardLog]] | None = None
    map_logs: Callable[[Iterable[LoggedCard]], int] | None = None
    """Says of many short logs at once what `CardLog.reviews` says, and returns how many reviews.

    They are `reviews` in `log_file` then, with the columns of the collection's table, and their ids
    alone `review_ids`. To be called once, after all of `log` was read.
    """
    log_file: Path | None = None
    """A database of ours."""
    log_count: int = 0
    """Of rows, also of those that are no reviews."""
    findings: Callable[[Findings], None] = lambda _: None
    """Tells what was found when it was opened."""
    seen: Seen | None = None
    """True once all of it was read."""
