"""From values to places: round numbers along an axis, and where a value lies between its ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

from studyapp.ui.plots.chart import Axis

_ROUND = (1.0, 2.0, 5.0, 10.0)
_LEAST_WHOLE, _LEAST = 1e-3, 1e-9
"""Narrower scales, of whole numbers and of others, hold one value only."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high`, which is above it."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)


def scale_of(axis: Axis, values: Iterable[float]) -> Scale:
    """Holds all values; where there is one only, or none, still as wide as 1."""
    found = list(values)
    low = axis.low if axis.low is not None else min(found, default=0.0)
    high = axis.high if axis.high is not None else max(found, default=1.0)
    least = _LEAST_WHOLE if axis.is_whole else _LEAST
    return Scale(low, high if high - low > least else low + 1)


def ticks(axis: Axis, scale: Scale, most: int) -> list[float]:
    """Round numbers within a scale, at most so many (1 or more) and evenly apart."""
    step = _step((scale.high - scale.low) / max(most, 1), is_whole=axis.is_whole)
    first, last = ceil(scale.low / step - 1e-9), floor(scale.high / step + 1e-9)
    found = [number * step for number in range(first, last + 1)]
    return found[: max(most, 1)]


def _step(least: float, *, is_whole: bool) -> float:
    """The smallest round number that is at least this (above 0)."""
    power = 10.0 ** floor(log10(least))
    step = next((size * power for size in _ROUND if size * power >= least * (1 - 1e-9)), 10 * power)
    return max(step, 1.0) if is_whole else step
