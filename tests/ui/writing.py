"""Steps that tests of writing notes have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studyapp.ui.card_script import WORLD
from studyapp.ui.markdown_field import MarkdownField
from studyapp.ui.note_editor import NoteEditor
from tests.ui.running_app import RunningApp

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def open_add(app: RunningApp) -> NoteEditor:
    """The Add screen by its key; the front has the keyboard."""
    app.press("a")
    app.qtbot.waitUntil(app.window.writing.add.editor.form.front.hasFocus)
    return app.window.writing.add.editor


def write(field: QWidget, text: str) -> None:
    """Type a text, line by line."""
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, line)


def write_note(app: RunningApp, front: str, back: str) -> NoteEditor:
    editor = open_add(app)
    write(editor.form.front, front)
    write(editor.form.back, back)
    return editor


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for each in modifiers:
        held |= each
    QTest.keyClick(widget, key, held)


def add(app: RunningApp) -> None:
    press(app.window.writing.add.editor.form.front, Qt.Key.Key_Return, CONTROL)


def until_previewed(app: RunningApp, editor: NoteEditor, do: Callable[[], object]) -> str:
    """Do something, wait for the preview to show it, and return what is to be read there."""
    with app.qtbot.waitSignal(editor.preview.painted, timeout=20_000):
        do()
    return preview_text(app, editor)


def preview_text(app: RunningApp, editor: NoteEditor) -> str:
    with app.qtbot.waitCallback() as callback:
        page = editor.preview.card.view.page
        page.runJavaScript("document.getElementById('card').innerText", WORLD, callback)
    return str(callback.args[0])


def select(field: MarkdownField, words: str) -> None:
    """Select the first occurrence of some words."""
    cursor = field.textCursor()
    start = field.markdown.index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
