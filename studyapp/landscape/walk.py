"""A way through places on which each is near the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import dist
from typing import TypeAlias

from studyapp.landscape.facts import Point

Away: TypeAlias = Callable[[int, int], float]
"""Distance between two places, told by their indexes."""

_REACH = 60
"""Stops of the way that may be turned round at once."""
_ROUNDS = 8
_AT_ONCE = 1000
"""Points of a way; the time grows with the square."""
_LEAST = 1e-9


def walk(points: Sequence[Point]) -> list[int]:
    """Indexes of all points in the order of a short way; it begins with the first point.

    Each time to the nearest that is left; then crossings are undone (2-opt: Croes, A method for
    solving traveling-salesman problems, 1958) as far as they are within some stops of each other.
    200 points take some 30 ms. Of very many the first thousand come first, and so on.
    """
    way: list[int] = []
    for start in range(0, len(points), _AT_ONCE):
        some = range(start, min(start + _AT_ONCE, len(points)))
        part = _nearest_each_time(points, some, way[-1] if way else start)
        _uncross(part, lambda first, second: dist(points[first], points[second]))
        way += part
    return way


def length(points: Sequence[Point], way: Sequence[int]) -> float:
    """Of a way through points, in their unit."""
    return sum(dist(points[first], points[second]) for first, second in pairwise(way))


def _nearest_each_time(points: Sequence[Point], some: range, start: int) -> list[int]:
    left = {index: points[index] for index in some}
    here = points[start]
    way = []
    while left:
        nearest = min(left, key=lambda index: dist(here, left[index]))
        way.append(nearest)
        here = left.pop(nearest)
    return way


def _uncross(way: list[int], away: Away) -> None:
    """Turn round parts of the way as long as that makes it shorter; bounded."""
    for _ in range(_ROUNDS):
        turned = [_turned_round(way, start, away) for start in range(len(way) - 2)]
        if not any(turned):
            return


def _turned_round(way: list[int], start: int, away: Away) -> bool:
    """Turn round the part after a stop that saves the most, if any does."""
    before, first = way[start], way[start + 1]
    best, best_end = -_LEAST, 0
    for end in range(start + 2, min(start + _REACH, len(way))):
        last = way[end]
        change = away(before, last) - away(before, first)
        # The way may end anywhere, so nothing comes after its last stop.
        if end + 1 < len(way):
            change += away(first, way[end + 1]) - away(last, way[end + 1])
        if change < best:
            best, best_end = change, end
    if best_end:
        way[start + 1 : best_end + 1] = reversed(way[start + 1 : best_end + 1])
    return bool(best_end)
