"""Statistics in the window: figures, tables, files, and a sentence after a session."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from studyapp.ui.plots.panel import Panel
from studyapp.ui.statistics_screen import StatisticsScreen
from tests.ui.running_app import DAY, RunningApp


def open_statistics(app: RunningApp) -> StatisticsScreen:
    app.press("s")
    screen = app.statistics.screen
    assert screen is not None
    if screen.page is None:
        app.qtbot.waitUntil(lambda: screen.page is not None, timeout=20_000)
    return screen


def look_again(app: RunningApp, screen: StatisticsScreen) -> None:
    with app.qtbot.waitSignal(screen.shown, timeout=20_000):
        screen.refresh()


@pytest.fixture
def screen(app: RunningApp) -> StatisticsScreen:
    """After two cards were graded, one of them again."""
    app.start_first_deck()
    app.grade("3")
    app.grade("1")
    app.press(Qt.Key.Key_Escape)
    return open_statistics(app)


def panel(screen: StatisticsScreen, title: str) -> Panel:
    return next(each for each in screen.panels if each.title == title)


def test_a_key_opens_it_and_the_day_is_told(app: RunningApp, screen: StatisticsScreen) -> None:
    assert app.window.screen_name == "stats"
    assert screen.facts.text().startswith("Today 2 reviews in ")
    assert "In the last 7 days 2 reviews" in screen.week.text()
    assert "in a row" not in screen.facts.text()
    app.press(Qt.Key.Key_Escape)
    assert app.window.screen_name == "decks"


def test_all_figures_are_tables_by_a_key(app: RunningApp, screen: StatisticsScreen) -> None:
    app.press("t")
    grades = panel(screen, "Grades")
    assert grades.table.isVisible()
    assert grades.table.texts(0) == ["again", "1", "0", "0"]
    assert grades.table.accessibleName() == "Grades"
    app.press("t")
    assert not grades.table.isVisible()
    assert "highest" in grades.plot.accessibleDescription()


def test_a_part_by_deck_and_search(app: RunningApp, screen: StatisticsScreen) -> None:
    screen.decks.setCurrentText("Geography")
    screen.search.setText("is:new")
    look_again(app, screen)
    assert screen.page is not None
    assert screen.page.stock.new == 1
    assert "Grades" not in [each.title for each in screen.panels]
    assert screen.page.span.reviews == 0
    screen.search.setText("is:nothing")
    with app.qtbot.waitSignal(screen._latest.failed):
        screen.refresh()
    assert "is:" in screen.banner.text


def test_a_panel_stays_where_it_is_when_figures_change(
    app: RunningApp, screen: StatisticsScreen
) -> None:
    before = panel(screen, "Grades")
    app.press("t")
    with app.database.change("more", 0) as tx:
        tx.exec_driver_sql("UPDATE reviews SET grade = 4")
    look_again(app, screen)
    assert panel(screen, "Grades") is before
    assert before.table.texts(3) == ["easy", "2", "0", "0"]


def test_keys_scroll(app: RunningApp, screen: StatisticsScreen) -> None:
    bar = screen.area.verticalScrollBar()
    app.qtbot.waitUntil(lambda: bar.maximum() > 0)
    app.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    app.press(Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_days_in_a_row_are_shown_when_wanted(app: RunningApp, screen: StatisticsScreen) -> None:
    streak = next(each for each in screen.actions() if each.objectName() == "streak")
    streak.trigger()
    assert screen.facts.text().endswith("1 day in a row")
    streak.trigger()
    assert "in a row" not in screen.facts.text()


@pytest.mark.parametrize("title", ["Calendar", "Grades"])
def test_pictures_and_figures_are_saved(
    app: RunningApp, screen: StatisticsScreen, tmp_path: Path, title: str
) -> None:
    shown = panel(screen, title)
    with app.qtbot.waitSignals([shown.told] * 3):
        for suffix in ("png", "svg", "csv"):
            shown.save(tmp_path / f"figure.{suffix}")
    picture = QImage(str(tmp_path / "figure.png"))
    assert picture.width() == 2 * shown.plot.width()
    colours = {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 2
    assert QSvgRenderer(str(tmp_path / "figure.svg")).isValid()
    with (tmp_path / "figure.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    shown.show_table(True)
    assert rows[0] == list(shown.table_of.headings)
    assert len(rows) == shown.table.row_count + 1


def test_what_cannot_be_saved_is_told(screen: StatisticsScreen, tmp_path: Path) -> None:
    shown = panel(screen, "Grades")
    shown.save(tmp_path / "none" / "figure.svg")
    assert "cannot be written" in screen.banner.text


def test_the_hardest_cards_lead_to_their_notes(app: RunningApp, screen: StatisticsScreen) -> None:
    with app.database.change("lapses", 0) as tx:
        tx.exec_driver_sql("UPDATE cards SET lapses = 9 WHERE id = 1")
    with app.qtbot.waitSignal(screen._hard.done, timeout=20_000):
        screen.refresh()
    assert screen.hard_cards.table.texts(0)[:5] == [
        *("Capital of France?", "Geography › Capitals", "9", "0 %", "leech")
    ]
    screen.hard_cards.table.activated.emit(screen.hard_cards.table.model().index(0, 0))
    assert app.window.screen_name == "edit"


def test_a_sentence_after_a_session(app: RunningApp) -> None:
    app.clock.advance(DAY)
    app.start_first_deck()
    app.grade("4")
    app.grade("4")
    app.reveal()
    with app.qtbot.waitSignal(app.statistics.sentences.done, timeout=20_000):
        app.press("4")
    assert app.window.screen_name == "summary"
    assert app.window.summary.sentence.text() == "Tomorrow no cards."
