"""Writing new notes in the real window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.rendering.design import DARK
from studyapp.services.advising import Advising
from studyapp.services.authoring import Written
from studyapp.ui.advice_list import SILENCE
from studyapp.ui.preferences import ThemeChoice
from tests.ui.running_app import RunningApp, basic
from tests.ui.writing import (
    ALT,
    CONTROL,
    SHIFT,
    add,
    open_add,
    press,
    preview_text,
    select,
    until_previewed,
    write,
    write_note,
)

StartApp = Callable[..., RunningApp]


def kept(app: RunningApp) -> dict[str, object] | None:
    path = app.database.path.parent / "draft.json"
    return dict(json.loads(path.read_text())["note"]) if path.exists() else None


def test_a_note_is_added_by_keys_alone_and_the_next_one_begun(app: RunningApp) -> None:
    editor = open_add(app)
    form = editor.form
    write(form.front, "Capital of Norway?")
    app.press(Qt.Key.Key_Tab)
    write(form.back, "Oslo")
    app.press(Qt.Key.Key_Tab)
    write(form.tags, "north europe::capitals")
    app.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    write(form.source, "An atlas")
    press(form.source, Qt.Key.Key_Return, CONTROL)
    assert app.window.toast.text() == "Added “Capital of Norway?”"
    written = app.authoring.open(app.authoring.id_of("new-1"))
    expected = Note(
        "new-1",
        NoteKind.BASIC,
        "Capital of Norway?",
        "Oslo",
        ("north", "europe::capitals"),
        "An atlas",
    )
    assert (written.note, written.deck_name) == (expected, "Geography")
    assert form.front.hasFocus()
    assert editor.written.note == Note("", NoteKind.BASIC, "", tags=expected.tags)
    assert editor.written.deck_name == "Geography"


def test_what_is_pinned_stays_also_after_a_restart(app: RunningApp, start_app: StartApp) -> None:
    form = write_note(app, "a?", "b").form
    form.pins["source"].click()
    form.pins["tags"].click()
    form.tags.setText("x")
    form.source.setText("A book")
    add(app)
    assert (form.tags.text(), form.source.text()) == ("", "A book")
    again = start_app()
    assert again.preferences.pinned == {"source"}
    assert open_add(again).form.pinned == {"source"}


def test_a_new_deck_is_made_and_remembered(app: RunningApp, start_app: StartApp) -> None:
    editor = write_note(app, "{{c1::a}}", "")
    editor.form.become_cloze()
    editor.form.deck.setEditText("Maths::Sets")
    add(app)
    assert "Maths::Sets" in app.authoring.deck_names()
    again = open_add(start_app()).written
    assert (again.deck_name, again.note.kind) == ("Maths::Sets", NoteKind.CLOZE)


@pytest.mark.parametrize(
    ("front", "back", "told"),
    [
        pytest.param("", "b", "The front is empty", id="no-front"),
        pytest.param("a", "", "The back is empty", id="no-back"),
    ],
)
def test_what_is_missing_is_told_and_nothing_lost(
    app: RunningApp, front: str, back: str, told: str
) -> None:
    editor = write_note(app, front, back)
    add(app)
    assert told in app.window.writing.add.banner.text
    assert (editor.written.note.front, editor.written.note.back) == (front, back)
    editor.form.front.markdown, editor.form.back.markdown = "a", "b"
    add(app)
    assert not app.window.writing.add.banner.isVisible()


def test_letters_that_open_screens_can_be_written(app: RunningApp) -> None:
    editor = write_note(app, "dab", "adb")
    write(editor.form.tags, "ad")
    write(editor.form.source, "da")
    assert app.window.screen_name == "add"
    note = editor.written.note
    assert (note.front, note.back, note.tags, note.source) == ("dab", "adb", ("ad",), "da")


def test_the_preview_follows_the_keys(app: RunningApp) -> None:
    editor = open_add(app)
    front, preview = editor.form.front, editor.preview
    assert preview.empty.isVisible()
    until_previewed(app, editor, lambda: write(front, r"Is $\pi$ round?"))
    app.qtbot.waitUntil(lambda: "𝜋" in preview_text(app, editor))
    assert "$" not in preview_text(app, editor)
    until_previewed(app, editor, lambda: write(editor.form.back, "Y"))
    app.qtbot.waitUntil(lambda: "Y" in preview_text(app, editor))
    until_previewed(app, editor, lambda: press(front, Qt.Key.Key_T, CONTROL))
    assert "Y" not in preview_text(app, editor)


def test_a_mistake_in_a_formula_is_shown_in_its_place(app: RunningApp) -> None:
    editor = open_add(app)
    editor.form.front.insertPlainText(r"before $\frac{1}$ after")
    app.qtbot.waitUntil(lambda: "(front, line 1, column 9)" in preview_text(app, editor))


def test_all_cards_of_a_cloze_are_listed(app: RunningApp) -> None:
    editor = open_add(app)
    front, preview = editor.form.front, editor.preview
    write(front, "one two")
    select(front, "one")
    press(front, Qt.Key.Key_C, CONTROL, SHIFT)
    assert editor.written.note.kind is NoteKind.CLOZE
    select(front, "two")
    press(front, Qt.Key.Key_C, CONTROL, SHIFT)
    assert front.markdown == "{{c1::one}} {{c2::two}}"
    assert [preview.tabs.tabText(each) for each in range(2)] == ["Cloze 1", "Cloze 2"]
    assert preview.ordinal == 1
    preview.turn()
    until_previewed(app, editor, lambda: press(front, Qt.Key.Key_PageUp, CONTROL))
    assert preview.ordinal == 0
    app.qtbot.waitUntil(lambda: preview_text(app, editor).strip() == "[…] two")
    select(front, "two")
    press(front, Qt.Key.Key_C, CONTROL, SHIFT, ALT)
    assert front.markdown == "{{c1::one}} {{c2::{{c2::two}}}}"


def test_a_cloze_without_marks_says_what_to_do(app: RunningApp) -> None:
    editor = open_add(app)
    editor.form.become_cloze()
    write(editor.form.front, "nothing hidden")
    assert "Select some words and press Ctrl+Shift+C" in editor.preview.empty.text()
    with app.qtbot.waitSignal(editor.looked_through):
        write(editor.form.front, " {{c1::x")
    assert "The mark {{c1:: is not closed" in editor.problems.text()
    write(editor.form.front, "}}")
    with app.qtbot.waitSignal(editor.looked_through):
        editor.form.kind.setCurrentIndex(0)
    assert "Choose the kind Cloze" in editor.problems.text()


def test_a_text_is_in_a_file_soon_after_each_key(app: RunningApp) -> None:
    editor = open_add(app)
    with app.qtbot.waitSignal(app.window.writing.add.keeper.kept):
        write(editor.form.front, "half a thou")
    saved = kept(app)
    assert saved is not None
    assert str(saved["front"]) in "half a thou"
    with app.qtbot.waitSignal(app.window.writing.add.keeper.kept):
        write(editor.form.front, "ght")
    assert kept(app) == {**saved, "front": "half a thought"}


def test_what_was_not_added_is_there_after_a_restart(app: RunningApp, start_app: StartApp) -> None:
    editor = write_note(app, "a?", "b")
    write(editor.form.tags, "t")
    again = start_app()
    assert again.window.screen_name == "add"
    screen = again.window.writing.add
    assert screen.editor.written == Written(
        Note("", NoteKind.BASIC, "a?", "b", ("t",)), "Geography"
    )
    assert not screen.restored.isHidden()
    screen.restored.button.click()
    assert screen.restored.isHidden()
    assert screen.editor.written.note.front == ""
    assert kept(again) is None


def test_what_was_added_is_not_restored(app: RunningApp, start_app: StartApp) -> None:
    write_note(app, "a?", "b")
    add(app)
    assert kept(app) is None
    assert not start_app().window.writing.add.restored.isVisible()


def test_a_draft_that_cannot_be_kept_is_told_once(app: RunningApp) -> None:
    editor = open_add(app)
    part = app.database.path.parent / "draft.part"
    part.mkdir()
    with app.qtbot.waitSignal(app.window.writing.add.keeper.failed):
        write(editor.form.front, "a")
    assert "could not be kept" in app.window.writing.add.banner.text
    app.window.writing.add.banner.clear()
    part.rmdir()
    with app.qtbot.waitSignal(app.window.writing.add.keeper.kept):
        write(editor.form.front, "b")
    assert not app.window.writing.add.banner.isVisible()
    assert kept(app) is not None


def test_tags_are_completed(start_app: StartApp) -> None:
    note = Note("n", NoteKind.BASIC, "a", "b", ("maths::sets", "music"))
    app = start_app([DeckText("D", "d", notes=(note,))])
    tags = open_add(app).form.tags
    tags.setFocus()
    write(tags, "x ma")
    assert tags.suggestions.texts() == ["maths::sets"]
    press(tags, Qt.Key.Key_Backspace)
    assert tags.suggestions.texts() == ["maths::sets", "music"]
    press(tags, Qt.Key.Key_Down)
    press(tags, Qt.Key.Key_Return)
    assert tags.text() == "x music "
    write(tags, "se")
    assert tags.suggestions.texts() == ["maths::sets"]
    press(tags, Qt.Key.Key_Escape)
    assert tags.suggestions.texts() == []
    assert app.window.screen_name == "add"


def test_two_brackets_link_a_note(app: RunningApp) -> None:
    editor = open_add(app)
    front = editor.form.front
    suggestions = editor.lists[front]
    write(front, "unlike [[italy")
    app.qtbot.waitUntil(lambda: suggestions.texts() == ["Capital of Italy?   ·   it"])
    press(front, Qt.Key.Key_Return)
    assert front.markdown == "unlike "
    assert editor.written.note.links == ("it",)
    write(front, "spain? ")
    write(editor.form.back, "b")
    add(app)
    assert app.authoring.linking_to("it")[0].key == "new-1"


def test_links_are_shown_opened_and_taken_away(app: RunningApp) -> None:
    editor = open_add(app)
    editor.form.add_link("it")
    editor.form.add_link("fr")
    editor.form.links.remove("it")
    assert editor.written.note.links == ("fr",)
    editor.form.links.opened.emit("fr")
    assert app.window.screen_name == "edit"
    assert app.window.writing.edit.editor.written.note.front == "Capital of France?"
    app.press(Qt.Key.Key_Escape)
    assert app.window.screen_name == "add"
    assert editor.written.note.links == ("fr",)


def test_a_likely_duplicate_is_told_while_writing(app: RunningApp) -> None:
    editor = open_add(app)
    with app.qtbot.waitSignal(editor.looked_through):
        write(editor.form.front, "capital of france?")
    assert editor.likeness.text == "This is there already: “Capital of France?”"
    assert editor.form.front.hasFocus()
    with app.qtbot.waitSignal(editor.looked_through):
        write(editor.form.front, "!")
    assert not editor.likeness.isVisible()
    press(editor.form.front, Qt.Key.Key_Backspace)
    app.qtbot.waitUntil(editor.likeness.isVisible)
    editor.likeness.button.click()
    assert app.window.writing.edit.editor.written.note.key == "fr"


def test_what_is_nearly_the_same_is_told_while_writing(app: RunningApp) -> None:
    editor = open_add(app)
    write(editor.form.front, "Is Oslo the capital of Norway?")
    write(editor.form.back, "Yes")
    app.qtbot.waitUntil(lambda: bool(rules(app)))  # by then the fronts are known
    editor.form.back.clear()
    editor.form.front.clear()
    write(editor.form.front, "What is the capital of France, exactly?")
    app.qtbot.waitUntil(editor.likeness.isVisible)
    assert editor.likeness.text == "Nearly the same is there already: “Capital of France?”"


def rules(app: RunningApp) -> set[str]:
    return {each.rule.name for each in app.window.writing.add.editor.advice.tips}


def test_advice_is_given_and_silenced(app: RunningApp) -> None:
    editor = open_add(app)
    write(editor.form.front, "Is Oslo the capital of Norway?")
    write(editor.form.back, "Yes")
    app.qtbot.waitUntil(lambda: "yes-no-question" in rules(app))
    assert editor.advice.isVisible()
    assert editor.form.front.hasFocus()
    editor.advice.button("yes-no-question", SILENCE).click()
    app.qtbot.waitUntil(lambda: "yes-no-question" not in rules(app))
    assert Advising(app.database).switched_off() == {"yes-no-question"}


def test_a_fix_is_made_by_a_click(app: RunningApp) -> None:
    editor = open_add(app)
    write(editor.form.front, "Which are the Baltic states?")
    write(editor.form.back, "- Estonia\n- Latvia\n- Lithuania")
    app.qtbot.waitUntil(lambda: any(each.fix for each in editor.advice.tips))
    fixed = next(each for each in editor.advice.tips if each.fix)
    assert fixed.fix is not None
    editor.advice.button(fixed.rule.name, fixed.fix.label).click()
    assert editor.written.note == fixed.fix.note


def test_discarding_empties_the_fields(app: RunningApp) -> None:
    editor = write_note(app, "a", "b")
    press(editor.form.back, Qt.Key.Key_Backspace, CONTROL, SHIFT)
    assert (editor.written.note.front, editor.written.note.back) == ("", "")
    assert editor.form.front.hasFocus()


def test_esc_goes_back_and_the_text_stays(app: RunningApp) -> None:
    editor = write_note(app, "a", "b")
    app.press(Qt.Key.Key_Escape)
    assert app.window.screen_name == "decks"
    app.press("a")
    assert editor.written.note.front == "a"


def test_undo_among_the_decks_takes_a_note_away(app: RunningApp) -> None:
    write_note(app, "a?", "b")
    add(app)
    app.press(Qt.Key.Key_Escape)
    app.undo_key()
    assert app.window.toast.text() == "Undone: add a note"
    assert app.rows("SELECT count(*) FROM notes") == [(3,)]


def test_a_narrow_window_puts_the_preview_below(app: RunningApp) -> None:
    editor = open_add(app)
    app.window.resize(620, 600)
    app.qtbot.waitUntil(lambda: app.window.width() == 620)
    assert editor.splitter.orientation() is Qt.Orientation.Vertical
    app.window.resize(900, 600)
    app.qtbot.waitUntil(lambda: app.window.width() == 900)
    assert editor.splitter.orientation() is Qt.Orientation.Horizontal


def test_the_dark_theme_reaches_fields_and_preview(app: RunningApp) -> None:
    editor = write_note(app, "$a$", "b")
    app.preferences.theme = ThemeChoice.DARK
    formats = editor.form.front.document().firstBlock().layout().formats()
    colours = {each.format.foreground().color().name() for each in formats}
    assert DARK.accent in colours
    assert editor.preview.card.view.page.backgroundColor().name() == DARK.window


def test_everything_that_takes_the_keyboard_has_a_name(app: RunningApp) -> None:
    editor = open_add(app)
    editor.form.add_link("it")
    nameless = [
        each
        for each in app.window.writing.add.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not each.accessibleName()
        and each.focusProxy() is None
        and not isinstance(each, QMenu)
        and not isinstance(each.parent(), type(editor.form.deck))
    ]
    assert [type(each).__name__ for each in nameless] == []


def test_fields_are_reached_with_tab_in_their_order(app: RunningApp) -> None:
    form = open_add(app).form
    order = [form.front, form.back, form.tags, form.pins["tags"], form.source]
    seen = []
    for _ in order:
        seen.append(QApplication.focusWidget())
        app.press(Qt.Key.Key_Tab)
    assert seen == order


def test_a_file_of_the_draft_is_no_note(tmp_path: Path, start_app: StartApp) -> None:
    (tmp_path / "draft.json").write_text("{}")
    app = start_app([DeckText("D", "d", notes=(basic("n", "a", "b"),))])
    editor = open_add(app)
    assert editor.written.note.front == ""
    assert not app.window.writing.add.restored.isVisible()


@pytest.mark.parametrize("name", ["add", "edit"])
def test_a_screen_made_late_shows_no_window_of_its_own(app: RunningApp, name: str) -> None:
    app.window.writing.make(name)
    QApplication.processEvents()
    assert QApplication.activeWindow() is app.window


def test_within_a_word_a_letter_still_finds_a_deck(start_app: StartApp) -> None:
    decks = [DeckText(name, name, notes=(basic(name, "a", "b"),)) for name in ("Dogs", "Data")]
    app = start_app(decks)
    app.press("d", "a")
    assert app.window.screen_name == "decks"
    assert app.window.decks.tree.selected is not None
    assert app.window.decks.tree.selected.deck.name == "Data"
