"""The named parts of a map: decks with those below them, and tags whose notes lie together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, hypot, sqrt

from studyapp.domain.decks import SEPARATOR, parent_names
from studyapp.domain.landscape import UNIT, Region, RegionKind
from studyapp.landscape.discs import SPREAD

_HELD = 0.9
_FEWEST = 4
"""Notes with a tag; fewer make no region."""
_LOOSE = 2.5
"""A tag makes a region if its circle is no wider than that many times what its notes need."""


def regions(
    points: Sequence[tuple[int, int]], decks: Sequence[str], tags: Sequence[Sequence[str]]
) -> list[Region]:
    """The most important first. Of each note: its place, its deck's full name, its tags."""
    found = [*_of_decks(points, decks), *_of_tags(points, decks, tags)]
    return sorted(found, key=lambda region: (region.depth, -region.notes, region.kind, region.name))


def homes(
    named: Sequence[Region], decks: Sequence[str], tags: Sequence[Sequence[str]]
) -> list[int]:
    """Of each note the index of its smallest region: of a tag of its own, else of its deck.

    -1 if it has none. `decks` and `tags` as they were given to `regions`.
    """
    known = {(region.kind, region.name): index for index, region in enumerate(named)}
    return [
        min(
            (known[RegionKind.TAG, tag] for tag in own if (RegionKind.TAG, tag) in known),
            key=lambda index: named[index].radius,
            default=known.get((RegionKind.DECK, deck), -1),
        )
        for deck, own in zip(decks, tags, strict=True)
    ]


def _of_decks(points: Sequence[tuple[int, int]], decks: Sequence[str]) -> list[Region]:
    within: defaultdict[str, list[int]] = defaultdict(list)
    for index, deck in enumerate(decks):
        if deck:
            for name in (*parent_names(deck), deck):
                within[name].append(index)
    return [
        _region(RegionKind.DECK, name, name.count(SEPARATOR), [points[index] for index in indexes])
        for name, indexes in within.items()
    ]


def _of_tags(
    points: Sequence[tuple[int, int]], decks: Sequence[str], tags: Sequence[Sequence[str]]
) -> list[Region]:
    within: defaultdict[str, list[int]] = defaultdict(list)
    for index, names in enumerate(tags):
        for name in names:
            within[name].append(index)
    found = [
        _region(RegionKind.TAG, name, _depth(indexes, decks), [points[index] for index in indexes])
        for name, indexes in within.items()
        if len(indexes) >= _FEWEST
    ]
    return [region for region in found if _is_dense(region)]


def lie_together(points: Sequence[tuple[int, int]]) -> bool:
    """Whether notes at these places, all that have a tag, make a region."""
    return len(points) >= _FEWEST and _is_dense(_region(RegionKind.TAG, "", 0, points))


def _is_dense(region: Region) -> bool:
    return region.radius <= _LOOSE * SPREAD * sqrt(region.notes)


def _depth(indexes: Sequence[int], decks: Sequence[str]) -> int:
    """One below the deck that has most of the notes."""
    counts: Mapping[str, int] = Counter(decks[index] for index in indexes)
    deck = min(counts, key=lambda name: (-counts[name], name))
    return deck.count(SEPARATOR) + 1


def _region(kind: RegionKind, name: str, depth: int, points: Sequence[tuple[int, int]]) -> Region:
    count = len(points)
    x, y = sum(each[0] for each in points) / count, sum(each[1] for each in points) / count
    away = sorted(hypot(each[0] - x, each[1] - y) for each in points)
    radius = away[ceil(_HELD * count) - 1] + UNIT / 2
    return Region(kind, name, depth, round(x), round(y), round(radius), count)
