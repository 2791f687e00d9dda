"""A backlog is told among the decks, planned in a dialog, and the plan taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from studyapp.domain.notes import DeckText
from studyapp.ui.backlog_dialog import BacklogDialog
from tests.ui.dialogs import close, shown
from tests.ui.running_app import NOON, RunningApp, basic

StartApp = Callable[..., RunningApp]
CARDS = 240
TODAY = NOON // 86_400_000
MANY = DeckText(
    "Many", "many", notes=tuple(basic(f"n{n}", f"Front {n}?", "b") for n in range(CARDS))
)
_OVERDUE = """
    UPDATE cards SET state = 2, due_on = ? - id % 30, interval_days = 5 + id % 60,
    ease_permille = 2500, reps = 4
"""


@pytest.fixture
def app(start_app: StartApp) -> RunningApp:
    """All cards are due after an absence."""
    app = start_app([MANY])
    with app.database.change("absence", NOON) as tx:
        tx.exec_driver_sql(_OVERDUE, (TODAY,))
    return app


def told(app: RunningApp) -> str:
    """What the decks tell of the backlog when they are looked at."""
    with app.qtbot.waitSignal(app.scheduling.planning.looked):
        app.window.decks.refresh()
    return app.scheduling.planning.notice.text if app.scheduling.planning.notice.isVisible() else ""


def open_dialog(app: RunningApp) -> BacklogDialog:
    app.press(Qt.Key.Key_P, modifier=Qt.KeyboardModifier.ControlModifier)
    dialog = shown(app, BacklogDialog)
    app.qtbot.waitUntil(dialog.accept_button.isEnabled)
    return dialog


def test_a_backlog_is_told_planned_and_taken_back(app: RunningApp) -> None:
    assert told(app).startswith("You have 240 due. At ")
    dialog = open_dialog(app)
    dialog.number.setValue(40)
    app.qtbot.waitUntil(lambda: dialog.outlook is not None and dialog.outlook.plan.per_day == 40)
    assert dialog.table.texts(0) == ["Today", "240", "40"]
    assert "Day 2" in dialog.table.texts(1)
    assert "With the plan: 40 at 1" in dialog.plot.accessibleDescription()
    dialog.accept_button.click()
    assert app.backlog.running() is not None
    assert told(app).startswith("A plan holds 200 cards back: 40 a day")
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    app.undo_key()
    assert app.backlog.running() is None
    assert told(app).startswith("You have 240 due.")


def test_a_plan_for_so_many_days_and_its_end(app: RunningApp) -> None:
    dialog = open_dialog(app)
    dialog.measure.setCurrentIndex(1)
    dialog.number.setValue(4)
    app.qtbot.waitUntil(lambda: dialog.table.row_count == 4)
    dialog.accept_button.click()
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    again = open_dialog(app)
    assert "A plan holds" in again.running.text()
    again.drop_button.click()
    assert app.backlog.running() is None


def test_a_plan_that_takes_too_long_is_told(app: RunningApp) -> None:
    dialog = open_dialog(app)
    dialog.measure.setCurrentIndex(1)
    dialog.number.setValue(5000)
    app.qtbot.waitUntil(lambda: dialog.outlook is None)
    assert "A plan takes 1 to" in dialog.said.text()
    assert not dialog.accept_button.isEnabled()
    close(app, dialog)


def test_without_a_backlog_nothing_is_told(start_app: StartApp) -> None:
    app = start_app()
    assert told(app) == ""
    app.press(Qt.Key.Key_P, modifier=Qt.KeyboardModifier.ControlModifier)
    dialog = shown(app, BacklogDialog)
    app.qtbot.waitUntil(lambda: dialog.said.text() == "Nothing is due.")
    assert not dialog.accept_button.isEnabled()
    close(app, dialog)
