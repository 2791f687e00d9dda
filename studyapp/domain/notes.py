"""What an author writes: notes, and the deck that they are written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studyapp.domain.macros import NO_MACROS, Macros


class NoteKind(StrEnum):
    """How cards are made from a note."""

    BASIC = "basic"
    """One card: front asks for back."""
    REVERSED = "reversed"
    """Two cards: front asks for back, and back asks for front."""
    CLOZE = "cloze"
    """One card for each cloze number in the front: `{{c1::text::hint}}`."""


@dataclass(frozen=True, slots=True)
class Note:
    """The content of a note; where it is kept and how its cards are scheduled is not part of it."""

    key: str
    """Stable for ever and unique in a collection; also the note's guid in Anki."""
    kind: NoteKind
    front: str
    """Markdown; of a cloze note the text with its `{{c1::…}}` marks."""
    back: str = ""
    """Markdown; of a cloze note what is shown below the answer, and may be empty."""
    tags: tuple[str, ...] = ()
    """Without spaces; `a::b` is a tag below `a`."""
    source: str = ""
    """Where the idea stands, as Markdown in one line."""
    links: tuple[str, ...] = ()
    """Keys of the notes that this one builds on or contrasts with."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that a deck was distilled from."""

    title: str
    author: str = ""
    date: str = ""
    """As the text gives it: a year, a month or a day, ISO 8601 where it is known."""
    file: str = ""
    """Name of the text's file, where the texts are at hand."""


@dataclass(frozen=True, slots=True)
class DeckText:
    """A deck as its author wrote it: one file of the deck text format."""

    name: str
    """Full name; `A::B` is a sub-deck of `A`."""
    key: str
    """Stable for ever, so that a renamed deck is still known."""
    description: str = ""
    """Markdown."""
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    macros: Macros = NO_MACROS
    """For the formulas of its notes and of those in its sub-decks."""
    retired: tuple[tuple[str, str], ...] = ()
    """Keys of notes that earlier versions had, each with the reason why it has them no more."""
