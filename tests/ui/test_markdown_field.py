"""Keys of the fields in which Markdown is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studyapp.rendering.design import DARK, LIGHT
from studyapp.ui.markdown_field import MarkdownField
from tests.ui.writing import SHIFT, press, select, write


@pytest.fixture
def field(qtbot: QtBot) -> MarkdownField:
    made = MarkdownField("Front", LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def with_cursor(field: MarkdownField) -> str:
    text = field.markdown
    return f"{text[: field.index]}|{text[field.index :]}"


def test_cloze_marks_count_on_and_can_share_a_number(field: MarkdownField) -> None:
    field.markdown = "one two three"
    for words, following in (("one", True), ("two", True), ("three", False)):
        select(field, words)
        field.wrap_cloze(following=following)
    assert field.markdown == "{{c1::one}} {{c2::two}} {{c2::three}}"


def test_a_cloze_without_a_selection_waits_for_words(field: MarkdownField) -> None:
    field.wrap_cloze(following=True)
    assert with_cursor(field) == "{{c1::|}}"


@pytest.mark.parametrize(
    ("selected", "delimiter", "expected"),
    [
        pytest.param("x ", "$", "𝕏 is $x$|y", id="blanks-stay-outside"),
        pytest.param("x", "$$", "𝕏 is $$x$$| y", id="display"),
    ],
)
def test_a_selection_becomes_a_formula(
    field: MarkdownField, selected: str, delimiter: str, expected: str
) -> None:
    field.markdown = "𝕏 is x y"
    cursor = field.textCursor()
    cursor.setPosition(6)  # the first sign counts twice
    cursor.setPosition(6 + len(selected), cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.wrap_formula(delimiter)
    assert with_cursor(field) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("", r"$\frac{|}{}$", id="outside-it-becomes-a-formula"),
        pytest.param("$x + ", r"$x + \frac{|}{}", id="inside"),
    ],
)
def test_a_command_is_inserted(field: MarkdownField, before: str, expected: str) -> None:
    write(field, before)
    field.insert_latex(r"\frac{$0}{}")
    assert with_cursor(field) == expected


def test_one_undo_takes_back_what_a_key_put_in(field: MarkdownField) -> None:
    field.insertPlainText("a formula")
    select(field, "formula")
    field.wrap_cloze(following=True)
    field.undo()
    assert field.markdown == "a formula"


def test_non_breaking_spaces_stay(field: MarkdownField) -> None:
    field.markdown = "5\N{NO-BREAK SPACE}km\nb"
    QTest.keyClick(field, Qt.Key.Key_End)
    assert field.markdown == "5\N{NO-BREAK SPACE}km\nb"


def test_shift_enter_is_an_end_of_a_line(field: MarkdownField) -> None:
    write(field, "a")
    press(field, Qt.Key.Key_Return, SHIFT)
    write(field, "b")
    assert field.markdown == "a\nb"


def test_pasted_text_is_plain(field: MarkdownField) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold\N{LINE SEPARATOR}second")
    field.insertFromMimeData(data)
    assert field.markdown == "bold\nsecond"


def test_colours_do_not_count_as_edits(qtbot: QtBot, field: MarkdownField) -> None:
    edits: list[str] = []
    field.edited.connect(lambda: edits.append(field.markdown))
    write(field, "$a$")
    field.dress(DARK)
    assert edits == ["$", "$a", "$a$"]


def colour_at(field: MarkdownField, line: int, column: int) -> str:
    block = field.document().findBlockByNumber(line)
    for each in block.layout().formats():
        start, length = each.start, each.length
        if start <= column < start + length:
            return QColor(each.format.foreground().color()).name()
    return ""


def test_a_formula_over_lines_is_coloured_when_its_end_is_typed(field: MarkdownField) -> None:
    write(field, "$$\nx\n$")
    assert colour_at(field, 1, 0) == ""
    write(field, "$")
    assert colour_at(field, 1, 0) == LIGHT.accent
    field.dress(DARK)
    assert colour_at(field, 1, 0) == DARK.accent
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert colour_at(field, 1, 0) == ""


def test_the_brackets_at_the_cursor_are_shown(qtbot: QtBot, field: MarkdownField) -> None:
    write(field, r"$\frac{a}{b}$ and {")
    select(field, "a}")
    cursor = field.textCursor()
    cursor.setPosition(field.markdown.index("a}") + 2)
    field.setTextCursor(cursor)
    qtbot.waitUntil(lambda: len(field.extraSelections()) == 2)
    shown = [each.cursor.selectedText() for each in field.extraSelections()]
    assert shown == ["{", "}"]
    cursor.setPosition(len(field.markdown))
    field.setTextCursor(cursor)
    qtbot.waitUntil(lambda: len(field.extraSelections()) == 1)
