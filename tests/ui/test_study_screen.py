"""Studying where something comes in between: links, crashes, undo from afar, failures."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

from studyapp.domain.notes import DeckText
from studyapp.domain.presets import DEFAULT_PRESET, DayOptions, LeechAction
from studyapp.errors import StorageError
from studyapp.services.study_values import Summary
from tests.ui.running_app import CAPITALS, RunningApp, basic

StartApp = Callable[..., RunningApp]

GERMANY = basic("de", "Capital of *Germany*?", "Berlin, see [maps](https://example.org/m)", ("at",))
AUSTRIA = basic("at", "Capital of *Austria*?", "Vienna")
LINKED = DeckText(name="Europe", key="europe", notes=(GERMANY, AUSTRIA))
ZOO = DeckText(name="Zoo", key="zoo", notes=(basic("ape", "An ape?", "Gorilla"),))


@pytest.fixture
def linked(start_app: StartApp) -> RunningApp:
    """The answer of a card with a link to the web and one to another note."""
    app = start_app([LINKED])
    app.start_first_deck()
    app.reveal()
    return app


def go_to_link(app: RunningApp, times: int) -> None:
    for _ in range(times):
        with app.qtbot.waitSignal(app.window.study.told):
            app.press("l")
    assert app.window.toast.text() == "Enter opens the link"


@pytest.mark.parametrize(
    "key",
    [pytest.param(Qt.Key.Key_Return, id="return"), pytest.param(Qt.Key.Key_Space, id="space")],
)
def test_a_linked_note_is_visited_by_keys_alone(linked: RunningApp, key: Qt.Key) -> None:
    view = linked.window.study.card.view
    go_to_link(linked, 2)
    with linked.qtbot.waitSignal(view.painted):
        linked.press(key)
    assert "Vienna" in linked.page_text()
    assert linked.grades() == []
    with linked.qtbot.waitSignal(view.painted):
        linked.press(key)
    assert "Berlin" in linked.page_text()
    assert linked.grades() == []


def test_a_link_to_the_web_is_opened_by_keys_alone(linked: RunningApp) -> None:
    go_to_link(linked, 1)
    linked.press(Qt.Key.Key_Return)
    linked.qtbot.waitUntil(lambda: bool(linked.window.findChildren(QMessageBox)))
    (box,) = linked.window.findChildren(QMessageBox)
    assert box.informativeText() == "https://example.org/m"
    box.reject()
    assert linked.grades() == []


def test_after_the_last_link_comes_the_first(linked: RunningApp) -> None:
    go_to_link(linked, 4)
    with linked.qtbot.waitSignal(linked.window.study.card.view.painted):
        linked.press(Qt.Key.Key_Return)
    assert "Vienna" in linked.page_text()


def test_on_a_page_without_a_focused_link_enter_still_grades(linked: RunningApp) -> None:
    linked.window.study.card.view._view.setFocus()
    linked.until_painted("question", lambda: linked.press(Qt.Key.Key_Return))
    assert linked.grades() == [3]


def test_a_card_without_links_says_so(app: RunningApp) -> None:
    app.start_first_deck()
    with app.qtbot.waitSignal(app.window.study.told):
        app.press("l")
    assert app.window.toast.text() == "There is no link here"


def test_a_visit_from_the_question_leads_back_to_the_question(start_app: StartApp) -> None:
    asking = basic("de", "Of Germany, not [[at]]?", "Berlin", ("at",))
    app = start_app([DeckText(name="Europe", key="europe", notes=(asking, AUSTRIA))])
    app.start_first_deck()
    view = app.window.study.card.view
    with app.qtbot.waitSignal(view.painted):
        view.note_activated.emit("at")
    with app.qtbot.waitSignal(view.painted):
        app.press(Qt.Key.Key_Escape)
    assert "Berlin" not in app.page_text()


def test_a_visit_ends_where_a_pause_begins(start_app: StartApp) -> None:
    text = DeckText(name="Europe", key="europe", notes=(AUSTRIA, GERMANY))
    app = start_app([text], options=DayOptions(learn_ahead_ms=0))
    study = app.window.study
    app.start_first_deck()
    app.grade("4")
    app.reveal()
    app.press("3")
    app.qtbot.waitUntil(study.pause.isVisible)
    app.until_painted("question", lambda: app.press("u"))
    app.reveal()
    with app.qtbot.waitSignal(study.card.view.painted):
        study.card.view.note_activated.emit("at")
    app.redo_key()
    app.qtbot.waitUntil(study.pause.isVisible)
    app.press(Qt.Key.Key_Escape)
    assert not study.bar.isVisible()
    assert app.window.screen_name == "decks"


def test_a_page_that_stopped_twice_can_be_used_again(app: RunningApp) -> None:
    app.start_first_deck()
    view = app.window.study.card.view
    with app.qtbot.waitSignal(view.painted, timeout=20_000):
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    with app.qtbot.waitSignal(view.failed):
        os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    assert "Go back to the decks" in app.window.study.banner.text
    app.press(Qt.Key.Key_Escape)
    app.start_first_deck()
    assert "Capital of France?" in app.page_text()
    app.grade("3")
    assert app.grades() == [3]


def study(app: RunningApp, name: str) -> None:
    deck = next(deck for deck in app.window.decks.decks() if deck.name == name)
    app.until_painted("question", lambda: app.window.start_study(deck))


def test_undo_of_a_grade_in_another_deck_says_so(start_app: StartApp) -> None:
    app = start_app([CAPITALS, ZOO])
    study(app, "Geography::Capitals")
    app.grade("3")
    study(app, "Zoo")
    app.until_painted("question", app.undo_key)
    assert app.window.toast.text() == "Undone: grade good, in another deck"
    app.until_painted("question", app.redo_key)
    assert app.window.toast.text() == "Done again: grade good, in another deck"


def test_undo_of_a_grade_in_this_deck_only_names_it(start_app: StartApp) -> None:
    app = start_app([CAPITALS, ZOO])
    study(app, "Geography::Capitals")
    app.grade("3")
    app.until_painted("question", app.undo_key)
    assert app.window.toast.text() == "Undone: grade good"
    app.until_painted("question", app.redo_key)
    assert app.window.toast.text() == "Done again: grade good"


def test_a_summary_that_cannot_be_read_is_told_on_the_screen(
    start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start_app([ZOO])
    app.start_first_deck()
    app.reveal()

    def unreadable() -> Summary:
        raise StorageError("The collection cannot be read. Check the disk.")

    with monkeypatch.context() as broken:
        broken.setattr(app.window.study._study, "summary", unreadable)
        app.press("4")
    assert app.window.study.banner.text == "The collection cannot be read. Check the disk."
    assert app.grades() == [4]
    with app.qtbot.waitSignal(app.window.study.finished):
        app.window.study.go_on()


def test_a_long_deck_name_ends_in_an_ellipsis(start_app: StartApp) -> None:
    name = "::".join(f"A rather long part of a name, number {number}" for number in range(6))
    app = start_app([DeckText(name=name, key="long", notes=CAPITALS.notes)])
    study(app, name)
    app.window.resize(700, 500)
    app.qtbot.waitUntil(lambda: app.window.width() == 700)
    shown = app.window.study.progress.deck_text
    assert "…" in shown
    assert shown.startswith("A rather")
    assert shown.endswith("number 5")
    for counts in app.window.study.progress.findChildren(QLabel)[1:]:
        assert counts.width() >= counts.sizeHint().width()


@pytest.mark.parametrize(
    ("action", "said"),
    [
        pytest.param(LeechAction.TAG_ONLY, "it is tagged as a leech", id="tag"),
        pytest.param(LeechAction.SUSPEND, "it is tagged as a leech and suspended", id="suspend"),
    ],
)
def test_a_leech_is_told(app: RunningApp, action: LeechAction, said: str) -> None:
    app.presets.change(1, replace(DEFAULT_PRESET, leech_threshold=3, leech_action=action))
    with app.database.change("reviews", app.clock.at) as tx:
        tx.exec_driver_sql(
            "UPDATE cards SET state = 2, due_on = 20000, interval_days = 9, ease_permille = 2500,"
            " reps = 9, lapses = 2"
        )
    app.start_first_deck()
    app.grade("1")
    assert app.window.toast.text() == f"This card was forgotten 3 times; {said}"


def test_the_coming_days_are_counted_while_the_question_is_looked_at(app: RunningApp) -> None:
    app.start_first_deck()
    shown = app.window.study._shown
    assert shown is not None
    loads = shown.prompt.loads
    assert loads is not None
    app.qtbot.waitUntil(lambda: bool(loads._counts))
