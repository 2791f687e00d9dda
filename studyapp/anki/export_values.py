"""What is exported to Anki, how much of it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple, TypeAlias

from studyapp.anki.formulas import FormulaProblem
from studyapp.anki.losses import Loss
from studyapp.domain.cards import NEW_SCHEDULE, Schedule
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note

CopyLog: TypeAlias = Callable[[Path], AbstractContextManager[Connection]]
"""Of a database that is made: a connection that has it at hand as `made`, and a log in the table
`LOG_LINES` of `domain.reviews`; nothing else there may be changed."""

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how much of how much is done; cancels by raising an exception of its own."""


def unwatched(_done: int, _total: int) -> None:
    """For work that nobody watches."""


def part(progress: Progress, start: int, end: int) -> Progress:
    """The progress of a part, which begins and ends when so many percent of the whole are done."""

    def tell(done: int, total: int) -> None:
        progress(start * total + (end - start) * done, 100 * total)

    return tell


class ExportCard(NamedTuple):
    """A card of a note that is exported."""

    ordinal: int
    deck_name: str
    """Full name; `A::B` is a sub-deck of `A`."""
    position: int
    """0 or more; Anki shows new cards in this order."""
    suspended: bool = False
    flag: int = 0
    """0 none, 1 to 7 the colours."""
    buried: bool = False
    """It is not asked today."""
    schedule: Schedule = NEW_SCHEDULE
    id: int = 0
    """Which the log calls it by."""
    last_review_at: int | None = None
    """Milliseconds since the epoch; None: there is no review."""
    reviews: int = 0
    """How many the log has."""


class ExportNote(NamedTuple):
    """A note and what its collection knows of it."""

    note: Note
    created_at: int
    """Milliseconds since the epoch."""
    changed_at: int
    """Of its content, in ms since the epoch; Anki keeps what is newer."""
    cards: tuple[ExportCard, ...]
    macros: Macros = NO_MACROS
    """Those that its formulas may use; Anki does not know them, so they are expanded."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How much is exported of what notes and cards there are."""

    schedule: bool = True
    """Also schedules, suspended cards, flags and presets; else every card is new."""
    log: CopyLog | None = None
    """Reviews of other cards are passed over; None: there is none."""
    utc_offset_ms: int = 0
    """Local time minus UTC, by which study days begin."""
    every_deck: bool = False
    """Also decks that are described and have no card."""
    is_whole: bool = False
    """It takes the place of a collection: also media that no note calls for."""
    modern: bool = False
    """In the format of Anki 2.1.50 and newer, which is smaller."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a package holds, or would hold."""

    notes: int
    cards: int
    decks: int
    """Decks with cards, and all decks above them."""
    problems: tuple[FormulaProblem, ...]
    """Formulas that this app cannot draw; they are in the package as their authors wrote them."""
    left_out: tuple[str, ...]
    """Keys of notes without a card; Anki would delete them."""
    missing_media: tuple[str, ...]
    """Names of files that notes call for and nobody has."""
    media: int = 0
    media_bytes: int = 0
    presets: int = 0
    reviews: int = 0
    losses: tuple[Loss, ...] = ()
    """All that does not come along, those above among them."""
