"""Figures over days as pictures: the forecast, the calendar, reviews, time, cards added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from studyapp.statistics.page import Page
from studyapp.statistics.reviews import Kind
from studyapp.ui.plots.calendar import Year
from studyapp.ui.plots.chart import Axis, Chart, Series, Style
from studyapp.ui.plots.table import Rows, Table
from studyapp.ui.spans import counted
from studyapp.ui.statistics_shown import CARDS, REVIEWS, Shown, bin_width, binned, date_of, per

_MS_PER_MINUTE = 60_000
_NONE = [0] * len(Kind)
KINDS = {
    Kind.MATURE: ("Mature", Style.BARS),
    Kind.YOUNG: ("Young", Style.STRIPED_BARS),
    Kind.LEARNING: ("Learning", Style.LINED_BARS),
    Kind.RELEARNING: ("Relearning", Style.PALE_BARS),
    Kind.EARLY: ("Early", Style.OPEN_BARS),
}
"""From the lowest bar upwards."""


def forecast(page: Page) -> Shown:
    """Cards by the day they come, and what limits let through."""
    days = page.forecast.days
    width = bin_width(len(days))
    due = binned({day.ahead: day.due for day in days}, width)
    passing = binned({day.ahead: day.reviews for day in days}, width)
    series = [Series("Due", due, Style.BARS, width=width)]
    if any(day.reviews != day.due for day in days):
        series.append(Series("Within the limits", passing, Style.DASHES))
    rows = [(date_of(page.day + d.ahead), d.due, d.reviews, d.new, d.waiting) for d in days]
    headings = ("Day", "Due", "Within the limits", "New", "Left waiting")
    chart = Chart(
        "Forecast",
        _ahead(len(days), width),
        per(CARDS, width),
        tuple(series),
    )
    return Shown("Forecast", chart, Table(headings, tuple(rows)), _told_backlog(page))


def _told_backlog(page: Page) -> str:
    days, backlog = page.forecast.days, page.forecast.backlog
    if not backlog:
        return "Nothing is overdue."
    clear = next((day.ahead for day in days if not day.waiting), None)
    told = f"{counted(backlog, 'card')} overdue."
    if clear is None:
        return f"{told} Within the limits some still wait after {counted(len(days), 'day')}."
    return (
        told if not clear else f"{told} Within the limits none waits after {counted(clear, 'day')}."
    )


def calendar(page: Page) -> Shown:
    """The last year."""
    numbers = {day.day: sum(day.reviews) for day in page.calendar}
    year, table = Year("Calendar", page.day, numbers), Table(("Day", "Reviews"), _dated(numbers))
    return Shown("Calendar", year, table, "The larger, the more reviews.")


def _dated(numbers: Mapping[int, int]) -> Callable[[], Rows]:
    return lambda: tuple((date_of(day), number) for day, number in numbers.items())


def reviews(page: Page) -> Shown:
    """Reviews of each kind on each day."""
    headings = ("Day", *(name for name, _ in KINDS.values()))

    def rows() -> Rows:
        return tuple(
            (date_of(day.day), *(day.reviews[kind] for kind in KINDS)) for day in page.reviews
        )

    chart = _stacked(page, "Reviews", REVIEWS, [day.reviews for day in page.reviews])
    return Shown("Reviews", chart, Table(headings, rows))


def time(page: Page) -> Shown:
    """Minutes of each kind on each day."""
    headings = ("Day", *(f"{name}, min" for name, _ in KINDS.values()))

    def rows() -> Rows:
        return tuple(
            (date_of(day.day), *(day.took_ms[kind] / _MS_PER_MINUTE for kind in KINDS))
            for day in page.reviews
        )

    axis = Axis("Minutes", "{:,.0f}".format, low=0)
    chart = _stacked(page, "Time", axis, [day.took_ms for day in page.reviews], _MS_PER_MINUTE)
    return Shown("Time", chart, Table(headings, rows), _told_time(page))


def _told_time(page: Page) -> str:
    done, days = page.span, len(page.reviews)
    if not done.reviews:
        return ""
    minutes, seconds = done.took_ms / _MS_PER_MINUTE / days, done.took_ms / done.reviews / 1000
    return f"{minutes:,.0f} min on a day with reviews, {seconds:.1f} s each."


def _stacked(
    page: Page, title: str, axis: Axis, numbers: Sequence[Sequence[int]], unit: int = 1
) -> Chart:
    """Bars on bars, one for each kind, over days or what days are put together to.

    `numbers`: of each day of `page.reviews`, in the order of `Kind`; a bar is as high as they are
    in so large a unit.
    """
    first = page.reviews[0].day if page.reviews else page.day
    width = bin_width(page.day - first + 1)
    sums: dict[float, list[int]] = {}
    for day, of_day in zip(page.reviews, numbers, strict=True):
        bar = -((page.day - day.day) // width) * width - (width - 1) / 2
        sums[bar] = [x + y for x, y in zip(sums.get(bar, _NONE), of_day, strict=True)]
    bases = dict.fromkeys(sums, 0.0)
    series = []
    for kind, (name, style) in KINDS.items():
        points = tuple((bar, each[kind] / unit) for bar, each in sums.items() if each[kind])
        under = tuple(bases[bar] for bar, _ in points)
        series.append(Series(name, points, style, under, width))
        for bar, height in points:
            bases[bar] += height
    span = Axis(
        "Days from today",
        "{:,.0f}".format,
        is_whole=True,
        low=min(sums, default=0.0) - width / 2,
        high=0.5,
    )
    return Chart(title, span, per(axis, width), tuple(series))


def added(page: Page) -> Shown:
    """Cards by the day on which their note was added."""
    ago = {day - page.day: count for day, count in page.added.items()}
    first = min(ago, default=0)
    width = bin_width(1 - first)
    bars = binned(ago, width, back=True)
    series = Series("Cards", bars, Style.BARS, width=width)
    low = min((bar for bar, _ in bars), default=0.0) - width / 2
    chart = Chart(
        "Added",
        Axis("Days from today", "{:,.0f}".format, is_whole=True, low=low, high=0.5),
        per(CARDS, width),
        (series,),
    )
    note = f"{counted(sum(page.added.values()), 'card')} added."
    return Shown("Added", chart, Table(("Day", "Cards"), _dated(page.added)), note)


def _ahead(days: int, width: int) -> Axis:
    return Axis(
        "Days from today", "{:,.0f}".format, is_whole=True, low=-0.5, high=days - 1 + width / 2
    )
