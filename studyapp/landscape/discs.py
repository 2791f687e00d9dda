"""Notes laid out as discs: a few dozen notes each, then discs of discs up to the whole map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin, sqrt
from typing import Final, TypeAlias

from studyapp.domain.landscape import UNIT
from studyapp.landscape.facts import Fact, GoOn, Point, Tie
from studyapp.landscape.graph import communities, spring, sunflower
from studyapp.landscape.ground import Ground
from studyapp.landscape.ties import shared_tags

SPREAD: Final = 0.62 * UNIT
"""Radius of the disc of one note: of n notes it is √n times that."""
_MARGIN = 0.35 * UNIT
_MOST = 150
"""Notes of a disc; more of them are parted into communities, as far as there are any."""
_CROWDED = 0.4
"""A few discs are wanted on so much of the radius that they need, so that they end up close
together."""
_LOOSE = 1.15
"""The same of many: they would be long in each other's way."""
_FEW = 30
_GRAVITY = 0.02
"""Of the tie between a note and its disc, so that what is tied to nothing else stays within."""

Neighbours: TypeAlias = Mapping[int, Sequence[tuple[int, float]]]
"""Of each note, the notes it is tied to and how strongly."""


@dataclass(frozen=True, slots=True)
class Disc:
    """Notes around a middle."""

    radius: float
    at: dict[int, Point]
    """Where each note lies, from the middle."""
    cells: tuple[tuple[int, ...], ...] = ()
    """Its notes, in the groups that were laid out at once."""

    def moved(self, by: Point) -> dict[int, Point]:
        return {index: (x + by[0], y + by[1]) for index, (x, y) in self.at.items()}


def neighbours_of(ties: Sequence[Tie]) -> Neighbours:
    found: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for tie in ties:
        found[tie.first].append((tie.second, tie.weight))
        found[tie.second].append((tie.first, tie.weight))
    return found


def laid_out(
    facts: Sequence[Fact], indexes: Sequence[int], neighbours: Neighbours, go_on: GoOn
) -> list[Disc]:
    """Notes of one deck as discs of at most some hundred notes."""
    if len(indexes) <= _MOST:
        disc = _disc(facts, indexes, neighbours)
        go_on(len(indexes))
        return [disc]
    go_on(0)
    hubs, ties = _within(facts, indexes, neighbours)
    parts = [
        [indexes[number] for number in part if number < len(indexes)]
        for part in communities(len(indexes) + hubs, ties)
    ]
    kept = [part for part in parts if part]
    if len(kept) == 1:
        kept = [list(indexes[start : start + _MOST]) for start in range(0, len(indexes), _MOST)]
    return [disc for part in _gathered(kept) for disc in laid_out(facts, part, neighbours, go_on)]


def joined(discs: Sequence[Disc], neighbours: Neighbours, margin: float = _MARGIN) -> Disc:
    """Discs beside each other, those that are tied the nearest."""
    if len(discs) == 1:
        return discs[0]
    middles = _packed([disc.radius + margin for disc in discs], _between(discs, neighbours))
    at = {
        index: point
        for disc, middle in zip(discs, middles, strict=True)
        for index, point in disc.moved(middle).items()
    }
    radius = max(hypot(*middle) + disc.radius for disc, middle in zip(discs, middles, strict=True))
    return Disc(radius, at, tuple(cell for disc in discs for cell in disc.cells))


def _gathered(parts: Sequence[list[int]]) -> list[list[int]]:
    """Notes that are tied to nothing are put together: a disc of one says nothing."""
    few = [index for part in parts if len(part) < 4 for index in part]
    some = [few[start : start + _MOST] for start in range(0, len(few), _MOST)]
    return [part for part in parts if len(part) >= 4] + some


def _disc(facts: Sequence[Fact], indexes: Sequence[int], neighbours: Neighbours) -> Disc:
    hubs, ties = _within(facts, indexes, neighbours)
    count = len(indexes)
    middle = count + hubs
    gravity = [Tie(number, middle, _GRAVITY) for number in range(count)]
    points = spring(middle + 1, [*ties, *gravity])[:count] if ties else _flower(count)
    radius = SPREAD * sqrt(count)
    even = _evened(points, radius)
    return Disc(radius, dict(zip(indexes, even, strict=True)), (tuple(indexes),))


def _flower(count: int) -> list[Point]:
    return [sunflower(number) for number in range(count)]


def _within(
    facts: Sequence[Fact], indexes: Sequence[int], neighbours: Neighbours
) -> tuple[int, list[Tie]]:
    """Ties among these notes, numbered from 0 on, and how many nodes for tags come after them."""
    number_of = {index: number for number, index in enumerate(indexes)}
    ties = [
        Tie(number, number_of[other], weight)
        for number, index in enumerate(indexes)
        for other, weight in neighbours.get(index, ())
        if number < number_of.get(other, -1)
    ]
    tags = shared_tags(facts, indexes)
    hub_of = {tag: (len(indexes) + place, weight) for place, (tag, weight) in enumerate(tags)}
    for number, index in enumerate(indexes):
        for tag in facts[index].tags:
            if tag in hub_of:
                hub, weight = hub_of[tag]
                ties.append(Tie(number, hub, weight))
    return len(tags), ties


def _evened(points: Sequence[Point], radius: float) -> list[Point]:
    """The same directions from the middle, but so that a disc of this radius is filled evenly.

    Springs leave the rim empty and pile up the middle.
    """
    count = len(points)
    if count == 1:
        return [(0.0, 0.0)]
    middle_x = sum(x for x, _ in points) / count
    middle_y = sum(y for _, y in points) / count
    polar = [(hypot(x - middle_x, y - middle_y), number) for number, (x, y) in enumerate(points)]
    even: list[Point] = [(0.0, 0.0)] * count
    for rank, (_, number) in enumerate(sorted(polar)):
        angle = atan2(points[number][1] - middle_y, points[number][0] - middle_x)
        away = radius * sqrt((rank + 0.5) / count)
        even[number] = (away * cos(angle), away * sin(angle))
    return even


def _between(discs: Sequence[Disc], neighbours: Neighbours) -> list[Tie]:
    """How strongly discs are tied by their notes, for each pair by the smaller of their sizes."""
    owner = {index: number for number, disc in enumerate(discs) for index in disc.at}
    sums: defaultdict[tuple[int, int], float] = defaultdict(float)
    for index, number in owner.items():
        for other, weight in neighbours.get(index, ()):
            if number < owner.get(other, -1):
                sums[number, owner[other]] += weight
    return [
        Tie(first, second, total / min(len(discs[first].at), len(discs[second].at)))
        for (first, second), total in sorted(sums.items())
    ]


def _packed(radii: Sequence[float], ties: Sequence[Tie]) -> list[Point]:
    """Middles of discs that do not overlap, around the origin."""
    count = len(radii)
    gravity = [Tie(number, count, _GRAVITY) for number in range(count)]
    wanted = spring(count + 1, [*ties, *gravity])[:count] if ties else _flower(count)
    share = _CROWDED if count <= _FEW else _LOOSE
    even = _evened(wanted, share * sqrt(sum(radius**2 for radius in radii)))
    ground = Ground()
    middles: list[Point] = [(0.0, 0.0)] * count
    for number in sorted(range(count), key=lambda each: (-radii[each], each)):
        middles[number] = ground.settle(*even[number], radii[number])
    return _around_the_origin(middles, radii)


def _around_the_origin(middles: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """So that a circle around the origin holds all discs with little room to spare."""
    by_axis = [
        (
            min(middle[axis] - radius for middle, radius in zip(middles, radii, strict=True)),
            max(middle[axis] + radius for middle, radius in zip(middles, radii, strict=True)),
        )
        for axis in (0, 1)
    ]
    x, y = ((low + high) / 2 for low, high in by_axis)
    return [(middle[0] - x, middle[1] - y) for middle in middles]
