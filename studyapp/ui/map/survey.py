"""The places of a map as columns of numbers: what lies near, within, inside and towards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from studyapp.domain.landscape import Landscape

Numbers: TypeAlias = npt.NDArray[np.float64]
Indexes: TypeAlias = npt.NDArray[np.int64]
Point: TypeAlias = tuple[float, float]


class Survey:
    """Answers for 100,000 places take less than a millisecond."""

    def __init__(self, landscape: Landscape) -> None:
        places, links = landscape.places, landscape.links
        self.xs: Numbers = np.array([place.x for place in places], np.float64)
        self.ys: Numbers = np.array([place.y for place in places], np.float64)
        self.sources: Indexes = np.array([link.source for link in links], np.int64)
        self.targets: Indexes = np.array([link.target for link in links], np.int64)
        self.all_links: Indexes = np.arange(len(links), dtype=np.int64)
        x1, x2 = self.xs[self.sources], self.xs[self.targets]
        y1, y2 = self.ys[self.sources], self.ys[self.targets]
        self._link_xs = np.minimum(x1, x2), np.maximum(x1, x2)
        self._link_ys = np.minimum(y1, y2), np.maximum(y1, y2)

    def __len__(self) -> int:
        return len(self.xs)

    def nearest(self, x: float, y: float, within: float) -> int | None:
        """The place that is nearest to a point, if any is within this distance."""
        if not len(self):
            return None
        away = self._away(x, y)
        found = int(np.argmin(away))
        return found if away[found] <= within**2 else None

    def within(self, left: float, top: float, right: float, bottom: float) -> Indexes:
        """The places in a rectangle."""
        xs, ys = self.xs, self.ys
        return np.flatnonzero((xs >= left) & (xs <= right) & (ys >= top) & (ys <= bottom))

    def links_within(self, left: float, top: float, right: float, bottom: float) -> Indexes:
        """The links that may be seen in a rectangle."""
        (least_x, most_x), (least_y, most_y) = self._link_xs, self._link_ys
        return np.flatnonzero(
            (most_x >= left) & (least_x <= right) & (most_y >= top) & (least_y <= bottom)
        )

    def links_of(self, index: int) -> Indexes:
        """The links from and to a place."""
        return np.flatnonzero((self.sources == index) | (self.targets == index))

    def inside(self, outline: Sequence[Point]) -> list[int]:
        """The places inside a closed line, by the even-odd rule."""
        if len(outline) < 3:
            return []
        found = self.within(
            min(x for x, _ in outline),
            min(y for _, y in outline),
            max(x for x, _ in outline),
            max(y for _, y in outline),
        )
        xs, ys = self.xs[found], self.ys[found]
        odd = np.zeros(len(found), bool)
        for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
            if y1 != y2:
                crosses = (y1 > ys) != (y2 > ys)
                odd ^= crosses & (xs < x1 + (ys - y1) * (x2 - x1) / (y2 - y1))
        return [int(each) for each in found[odd]]

    def towards(self, index: int, right: int, down: int) -> int | None:
        """The next place from one to the right (or left: -1) or down (or up), within 45°."""
        along = (self.xs - self.xs[index]) * right + (self.ys - self.ys[index]) * down
        across = (self.xs - self.xs[index]) * down + (self.ys - self.ys[index]) * right
        found = np.flatnonzero((along > 0) & (np.abs(across) <= along))
        if not len(found):
            return None
        return int(found[np.argmin(along[found] + 2 * np.abs(across[found]))])

    def by_nearness(self, x: float, y: float, among: Indexes | None = None) -> Indexes:
        """Places, the nearest to a point first; of equal ones the earlier."""
        away = self._away(x, y)
        if among is None:
            return np.argsort(away, kind="stable")
        return among[np.argsort(away[among], kind="stable")]

    def _away(self, x: float, y: float) -> Numbers:
        """Squared distances."""
        found: Numbers = (self.xs - x) ** 2 + (self.ys - y) ** 2
        return found
