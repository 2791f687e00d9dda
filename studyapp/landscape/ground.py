"""Finds free ground: discs that do not overlap, each as near as can be to where it is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from math import ceil, cos, hypot, pi, sin

from studyapp.landscape.facts import Point

_STEP = 0.7
"""Parts of the radius between two places that are tried."""


class Ground:
    """A plane with discs on it."""

    def __init__(self, largest: float) -> None:
        """`largest`: radius that most discs do not exceed; larger ones take longer to find."""
        self._side = 2 * largest
        self._largest = 0.0
        self._discs: defaultdict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(
            list
        )

    def put(self, x: float, y: float, radius: float) -> None:
        """A disc that lies here already, whatever it overlaps."""
        self._discs[self._square(x, y)].append((x, y, radius))
        self._largest = max(self._largest, radius)

    def settle(self, x: float, y: float, radius: float) -> Point:
        """Put a disc on free ground near a point."""
        for at_x, at_y in _around(x, y, radius * _STEP):
            if self._is_free(at_x, at_y, radius):
                self.put(at_x, at_y, radius)
                return (at_x, at_y)
        raise AssertionError("The plane has no end.")

    def _is_free(self, x: float, y: float, radius: float) -> bool:
        reach = radius + self._largest
        left, top = self._square(x - reach, y - reach)
        right, bottom = self._square(x + reach, y + reach)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                for other_x, other_y, other in self._discs.get((column, row), ()):
                    if hypot(x - other_x, y - other_y) < radius + other:
                        return False
        return True

    def _square(self, x: float, y: float) -> tuple[int, int]:
        return (int(x // self._side), int(y // self._side))


def _around(x: float, y: float, step: float) -> Iterator[Point]:
    """The point, then rings of points around it, farther and farther."""
    yield (x, y)
    for ring in count(1):
        points = ceil(2 * pi * ring)
        for number in range(points):
            angle = 2 * pi * number / points + ring
            yield (x + ring * step * cos(angle), y + ring * step * sin(angle))
