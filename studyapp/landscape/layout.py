"""A map from nothing: notes within decks, decks within the decks above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import Final

from studyapp.domain.decks import SEPARATOR, parent_names, sort_key
from studyapp.domain.landscape import UNIT
from studyapp.landscape.discs import Disc, Neighbours, joined, laid_out, neighbours_of
from studyapp.landscape.facts import Fact, GoOn, Point, Terrain, always
from studyapp.landscape.ground import Ground
from studyapp.landscape.ties import links_of, similar

KEPT_APART: Final = 0.6 * UNIT
"""Two notes are no nearer to each other than that."""
STEPS: Final = 2
"""Of each note: it is laid out within its group, and its group is turned."""
_DECK_MARGIN = 0.8 * UNIT
_ALL = "\0"
"""In place of a name: what lies above all decks."""
_TURNS = 12
"""Directions in which a group of notes is tried, and as many in its mirror image."""


def arranged(terrain: Terrain, go_on: GoOn = always) -> list[tuple[int, int]]:
    """Places of all notes, in the order of the facts.

    They follow from keys, decks, tags, texts and links alone: neither from ids nor from the order
    of the facts.
    """
    order = sorted(range(len(terrain.facts)), key=lambda index: terrain.facts[index].key)
    place_of = {index: place for place, index in enumerate(order)}
    facts = [terrain.facts[index] for index in order]
    links = [(place_of[first], place_of[second]) for first, second in terrain.links]
    points = _arranged(Terrain(facts, links), go_on)
    return [points[place_of[index]] for index in range(len(facts))]


def _arranged(terrain: Terrain, go_on: GoOn) -> list[tuple[int, int]]:
    if not terrain.facts:
        return []
    neighbours = neighbours_of([*links_of(terrain), *similar(terrain.facts)])
    whole = _tree(terrain.facts, neighbours, go_on)
    points = dict(whole.at)
    for cell in whole.cells:
        _turn(cell, points, neighbours)
        go_on(len(cell))
    return _kept_apart([points[index] for index in range(len(terrain.facts))])


def _tree(facts: Sequence[Fact], neighbours: Neighbours, go_on: GoOn) -> Disc:
    """Every deck with those below it as one disc."""
    own: defaultdict[str, list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        own[fact.deck.casefold()].append(index)
    discs: defaultdict[str, list[Disc]] = defaultdict(list)
    names = set(own).union(*(parent_names(name) for name in own))
    for name in sorted(names, key=lambda each: (-each.count(SEPARATOR), sort_key(each))):
        if name in own:
            parts = laid_out(facts, own[name], neighbours, go_on)
            discs[name].append(joined(parts, neighbours))
        above = name.rpartition(SEPARATOR)[0]
        discs[above if SEPARATOR in name else _ALL].append(joined(discs.pop(name), neighbours))
    return joined(discs[_ALL], neighbours, _DECK_MARGIN)


def _turn(cell: Sequence[int], points: dict[int, Point], neighbours: Neighbours) -> None:
    """Turn or mirror a group of notes so that its ties to others are short."""
    within = set(cell)
    outward = [
        (index, other, weight)
        for index in cell
        for other, weight in neighbours.get(index, ())
        if other not in within
    ]
    if not outward:
        return
    middle_x = sum(points[index][0] for index in cell) / len(cell)
    middle_y = sum(points[index][1] for index in cell) / len(cell)

    def turned(index: int, angle: float, mirror: int) -> Point:
        x, y = points[index][0] - middle_x, mirror * (points[index][1] - middle_y)
        return (
            middle_x + x * cos(angle) - y * sin(angle),
            middle_y + x * sin(angle) + y * cos(angle),
        )

    def length(angle: float, mirror: int) -> float:
        return sum(
            weight * _distance(turned(index, angle, mirror), points[other])
            for index, other, weight in outward
        )

    tried = [(turn * 2 * pi / _TURNS, mirror) for turn in range(_TURNS) for mirror in (1, -1)]
    best = min(tried, key=lambda each: length(*each))
    points.update({index: turned(index, *best) for index in cell})


def _distance(first: Point, second: Point) -> float:
    return hypot(first[0] - second[0], first[1] - second[1])


def _kept_apart(points: Sequence[Point]) -> list[tuple[int, int]]:
    ground = Ground()
    settled = (ground.settle(x, y, KEPT_APART / 2) for x, y in points)
    return [(round(x), round(y)) for x, y in settled]
