"""Figures over days as pictures: the forecast, the calendar, reviews, time, cards added."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studyapp.statistics.done import ReviewDay
from studyapp.statistics.page import Page
from studyapp.statistics.reviews import Kind
from studyapp.ui.plots.calendar import Year
from studyapp.ui.plots.chart import Axis, Chart, Series, Style
from studyapp.ui.plots.table import Cell, Table
from studyapp.ui.spans import counted
from studyapp.ui.statistics_shown import CARDS, REVIEWS, Shown, bin_width, binned, date_of, per

_MS_PER_MINUTE = 60_000
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
    rows = tuple((date_of(day), number) for day, number in numbers.items())
    year = Year("Calendar", page.day, numbers)
    return Shown("Calendar", year, Table(("Day", "Reviews"), rows), "The larger, the more reviews.")


def reviews(page: Page) -> Shown:
    """Reviews of each kind on each day."""
    headings = ("Day", *(name for name, _ in KINDS.values()))
    rows: list[tuple[Cell, ...]] = [
        (date_of(day.day), *(day.reviews[kind] for kind in KINDS)) for day in page.reviews
    ]
    chart = _stacked(page, "Reviews", REVIEWS, lambda day: day.reviews)
    return Shown("Reviews", chart, Table(headings, tuple(rows)))


def time(page: Page) -> Shown:
    """Minutes of each kind on each day."""
    headings = ("Day", *(f"{name}, min" for name, _ in KINDS.values()))
    rows: list[tuple[Cell, ...]] = [
        (date_of(day.day), *(day.took_ms[kind] / _MS_PER_MINUTE for kind in KINDS))
        for day in page.reviews
    ]
    axis = Axis("Minutes", "{:,.0f}".format, low=0)
    chart = _stacked(
        page, "Time", axis, lambda day: [took / _MS_PER_MINUTE for took in day.took_ms]
    )
    return Shown("Time", chart, Table(headings, tuple(rows)), _told_time(page))


def _told_time(page: Page) -> str:
    done, days = page.span, len(page.reviews)
    if not done.reviews:
        return ""
    minutes, seconds = done.took_ms / _MS_PER_MINUTE / days, done.took_ms / done.reviews / 1000
    return f"{minutes:,.0f} min on a day with reviews, {seconds:.1f} s each."


def _stacked(
    page: Page, title: str, axis: Axis, values: Callable[[ReviewDay], Sequence[float]]
) -> Chart:
    """Bars on bars, one for each kind, over days or what days are put together to."""
    first = page.reviews[0].day if page.reviews else page.day
    width = bin_width(page.day - first + 1)
    bases: dict[float, float] = {}
    series = []
    for kind, (name, style) in KINDS.items():
        found = {day.day - page.day: values(day)[kind] for day in page.reviews}
        points = tuple(point for point in binned(found, width, back=True) if point[1])
        under = tuple(bases.get(x, 0.0) for x, _ in points)
        for x, y in points:
            bases[x] = bases.get(x, 0.0) + y
        series.append(Series(name, points, style, under, width))
    span = Axis(
        "Days from today",
        "{:,.0f}".format,
        is_whole=True,
        low=first - page.day - width / 2,
        high=0.5,
    )
    return Chart(title, span, per(axis, width), tuple(series))


def added(page: Page) -> Shown:
    """Cards by the day on which their note was added."""
    ago = {day - page.day: count for day, count in page.added.items()}
    first = min(ago, default=0)
    width = bin_width(1 - first)
    series = Series("Cards", binned(ago, width, back=True), Style.BARS, width=width)
    chart = Chart(
        "Added",
        Axis("Days from today", "{:,.0f}".format, is_whole=True, low=first - width / 2, high=0.5),
        per(CARDS, width),
        (series,),
    )
    rows = tuple((date_of(day), count) for day, count in page.added.items())
    note = f"{counted(sum(page.added.values()), 'card')} added."
    return Shown("Added", chart, Table(("Day", "Cards"), rows), note)


def _ahead(days: int, width: int) -> Axis:
    return Axis(
        "Days from today", "{:,.0f}".format, is_whole=True, low=-0.5, high=days - 1 + width / 2
    )
