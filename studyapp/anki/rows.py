"""Decks, presets, notes and cards as Anki's database keeps them.

What there are many of are named tuples, which are made in a fifth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from studyapp.domain.presets import Preset

DEFAULT_PRESET: Final = 1
"""The preset that every collection of Anki's has."""


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck as Anki keeps it."""

    id: int
    name: str
    description: str
    """Markdown."""
    preset_id: int = DEFAULT_PRESET


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A preset as Anki keeps it."""

    id: int
    preset: Preset


class CardRow(NamedTuple):
    """A card as Anki keeps it; unless told otherwise it is new.

    `collection` writes the fields in their order.
    """

    id: int
    deck_id: int
    ordinal: int
    due: int
    """Of a new card its position, of one in intraday steps seconds since the epoch, else a day."""
    queue: int = 0
    """0 new, 1 intraday steps, 2 review, 3 interday steps, -1 suspended, -3 buried."""
    flag: int = 0
    """0 none, 1 to 7 the colours."""
    type: int = 0
    """As `domain.cards.CardState`."""
    interval_days: int = 0
    ease_permille: int = 0
    reps: int = 0
    lapses: int = 0
    steps_left: int = 0
    data: str = ""
    """JSON of what newer versions of Anki keep besides."""


class NoteRow(NamedTuple):
    """A note as Anki keeps it, with its cards."""

    id: int
    """By Anki's custom when it was created, in ms since the epoch; unique."""
    guid: str
    note_type_id: int
    changed_at: int
    """Seconds since the epoch."""
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    """HTML, in the order of the note type's fields."""
    cards: tuple[CardRow, ...]


class UniqueIds:
    """Hands out ids: the wanted number, or the next free one after it."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def take(self, wanted: int) -> int:
        if wanted > 0 and wanted not in self._next:
            self._next[wanted] = wanted + 1
            return wanted
        free = first = max(wanted, 1)
        while free in self._next:
            free = self._next[free]
        self._next[first] = self._next[free] = free + 1
        return free
