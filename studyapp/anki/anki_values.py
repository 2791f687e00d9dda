"""What stands in a collection of Anki's, whatever its version: plain values, not ours yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from studyapp.domain.presets import Preset


@dataclass(frozen=True, slots=True)
class AnkiTemplate:
    """How one card is made from a note."""

    ordinal: int
    name: str
    question: str
    """HTML with `{{Field}}`."""
    answer: str


@dataclass(frozen=True, slots=True)
class AnkiNoteType:
    """Fields and templates that notes have in common."""

    id: int
    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    """Names, in their order."""
    templates: tuple[AnkiTemplate, ...]
    css: str = ""


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """A deck of Anki's."""

    id: int
    name: str
    """Full name; `A::B` is a sub-deck of `A`."""
    description: str = ""
    """Markdown if `is_markdown`, else HTML."""
    is_markdown: bool = False
    preset_id: int = 1
    is_filtered: bool = False
    """A deck that only borrows cards of others."""


class AnkiCard(NamedTuple):
    """A row of the table of cards; the columns mean what docs/anki-import.md says."""

    id: int
    note_id: int
    deck_id: int
    ordinal: int
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    original_due: int
    original_deck_id: int
    flags: int


class AnkiNote(NamedTuple):
    """A note with its cards."""

    id: int
    guid: str
    note_type_id: int
    changed_at_s: int
    """Seconds since the epoch."""
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    """HTML, in the order of the note type's fields."""
    cards: tuple[AnkiCard, ...] = ()


class AnkiReview(NamedTuple):
    """A row of the log; a tuple, since there may be a million of them."""

    id: int
    """Milliseconds since the epoch."""
    card_id: int
    ease: int
    """The grade, 1 to 4; 0: a change of the schedule by hand."""
    interval: int
    """After it: days, or seconds if negative."""
    last_interval: int
    factor: int
    took_ms: int
    type: int
    """0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled."""


@dataclass(frozen=True, slots=True)
class AnkiCollection:
    """All of a collection but its notes, cards and log."""

    schema: int
    """11 or 18."""
    created_at_s: int
    """Seconds since the epoch; days are counted from then."""
    creation_offset_minutes: int | None
    """UTC minus local time when it was created, as Anki has it; None: not written down."""
    changed_at_ms: int
    note_types: Mapping[int, AnkiNoteType] = field(default_factory=dict)
    decks: Mapping[int, AnkiDeck] = field(default_factory=dict)
    presets: Mapping[int, Preset] = field(default_factory=dict)
