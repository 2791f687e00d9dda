"""Changing what is chosen in the table: by keys, with a question first, undone in one step."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressDialog, QPushButton

from studyapp.domain.notes import DeckText
from studyapp.domain.query import Field
from studyapp.services.chosen import Chosen, Done
from studyapp.services.progress import Progress, go_on
from studyapp.services.replacing import Preview, Refusal, TextChange
from studyapp.ui.browse_screen import BrowseScreen
from studyapp.ui.bulk_dialogs import (
    AskingDialog,
    LineDialog,
    MoveDialog,
    PositionDialog,
    ResetDialog,
    TagsDialog,
)
from studyapp.ui.replace_dialog import ReplaceDialog, effect, excerpts
from tests.ui.browsing import ZOO, cells, chosen_note, counts, open_browse, search, until_done
from tests.ui.conftest import StartApp
from tests.ui.running_app import CAPITALS, RunningApp, basic

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
DEADLINE_S = 30


@pytest.fixture
def app(start_app: StartApp) -> RunningApp:
    return start_app([CAPITALS, ZOO])


@pytest.fixture
def screen(app: RunningApp) -> BrowseScreen:
    """The three capitals are listed and chosen."""
    screen = open_browse(app)
    choose_all(app, screen, "capital")
    return screen


def choose_all(app: RunningApp, screen: BrowseScreen, query: str) -> None:
    search(app, screen, query)
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_A, CONTROL)


def press(screen: BrowseScreen, key: str, *held: Qt.KeyboardModifier) -> None:
    modifiers = CONTROL
    for each in held:
        modifiers |= each
    code = Qt.Key[f"Key_{key}"]
    screen.window().activateWindow()  # a dialog may have been that
    assert QTest.qWaitForWindowActive(screen.window())
    QTest.keyClick(screen.table, code, modifiers)


def undo(app: RunningApp, screen: BrowseScreen) -> str:
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    screen.table.setFocus()
    return until_done(app, screen, app.undo_key)


def asked(screen: BrowseScreen, kind: type[AskingDialog]) -> AskingDialog:
    dialog = screen.changes.dialog
    assert isinstance(dialog, kind)
    assert dialog.isVisible()
    return dialog


def column(app: RunningApp, sql: str) -> set[object]:
    """Values of a column, of the cards of the capitals."""
    found = app.rows(
        f"SELECT {sql} FROM cards AS c JOIN notes AS n ON n.id = c.note_id"
        " JOIN decks AS d ON d.id = c.deck_id WHERE n.key IN ('fr', 'it', 'es')"
    )
    return {row[0] for row in found}


def test_all_rows_are_chosen_by_a_key(app: RunningApp, screen: BrowseScreen) -> None:
    assert counts(screen) == "3 cards · 3 chosen"
    assert screen.chosen_text == "3 cards"
    screen.table.choose(1)
    assert counts(screen) == "3 cards"
    assert app.window.focusWidget() is screen.table


def test_cards_move_to_a_new_deck(app: RunningApp, screen: BrowseScreen) -> None:
    press(screen, "D")
    dialog = asked(screen, MoveDialog)
    assert isinstance(dialog, MoveDialog)
    dialog.button.click()
    assert "is no name of a deck" in dialog.problem.text()
    QTest.keyClicks(dialog.deck, "Places::New")
    told = until_done(app, screen, dialog.button.click)
    assert told == "Move of 3 cards. Ctrl+Z takes it back."
    assert column(app, "d.name") == {"Places::New"}
    assert cells(screen.table, 1) == ["Places › New"] * 3
    assert undo(app, screen) == "Undone: move of 3 cards"
    assert column(app, "d.name") == {"Geography::Capitals"}
    redone = until_done(app, screen, app.redo_key)
    assert redone == "Done again: move of 3 cards"
    assert cells(screen.table, 1) == ["Places › New"] * 3


def test_tags_are_added_and_removed(app: RunningApp, screen: BrowseScreen) -> None:
    press(screen, "A", SHIFT)
    dialog = asked(screen, TagsDialog)
    assert isinstance(dialog, TagsDialog)
    dialog.button.click()
    assert "There is no tag yet" in dialog.problem.text()
    QTest.keyClicks(dialog.tags, "city europe::capital ")
    assert until_done(app, screen, dialog.button.click).startswith("Tagging of 3 notes.")
    assert [each.tags for each in map(screen.results.model.row, range(3)) if each] == [
        ("city", "europe::capital")
    ] * 3
    press(screen, "A", SHIFT, ALT)
    dialog = asked(screen, TagsDialog)
    assert isinstance(dialog, TagsDialog)
    QTest.keyClicks(dialog.tags, "eur")
    assert dialog.tags.suggestions.texts() == ["europe::capital"]
    QTest.keyClick(dialog.tags, Qt.Key.Key_Tab)
    assert until_done(app, screen, dialog.button.click).startswith("Removal of tags of 3 notes.")
    assert undo(app, screen) == "Undone: removal of tags of 3 notes"


def test_suspension_is_turned_on_and_off(app: RunningApp, screen: BrowseScreen) -> None:
    assert until_done(app, screen, lambda: press(screen, "J")).startswith("Suspension of 3 cards.")
    assert cells(screen.table, 2) == ["New, suspended"] * 3
    until_done(app, screen, lambda: press(screen, "J"))
    assert cells(screen.table, 2) == ["New"] * 3


def test_burial_is_turned_on_and_off(app: RunningApp, screen: BrowseScreen) -> None:
    until_done(app, screen, lambda: press(screen, "J", SHIFT))
    assert cells(screen.table, 2) == ["New, buried"] * 3
    until_done(app, screen, lambda: press(screen, "J", SHIFT))
    assert cells(screen.table, 2) == ["New"] * 3


def test_flags_are_given_and_taken_away(app: RunningApp, screen: BrowseScreen) -> None:
    until_done(app, screen, lambda: press(screen, "3"))
    assert column(app, "c.flag") == {3}
    until_done(app, screen, lambda: press(screen, "7"))
    assert column(app, "c.flag") == {7}
    until_done(app, screen, lambda: press(screen, "7"))
    assert column(app, "c.flag") == {0}


def test_due_dates_are_set_in_ankis_way(app: RunningApp, screen: BrowseScreen) -> None:
    press(screen, "D", SHIFT)
    dialog = asked(screen, LineDialog)
    assert isinstance(dialog, LineDialog)
    dialog.line.setText("soon")
    dialog.button.click()
    assert dialog.problem.text().startswith("“soon” tells no day.")
    QTest.keyClick(dialog.line, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(dialog.line, "1")
    assert not dialog.problem.isVisible()
    told = until_done(app, screen, lambda: QTest.keyClick(dialog.line, Qt.Key.Key_Return))
    assert told.startswith("Due date of 3 cards.")
    assert cells(screen.table, 3) == ["Tomorrow"] * 3


def test_cards_become_new_again(app: RunningApp, screen: BrowseScreen) -> None:
    press(screen, "D", SHIFT)
    until_done(app, screen, asked(screen, LineDialog).button.click)
    assert cells(screen.table, 2) == ["Review"] * 3
    press(screen, "N", ALT)
    dialog = asked(screen, ResetDialog)
    assert isinstance(dialog, ResetDialog)
    dialog.forget_counts.setChecked(True)
    assert until_done(app, screen, dialog.button.click).startswith("Reset of 3 cards.")
    assert cells(screen.table, 2) == ["New"] * 3


def test_new_cards_get_another_order(app: RunningApp, screen: BrowseScreen) -> None:
    press(screen, "S", SHIFT)
    dialog = asked(screen, PositionDialog)
    assert isinstance(dialog, PositionDialog)
    dialog.start.setValue(100)
    dialog.step.setValue(5)
    dialog.make_room.setChecked(False)
    until_done(app, screen, dialog.button.click)
    assert cells(screen.table, 3) == ["New #100", "New #105", "New #110"]


def test_replacing_shows_what_it_would_do(app: RunningApp, screen: BrowseScreen) -> None:
    dialog = open_replacing(screen)
    assert not dialog.button.isEnabled()
    with app.qtbot.waitSignal(dialog.looked):
        QTest.keyClicks(dialog.wanted, "capital")
        QTest.keyClicks(dialog.put, "Main city")
    assert dialog.effect.text() == "3 places in 3 notes would change."
    assert dialog.changes.topLevelItemCount() == 3
    assert str(dialog.changes.model().index(0, 1).data()).startswith("Main city of")
    told = until_done(app, screen, dialog.button.click)
    assert told.startswith("Replacement in the texts of 3 notes.")
    assert set(cells(screen.table)) == {
        "Main city of France?", "Main city of Italy?", "Main city of Spain?",
    }  # fmt: skip


def open_replacing(screen: BrowseScreen) -> ReplaceDialog:
    press(screen, "F", ALT)
    dialog = asked(screen, ReplaceDialog)
    assert isinstance(dialog, ReplaceDialog)
    return dialog


def test_a_bad_expression_is_told(app: RunningApp, screen: BrowseScreen) -> None:
    dialog = open_replacing(screen)
    dialog.regex.setChecked(True)
    QTest.keyClicks(dialog.wanted, "(cap")
    dialog.look_now()
    assert dialog.problem.text()
    assert not dialog.button.isEnabled()
    QTest.keyClicks(dialog.wanted, ")")
    assert not dialog.problem.isVisible()
    with app.qtbot.waitSignal(dialog.looked):
        QTest.keyClicks(dialog.put, r"\1!")
    assert dialog.button.isEnabled()
    dialog.field.setCurrentIndex(dialog.field.findData(str(Field.BACK)))
    with app.qtbot.waitSignal(dialog.looked):
        dialog.look_now()
    assert dialog.effect.text() == "It is nowhere to be found."
    assert not dialog.button.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("preview", "told"),
    [
        pytest.param(Preview(0, 0, (), ()), "It is nowhere to be found.", id="nothing"),
        pytest.param(Preview(1, 2, (), ()), "2 places in 1 note would change.", id="one"),
        pytest.param(
            Preview(0, 0, (), (Refusal(1, "empty"),)),
            "Nothing would change. 1 note stays as it is: else nothing would be asked.",
            id="refused",
        ),
    ],
)
def test_what_is_told_of_a_preview(preview: Preview, told: str) -> None:
    assert effect(preview) == told


def test_excerpts_show_the_first_difference() -> None:
    before = "a" * 50 + " cat " + "b" * 100
    change = TextChange(1, Field.FRONT, before, before.replace("cat", "dog"))
    one, other = excerpts(change)
    assert " cat " in one
    assert " dog " in other
    assert one.startswith("…")
    assert one.endswith("…")


def test_deleted_notes_go_and_come_back(app: RunningApp, screen: BrowseScreen) -> None:
    told = until_done(app, screen, lambda: QTest.keyClick(screen.table, Qt.Key.Key_Delete))
    assert told == "Deletion of 3 notes. Ctrl+Z takes it back."
    assert counts(screen) == "0 cards"
    assert undo(app, screen) == "Undone: deletion of 3 notes"
    assert counts(screen) == "3 cards"


def test_the_trash_gives_back_all_or_some(app: RunningApp, screen: BrowseScreen) -> None:
    until_done(app, screen, lambda: QTest.keyClick(screen.table, Qt.Key.Key_Delete))
    dialog = screen.open_trash()
    assert dialog.batches.item(0).text().startswith("Deletion of 3 notes\n")
    names = {str(dialog.model.index(row, 0).data()) for row in range(3)}
    assert names == {"Capital of France?", "Capital of Italy?", "Capital of Spain?"}
    with app.qtbot.waitSignal(dialog.work.ended):
        dialog.some_button.click()
    assert dialog.said.text() == "Return of 1 note."
    assert dialog.model.rowCount() == 2
    with app.qtbot.waitSignal(dialog.work.ended):
        dialog.all_button.click()
    assert dialog.said.text() == "Return of 2 notes."
    assert not dialog.all_button.isEnabled()
    dialog.reject()
    app.qtbot.waitUntil(lambda: counts(screen).startswith("3 cards"))


def test_the_trash_is_emptied_after_a_question(app: RunningApp, screen: BrowseScreen) -> None:
    until_done(app, screen, lambda: QTest.keyClick(screen.table, Qt.Key.Key_Delete))
    dialog = screen.open_trash()
    dialog.ask_to_empty().reject()
    assert dialog.batches.count() == 1
    box = dialog.ask_to_empty()
    next(each for each in box.buttons() if each.text() == "Empty the trash").click()
    assert dialog.batches.count() == 0
    assert dialog.said.text() == "Nothing is here."
    dialog.reject()


def test_what_is_written_is_saved_before_a_change(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "france")
    chosen_note(app, screen).editor.form.front.markdown = "Paris lies where?"
    screen.table.setFocus()
    until_done(app, screen, lambda: press(screen, "2"))
    assert cells(screen.table) == ["Paris lies where?"]
    assert column(app, "c.flag") == {0, 2}


def test_nothing_chosen_is_nothing_to_change(app: RunningApp, screen: BrowseScreen) -> None:
    search(app, screen, "nowhere")
    assert screen.choice is None
    keyed = [each for each in screen.changes.menu.actions() if each.shortcuts()]
    assert [each.text() for each in keyed if each.isEnabled()] == ["Export found notes…"]
    del app


def test_what_is_chosen_goes_beyond_what_was_read(start_app: StartApp) -> None:
    many = [basic(f"n{n}", f"Number {n}?", str(n)) for n in range(700)]
    app = start_app([DeckText("Many", "many", notes=tuple(many))])
    screen = open_browse(app)
    choose_all(app, screen, "")
    told = until_done(app, screen, lambda: press(screen, "1"))
    assert told.startswith("Flag of 700 cards.")
    assert app.rows("SELECT count(*) FROM cards WHERE flag = 1") == [(700,)]


def test_long_work_shows_progress_and_is_cancelled(app: RunningApp, screen: BrowseScreen) -> None:
    begun, may_end = Event(), Event()

    def work(these: Chosen, progress: Progress) -> Done:
        def slowly(done: int, total: int) -> bool:
            begun.set()
            assert may_end.wait(DEADLINE_S)
            return progress(done, total)

        go_on(slowly, 0, 1)
        return screen._tools.changing.suspend(these)

    choice = screen.choice
    assert choice is not None
    screen.work.change("Suspending cards", choice, work, moves_rows=False)
    assert begun.wait(DEADLINE_S)
    (dialog,) = screen.findChildren(QProgressDialog)
    app.qtbot.waitUntil(dialog.isVisible)
    assert cells(screen.table, 2) == ["New"] * 3, "the window shows the state before meanwhile"
    (cancel,) = dialog.findChildren(QPushButton)
    cancel.click()
    with app.qtbot.waitSignal(screen.work.ended):
        may_end.set()
    assert app.window.toast.text() == "Cancelled; nothing was changed"
    assert column(app, "c.suspended") == {0}
