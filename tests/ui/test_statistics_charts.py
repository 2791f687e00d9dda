"""Bars stand for all that was counted, whatever days are put together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studyapp.statistics.done import ReviewDay
from studyapp.ui.plots.calendar import Year
from studyapp.ui.plots.chart import Chart
from studyapp.ui.statistics_charts import shown
from studyapp.ui.statistics_shown import Shown
from tests.statistics.test_telling import DAY, nothing


def named(title: str, first: int, number: int = 3) -> Shown:
    """Of a log with some reviews of young cards on each day from one on."""
    days = tuple(
        ReviewDay(day, (0, 0, number, 0, 1), (0, 0, 60_000, 0, 0)) for day in range(first, DAY + 1)
    )
    page = replace(nothing(), reviews=days, calendar=days, lapses={0: 5, 1: 7, 400: 1})
    return next(each for each in shown(page) if each.title == title)


@pytest.mark.parametrize("days", [1, 30, 61, 365, 2000])
def test_no_review_is_lost_in_a_bar(days: int) -> None:
    chart = named("Reviews", DAY - days + 1).picture
    assert isinstance(chart, Chart)
    young, early = (next(s for s in chart.series if s.name == n) for n in ("Young", "Early"))
    assert sum(y for _, y in young.points) == 3 * days
    assert early.bases == tuple(y for _, y in young.points)
    assert len(young.points) <= 60
    newest, width = young.points[-1], young.width
    assert newest[0] + width / 2 == 0.5


def test_the_table_has_each_day_and_saves_numbers_as_they_are() -> None:
    table = named("Reviews", DAY - 1, number=1234).table
    assert table.texts()[0] == ("2024-10-03", "0", "1,234", "0", "0", "1")
    assert table.as_csv().splitlines()[1] == "2024-10-03,0,1234,0,0,1"


def test_what_is_far_out_is_told_not_drawn() -> None:
    found = named("Lapses", DAY)
    assert found.note == "5 cards never forgotten."
    assert ("400", "1") in found.table.texts()


def test_the_calendar_in_words() -> None:
    year = Year("Calendar", DAY, {DAY: 8, DAY - 1: 1, DAY - 3: 4})
    assert year.levels() == {DAY: 4, DAY - 1: 1, DAY - 3: 2}
    assert year.spoken().endswith("Reviews on 3 days, most on 2024-10-04: 8.")
    assert year.told(DAY - 1) == "2024-10-03: 1 review"
    assert Year("Calendar", DAY, {}).spoken() == "Calendar. No reviews."
