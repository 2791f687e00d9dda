"""Which part of the map is seen, and how large: every step gives a new camera."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from studyapp.domain.landscape import UNIT, View

CLOSEST: Final = 300 / UNIT
"""Pixels a unit: neighbours are then so many pixels apart."""
FARTHEST: Final = 0.5 / UNIT
_MARGIN = 48
"""Pixels around everything that is to be seen at once."""

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom on the map."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at a point of the map, which is in the middle of the window."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 20 / UNIT
    """Pixels a unit of the map."""
    width: int = 1
    """Of the window, in pixels."""
    height: int = 1

    @property
    def view(self) -> View:
        left, top = self.on_map(0, 0)
        return View(left, top, self.scale, self.width, self.height)

    def on_map(self, x: float, y: float) -> tuple[float, float]:
        """What lies at a pixel."""
        return (
            self.x + (x - self.width / 2) / self.scale,
            self.y + (y - self.height / 2) / self.scale,
        )

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """The pixel at which a point of the map is drawn."""
        return (
            self.width / 2 + (x - self.x) * self.scale,
            self.height / 2 + (y - self.y) * self.scale,
        )

    def moved(self, x: float, y: float) -> Camera:
        """What is drawn moves by so many pixels."""
        return replace(self, x=self.x - x / self.scale, y=self.y - y / self.scale)

    def zoomed(self, factor: float, x: float, y: float) -> Camera:
        """Closer by a factor, within bounds; what lies at this pixel stays there."""
        scale = min(max(self.scale * factor, FARTHEST), CLOSEST)
        at_x, at_y = self.on_map(x, y)
        return replace(
            self,
            scale=scale,
            x=at_x - (x - self.width / 2) / scale,
            y=at_y - (y - self.height / 2) / scale,
        )

    def resized(self, width: int, height: int) -> Camera:
        """The same point stays in the middle."""
        return replace(self, width=max(width, 1), height=max(height, 1))

    def showing(self, bounds: Bounds) -> Camera:
        """Everything within these bounds is to be seen, as large as it can be."""
        left, top, right, bottom = bounds
        wide = max(self.width - 2 * _MARGIN, 1) / max(right - left, UNIT)
        high = max(self.height - 2 * _MARGIN, 1) / max(bottom - top, UNIT)
        scale = min(max(min(wide, high), FARTHEST), CLOSEST / 2)
        return replace(self, x=(left + right) / 2, y=(top + bottom) / 2, scale=scale)

    def reaching(self, x: float, y: float) -> Camera:
        """A point of the map is well within the window; nothing moves if it was already."""
        at_x, at_y = self.on_screen(x, y)
        inside = (
            _MARGIN <= at_x <= self.width - _MARGIN and _MARGIN <= at_y <= self.height - _MARGIN
        )
        return self if inside else replace(self, x=x, y=y)

    def within(self, bounds: Bounds) -> Camera:
        """The middle of the window lies within these bounds: nobody gets lost."""
        left, top, right, bottom = bounds
        return replace(self, x=min(max(self.x, left), right), y=min(max(self.y, top), bottom))
