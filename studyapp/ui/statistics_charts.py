"""What the figures of a page look like: for each a picture, a table, and a word besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studyapp.domain.reviews import Grade
from studyapp.statistics.page import Page
from studyapp.ui import statistics_days as of_days
from studyapp.ui.plots.chart import Axis, Chart, Series, Style
from studyapp.ui.plots.table import Cell, Table
from studyapp.ui.spans import counted
from studyapp.ui.statistics_shown import CARDS, REVIEWS, Shown, bin_width, binned, share_of

_MOST_DECKS = 6
_SHORT = 12
"""Letters of a name below a bar."""


def shown(page: Page) -> list[Shown]:
    """All figures that have something to show, in the order of the screen."""
    every = [
        *([of_days.calendar(page)] if page.calendar else []),
        of_days.forecast(page),
        *([of_days.reviews(page), of_days.time(page)] if page.reviews else []),
        _retention(page),
        _calibration(page),
        _intervals(page),
        _eases(page),
        *([_difficulties(page)] if page.difficulties else []),
        _lapses(page),
        _hours(page),
        _grades(page),
        *([of_days.added(page)] if page.added else []),
        _regions(page),
    ]
    return [each for each in every if not each.table.is_empty]


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
            *(each.name, *share_of(each.young_passed, each.young)),
            *share_of(each.mature_passed, each.mature),
            *share_of(each.passed, each.due),
            f"{100 * each.aim:.0f} %",
        )
        for each in spans
        if each.due
    )
    headings = ("Span", "Young", "Reviews", "Mature", "Reviews", "All", "Reviews", "Aim")
    note = "Of reviews of due cards; mature: an interval of 21 days or more."
    return Shown("Retention", chart, Table(headings, rows), note)


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
    width = bin_width(most - low + 1)
    within = {value: count for value, count in counts.items() if value <= most}
    series = Series("Cards", binned(within, width), Style.BARS, width=width)
    chart = Chart(
        title,
        Axis(axis, "{:,.0f}".format, is_whole=True, low=low - width / 2, high=most + width),
        CARDS,
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
        REVIEWS,
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
    chart = Chart("Grades", _names_axis("Grade", names), REVIEWS, tuple(series))
    rows = tuple(
        (names[n], grades.learning[n], grades.young[n], grades.mature[n]) for n in range(4)
    )
    has_any = page.span.reviews > 0
    return Shown(
        "Grades", chart, Table(("Grade", "Learning", "Young", "Mature"), rows if has_any else ())
    )


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
        (each.name.replace("::", " › "), *share_of(each.passed, each.due)) for each in decks
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
