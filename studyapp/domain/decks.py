"""Decks as a collection keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Source
from studyapp.domain.presets import NO_LIMITS, DeckLimits, Preset

SEPARATOR = "::"


@dataclass(frozen=True, slots=True)
class Deck:
    """A named place for cards."""

    id: int
    name: str
    """Full name; `A::B` is a sub-deck of `A`."""
    preset: Preset
    key: str | None = None
    """Of a deck that came from a deck file: the file's key."""
    description: str = ""
    """Markdown."""
    sources: tuple[Source, ...] = ()
    macros: Macros = NO_MACROS
    """Its own, for its formulas and those of its sub-decks."""
    limits: DeckLimits = NO_LIMITS
    """Its own, in place of its preset's."""
    preset_id: int = 1

    @property
    def short_name(self) -> str:
        return self.name.rpartition(SEPARATOR)[2]


@lru_cache(maxsize=4096)
def parent_names(name: str) -> tuple[str, ...]:
    """Full names of all decks above `name`, the outermost first: `A::B::C` → `A`, `A::B`."""
    parts = name.split(SEPARATOR)
    return tuple(SEPARATOR.join(parts[:count]) for count in range(1, len(parts)))


def is_within(name: str, root: str) -> bool:
    """Whether the deck `name` is `root` or below it, folding case as deck names do."""
    folded, root = name.casefold(), root.casefold()
    return folded == root or folded.startswith(root + SEPARATOR)


@lru_cache(maxsize=4096)
def sort_key(name: str) -> tuple[str, ...]:
    """Orders decks as a tree: every deck right before its sub-decks."""
    return tuple(name.casefold().split(SEPARATOR))
