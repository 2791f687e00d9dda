"""A day's work with the keyboard, as a user tells it: look at the screen and at the database."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from studyapp.domain.notes import DeckText
from studyapp.domain.presets import DayOptions
from studyapp.ui.spans import countdown
from tests.ui.running_app import CAPITALS, DAY, MINUTE, RunningApp, SetClock, basic

StartApp = Callable[..., RunningApp]


def test_i_start_with_enter_and_study_until_nothing_is_left(app: RunningApp) -> None:
    app.start_first_deck()
    assert "Capital of France?" in app.page_text()
    assert "Paris" not in app.page_text()
    assert app.window.study.progress.counts_text == "3 new · 0 learning · 0 due"
    app.reveal()
    assert "Paris" in app.page_text()
    assert [button.interval for button in app.window.study.bar.buttons.values()] == [
        "1 min",
        "6 min",
        "10 min",
        "4 d",
    ]
    app.until_painted("question", lambda: app.press("3"))
    assert "Capital of Italy?" in app.page_text()
    assert app.window.study.progress.counts_text == "2 new · 1 learning · 0 due"
    app.grade("4")
    app.grade("4")
    assert "Capital of France?" in app.page_text()  # the learning card comes back
    app.reveal()
    with app.qtbot.waitSignal(app.window.study.finished):
        app.press(Qt.Key.Key_Space)  # means good now
    assert app.window.screen_name == "summary"
    assert "4 reviews" in app.window.summary.text
    assert "0 again · 0 hard · 2 good · 2 easy" in app.window.summary.text
    assert app.grades() == [3, 4, 4, 3]
    app.press(Qt.Key.Key_Return)
    assert app.window.screen_name == "decks"
    assert app.window.decks.load_text == "Nothing left for today · 4 done today"


def test_i_take_back_two_grades_and_give_one_again(app: RunningApp) -> None:
    app.start_first_deck()
    app.grade("4")
    app.grade("1")
    app.until_painted("question", app.undo_key)
    assert "Capital of Italy?" in app.page_text()
    app.until_painted("question", lambda: app.press("u"))
    assert "Capital of France?" in app.page_text()
    assert app.grades() == []
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    app.until_painted("question", lambda: app.press(Qt.Key.Key_Z, modifier=both))
    assert app.grades() == [4]
    assert "Capital of Italy?" in app.page_text()
    assert app.window.toast.text() == "Done again: grade easy"


def test_i_take_back_a_grade_after_a_restart(app: RunningApp, start_app: StartApp) -> None:
    app.start_first_deck()
    app.grade("4")
    again = start_app()
    again.start_first_deck()
    assert "Capital of Italy?" in again.page_text()
    again.until_painted("question", lambda: again.press("u"))
    assert "Capital of France?" in again.page_text()
    assert again.window.toast.text() == "Undone: grade easy"
    assert again.grades() == []


def test_i_take_back_the_last_grade_from_the_summary(app: RunningApp) -> None:
    app.start_first_deck()
    app.grade("4")
    app.grade("4")
    app.reveal()
    with app.qtbot.waitSignal(app.window.study.finished):
        app.press("4")
    app.until_painted("question", lambda: app.press("u"))
    assert app.window.screen_name == "study"
    assert "Capital of Spain?" in app.page_text()
    assert app.grades() == [4, 4]


def test_a_key_for_a_card_that_is_not_painted_yet_grades_nothing(app: RunningApp) -> None:
    app.start_first_deck()
    app.until_painted("answer", lambda: app.press(Qt.Key.Key_Space, "3", "3", Qt.Key.Key_Space))
    assert app.grades() == []
    app.until_painted("question", lambda: app.press("3", Qt.Key.Key_Space, "1", "1"))
    assert app.grades() == [3]
    assert not app.window.study.bar.offers_grades


def test_a_key_held_down_counts_once(app: RunningApp) -> None:
    app.start_first_deck()
    app.reveal()
    focused = QApplication.focusWidget()
    assert focused is not None
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        key = QKeyEvent(kind, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", autorep=True)
        QApplication.sendEvent(focused, key)
    assert app.grades() == []
    app.until_painted("question", lambda: app.press("3"))
    assert app.grades() == [3]


def test_grades_before_the_answer_do_nothing(app: RunningApp) -> None:
    app.start_first_deck()
    app.press("1", "2", "3", "4")
    assert app.grades() == []
    assert not app.window.study.bar.offers_grades


def test_a_focused_button_is_pressed_by_space_and_enter(app: RunningApp) -> None:
    app.start_first_deck()
    app.reveal()
    again = next(iter(app.window.study.bar.buttons.values()))
    again.setFocus()
    app.until_painted("question", lambda: app.press(Qt.Key.Key_Space))
    assert app.grades() == [1]
    app.reveal()
    again.setFocus()
    app.until_painted("question", lambda: app.press(Qt.Key.Key_Return))
    assert app.grades() == [1, 1]


def test_study_waits_for_a_step_and_goes_on_by_itself(start_app: StartApp, clock: SetClock) -> None:
    app = start_app([CAPITALS], options=DayOptions(learn_ahead_ms=0))
    study = app.window.study
    app.start_first_deck()
    app.grade("4")
    app.grade("4")
    app.reveal()
    app.press("3")
    app.qtbot.waitUntil(study.pause.isVisible)
    ((due_at,),) = app.rows("SELECT due_at FROM cards WHERE due_at IS NOT NULL")
    assert study.pause.text == countdown(due_at - clock.at)
    assert not study.bar.isVisible()
    clock.at = due_at - MINUTE
    with app.qtbot.waitSignal(study.pause.tick):
        pass
    assert study.pause.text == "1:00"
    app.until_painted("question", lambda: clock.advance(MINUTE))
    assert "Capital of Spain?" in app.page_text()


def test_a_disk_that_refuses_keeps_the_card_and_a_second_try_works(app: RunningApp) -> None:
    app.start_first_deck()
    app.reveal()
    app.ask("PRAGMA query_only = ON")
    app.press("3")
    assert "cannot be written" in app.window.study.banner.text
    assert app.grades() == []
    assert "Paris" in app.page_text()
    app.ask("PRAGMA query_only = OFF")
    app.until_painted("question", lambda: app.press("3"))
    assert app.grades() == [3]
    assert not app.window.study.banner.isVisible()


def test_tomorrow_the_easy_cards_rest_and_later_they_are_due(
    app: RunningApp, start_app: StartApp, clock: SetClock
) -> None:
    app.start_first_deck()
    app.grade("4")
    app.grade("4")
    app.reveal()
    with app.qtbot.waitSignal(app.window.study.finished):
        app.press("4")
    clock.advance(6 * DAY)
    later = start_app()
    assert "3 due" in later.window.decks.load_text
    later.start_first_deck()
    assert later.window.study.progress.counts_text == "0 new · 0 learning · 3 due"


def test_escape_leads_back_to_the_decks_with_new_numbers(app: RunningApp) -> None:
    app.start_first_deck()
    app.grade("3")
    app.press(Qt.Key.Key_Escape)
    assert app.window.screen_name == "decks"
    assert app.window.decks.load_text.startswith("2 new · 1 learning")


def test_a_linked_note_is_visited_and_left_again(start_app: StartApp) -> None:
    linked = basic("de", "Capital of *Germany*?", "Berlin", links=("at",))
    austria = basic("at", "Capital of *Austria*?", "Vienna")
    app = start_app([DeckText(name="Europe", key="europe", notes=(linked, austria))])
    app.start_first_deck()
    app.reveal()
    assert "Capital of Austria?" in app.page_text()
    view = app.window.study.card.view
    view.note_activated.emit("ch")
    assert app.window.toast.text() == "The linked note is not here"
    with app.qtbot.waitSignal(view.painted):
        view.note_activated.emit("at")
    assert "Vienna" in app.page_text()
    app.press("3")
    assert app.grades() == []
    with app.qtbot.waitSignal(view.painted):
        app.press(Qt.Key.Key_Escape)
    assert "Berlin" in app.page_text()
    app.until_painted("question", lambda: app.press("3"))
    assert app.grades() == [3]
