"""Macros are written in Settings and count on the next card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studyapp.domain.macros import Macros
from studyapp.domain.notes import DeckText
from studyapp.services.notation import Notation
from tests.ui.conftest import StartApp
from tests.ui.running_app import RunningApp, basic

DECK = DeckText("Maths", "maths", notes=(basic("n", r"$\D$", "back"),))


def write(app: RunningApp, text: str) -> None:
    app.window.open("settings")
    editor = app.window.settings.macros.text
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, line)


def kept(app: RunningApp) -> dict[str, str]:
    return Notation(app.database, app.clock).macros().bodies()


def test_macros_are_saved_when_the_keyboard_leaves_and_count_on_cards(
    start_app: StartApp,
) -> None:
    app = start_app([DECK])
    write(app, r"\D = \Delta")
    assert "Saved when" in app.window.settings.macros.state.text()
    assert kept(app) == {}
    app.press(Qt.Key.Key_Tab)
    assert kept(app) == {r"\D": r"\Delta"}
    assert app.window.settings.macros.state.text() == ""
    app.window.open("decks")
    app.start_first_deck()
    assert "Δ" in app.page_text()


def test_leaving_the_screen_saves_too(app: RunningApp) -> None:
    write(app, r"\D = d")
    app.window.open("decks")
    assert kept(app) == {r"\D": "d"}


def test_a_mistake_is_told_by_its_line_and_nothing_is_saved(app: RunningApp) -> None:
    write(app, "\\D = d\n\\E = {e")
    assert app.window.settings.macros.state.text() == (
        "Not saved.\nLine 2: \\E leaves a brace { open. Balance the braces; \\{ is the sign."
    )
    app.window.open("decks")
    assert kept(app) == {}
    app.window.open("settings")
    assert "{e" in app.window.settings.macros.text.toPlainText()


def test_undo_brings_the_old_macros_back_to_the_screen(app: RunningApp) -> None:
    Notation(app.database, app.clock).change(Macros.of({r"\D": "old"}))
    write(app, r"\D = new")
    app.window.open("decks")
    app.undo_key()
    app.window.open("settings")
    assert app.window.settings.macros.text.toPlainText() == "\\D = old\n"
    assert kept(app) == {r"\D": "old"}
