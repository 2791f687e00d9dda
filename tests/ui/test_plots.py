"""Axes with round numbers, places on them, and plots told in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.ui.plots.chart import Axis, Chart, Point, Series, Style
from studyapp.ui.plots.figures import Figures
from studyapp.ui.plots.plot import Plot
from studyapp.ui.plots.scale import scale_of, ticks
from studyapp.ui.style import palette

PLAIN = Axis("Days")
WHOLE = Axis("Cards", is_whole=True)


@pytest.mark.parametrize(
    ("axis", "values", "most", "expected"),
    [
        pytest.param(PLAIN, [0, 10], 5, [0, 2, 4, 6, 8], id="even"),
        pytest.param(PLAIN, [0, 1], 4, [0, 0.5, 1], id="parts"),
        pytest.param(WHOLE, [0, 2], 9, [0, 1, 2], id="whole"),
        pytest.param(WHOLE, [3], 9, [3, 4], id="one value"),
        pytest.param(WHOLE, [-2.3e-309, -1e-309], 1, [0], id="nearly one value"),
        pytest.param(PLAIN, [], 1, [0], id="nothing"),
    ],
)
def test_marks(axis: Axis, values: list[float], most: int, expected: list[float]) -> None:
    assert ticks(axis, scale_of(axis, values), most) == expected


@given(
    values=st.lists(st.floats(-1e6, 1e6), max_size=5),
    most=st.integers(1, 12),
    is_whole=st.booleans(),
)
def test_marks_are_few_and_within(values: list[float], most: int, is_whole: bool) -> None:
    axis = Axis("", is_whole=is_whole)
    scale = scale_of(axis, values)
    found = ticks(axis, scale, most)
    assert len(found) <= most
    assert all(-1e-6 <= scale.place(each) <= 1 + 1e-6 for each in found)
    assert not is_whole or all(each == round(each) for each in found)


def chart(*series: Series) -> Chart:
    return Chart("Cards a day", Axis("Day", low=0, high=3), Axis("Cards", low=0, high=9), series)


POINTS: tuple[Point, ...] = ((1, 2), (2, 8))


def test_a_chart_in_words() -> None:
    told = chart(Series("Before", POINTS), Series("After", ())).spoken()
    assert told == "Cards a day. Before: 2 at 1, 8 at 2, highest 8 at 2."
    assert chart(Series("None", ())).is_empty


@pytest.mark.parametrize("theme", [pytest.param(each, id=each.name) for each in (LIGHT, DARK)])
def test_styles_differ_without_colour(qtbot: QtBot, theme: Theme) -> None:
    QApplication.setPalette(palette(theme))
    shapes = {shape(qtbot, style) for style in Style}
    assert len(shapes) == len(Style)


def shape(qtbot: QtBot, style: Style) -> bytes:
    """A plot in black and white."""
    plot = Plot()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show_chart(chart(Series("One", POINTS, style)))
    drawn = plot.grab().toImage()
    return bytes(drawn.convertToFormat(drawn.Format.Format_Mono).constBits())


def test_a_table_cuts_no_text_and_stays_where_it_is_if_nothing_changed(qtbot: QtBot) -> None:
    table = Figures("Names", ("Name", "Number"), numbers=(1,))
    qtbot.addWidget(table)
    rows = [(f"name {number}", "1") for number in range(3000)]
    rows[2990] = ("a name that is much longer than those of all the other rows", "1,000,000")
    table.resize(200, 200)
    table.show()
    table.show_rows(rows)
    widths = [table.fontMetrics().horizontalAdvance(text) for text in rows[2990]]
    assert [table.columnWidth(column) for column in range(2)] > widths
    table.selectRow(7)
    table.show_rows(list(rows))
    assert table.currentIndex().row() == 7
    table.show_rows(rows[:5])
    assert (table.currentIndex().row(), table.row_count) == (0, 5)
