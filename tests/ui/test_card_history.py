"""The history of a card: by its key while studying and browsing, in words and as a plot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from studyapp.domain.presets import DEFAULT_PRESET, DayOptions
from studyapp.domain.reviews import Grade
from studyapp.errors import NotFound
from studyapp.services.card_history import CardHistories, CardHistory
from studyapp.services.presets import Presets
from studyapp.services.study_values import Prompt
from studyapp.ui import history_texts as texts
from studyapp.ui.history_dialog import HistoryDialog
from studyapp.ui.plots.plot import Plot
from tests.ui.browsing import cells, open_browse
from tests.ui.dialogs import close, shown
from tests.ui.running_app import DAY, MINUTE, RunningApp


def study_days(app: RunningApp, *grades: Grade) -> int:
    """Grade the first card whenever it is due; its id."""
    app.study.start(app.window.decks.decks()[0].id)
    first = app.study.current()
    assert isinstance(first, Prompt)
    for grade in grades:
        while True:
            prompt = app.study.current()
            if isinstance(prompt, Prompt) and prompt.card.id == first.card.id:
                break
            if isinstance(prompt, Prompt):
                app.study.grade(prompt, Grade.EASY, 1000)
            else:
                app.clock.advance(DAY)
        app.study.grade(prompt, grade, 2500)
        app.clock.advance(10 * MINUTE)
    return first.card.id


def history(app: RunningApp, card_id: int) -> CardHistory:
    return CardHistories(app.database, app.clock, DayOptions()).of(card_id)


def test_each_review_stands_with_before_and_after(app: RunningApp) -> None:
    card_id = study_days(app, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.AGAIN)
    found = texts.rows(history(app, card_id))
    assert [row[1] for row in found] == ["1 again", "3 good", "3 good", "3 good"]
    assert found[-1][0] == "2026-11-20 12:00"
    assert found[-1][3] == "New → Learning"
    assert found[-1][4].endswith(" min")
    assert found[-2][3] == "Learning → Review"
    assert found[0][3] == "Review → Relearning"
    assert found[0][5] == "250 % → 230 %"


def test_the_facts_of_a_card(app: RunningApp) -> None:
    card_id = study_days(app, Grade.GOOD, Grade.GOOD)
    found = dict(texts.facts(history(app, card_id)))
    assert found["Deck"] == "Geography › Capitals"
    assert found["Options"] == "Default, SM-2"
    assert (found["Reviews"], found["Lapses"]) == ("2", "0")
    assert (found["Average time"], found["Total time"]) == ("2.5 s", "5 s")
    assert found["First review"] == "2026-11-20 12:00"
    assert found["State"] == "Review"


def test_with_fsrs_stability_and_difficulty_stand_beside(app: RunningApp) -> None:
    Presets(app.database, app.clock, DayOptions()).change(
        1, replace(DEFAULT_PRESET, scheduler="fsrs")
    )
    found = history(app, study_days(app, Grade.GOOD, Grade.GOOD))
    assert texts.headings(found)[-2:] == texts.MEMORY_HEADINGS
    assert all(row[-1].endswith(" of 10") for row in texts.rows(found))
    assert {"Stability", "Difficulty", "Recalled now"} <= dict(texts.facts(found)).keys()


def test_a_card_that_is_gone(app: RunningApp) -> None:
    with pytest.raises(NotFound):
        history(app, 10**9)


def test_by_its_key_while_studying(app: RunningApp) -> None:
    app.start_first_deck()
    app.grade("3")
    app.undo_key()
    app.redo_key()
    app.press("i")
    dialog = shown(app, HistoryDialog)
    assert dict(dialog.pages[0].facts)["State"] == "New"
    assert dialog.pages[0].table.isHidden()
    assert "never reviewed" in dialog.pages[0].said.text()
    close(app, dialog)


def test_by_its_key_while_browsing(app: RunningApp) -> None:
    study_days(app, Grade.GOOD, Grade.GOOD, Grade.GOOD)
    screen = open_browse(app)
    screen.table.choose(cells(screen.table).index("Capital of France?"))
    screen.table.setFocus()
    app.press(Qt.Key.Key_I, modifier=Qt.KeyboardModifier.ControlModifier)
    dialog = shown(app, HistoryDialog)
    assert dialog.pages[0].table.row_count == 3
    assert dialog.pages[0].table.texts(0)[1] == "3 good"
    assert "highest" in dialog.pages[0].plot.accessibleDescription()
    assert is_drawn(dialog.pages[0].plot)
    close(app, dialog)


def test_without_a_chosen_card_nothing_opens(app: RunningApp) -> None:
    screen = open_browse(app)
    screen.table.clearSelection()
    screen.line.setFocus()
    app.press("nothing like this", Qt.Key.Key_Return)
    app.qtbot.waitUntil(lambda: not screen.results.searching.is_busy)
    app.press(Qt.Key.Key_I, modifier=Qt.KeyboardModifier.ControlModifier)
    assert not app.window.findChildren(HistoryDialog)
    assert app.window.toast.text() == "Choose one card to see its history"


def is_drawn(plot: Plot) -> bool:
    """Whether something of the series' colour is to be seen."""
    image = plot.grab().toImage()
    accent = QGuiApplication.palette().color(QPalette.ColorRole.Link)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(QColor(image.pixel(x, y)) == accent for x, y in places)
