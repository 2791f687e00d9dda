"""Two axes, and the way from numbers to places on the canvas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docs.decks.canvas import AXIS, MUTED, SMALL, Canvas, Point

TICK = 5
"""Length of a tick, in pixels."""


@dataclass(frozen=True, slots=True)
class Axes:
    """A plane of numbers, laid on a rectangle of the canvas."""

    origin: Point
    """Where the axes meet, in pixels."""
    width: float
    height: float
    across: tuple[float, float]
    """The first and the last number along the lower edge."""
    up: tuple[float, float]
    """The first and the last number along the left edge."""

    def at(self, x: float, y: float) -> Point:
        """The place of a pair of numbers, in pixels."""
        right = (x - self.across[0]) / (self.across[1] - self.across[0])
        above = (y - self.up[0]) / (self.up[1] - self.up[0])
        return self.origin[0] + right * self.width, self.origin[1] - above * self.height

    def draw(self, canvas: Canvas, across: str, up: str) -> None:
        """Both axes with their names: below the right end, and above the upper end."""
        x, y = self.origin
        canvas.arrow((x, y), (x + self.width + 12, y), pen=AXIS)
        canvas.arrow((x, y), (x, y - self.height - 12), pen=AXIS)
        canvas.text((x + self.width + 12, y + 38), across, anchor="end")
        canvas.text((x - 8, y - self.height - 24), up)

    def ticks_across(self, canvas: Canvas, values: Iterable[float]) -> None:
        labels = {value: f"{value:g}" for value in values}
        self.marks_across(canvas, labels)

    def marks_across(self, canvas: Canvas, labels: Mapping[float, str]) -> None:
        """Ticks along the lower edge with the given words under them."""
        for value, words in labels.items():
            x, y = self.at(value, self.up[0])
            canvas.line((x, y), (x, y + TICK))
            canvas.text((x, y + 19), words, anchor="middle", colour=MUTED, size=SMALL)

    def ticks_up(self, canvas: Canvas, values: Iterable[float]) -> None:
        for value in values:
            x, y = self.at(self.across[0], value)
            canvas.line((x - TICK, y), (x, y))
            canvas.text((x - 9, y + 5), f"{value:g}", anchor="end", colour=MUTED, size=SMALL)
