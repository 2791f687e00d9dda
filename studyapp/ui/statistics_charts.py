"""What the figures of a page look like: for each a picture, a table, and a word besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import day_to_date
from studyapp.statistics.done import ReviewDay
from studyapp.statistics.page import Page
from studyapp.statistics.reviews import Kind
from studyapp.ui.plots.calendar import Year
from studyapp.ui.plots.chart import Axis, Chart, Series, Style
from studyapp.ui.plots.table import Cell, Table
from studyapp.ui.spans import counted

_MS_PER_MINUTE = 60_000
_MOST_BARS = 60
_MOST_DECKS = 6
_SHORT = 12
"""Letters of a name below a bar."""
KINDS = {
    Kind.MATURE: ("Mature", Style.BARS),
    Kind.YOUNG: ("Young", Style.STRIPED_BARS),
    Kind.LEARNING: ("Learning", Style.LINED_BARS),
    Kind.RELEARNING: ("Relearning", Style.PALE_BARS),
    Kind.EARLY: ("Early", Style.OPEN_BARS),
}
"""From the lowest bar upwards."""
_COUNT = Axis("Cards", "{:,.0f}".format, is_whole=True, low=0)
_REVIEWS = Axis("Reviews", "{:,.0f}".format, is_whole=True, low=0)


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of the page."""

    title: str
    picture: Chart | Year
    table: Table
    note: str = ""


def shown(page: Page) -> list[Shown]:
    """All figures that have something to show, in the order of the screen."""
    every = [
        _calendar(page),
        _forecast(page),
        _reviews(page),
        _time(page),
        _retention(page),
        _calibration(page),
        _intervals(page),
        _eases(page),
        *([_difficulties(page)] if page.difficulties else []),
        _lapses(page),
        _hours(page),
        _grades(page),
        _added(page),
        _regions(page),
    ]
    return [each for each in every if each.table.rows]


def _forecast(page: Page) -> Shown:
    days = page.forecast.days
    width = _bin_width(len(days))
    due = _binned({day.ahead: day.due for day in days}, width)
    passing = _binned({day.ahead: day.reviews for day in days}, width)
    series = [Series("Due", due, Style.BARS, width=width)]
    if any(day.reviews != day.due for day in days):
        series.append(Series("Within the limits", passing, Style.DASHES))
    rows = [(_date(page.day + d.ahead), d.due, d.reviews, d.new, d.waiting) for d in days]
    headings = ("Day", "Due", "Within the limits", "New", "Left waiting")
    chart = Chart(
        "Forecast",
        _ahead(len(days), width),
        _per(_COUNT, width),
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
    return told if not clear else f"{told} Within the limits none waits after {_in_days(clear)}."


def _in_days(days: int) -> str:
    return counted(days, "day")


def _calendar(page: Page) -> Shown:
    numbers = {day.day: sum(day.reviews) for day in page.calendar}
    rows = tuple((_date(day), number) for day, number in numbers.items())
    year = Year("Calendar", page.day, numbers)
    return Shown("Calendar", year, Table(("Day", "Reviews"), rows), "The larger, the more reviews.")


def _reviews(page: Page) -> Shown:
    headings = ("Day", *(name for name, _ in KINDS.values()))
    rows: list[tuple[Cell, ...]] = [
        (_date(day.day), *(day.reviews[kind] for kind in KINDS)) for day in page.reviews
    ]
    chart = _stacked(page, "Reviews", _REVIEWS, lambda day: day.reviews)
    return Shown("Reviews", chart, Table(headings, tuple(rows)))


def _time(page: Page) -> Shown:
    headings = ("Day", *(f"{name}, min" for name, _ in KINDS.values()))
    rows: list[tuple[Cell, ...]] = [
        (_date(day.day), *(day.took_ms[kind] / _MS_PER_MINUTE for kind in KINDS))
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
    width = _bin_width(page.day - first + 1)
    bases: dict[float, float] = {}
    series = []
    for kind, (name, style) in KINDS.items():
        found = {day.day - page.day: values(day)[kind] for day in page.reviews}
        points = tuple(point for point in _binned(found, width, back=True) if point[1])
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
    return Chart(title, span, _per(axis, width), tuple(series))


def _retention(page: Page) -> Shown:
    spans = page.retention
    names = [each.name for each in spans]
    young = _shares([(each.young_passed, each.young) for each in spans])
    mature = _shares([(each.mature_passed, each.mature) for each in spans])
    aims = tuple((float(n), 100 * each.aim) for n, each in enumerate(spans))
    lowest = min([y for _, y in (*young, *mature, *aims)], default=90.0)
    chart = Chart(
        "Retention",
        _names_axis("Span", names),
        Axis("Recalled in %", "{:.0f}".format, low=max(lowest - 5, 0) // 10 * 10, high=100),
        (
            Series("Mature", mature, Style.LINE),
            Series("Young", young, Style.DASHES),
            Series("Aim", aims, Style.GUIDE),
        ),
    )
    rows = tuple(
        (
            *(each.name, *_of(each.young_passed, each.young)),
            *_of(each.mature_passed, each.mature),
            *_of(each.passed, each.due),
            f"{100 * each.aim:.0f} %",
        )
        for each in spans
        if each.due
    )
    headings = ("Span", "Young", "Reviews", "Mature", "Reviews", "All", "Reviews", "Aim")
    note = "Of reviews of due cards; mature: an interval of 21 days or more."
    return Shown("Retention", chart, Table(headings, rows), note)


def _of(passed: int, due: int) -> tuple[str, int]:
    return (f"{100 * passed / due:.1f} %" if due else "–", due)


def _shares(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(n), 100 * passed / due) for n, (passed, due) in enumerate(pairs) if due)


def _calibration(page: Page) -> Shown:
    points = tuple((100 * each.predicted, 100 * each.recalled) for each in page.calibration)
    low = min([min(point) for point in points], default=0.0) // 10 * 10
    percent = "{:.0f}".format
    chart = Chart(
        "Calibration",
        Axis("Predicted in %", percent, low=low, high=100),
        Axis("Recalled in %", percent, low=low, high=100),
        (
            Series("Recalled", points, Style.LINE),
            Series("As predicted", ((low, low), (100.0, 100.0)), Style.GUIDE),
        ),
    )
    rows = tuple(
        (f"{100 * e.predicted:.1f} %", f"{100 * e.recalled:.1f} %", e.reviews)
        for e in page.calibration
    )
    note = "Above the dotted line more is recalled than the intervals promise."
    return Shown("Calibration", chart, Table(("Predicted", "Recalled", "Reviews"), rows), note)


def _intervals(page: Page) -> Shown:
    return _spread("Intervals", "Days", page.intervals, "Median interval: {:,} days.")


def _eases(page: Page) -> Shown:
    return _spread("Ease", "Ease in %", page.eases, "Median ease: {:,} %.")


def _difficulties(page: Page) -> Shown:
    whole: dict[int, int] = {}
    for tenths, count in page.difficulties.items():
        whole[tenths // 10] = whole.get(tenths // 10, 0) + count
    return _spread("Difficulty", "Difficulty, 1 to 10", whole, "Median difficulty: {:,} of 10.")


def _lapses(page: Page) -> Shown:
    forgotten = {lapses: count for lapses, count in page.lapses.items() if lapses}
    never = page.lapses.get(0, 0)
    made = _spread("Lapses", "Lapses", forgotten, "")
    return Shown(made.title, made.picture, made.table, f"{counted(never, 'card')} never forgotten.")


def _spread(title: str, axis: str, counts: Mapping[int, int], note: str) -> Shown:
    """Cards by a number; many numbers are put together, the highest hundredth cut off."""
    most = _quantile(counts, 0.99)
    low = min(counts, default=0)
    width = _bin_width(most - low + 1)
    within = {value: count for value, count in counts.items() if value <= most}
    series = Series("Cards", _binned(within, width), Style.BARS, width=width)
    chart = Chart(
        title,
        Axis(axis, "{:,.0f}".format, is_whole=True, low=low - width / 2, high=most + width),
        _COUNT,
        (series,),
    )
    cut = sum(count for value, count in counts.items() if value > most)
    told = [note.format(_quantile(counts, 0.5))] if note and counts else []
    told += [f"{counted(cut, 'card')} above {most:,} not drawn."] if cut else []
    return Shown(title, chart, Table((axis, "Cards"), tuple(counts.items())), " ".join(told))


def _quantile(counts: Mapping[int, int], part: float) -> int:
    """The smallest value that this part of all does not exceed."""
    left = part * sum(counts.values())
    for value, count in sorted(counts.items()):
        left -= count
        if left <= 0:
            return value
    return max(counts, default=0)


def _hours(page: Page) -> Shown:
    hours = [each for each in page.hours if each.reviews]
    passed = tuple((float(each.hour), float(each.passed)) for each in hours)
    again = tuple((float(each.hour), float(each.reviews - each.passed)) for each in hours)
    chart = Chart(
        "Hours",
        Axis("Hour of the day", "{:.0f}".format, is_whole=True, low=-0.5, high=23.5),
        _REVIEWS,
        (
            Series("Recalled", passed, Style.BARS),
            Series("Again", again, Style.OPEN_BARS, tuple(y for _, y in passed)),
        ),
    )
    rows = tuple(
        (f"{each.hour}:00", each.reviews, f"{100 * each.passed / each.reviews:.1f} %")
        for each in hours
    )
    return Shown("Hours", chart, Table(("Hour", "Reviews", "Recalled"), rows))


def _grades(page: Page) -> Shown:
    grades = page.grades
    names = [grade.name.lower() for grade in Grade]
    kinds = (
        ("Mature", grades.mature, Style.BARS),
        ("Young", grades.young, Style.STRIPED_BARS),
        ("Learning", grades.learning, Style.LINED_BARS),
    )
    bases = [0.0] * len(names)
    series = []
    for name, numbers, style in kinds:
        points = tuple((float(place), float(number)) for place, number in enumerate(numbers))
        series.append(Series(name, points, style, tuple(bases)))
        bases = [base + number for base, number in zip(bases, numbers, strict=True)]
    chart = Chart("Grades", _names_axis("Grade", names), _REVIEWS, tuple(series))
    rows = tuple(
        (names[n], grades.learning[n], grades.young[n], grades.mature[n]) for n in range(4)
    )
    has_any = page.span.reviews > 0
    return Shown(
        "Grades", chart, Table(("Grade", "Learning", "Young", "Mature"), rows if has_any else ())
    )


def _added(page: Page) -> Shown:
    ago = {day - page.day: count for day, count in page.added.items()}
    first = min(ago, default=0)
    width = _bin_width(1 - first)
    series = Series("Cards", _binned(ago, width, back=True), Style.BARS, width=width)
    chart = Chart(
        "Added",
        Axis("Days from today", "{:,.0f}".format, is_whole=True, low=first - width / 2,
             high=0.5),
        _per(_COUNT, width),
        (series,),
    )  # fmt: skip
    rows = tuple((_date(day), count) for day, count in page.added.items())
    note = f"{counted(sum(page.added.values()), 'card')} added."
    return Shown("Added", chart, Table(("Day", "Cards"), rows), note)


def _regions(page: Page) -> Shown:
    decks = sorted(page.regions, key=lambda each: each.passed / each.due)
    drawn = decks[:_MOST_DECKS]
    names = [_short(each.name.rpartition("::")[2]) for each in drawn]
    aim = 100 * page.retained.aim
    points = tuple((float(n), 100 * each.passed / each.due) for n, each in enumerate(drawn))
    chart = Chart(
        "Decks",
        _names_axis("Decks, the weakest first", names),
        Axis("Recalled in %", "{:.0f}".format, low=0, high=100),
        (
            Series("Recalled", points, Style.BARS),
            Series("Aim", ((-0.5, aim), (len(names) - 0.5, aim)), Style.GUIDE),
        ),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.name.replace("::", " › "), *_of(each.passed, each.due)) for each in decks
    )
    left = len(decks) - len(drawn)
    note = f"{counted(left, 'deck')} more in the table." if left else ""
    return Shown("Decks", chart, Table(("Deck", "Recalled", "Due reviews"), rows), note)


def _names_axis(title: str, names: Sequence[str]) -> Axis:
    """An axis of names, at 0, 1, 2 and so on."""

    def label(place: float) -> str:
        return names[int(place)] if place in range(len(names)) else ""

    return Axis(title, label, is_whole=True, low=-0.5, high=len(names) - 0.5)


def _short(name: str) -> str:
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"


def _bin_width(values: int) -> int:
    """How many values go into a bar, so that bars are few enough to be told apart."""
    sizes = (1, 7, 30, 90, 365, 1000, 10_000)
    return next((size for size in sizes if values <= size * _MOST_BARS), values)


def _binned(
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


def _ahead(days: int, width: int) -> Axis:
    return Axis(
        "Days from today", "{:,.0f}".format, is_whole=True, low=-0.5, high=days - 1 + width / 2
    )


def _per(axis: Axis, width: int) -> Axis:
    """The upright axis told by what a bar stands for."""
    spans = {1: "a day", 7: "a week", 30: "30 days"}
    title = f"{axis.title}, {spans.get(width, f'{width:,} days')}"
    return Axis(title, axis.label, axis.is_whole, axis.low, axis.high)


def _date(day: int) -> str:
    return day_to_date(day).isoformat()
