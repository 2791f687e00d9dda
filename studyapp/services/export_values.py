"""What shall be exported and how, what that would lose, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from studyapp.anki.losses import Loss
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant
from studyapp.services.chosen import Chosen
from studyapp.store.copying import Copying


class Form(StrEnum):
    """What is written; the values are the endings of files."""

    PACKAGE = "apkg"
    """For Anki, to be added to what is there."""
    COLLECTION = "colpkg"
    """For Anki, in the place of all that is there."""
    CSV = "csv"
    TSV = "tsv"
    """Texts with a note on each line, for Anki and for tables."""
    DECKS = "decks"
    """A folder with a deck file for each deck, and their media beside."""
    JSON = "json"
    """Everything that is known, with the history, for programs."""


PACKAGES: Final = (Form.PACKAGE, Form.COLLECTION)
"""What Anki imports as a package."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All decks."""


@dataclass(frozen=True, slots=True)
class OfDeck:
    """The cards of a deck and of those below it."""

    name: str
    """Full name."""


@dataclass(frozen=True, slots=True)
class OfTag:
    """The notes with a tag or one below it, with all their cards."""

    name: str


@dataclass(frozen=True, slots=True)
class OfSearch:
    """The notes of the cards that a search finds, with all their cards."""

    query: str


Selection: TypeAlias = Everything | OfDeck | OfTag | OfSearch | Chosen


@dataclass(frozen=True, slots=True)
class Request:
    """What shall be exported."""

    selection: Selection
    form: Form = Form.PACKAGE
    with_schedule: bool = False
    """Of a package: also schedules, suspended cards, flags, presets and the history."""
    modern: bool = False
    """Of a package or a whole collection: in the format of Anki 2.1.50 and newer."""


@dataclass(frozen=True, slots=True)
class Task:
    """One export: all that is known beside the notes."""

    request: Request
    target: Path | None
    """None: it only looks, and writes nothing."""
    media: Path
    """The folder with the collection's pictures and sounds."""
    now: Instant
    options: DayOptions
    progress: Callable[[int, int], None]
    """Raises Cancelled."""
    copying: Copying
    """What has been gathered was read from the same state."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export holds, and what it does not."""

    form: Form
    notes: int
    cards: int
    decks: int
    """Decks with cards, and all decks above them."""
    media: int = 0
    media_bytes: int = 0
    presets: int = 0
    reviews: int = 0
    losses: tuple[Loss, ...] = ()

    def told(self) -> str:
        """For a reader, a sentence or two a line."""
        return "\n".join([f"It holds {self.holds()}.", *self.lost()])

    def holds(self) -> str:
        """Such as "12 notes, 14 cards, 2 decks"."""
        counts = {
            "note": self.notes,
            "card": self.cards,
            "deck": self.decks,
            "preset": self.presets,
            "review": self.reviews,
        }
        found = [
            f"{count:,} {what}{'' if count == 1 else 's'}"
            for what, count in counts.items()
            if count
        ]
        if self.media:
            found.append(f"{self.media:,} media ({self.media_bytes / 1e6:.1f} MB)")
        return ", ".join(found)

    def lost(self) -> list[str]:
        """What is lost, a line each."""
        if not self.losses:
            return ["Nothing is lost."]
        return ["What does not come along:", *(f"  {loss.told()}" for loss in self.losses)]


@dataclass(frozen=True, slots=True)
class Report:
    """What was exported, and what to do with it."""

    preview: Preview
    """What it holds."""
    target: Path

    def told(self) -> str:
        """For a reader, a sentence or two a line."""
        counts = f"{self.preview.notes:,} notes with {self.preview.cards:,} cards"
        lines = [f"Exported {counts} to {self.target}."]
        lines += [self.next_steps] if self.next_steps else []
        return "\n".join([*lines, *(self.preview.lost() if self.preview.losses else [])])

    @property
    def next_steps(self) -> str:
        """What to do in Anki; empty: it is not for Anki."""
        steps = NEXT_STEPS[self.preview.form]
        if self.preview.form is Form.PACKAGE and self.preview.presets:
            steps += f" {WITH_SCHEDULE}"
        return steps


WITH_SCHEDULE: Final = (
    "Tick “Import any learning progress” for schedules, suspended cards, flags and the history, "
    "and “Import any deck presets” for the same intervals as here; without the ticks all cards "
    "are new there. Cards that Anki has already keep the schedule and the history that they have "
    "there."
)
NEXT_STEPS: Final = {
    Form.PACKAGE: "In Anki choose File → Import and open the package. Importing it again later "
    "updates the notes that were changed here since; a note that was changed in Anki later than "
    "here stays as it is, and cards keep their progress.",
    Form.COLLECTION: "In Anki choose File → Import and open the file. It takes the place of the "
    "whole collection of that profile: all that Anki has now is gone, so make a new profile for it "
    "(File → Switch Profile) or back yours up first.",
    Form.CSV: "In Anki choose File → Import and open the file; for existing notes, “Update” takes "
    "the words from here and “Preserve” those from there. "
    "Anki must know the note types: import any .apkg from here once before. It takes no files from "
    "a text: copy pictures and sounds into the folder collection.media of the profile.",
    Form.DECKS: "",
    Form.JSON: "",
}
"""What to tell the user after an export."""
NEXT_STEPS[Form.TSV] = NEXT_STEPS[Form.CSV]
