"""What a map is made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
"""Right and down, in the units of `domain.landscape`."""

GoOn: TypeAlias = Callable[[int], None]
"""Called now and then; it raises to have the work given up.

Told how many notes have come a step further since the last call, see `layout.STEPS`.
"""


def always(_notes: int) -> None:
    """For work that is not given up."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A note, as far as its place depends on it."""

    note_id: int
    key: str
    """Puts notes in an order that is the same in every collection."""
    deck: str
    """Full name of the deck of its first card; empty if it has none."""
    tags: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    """Of its texts, folded."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two notes, told by their indexes, that shall lie near each other."""

    first: int
    second: int
    weight: float
    """Above 0; a link has `ties.LINK`."""


@dataclass(frozen=True, slots=True)
class Terrain:
    """Everything that a map is made from."""

    facts: Sequence[Fact] = ()
    links: Sequence[tuple[int, int]] = ()
    """Pairs of indexes of notes of which the first links to the second."""
