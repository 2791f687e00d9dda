"""What a plot shows: axes and series, without any drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

Point = tuple[float, float]


class Style(Enum):
    """How a series is drawn; each can be told from the others without colour."""

    LINE = auto()
    """With filled dots."""
    DASHES = auto()
    """With open squares."""
    GUIDE = auto()
    """Thin and dotted, such as what would be ideal."""
    BARS = auto()
    OPEN_BARS = auto()
    """Outlines only, to lie over other bars."""
    STRIPED_BARS = auto()
    """Lines from side to side."""
    LINED_BARS = auto()
    """Lines from top to bottom."""
    PALE_BARS = auto()


BARS = (
    Style.BARS,
    Style.OPEN_BARS,
    Style.STRIPED_BARS,
    Style.LINED_BARS,
    Style.PALE_BARS,
)


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two axes."""

    title: str
    """With the unit."""
    label: Callable[[float], str] = "{:g}".format
    """A value as it is read."""
    is_whole: bool = False
    """Whether only whole numbers make sense."""
    low: float | None = None
    """Where it begins; None: at the lowest value."""
    high: float | None = None
    """Where it ends; None: at the highest value."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order of their x."""

    name: str
    points: tuple[Point, ...]
    style: Style = Style.LINE
    bases: tuple[float, ...] = ()
    """Where the bars begin, when they stand on others; empty: all at 0."""
    width: float = 1.0
    """Of bars, in units of x."""

    @property
    def tops(self) -> tuple[float, ...]:
        """The highest places that are drawn."""
        if not self.bases:
            return tuple(y for _, y in self.points)
        return tuple(y + base for (_, y), base in zip(self.points, self.bases, strict=True))


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot as a whole."""

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no series has a point."""
        return not any(each.points for each in self.series)

    def spoken(self) -> str:
        """The plot in words: each series with its ends and its highest point."""
        told = [f"{self.title}."]
        told += [self._spoken(each) for each in self.series if each.points]
        return " ".join(told)

    def _spoken(self, series: Series) -> str:
        (first_x, first_y), (last_x, last_y) = series.points[0], series.points[-1]
        top_x, top_y = max(series.points, key=lambda point: point[1])
        x, y = self.x.label, self.y.label
        return (
            f"{series.name}: {y(first_y)} at {x(first_x)}, {y(last_y)} at {x(last_x)}, highest"
            f" {y(top_y)} at {x(top_x)}."
        )
