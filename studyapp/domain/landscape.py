"""A map of notes: where each lies, what it is joined to, and the regions that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

UNIT: Final = 1000
"""About the distance between two neighbours; x grows to the right, y downwards."""


@dataclass(frozen=True, slots=True)
class Place:
    """A note on the map."""

    note_id: int
    x: int
    y: int
    title: str
    """Its front in one line, still Markdown, as in other tables."""
    deck_id: int
    """Of its first card."""
    recall: float | None
    """Probability that it is recalled now, 0 to 1, of the card that is least likely; None if
    nothing is known: it is new, suspended, or SM-2 has it in its steps."""
    weight: float
    """How much hangs on it, 0 to 1: 1 is the note that most of the others build on."""
    is_due: bool
    """Whether a card of it is due today or before."""
    is_new: bool
    """Whether none of its cards was studied yet."""
    is_suspended: bool
    """Whether all of its cards are."""
    is_linked: bool
    """Whether it links to a note or a note to it; others lie where tags and words put them."""


@dataclass(frozen=True, slots=True)
class Link:
    """One note builds on or contrasts with another; both are indexes into the map's places."""

    source: int
    target: int


class RegionKind(StrEnum):
    """What the notes of a region have in common."""

    DECK = "deck"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the map."""

    kind: RegionKind
    name: str
    """Full name of the deck or tag; `A::B` is below `A`."""
    depth: int
    """Decks above it, of a deck: 0 is seen first. Of a tag, one more than that of the deck with
    most of its notes."""
    x: int
    """Its middle."""
    y: int
    radius: int
    """Of the circle that holds nine in ten of its notes."""
    notes: int

    @property
    def title(self) -> str:
        """The name without those above it."""
        return self.name.rpartition("::")[2]


@dataclass(frozen=True, slots=True)
class Landscape:
    """A map of all notes, as it was at one moment."""

    places: Sequence[Place] = ()
    """In the order of note ids."""
    links: Sequence[Link] = ()
    regions: Sequence[Region] = ()
    """The most important first: by depth, then by notes."""
    homes: Sequence[int] = ()
    """Of each place the index of the smallest region that it belongs to; -1 if it has none."""

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of all places; zeros if there are none."""
        if not self.places:
            return (0, 0, 0, 0)
        xs = [place.x for place in self.places]
        ys = [place.y for place in self.places]
        return (min(xs), min(ys), max(xs), max(ys))

    def region_of(self, index: int) -> Region | None:
        """The smallest region that a place belongs to."""
        home = self.homes[index] if self.homes else -1
        return None if home < 0 else self.regions[home]


@dataclass(frozen=True, slots=True)
class View:
    """The part of the map that a window shows."""

    x: float
    """Of its top left corner, on the map."""
    y: float
    scale: float
    """Pixels a unit of the map's coordinates, above 0."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a region where it can be read: a box in pixels within the view."""

    region: Region
    left: float
    top: float
    width: float
    height: float
    """Of the box; the text is as high as it is, with its leading."""
