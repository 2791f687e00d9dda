"""New notes on a map that stays as it is: beside their neighbours, on free ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor, hypot, sqrt

from studyapp.domain.landscape import UNIT
from studyapp.landscape.discs import Neighbours, neighbours_of
from studyapp.landscape.facts import Fact, GoOn, Point, Terrain, always
from studyapp.landscape.ground import Ground
from studyapp.landscape.layout import KEPT_APART, arranged
from studyapp.landscape.ties import links_of, similar

_NEAR = 5 * UNIT
"""Neighbours farther from the others do not draw a note away from them."""
_BLOCK = 8
"""So many new notes of a deck that has no place yet are laid out among themselves first."""
_MARGIN = 2 * UNIT


def settled(
    terrain: Terrain, known: Mapping[int, tuple[int, int]], go_on: GoOn = always
) -> dict[int, tuple[int, int]]:
    """Places of the notes that have none, by note ids; what is `known` (by note ids) stays.

    The same for the same notes and places.
    """
    facts = terrain.facts
    if not any(fact.note_id in known for fact in facts):
        points = arranged(terrain, go_on)
        return {fact.note_id: point for fact, point in zip(facts, points, strict=True)}
    settling = _Settling(terrain, known, go_on)
    settling.put_new_decks()
    settling.put_others()
    return settling.found()


class _Settling:
    def __init__(self, terrain: Terrain, known: Mapping[int, tuple[int, int]], go_on: GoOn) -> None:
        self._go_on = go_on
        self._terrain = terrain
        self._known = known
        self._facts = terrain.facts
        self._at: dict[int, Point] = {
            index: known[fact.note_id]
            for index, fact in enumerate(terrain.facts)
            if fact.note_id in known
        }
        self._kept = frozenset(self._at)
        self._new = [index for index in range(len(self._facts)) if index not in self._at]
        ties = [*links_of(terrain), *similar(self._facts, self._new)]
        self._neighbours: Neighbours = neighbours_of(ties)
        self._ground = Ground()
        # Also of notes that are deleted: they may come back.
        for x, y in known.values():
            self._ground.put(x, y, KEPT_APART / 2)
        self._homes = _homes(self._facts, self._at)

    def found(self) -> dict[int, tuple[int, int]]:
        return {
            self._facts[index].note_id: (round(x), round(y))
            for index, (x, y) in self._at.items()
            if index not in self._kept
        }

    def put_new_decks(self) -> None:
        """Decks that came as a whole are laid out as a block beside what they are tied to."""
        placed = {self._facts[index].deck for index in self._at}
        of_deck: defaultdict[str, list[int]] = defaultdict(list)
        for index in self._new:
            of_deck[self._facts[index].deck].append(index)
        indexes = [
            index
            for deck, some in sorted(of_deck.items())
            if deck not in placed and len(some) >= _BLOCK
            for index in some
        ]
        if indexes:
            self._put_block(indexes)

    def put_others(self) -> None:
        """First those whose neighbours are there, then those that are beside these, and so on."""
        left = sorted(
            (index for index in self._new if index not in self._at),
            key=lambda index: self._facts[index].key,
        )
        while left:
            ready = [index for index in left if self._has_neighbour(index)] or left
            for index in ready:
                self._go_on(0)
                x, y = self._wanted(index)
                self._at[index] = self._ground.settle(x, y, KEPT_APART / 2)
            left = [index for index in left if index not in self._at]

    def _put_block(self, indexes: Sequence[int]) -> None:
        points = arranged(_part(self._terrain, indexes), self._go_on)
        middle_x, middle_y, radius = _circle(points)
        outward = [
            self._at[other]
            for index in indexes
            for other, _ in self._neighbours.get(index, ())
            if other in self._at
        ]
        x, y = _mean(outward or list(self._at.values()))
        coarse = _coarse(self._occupied(), max(UNIT, radius / 4))
        at_x, at_y = coarse.settle(x, y, radius + _MARGIN)
        for index, point in zip(indexes, points, strict=True):
            at = (point[0] - middle_x + at_x, point[1] - middle_y + at_y)
            self._at[index] = at
            self._ground.put(*at, KEPT_APART / 2)

    def _occupied(self) -> Iterator[Point]:
        yield from self._known.values()
        yield from self._at.values()

    def _has_neighbour(self, index: int) -> bool:
        return any(other in self._at for other, _ in self._neighbours.get(index, ()))

    def _wanted(self, index: int) -> Point:
        """The mean of the neighbours that are close to each other, else where its deck is."""
        near = [
            (self._at[other], weight)
            for other, weight in self._neighbours.get(index, ())
            if other in self._at
        ]
        if not near:
            return self._home(self._facts[index])
        middle = min(near, key=lambda each: (_pull(each[0], near), each[0]))[0]
        close = [each for each in near if _distance(each[0], middle) <= _NEAR]
        total = sum(weight for _, weight in close)
        return (
            sum(point[0] * weight for point, weight in close) / total,
            sum(point[1] * weight for point, weight in close) / total,
        )

    def _home(self, fact: Fact) -> Point:
        names = [*((fact.deck, tag) for tag in fact.tags), (fact.deck, "")]
        known = [self._homes[name] for name in names if name in self._homes]
        if known:
            return _mean(min(known, key=len))
        return _mean(list(self._at.values()))


def _homes(facts: Sequence[Fact], at: Mapping[int, Point]) -> dict[tuple[str, str], list[Point]]:
    """Places of the notes of each deck, and of each deck's notes with a tag."""
    found: defaultdict[tuple[str, str], list[Point]] = defaultdict(list)
    for index, point in at.items():
        for tag in ("", *facts[index].tags):
            found[facts[index].deck, tag].append(point)
    return found


def _part(terrain: Terrain, indexes: Sequence[int]) -> Terrain:
    number_of = {index: number for number, index in enumerate(indexes)}
    links = [
        (number_of[first], number_of[second])
        for first, second in terrain.links
        if first in number_of and second in number_of
    ]
    return Terrain([terrain.facts[index] for index in indexes], links)


def _coarse(points: Iterable[Point], side: float) -> Ground:
    """Ground on which whole squares are taken where a note lies in them: found faster."""
    ground = Ground()
    for column, row in sorted({(floor(x / side), floor(y / side)) for x, y in points}):
        ground.put((column + 0.5) * side, (row + 0.5) * side, side * sqrt(0.5))
    return ground


def _circle(points: Iterable[tuple[int, int]]) -> tuple[float, float, float]:
    """Middle and radius of a circle around points."""
    every = list(points)
    xs, ys = [x for x, _ in every], [y for _, y in every]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return x, y, max(hypot(each_x - x, each_y - y) for each_x, each_y in every)


def _mean(points: Sequence[Point]) -> Point:
    count = len(points)
    return (sum(x for x, _ in points) / count, sum(y for _, y in points) / count)


def _pull(point: Point, near: Sequence[tuple[Point, float]]) -> float:
    return sum(weight * _distance(point, other) for other, weight in near)


def _distance(first: Point, second: Point) -> float:
    return hypot(first[0] - second[0], first[1] - second[1])
