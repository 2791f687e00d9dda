"""What a figure of the statistics is made of: its picture, its table, and bars of many values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studyapp.domain.study_day import day_to_date
from studyapp.ui.plots.calendar import Year
from studyapp.ui.plots.chart import Axis, Chart
from studyapp.ui.plots.table import Table

_MOST_BARS = 60
CARDS = Axis("Cards", "{:,.0f}".format, is_whole=True, low=0)
REVIEWS = Axis("Reviews", "{:,.0f}".format, is_whole=True, low=0)


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of the page."""

    title: str
    picture: Chart | Year
    table: Table
    note: str = ""


def bin_width(values: int) -> int:
    """How many values go into a bar, so that bars are few enough to be told apart."""
    sizes = (1, 7, 30, 90, 365, 1000, 10_000)
    return next((size for size in sizes if values <= size * _MOST_BARS), values)


def binned(
    counts: Mapping[int, float], width: int, *, back: bool = False
) -> tuple[tuple[float, float], ...]:
    """Sums over so many neighbouring values, each at the middle of its bar.

    `back`: values up to 0, today, so that the last bar is a whole one.
    """
    sums: dict[float, float] = {}
    for value, count in counts.items():
        low = -(-value // width) * width - width + 1 if back else value // width * width
        middle = low + (width - 1) / 2
        sums[middle] = sums.get(middle, 0.0) + count
    return tuple(sorted(sums.items()))


def per(axis: Axis, width: int) -> Axis:
    """The upright axis told by what a bar stands for."""
    spans = {1: "a day", 7: "a week", 30: "30 days"}
    title = f"{axis.title}, {spans.get(width, f'{width:,} days')}"
    return Axis(title, axis.label, axis.is_whole, axis.low, axis.high)


def date_of(day: int) -> str:
    """A study day in ISO 8601."""
    return day_to_date(day).isoformat()


def share_of(passed: int, due: int) -> tuple[str, int]:
    """Two cells: which part of the reviews was passed, and how many there are."""
    return (f"{100 * passed / due:.1f} %" if due else "–", due)
