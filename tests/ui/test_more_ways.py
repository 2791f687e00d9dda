"""More ways to study: ahead, more today, what was forgotten, cramming, and days of vacation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from studyapp.domain.presets import DeckLimits
from studyapp.domain.reviews import Grade
from studyapp.services.vacation import Spread
from studyapp.ui.more_dialogs import CramDialog
from studyapp.ui.vacation_dialog import VacationDialog, runs, told_run, told_spread
from tests.ui.running_app import DAY, NOON, RunningApp
from tests.ui.test_card_history import study_days

TODAY = NOON // DAY
StartApp = Callable[..., RunningApp]


def ready(app: RunningApp) -> RunningApp:
    """With the keyboard in the window, after a dialog was closed."""
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    return app


def test_they_are_in_the_menu_and_in_the_palette(app: RunningApp) -> None:
    texts = {action.text() for action in app.window.decks.actions()}
    assert {"Study ahead…", "More cards today…", "Cram…", "Vacation…"} <= texts
    assert app.scheduling.more_ways.forgotten in app.scheduling.more_ways.menu.actions()


def test_studying_ahead_is_logged_as_an_early_review(app: RunningApp) -> None:
    study_days(app, Grade.GOOD, Grade.GOOD, Grade.GOOD)
    app.window.decks.refresh()
    before = len(app.grades())
    dialog = app.scheduling.more_ways.ask_ahead()
    assert dialog is not None
    dialog.days.setValue(30)
    app.until_painted("question", dialog.finish)
    assert "ahead" in app.window.study.progress.deck_text
    ready(app).reveal()
    app.press("3")
    assert len(app.grades()) == before + 1


def test_more_cards_today_raise_the_limits_and_begin(app: RunningApp) -> None:
    (deck, _) = app.window.decks.decks()
    app.presets.limit(deck.id, DeckLimits(new_per_day=0))
    dialog = app.scheduling.more_ways.ask_more()
    assert dialog is not None
    dialog.new.setValue(2)
    app.until_painted("question", dialog.finish)
    assert app.window.study.progress.counts_text == "2 new · 0 learning · 0 due"


def test_nothing_forgotten_is_told(app: RunningApp) -> None:
    app.scheduling.more_ways.study_forgotten()
    assert app.window.screen_name == "decks"
    assert "was forgotten today" in app.window.decks.banner.text


def test_what_was_forgotten_is_gone_through_without_a_trace(app: RunningApp) -> None:
    app.start_first_deck()
    app.grade("1")
    app.press(Qt.Key.Key_Escape)
    app.until_painted("question", app.scheduling.more_ways.study_forgotten)
    assert "nothing is logged" in app.window.study.progress.deck_text
    before = app.rows("SELECT * FROM cards ORDER BY id"), app.grades()
    app.reveal()
    assert app.window.study.bar.buttons[Grade.GOOD].interval == "done"
    app.press("3")
    assert app.window.screen_name == "summary"
    assert "left no trace" in app.window.summary.text
    assert (app.rows("SELECT * FROM cards ORDER BY id"), app.grades()) == before
    # Within the session undo is about the session; among the decks it is about the collection.
    app.until_painted("question", lambda: app.press("u"))
    assert app.grades() == before[1]
    app.press(Qt.Key.Key_Escape)
    app.undo_key()
    assert app.grades() == []


def cram(app: RunningApp, query: str) -> CramDialog:
    dialog = app.scheduling.more_ways.ask_cram()
    dialog.search.setText(query)
    return dialog


def test_cramming_what_a_search_finds(app: RunningApp) -> None:
    dialog = cram(app, "France")
    app.until_painted("question", dialog.finish)
    assert "Capital of France?" in app.page_text()
    ready(app).reveal()
    app.press("4")
    assert app.window.screen_name == "summary"
    assert app.grades() == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("nothing-like-this", "finds no card", id="nothing"),
        pytest.param("prop:due", "prop:", id="no query"),
    ],
)
def test_a_search_that_leads_to_nothing_is_told_beside_it(
    app: RunningApp, query: str, said: str
) -> None:
    dialog = cram(app, query)
    dialog.finish()
    assert dialog.isVisible()
    assert said in dialog.problem.text()
    assert app.window.screen_name == "decks"
    dialog.reject()


def test_the_search_begins_with_the_deck(app: RunningApp) -> None:
    dialog = app.scheduling.more_ways.ask_cram()
    assert "Geography" in dialog.search.text()
    app.until_painted("question", dialog.finish)


def vacation(app: RunningApp) -> VacationDialog:
    dialog = app.scheduling.more_ways.open_vacation()
    assert dialog is not None
    return dialog


def test_a_vacation_is_chosen_and_taken_back(app: RunningApp) -> None:
    study_days(app, Grade.GOOD, Grade.GOOD)
    dialog = vacation(app)
    assert dialog.said.text().startswith("No vacation")
    first = dialog.calendar.selectedDate()
    QTest.keyClick(dialog.calendar, Qt.Key.Key_Return)
    dialog.add()
    dialog.calendar.setSelectedDate(first.addDays(9))
    dialog.add_until()
    assert len(dialog.days) == 10
    assert "instead, at most" in dialog.said.text()
    dialog.finish()
    ready(app)
    again = vacation(app)
    assert len(again.days) == 10
    again.remove()
    assert again.days == ()
    again.reject()
    ready(app).undo_key()
    assert vacation(app).days == ()


def test_days_before_today_cannot_be_chosen(app: RunningApp) -> None:
    assert vacation(app).calendar.minimumDate() == QDate(2026, 11, 20)


def test_days_in_words() -> None:
    assert runs([1, 2, 3, 7]) == [(1, 3), (7, 7)]
    assert told_run(TODAY, TODAY) == "Fri 2026-11-20"
    assert told_run(TODAY, TODAY + 2) == "3 days: Fri 2026-11-20\nto Sun 2026-11-22"
    assert told_spread(Spread((1,), 0, ())) == "Nothing is due on these days so far."
