"""Finding cards and notes, looking at them, and editing them beside the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QTreeWidgetItem, QWidget

from studyapp.domain.query import Column
from studyapp.errors import QueryError
from studyapp.rendering.design import DARK
from studyapp.ui.beside_editor import BesideEditor
from studyapp.ui.browse_screen import BrowseScreen
from studyapp.ui.search_completion import Names, begun_term, completions
from studyapp.ui.search_line import corrected
from tests.ui.browsing import ZOO, cells, chosen_note, counts, open_browse, search, until_found
from tests.ui.conftest import StartApp
from tests.ui.running_app import CAPITALS, RunningApp, basic
from tests.ui.test_updates import unwritable

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
MANY = 700


@pytest.fixture
def app(start_app: StartApp) -> RunningApp:
    return start_app([CAPITALS, ZOO])


@pytest.fixture
def screen(app: RunningApp) -> BrowseScreen:
    return open_browse(app)


def key(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(widget, key, modifiers or Qt.KeyboardModifier.NoModifier)


def test_everything_is_listed_at_first(app: RunningApp, screen: BrowseScreen) -> None:
    assert app.window.screen_name == "browse"
    assert counts(screen) == "8 cards"
    assert sorted(set(cells(screen.table))) == [
        "An ant has six legs",
        "An ape?",
        "Capital of France?",
        "Capital of Italy?",
        "Capital of Spain?",
        "What is ∑ᵢ₌₁ⁿ i?",
    ]


def test_a_search_narrows_and_is_there_again_after_a_restart(
    app: RunningApp, screen: BrowseScreen, start_app: StartApp
) -> None:
    search(app, screen, "capital -italy")
    assert cells(screen.table) == ["Capital of Spain?", "Capital of France?"]
    assert counts(screen) == "2 cards"
    again = start_app()
    assert again.window.screen_name == "browse"
    restored = again.browsing.screen
    assert restored is not None
    until_found(again, restored, lambda: None)
    assert restored.line.text() == "capital -italy"
    assert cells(restored.table) == ["Capital of Spain?", "Capital of France?"]


def test_what_is_typed_is_searched_for_after_a_pause(app: RunningApp, screen: BrowseScreen) -> None:
    with app.qtbot.waitSignal(screen.pane.searched):
        QTest.keyClicks(screen.line, "nowhere")
    assert cells(screen.table) == []
    with app.qtbot.waitSignal(screen.pane.searched):
        key(screen.line, Qt.Key.Key_A, CONTROL)
        QTest.keyClicks(screen.line, "Rom")
    assert cells(screen.table) == ["Capital of Italy?"]


def test_what_is_wrong_is_told_and_underlined(app: RunningApp, screen: BrowseScreen) -> None:
    before = screen.line.grab().toImage()
    search(app, screen, "paris is:reveiw")
    assert screen.line.error is not None
    assert screen.line.error.position == len("paris is:")
    assert screen.pane.problem.text.startswith("At character 10: “reveiw” is nothing")
    assert screen.line.accessibleDescription() == screen.pane.problem.text
    assert screen.line.grab().toImage() != before
    assert len(cells(screen.table)) == 8, "what was found before stays"
    until_found(app, screen, screen.pane.problem.button.click)
    assert screen.line.text() == "paris is:review"
    assert screen.pane.problem.text == ""
    assert counts(screen) == "0 cards"


def test_while_one_types_a_mistake_is_only_underlined(
    app: RunningApp, screen: BrowseScreen
) -> None:
    with app.qtbot.waitSignal(screen.pane.searched):
        QTest.keyClicks(screen.line, "is:rev")
    assert screen.line.error is not None
    assert screen.pane.problem.text == ""


@pytest.mark.parametrize(
    ("text", "position", "length", "meant", "expected"),
    [
        pytest.param("a is:reveiw b", 5, 6, "is:review", "a is:review b", id="value"),
        pytest.param("dek:Zoo", 0, 4, "deck:Zoo", "deck:Zoo", id="word"),
        pytest.param("is:x", 3, 1, "", "is:x", id="nothing-meant"),
    ],
)
def test_what_was_meant(text: str, position: int, length: int, meant: str, expected: str) -> None:
    assert corrected(text, QueryError("wrong", position, length, meant=meant)) == expected


NAMES = Names(["Geography", "Geography::Capitals", "Old Zoo"], ["animal", "animal::insect", "geo"])


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        pytest.param("de", ["deck:"], id="word"),
        pytest.param("is:su", ["is:suspended"], id="value"),
        pytest.param("deck:cap", ["deck:Geography::Capitals"], id="sub-deck"),
        pytest.param("deck:zo", ['"deck:Old Zoo"'], id="within-a-name"),
        pytest.param("tag:ins", ["tag:animal::insect"], id="tag"),
        pytest.param("flag:r", ["flag:1"], id="flag-by-its-name"),
        pytest.param(
            "geo", ["deck:Geography", "deck:Geography::Capitals", "tag:geo"], id="names-alone"
        ),
        pytest.param("g", [], id="one-letter"),
        pytest.param("prop:ea", ["prop:ease<2"], id="property"),
        pytest.param("nothing:x", [], id="unknown"),
    ],
)
def test_completions(begun: str, offered: list[str]) -> None:
    assert [each.value for each in completions(begun, NAMES)] == offered


@pytest.mark.parametrize(
    ("text", "start", "begun"),
    [
        pytest.param("dog is:su", 4, "is:su", id="second"),
        pytest.param("(-tag:a", 2, "tag:a", id="negated"),
        pytest.param('"deck:Old Z', 0, "deck:Old Z", id="quoted"),
        pytest.param(r"a\"b c", 5, "c", id="escaped-quote"),
    ],
)
def test_the_term_that_is_begun(text: str, start: int, begun: str) -> None:
    found = begun_term(text, len(text))
    assert (found.start, found.text) == (start, begun)


def test_a_suggestion_is_taken_by_keys(app: RunningApp, screen: BrowseScreen) -> None:
    line = screen.line
    QTest.keyClicks(line, "capital -ta")
    assert line.suggestions.texts() == ["tag: – with a tag or one below it"]
    key(line, Qt.Key.Key_Tab)
    assert line.text() == "capital -tag:"
    QTest.keyClicks(line, "mam")
    until_found(app, screen, lambda: key(line, Qt.Key.Key_Tab))
    assert line.text() == "capital -tag:animal::mammal "
    assert len(cells(screen.table)) == 3


def test_enter_searches_though_suggestions_are_shown(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "An")
    assert screen.line.text() == "An"
    assert screen.line.suggestions.texts() == []
    assert "An ape?" in cells(screen.table)


def item(screen: BrowseScreen, *path: str) -> QTreeWidgetItem:
    """A line of the sidebar."""
    found = screen.sidebar.invisibleRootItem()
    for name in path:
        lines = [found.child(number) for number in range(found.childCount())]
        found = next(each for each in lines if each is not None and each.text(0) == name)
    return found


def click(app: RunningApp, screen: BrowseScreen, *path: str, held: object = None) -> None:
    line = item(screen, *path)
    screen.sidebar.scrollToItem(line)
    place = screen.sidebar.visualItemRect(line).center()
    modifiers = CONTROL if held else Qt.KeyboardModifier.NoModifier

    def press() -> None:
        screen.sidebar.setCurrentItem(line)
        QTest.mouseClick(
            screen.sidebar.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(place)
        )

    until_found(app, screen, press)


def test_the_sidebar_narrows_and_widens(app: RunningApp, screen: BrowseScreen) -> None:
    click(app, screen, "Decks", "Zoo")
    assert screen.line.text() == "deck:Zoo"
    assert len(cells(screen.table)) == 5
    click(app, screen, "Tags", "animal", "insect")
    assert screen.line.text() == "deck:Zoo tag:animal::insect"
    assert len(cells(screen.table)) == 2
    click(app, screen, "Tags", "animal", "mammal", held=CONTROL)
    assert screen.line.text() == "deck:Zoo (tag:animal::insect or tag:animal::mammal)"
    assert len(cells(screen.table)) == 4
    click(app, screen, "Decks", "Geography")
    assert screen.line.text() == "(tag:animal::insect or tag:animal::mammal) deck:Geography"
    click(app, screen, "All")
    assert screen.line.text() == ""
    assert len(cells(screen.table)) == 8


def test_the_sidebar_works_by_keys(app: RunningApp, screen: BrowseScreen) -> None:
    app.press("R", modifier=CONTROL | SHIFT)
    assert screen.sidebar.hasFocus()
    screen.sidebar.setCurrentItem(item(screen, "State", "New"))
    until_found(app, screen, lambda: key(screen.sidebar, Qt.Key.Key_Return))
    screen.sidebar.setCurrentItem(item(screen, "State", "Due"))
    until_found(app, screen, lambda: key(screen.sidebar, Qt.Key.Key_Return, CONTROL))
    assert screen.line.text() == "is:new or is:due"


def test_searches_are_kept_renamed_and_deleted(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "tag:animal")
    app.press("S", modifier=CONTROL)
    dialog = screen.kept.dialog
    assert dialog is not None
    key(dialog.line, Qt.Key.Key_Return)
    assert dialog.problem.text().startswith("The name is empty.")
    QTest.keyClicks(dialog.line, "Beasts")
    key(dialog.line, Qt.Key.Key_Return)
    search(app, screen, "")
    click(app, screen, "Saved searches", "Beasts")
    assert screen.line.text() == "tag:animal"
    assert len(cells(screen.table)) == 4
    key(screen.sidebar, Qt.Key.Key_F2)
    dialog = screen.kept.dialog
    assert dialog is not None
    assert dialog.line.text() == "Beasts"
    QTest.keyClicks(dialog.line, "Animals")
    dialog.button.click()
    screen.sidebar.setCurrentItem(item(screen, "Saved searches", "Animals"))
    key(screen.sidebar, Qt.Key.Key_Delete)
    assert item(screen, "Saved searches").isHidden()
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    screen.sidebar.setFocus()
    app.undo_key()
    app.qtbot.waitUntil(lambda: not item(screen, "Saved searches").isHidden())


def test_sorting_by_the_headings_and_by_keys(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "capital")
    heads = screen.table.horizontalHeader()

    def click_front() -> None:
        place = QPoint(heads.sectionViewportPosition(0) + 20, heads.height() // 2)
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)

    until_found(app, screen, click_front)
    assert cells(screen.table) == ["Capital of France?", "Capital of Italy?", "Capital of Spain?"]
    assert heads.sortIndicatorSection() == 0
    assert screen.results.chosen_count == 1
    until_found(app, screen, click_front)
    assert cells(screen.table)[0] == "Capital of Spain?"
    app.press("S", modifier=ALT)
    until_found(app, screen, lambda: key(screen.results.sort_menu, Qt.Key.Key_Return))
    assert cells(screen.table)[0] == "Capital of France?"


def test_columns_are_chosen_and_remembered(
    app: RunningApp, screen: BrowseScreen, start_app: StartApp
) -> None:
    columns = screen.results.model.columns
    assert Column.EASE not in columns
    app.press("C", modifier=ALT)
    menu = screen.results.columns_menu
    next(each for each in menu.actions() if each.text() == "Ease").trigger()
    menu.hide()
    assert Column.EASE in screen.results.model.columns
    screen.results.show_column(Column.FRONT, wanted=False)
    assert screen.results.model.columns[0] is Column.DECK
    restored = start_app().browsing.screen
    assert restored is not None
    assert restored.results.model.columns == (
        Column.DECK, Column.STATE, Column.DUE, Column.EASE,
    )  # fmt: skip


def test_notes_instead_of_cards(app: RunningApp, screen: BrowseScreen) -> None:
    until_found(app, screen, lambda: app.press("T", modifier=CONTROL | ALT))
    assert counts(screen) == "6 notes"
    assert screen.pane.listed.currentText() == "Notes"
    screen.results.show_column(Column.CARD, wanted=True)
    assert sorted(cells(screen.table, 2)) == ["1 card"] * 4 + ["2 cards"] * 2


def test_many_rows_are_read_when_they_are_seen(start_app: StartApp) -> None:
    many = [basic(f"n{n}", f"Number {n}?", str(n)) for n in range(MANY)]
    app = start_app([CAPITALS.__class__("Many", "many", notes=tuple(many))])
    screen = open_browse(app)
    assert counts(screen) == f"{MANY} cards"
    screen.table.setFocus()
    key(screen.table, Qt.Key.Key_End, CONTROL)
    model = screen.results.model
    app.qtbot.waitUntil(lambda: model.index(MANY - 1, 0).data() == "Number 0?")
    assert model.index(MANY // 2, 0).data() == f"Number {MANY - 1 - MANY // 2}?"


def test_the_chosen_note_is_edited_beside_the_table(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "capital")
    editor = chosen_note(app, screen)
    assert editor.editor.form.front.markdown == "Capital of Spain?"
    key(screen.line, Qt.Key.Key_Down)
    key(screen.table, Qt.Key.Key_Down)
    editor = chosen_note(app, screen)
    assert editor.editor.form.front.markdown == "Capital of Italy?"
    key(screen.table, Qt.Key.Key_Return)
    app.qtbot.waitUntil(editor.editor.form.front.hasFocus)
    QTest.keyClicks(editor.editor.form.front, "Once: ")
    key(editor.editor.form.front, Qt.Key.Key_Return, CONTROL)
    assert screen.table.hasFocus()
    assert cells(screen.table)[1] == "Once: Capital of Italy?"
    assert app.window.toast.text() == "Saved"


def test_going_to_another_note_saves(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "capital")
    editor = chosen_note(app, screen)
    editor.editor.form.front.markdown = "Changed?"
    screen.table.setFocus()
    key(screen.table, Qt.Key.Key_Down)
    assert app.rows("SELECT 1 FROM notes WHERE front = 'Changed?'") == [(1,)]
    assert chosen_note(app, screen).editor.form.front.markdown == "Capital of Italy?"


def test_a_note_that_cannot_be_saved_stays_and_is_asked_about(
    app: RunningApp, screen: BrowseScreen
) -> None:
    search(app, screen, "capital")
    editor = chosen_note(app, screen)
    editor.editor.form.front.markdown = ""
    screen.table.setFocus()
    key(screen.table, Qt.Key.Key_Down)
    assert "The front is empty" in screen.banner.text
    assert screen.table.current == 0, "the row of the note that is not saved"
    app.window.open("decks")
    box = screen.note.question
    assert isinstance(box, QMessageBox)
    box.reject()
    assert app.window.screen_name == "browse"
    assert editor.editor.form.front.markdown == ""
    app.window.close()
    assert app.window.isVisible()
    assert isinstance(screen.note.question, QMessageBox)
    next(each for each in screen.note.question.buttons() if each.text() == "Discard it").click()
    assert not app.window.isVisible()
    assert screen.banner.text == ""


def test_closing_the_window_saves(app: RunningApp, screen: BrowseScreen) -> None:
    editor: BesideEditor = chosen_note(app, screen)
    editor.editor.form.front.markdown = "At the end?"
    app.window.close()
    assert app.rows("SELECT 1 FROM notes WHERE front = 'At the end?'") == [(1,)]


def test_what_is_changed_elsewhere_is_seen(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "capital")
    chosen_note(app, screen)
    app.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert app.window.screen_name == "decks"
    with app.database.change("elsewhere", app.clock.at) as tx:
        tx.exec_driver_sql("UPDATE notes SET front = 'Capital of Greece?' WHERE key = 'es'")
    until_found(app, screen, lambda: app.press("b"))
    assert cells(screen.table)[0] == "Capital of Greece?"
    assert chosen_note(app, screen).editor.form.front.markdown == "Capital of Greece?"


def test_parts_are_hidden_and_stay_so(
    app: RunningApp, screen: BrowseScreen, start_app: StartApp
) -> None:
    app.press(Qt.Key.Key_F8, Qt.Key.Key_F9)
    assert not screen.note.isVisible()
    assert not screen.sidebar.isVisible()
    restored = start_app().browsing.screen
    assert restored is not None
    assert not restored.note.isVisible()
    assert not restored.sidebar.isVisible()


def test_a_collection_that_cannot_be_read_is_told(app: RunningApp, screen: BrowseScreen) -> None:
    with unwritable(app):
        app.press("S", modifier=CONTROL)
        dialog = screen.kept.dialog
        assert dialog is not None
        QTest.keyClicks(dialog.line, "x")
        dialog.button.click()
        assert "cannot be written" in dialog.problem.text()
    dialog.reject()


def test_the_screen_fits_small_windows_and_both_themes(
    app: RunningApp, screen: BrowseScreen
) -> None:
    assert screen.minimumSizeHint().width() <= 800
    app.window.resize(1500, 900)
    app.qtbot.waitUntil(lambda: screen.inner.orientation() is Qt.Orientation.Horizontal)
    app.window.resize(900, 600)
    app.qtbot.waitUntil(lambda: screen.inner.orientation() is Qt.Orientation.Vertical)
    assert screen.table.viewport().height() > 3 * 32
    screen.dress_card(DARK, 1.0)


def test_a_screen_reader_is_told_names_and_roles(app: RunningApp, screen: BrowseScreen) -> None:
    del app
    table = QAccessible.queryAccessibleInterface(screen.table)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "Cards and notes that were found"
    names = [table.child(n).text(QAccessible.Text.Name) for n in range(20)]
    roles = [table.child(n).role() for n in range(20)]
    assert "Front" in names
    assert QAccessible.Role.ColumnHeader in roles
    assert set(names) & set(cells(screen.table))
    for widget in (screen.line, screen.sidebar, screen.pane.listed, screen.note):
        assert widget.accessibleName()
