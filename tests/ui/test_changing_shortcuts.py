"""The user's own keys: asked for in a dialog, kept, applied at once, and never ambiguous."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studyapp.ui import keymap
from studyapp.ui.keymap import EVERYWHERE, Command
from studyapp.ui.palette import Palette
from studyapp.ui.shortcuts_editor import ShortcutsEditor
from tests.ui.running_app import RunningApp

StartApp = Callable[..., RunningApp]
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def editor(app: RunningApp) -> ShortcutsEditor:
    return opened(app)


def opened(app: RunningApp) -> ShortcutsEditor:
    editor = app.window.change_shortcuts()
    app.qtbot.waitUntil(editor.search.hasFocus)
    return editor


def close(app: RunningApp, editor: ShortcutsEditor) -> None:
    editor.accept()
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)


def press(
    editor: ShortcutsEditor, command: str, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE
) -> None:
    """Press a key in the field of a command."""
    field = editor.lines[command].field
    field.setFocus()
    QTest.keyClick(field, key, modifier)


def shown(editor: ShortcutsEditor, command: str) -> str:
    return editor.lines[command].field.keySequence().toString()


def keys(app: RunningApp, command: str) -> tuple[str, ...]:
    return app.window.shortcuts.keys_of(command)


def test_all_screens_are_listed_also_those_that_were_not_open(editor: ShortcutsEditor) -> None:
    sections = {line.command.section for line in editor.lines.values()}
    assert {"Everywhere", "Decks", "Study", "Summary", "Settings"} <= sections
    assert {"Add", "Edit", "Writing notes"} <= sections


def test_every_action_of_a_screen_has_a_line(app: RunningApp, editor: ShortcutsEditor) -> None:
    listed = {line.command.id.partition(".")[2] for line in editor.lines.values()}
    for screen in app.window._screens.values():
        assert {each.objectName() for each in screen.actions()} <= listed
    assert {each.objectName() for each in app.window.actions()} <= listed


def test_no_standard_key_of_writing_is_needed_for_writing(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    writing = [
        key
        for each in app.window.shortcuts.commands
        if each.section in ("Add", "Edit", "Writing notes")
        for key in each.standard
    ]
    assert "Ctrl+Shift+C" in writing
    assert [key for key in writing if keymap.is_for_writing(key)] == []


def test_a_new_key_counts_at_once_and_the_old_one_no_more(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "decks.export", Qt.Key.Key_J, CONTROL)
    assert not editor.question.text
    close(app, editor)
    wanted: list[str] = []
    app.window.export_wanted.disconnect(app.exchanging.export_this)
    app.window.decks.export_wanted.connect(lambda deck: wanted.append(deck.name))
    app.window.decks.take_keyboard()
    app.press(Qt.Key.Key_E, modifier=CONTROL)
    assert wanted == []
    app.press(Qt.Key.Key_J, modifier=CONTROL)
    assert len(wanted) == 1


def test_new_keys_are_there_at_the_next_start_also_of_screens_made_late(
    app: RunningApp, editor: ShortcutsEditor, start_app: StartApp
) -> None:
    press(editor, "writing.cloze", Qt.Key.Key_H, CONTROL)
    press(editor, "study.good", Qt.Key.Key_G)
    again = start_app()
    assert keys(again, "study.good") == ("G",)
    again.window.open("add")
    for screen in (again.window.writing.add, again.window.writing.edit):
        (cloze,) = (each for each in screen.actions() if each.objectName() == "cloze")
        assert cloze.shortcut().toString() == "Ctrl+H"


def test_f1_the_palette_tips_and_grades_show_the_new_keys(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "study.good", Qt.Key.Key_G)
    press(editor, "everywhere.open_add", Qt.Key.Key_N, CONTROL)
    close(app, editor)
    app.start_first_deck()
    f1 = app.window.show_shortcuts()
    assert ("Grade good", "G") in f1.lines
    f1.accept()
    palette: Palette = app.window.open_palette()
    assert ("Add notes", "Ctrl+N") in {(each.text, each.hint) for each in palette._entries}
    palette.reject()
    good = next(b for grade, b in app.window.study.bar.buttons.items() if grade.name == "GOOD")
    assert good.accessibleName() == "Good, key G"
    assert "Add (Ctrl+N)" in {each.toolTip() for each in app.window.rail._buttons.values()}


def test_a_new_grading_key_grades(app: RunningApp, editor: ShortcutsEditor) -> None:
    press(editor, "study.easy", Qt.Key.Key_G)
    close(app, editor)
    app.window.decks.take_keyboard()
    app.start_first_deck()
    app.grade("g")
    assert app.grades() == [4]


def test_a_clash_is_named_and_nothing_is_kept_before_it_is_decided(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "decks.refresh", Qt.Key.Key_E, CONTROL)
    assert editor.question.text == (
        "Ctrl+E is also “Export the deck…” (Decks). Take it from there?"
    )
    assert (keys(app, "decks.refresh"), keys(app, "decks.export")) == (("F5",), ("Ctrl+E",))
    assert dict(app.preferences.keys) == {}


def test_a_key_that_is_left_stays_where_it_was(app: RunningApp, editor: ShortcutsEditor) -> None:
    press(editor, "decks.refresh", Qt.Key.Key_E, CONTROL)
    editor.question.leave.click()
    assert not editor.question.text
    assert shown(editor, "decks.refresh") == "F5"
    assert dict(app.preferences.keys) == {}


def test_a_key_that_is_taken_is_gone_there(app: RunningApp, editor: ShortcutsEditor) -> None:
    press(editor, "decks.refresh", Qt.Key.Key_E, CONTROL)
    editor.question.take.click()
    assert (keys(app, "decks.refresh"), keys(app, "decks.export")) == (("Ctrl+E",), ())
    assert shown(editor, "decks.export") == ""


def test_a_key_for_everywhere_clashes_with_those_of_all_screens(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "everywhere.palette", Qt.Key.Key_Z, CONTROL)
    assert editor.question.text.startswith("Ctrl+Z is also “Undo” (Decks, Study, Summary")
    editor.question.take.click()
    assert keys(app, "everywhere.palette") == ("Ctrl+Z",)
    assert keys(app, "study.undo") == ("U",)


def test_screens_that_are_never_open_together_may_share_a_key(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "study.edit", Qt.Key.Key_E, CONTROL)
    assert not editor.question.text
    assert keys(app, "study.edit") == keys(app, "decks.export") == ("Ctrl+E",)


def test_writing_shares_its_keys_with_both_screens_that_have_it(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "edit.save", Qt.Key.Key_T, CONTROL)
    assert "“Preview without the answer, or with it” (Writing notes)" in editor.question.text


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        pytest.param(Qt.Key.Key_C, NONE, id="letter"),
        pytest.param(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier, id="capital"),
        pytest.param(Qt.Key.Key_C, CONTROL, id="copy"),
        pytest.param(Qt.Key.Key_Left, NONE, id="arrow"),
        pytest.param(Qt.Key.Key_Delete, NONE, id="delete"),
        pytest.param(Qt.Key.Key_Return, NONE, id="enter"),
    ],
)
def test_what_writing_needs_is_refused_there(
    app: RunningApp, editor: ShortcutsEditor, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    press(editor, "writing.cloze", key, modifier)
    assert "is needed for writing on this screen" in editor.question.text
    assert editor.question.take.isHidden()
    assert shown(editor, "writing.cloze") == "Ctrl+Shift+C"
    assert dict(app.preferences.keys) == {}


def test_a_letter_for_everywhere_is_still_a_letter_while_writing(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "everywhere.open_settings", Qt.Key.Key_X)
    assert keys(app, "everywhere.open_settings") == ("X",)
    close(app, editor)
    app.window.open("add")
    front = app.window.writing.add.editor.form.front
    app.qtbot.waitUntil(front.hasFocus)
    app.press("x")
    assert (app.window.screen_name, front.markdown) == ("add", "x")
    app.window.open("decks")
    app.start_first_deck()
    app.press(Qt.Key.Key_X)
    assert app.window.screen_name == "settings"


def test_backspace_takes_a_key_away_and_those_besides_stay(
    app: RunningApp, editor: ShortcutsEditor
) -> None:
    press(editor, "study.undo", Qt.Key.Key_Backspace)
    assert keys(app, "study.undo") == ("Ctrl+Z",)
    press(editor, "study.undo", Qt.Key.Key_Backspace)
    assert keys(app, "study.undo") == ()


def test_no_key_at_all_is_remembered(
    app: RunningApp, editor: ShortcutsEditor, start_app: StartApp
) -> None:
    press(editor, "decks.refresh", Qt.Key.Key_Backspace)
    assert keys(start_app(), "decks.refresh") == ()


def test_one_is_reset(app: RunningApp, editor: ShortcutsEditor) -> None:
    press(editor, "decks.refresh", Qt.Key.Key_J, CONTROL)
    press(editor, "decks.export", Qt.Key.Key_H, CONTROL)
    editor.lines["decks.refresh"].reset.click()
    assert (keys(app, "decks.refresh"), keys(app, "decks.export")) == (("F5",), ("Ctrl+H",))
    assert editor.lines["decks.refresh"].reset.isHidden()


def test_a_reset_that_clashes_asks_too(app: RunningApp, editor: ShortcutsEditor) -> None:
    press(editor, "decks.export", Qt.Key.Key_J, CONTROL)
    press(editor, "decks.refresh", Qt.Key.Key_E, CONTROL)
    editor.lines["decks.export"].reset.click()
    assert "Ctrl+E is also “Look again what is due”" in editor.question.text
    editor.question.take.click()
    assert (keys(app, "decks.refresh"), keys(app, "decks.export")) == ((), ("Ctrl+E",))


def test_all_are_reset(app: RunningApp, editor: ShortcutsEditor, start_app: StartApp) -> None:
    press(editor, "decks.refresh", Qt.Key.Key_E, CONTROL)
    editor.question.take.click()
    editor.reset_all.click()
    assert not editor.reset_all.isEnabled()
    assert dict(app.preferences.keys) == {}
    again = start_app()
    assert (keys(again, "decks.refresh"), keys(again, "decks.export")) == (("F5",), ("Ctrl+E",))


def test_actions_are_found_by_name_and_by_key(editor: ShortcutsEditor) -> None:
    QTest.keyClicks(editor.search, "f5 look")
    assert [line.command.id for line in editor.lines.values() if line.is_visible] == [
        "decks.refresh"
    ]
    editor.search.setText("no such thing")
    assert not editor.nothing.isHidden()


@pytest.mark.parametrize(
    ("text", "export"),
    [
        pytest.param("decks.export=garbage", "Ctrl+E", id="no-key"),
        pytest.param('decks.export="Ctrl+J, Ctrl+K"', "Ctrl+E", id="two-in-a-row"),
        pytest.param("decks.export=Ctrl+J, Ctrl+K", "Ctrl+E", id="a-list"),
        pytest.param("decks.export=Tab", "Ctrl+E", id="refused"),
        pytest.param('decks.export="Ctrl+J; Ctrl+J"', "Ctrl+E", id="twice"),
        pytest.param("no.such=Ctrl+J", "Ctrl+E", id="no-command"),
        pytest.param("decks.export=F6\ndecks.refresh=F6", "F6", id="ambiguous"),
    ],
)
def test_a_broken_value_is_ignored(
    app: RunningApp, start_app: StartApp, tmp_path: Path, text: str, export: str
) -> None:
    app.preferences.save()
    (tmp_path / "window.ini").write_text(f"[keys]\n{text}\n", encoding="utf-8")
    again = start_app()
    assert (keys(again, "decks.export"), keys(again, "decks.refresh")) == ((export,), ("F5",))


def test_a_chosen_key_goes_before_a_standard_one_of_something_else(
    app: RunningApp, start_app: StartApp
) -> None:
    app.preferences.keys = {"decks.refresh": "Ctrl+E"}
    again = start_app()
    assert (keys(again, "decks.refresh"), keys(again, "decks.export")) == (("Ctrl+E",), ())


def test_it_is_opened_from_the_settings(app: RunningApp) -> None:
    app.window.settings.shortcuts_wanted.emit()
    assert app.window.findChildren(ShortcutsEditor)


def test_it_is_opened_from_f1(app: RunningApp) -> None:
    app.window.show_shortcuts().change_wanted.emit()
    assert app.window.findChildren(ShortcutsEditor)


def test_it_is_opened_from_the_palette(app: RunningApp) -> None:
    palette = app.window.open_palette()
    app.qtbot.waitUntil(palette.field.hasFocus)
    QTest.keyClicks(palette.field, "change shortcuts")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert app.window.findChildren(ShortcutsEditor)


TEXTS = st.sampled_from(["A", "Ctrl+A", "Ctrl+;", "Ctrl+,", "F5", "Esc"])
KEY_LISTS = st.lists(TEXTS, max_size=3, unique=True).map(tuple)
PLACES = st.sampled_from([frozenset({EVERYWHERE}), frozenset({"a"}), frozenset({"a", "b"})])


@given(KEY_LISTS)
def test_keys_are_read_as_they_were_written(found: tuple[str, ...]) -> None:
    assert keymap.read(keymap.written(found)) == found


@given(
    st.lists(st.tuples(PLACES, KEY_LISTS), max_size=6),
    st.dictionaries(st.integers(0, 5).map(str), KEY_LISTS),
)
def test_whatever_was_chosen_no_key_is_ambiguous(
    made: list[tuple[frozenset[str], tuple[str, ...]]], chosen: dict[str, tuple[str, ...]]
) -> None:
    commands = [
        Command(str(number), "", "", places, standard)
        for number, (places, standard) in enumerate(made)
    ]
    found = keymap.resolved(commands, chosen)
    assert set(found) == {each.id for each in commands}
    for each in commands:
        for key in found[each.id]:
            assert keymap.holders(commands, found, each, key) == []
