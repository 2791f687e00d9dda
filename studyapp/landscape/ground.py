"""Finds free ground: discs that do not overlap, each as near as can be to where it is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import ceil, cos, floor, frexp, hypot, inf, pi, sin, sqrt
from typing import TypeAlias

from studyapp.landscape.facts import Point

_Disc: TypeAlias = tuple[float, float, float]
"""Middle and radius."""

_DIRECTIONS = tuple((cos(pi * number / 8), sin(pi * number / 8)) for number in range(16))
_HAIR = 1e-6
"""Part of the radius that is left between two discs, so that rounding never makes them overlap."""


class Ground:
    """A plane with discs on it."""

    def __init__(self) -> None:
        # For each size, a power of two, squares as wide as the largest discs of that size.
        self._sizes: defaultdict[int, defaultdict[tuple[int, int], list[_Disc]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def put(self, x: float, y: float, radius: float) -> None:
        """A disc that lies here already, whatever it overlaps."""
        size = frexp(radius)[1]
        side = 2.0 ** (size + 1)
        self._sizes[size][floor(x / side), floor(y / side)].append((x, y, radius))

    def settle(self, x: float, y: float, radius: float) -> Point:
        """Put a disc on free ground near a point: the nearest in one of 16 directions."""
        at = (x, y)
        blocker = self._blocker(x, y, radius)
        if blocker is not None:
            best, way = inf, _DIRECTIONS[0]
            for direction in _DIRECTIONS:
                away = self._way_out(at, radius, direction, blocker, best)
                if away < best:
                    best, way = away, direction
            at = (x + best * way[0], y + best * way[1])
        self.put(*at, radius)
        return at

    def _way_out(
        self, at: Point, radius: float, direction: Point, first: _Disc, most: float
    ) -> float:
        """How far it is to free ground in a direction; it is not looked for beyond `most`."""
        away = 0.0
        blocker: _Disc | None = first
        while blocker is not None and away < most:
            here = (at[0] + away * direction[0], at[1] + away * direction[1])
            away += _past(blocker, here, direction, radius)
            if away < most:
                blocker = self._blocker(
                    at[0] + away * direction[0], at[1] + away * direction[1], radius
                )
        return away

    def _blocker(self, x: float, y: float, radius: float) -> _Disc | None:
        """A disc that a new one would overlap."""
        for size, squares in self._sizes.items():
            side = 2.0 ** (size + 1)
            for disc in _around(squares, x, y, side, radius + side / 2):
                if hypot(x - disc[0], y - disc[1]) < radius + disc[2]:
                    return disc
        return None


def _around(
    squares: defaultdict[tuple[int, int], list[_Disc]],
    x: float,
    y: float,
    side: float,
    reach: float,
) -> Iterator[_Disc]:
    """Discs of one size whose middles may be within reach, and some more."""
    if (ceil(2 * reach / side) + 1) ** 2 > len(squares):
        for discs in squares.values():
            yield from discs
        return
    for column in range(floor((x - reach) / side), floor((x + reach) / side) + 1):
        for row in range(floor((y - reach) / side), floor((y + reach) / side) + 1):
            yield from squares.get((column, row), ())


def _past(blocker: _Disc, here: Point, direction: Point, radius: float) -> float:
    """How far a disc must go in a direction until it touches the blocker from behind."""
    x, y, other = blocker
    apart = (radius + other) * (1 + _HAIR)
    along = (x - here[0]) * direction[0] + (y - here[1]) * direction[1]
    aside = (x - here[0]) * direction[1] - (y - here[1]) * direction[0]
    return along + sqrt(max(apart**2 - aside**2, 0)) + apart * _HAIR
