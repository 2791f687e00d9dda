"""Finding LaTeX commands and the user's snippets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studyapp.rendering.mathml import to_mathml
from studyapp.ui.latex_entries import LatexEntry, categories, entries, matching
from studyapp.ui.latex_palette import LatexPalette
from studyapp.ui.snippets import Snippet, read_snippets, write_snippets
from tests.ui.running_app import RunningApp
from tests.ui.writing import ALT, CONTROL, open_add, press, write


@pytest.mark.parametrize("entry", entries(), ids=lambda each: each.name)
def test_every_entry_can_be_drawn(entry: LatexEntry) -> None:
    assert "<math>" in to_mathml(entry.shown.strip(), False)
    assert entry.inserted.count("$0") == 1


@pytest.mark.parametrize(
    ("words", "category", "first"),
    [
        pytest.param("alpha", "", r"\alpha", id="name"),
        pytest.param(r"\alpha", "", r"\alpha", id="with-backslash"),
        pytest.param("Gamma", "", r"\Gamma", id="case-decides"),
        pytest.param("gamma", "", r"\gamma", id="lower-case"),
        pytest.param("square root", "", r"\sqrt", id="description"),
        pytest.param("", "Arrows", r"\to", id="category"),
        pytest.param("arrows right", "", r"\rightarrow", id="words-of-the-category"),
    ],
)
def test_what_is_found_first(words: str, category: str, first: str) -> None:
    assert matching(words, category, entries())[0].name.split()[0] == first


def test_nothing_is_found_by_nonsense() -> None:
    assert matching("qqq", "", entries()) == []


def open_palette(app: RunningApp) -> LatexPalette:
    press(app.window.writing.add.editor.form.front, Qt.Key.Key_L, CONTROL)
    (palette,) = [each for each in app.window.findChildren(LatexPalette) if each.isVisible()]
    app.qtbot.waitUntil(palette.field.hasFocus)
    return palette


def test_a_command_is_found_and_inserted_by_keys(app: RunningApp) -> None:
    editor = open_add(app)
    palette = open_palette(app)
    QTest.keyClicks(palette.field, "frac")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    app.qtbot.waitUntil(editor.form.front.hasFocus)
    write(editor.form.front, "1")
    assert editor.form.front.markdown == r"$\frac{1}{}$"


def test_categories_are_turned_by_keys(app: RunningApp) -> None:
    open_add(app)
    palette = open_palette(app)
    names = ["All categories", *categories(entries())]
    press(palette.field, Qt.Key.Key_Right, ALT)
    assert palette.category.currentText() == names[1]
    press(palette.field, Qt.Key.Key_Left, ALT)
    press(palette.field, Qt.Key.Key_Left, ALT)
    assert palette.category.currentText() == names[-1]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.found.currentRow() == 1
    palette.reject()


def test_snippets_are_written_kept_and_inserted(app: RunningApp) -> None:
    editor = open_add(app)
    dialog = editor.keys.open_snippets()
    write(dialog.text, "expect = \\E[$0]\nbad")
    assert dialog.problems.text() == "Line 2 is not of the form: name = text."
    dialog.accept()
    assert app.preferences.snippets == ""
    dialog.text.insertPlainText(" = a⏎b$0")
    dialog.accept()
    palette = open_palette(app)
    assert palette.found.item(0).text() == "expect"
    QTest.keyClicks(palette.field, "bad")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert editor.form.front.markdown == "a\nb"


def test_snippets_and_their_mistakes() -> None:
    text = "a = b = c\n\n =x\ny=\nA = twice\nlines = 1⏎2"
    snippets, problems = read_snippets(text)
    assert snippets == (Snippet("a", "b = c"), Snippet("lines", "1\n2"))
    assert problems == (
        "Line 3 is not of the form: name = text.",
        "Line 4 is not of the form: name = text.",
        "Line 5: the name “A” is there already.",
    )
    assert read_snippets(write_snippets(snippets)) == (snippets, ())
