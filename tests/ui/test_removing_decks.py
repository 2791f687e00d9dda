"""Removing decks and bringing them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox

from studyapp.deckfile.write import write
from studyapp.domain.decks import Deck
from studyapp.domain.notes import DeckText
from studyapp.domain.presets import Preset
from studyapp.services.shelf import Removal
from studyapp.ui.removed_decks_dialog import RemovedDecksDialog
from studyapp.ui.removing import beside, question, told
from tests.ui.running_app import CAPITALS, RunningApp, basic
from tests.ui.test_updates import activate, unwritable

StartApp = Callable[..., RunningApp]
RIVERS = DeckText("Geography::Rivers", "rivers", notes=(basic("po", "Longest in Italy?", "Po"),))
ZOO = DeckText("Zoo", "zoo", notes=(basic("ape", "An ape?", "Gorilla"),))
DECKS = (CAPITALS, RIVERS, ZOO)


@pytest.fixture
def shelf(start_app: StartApp, tmp_path: Path) -> RunningApp:
    """Three decks below each other and beside, that come with the app."""
    folder = tmp_path / "decks"
    folder.mkdir()
    for text in DECKS:
        (folder / f"{text.key}.md").write_text(write(text), encoding="utf-8")
    app = start_app()
    assert app.installer.install(folder) == ()
    app.window.decks.refresh()
    app.window.decks.take_keyboard()
    return app


def names(app: RunningApp) -> list[str]:
    return [deck.name for deck in app.window.decks.decks()]


def remove(app: RunningApp, name: str) -> None:
    decks = app.window.decks
    decks.tree.select(next(deck.id for deck in decks.decks() if deck.name == name))
    app.press(Qt.Key.Key_Delete)


def selected(app: RunningApp) -> str:
    line = app.window.decks.tree.selected
    return "" if line is None else line.deck.name


def deck(name: str, number: int = 1) -> Deck:
    return Deck(number, name, Preset())


@pytest.mark.parametrize(
    ("removal", "below", "text"),
    [
        pytest.param(
            Removal("A::B", 45, 75),
            0,
            "Removed “B” with 45 notes and 75 cards.\nCtrl+Z brings it back.",
            id="one",
        ),
        pytest.param(
            Removal("A", 1, 1),
            1,
            "Removed “A” and 1 deck below it,\nwith 1 note and 1 card. Ctrl+Z brings them back.",
            id="with-those-below",
        ),
        pytest.param(
            Removal("A rather long name of a deck", 0, 1200),
            0,
            "Removed “A rather long name of a deck” with 0 notes and 1,200 cards.\n"
            "Ctrl+Z brings it back.",
            id="just-short-enough",
        ),
        pytest.param(
            Removal("A rather long name of a deck!", 2, 2),
            0,
            "Removed “A rather long name of a dec…” with 2 notes and 2 cards.\n"
            "Ctrl+Z brings it back.",
            id="too-long",
        ),
    ],
)
def test_what_is_told(removal: Removal, below: int, text: str) -> None:
    assert told(removal, below, "Ctrl+Z") == text


@pytest.mark.parametrize(
    ("below", "text"),
    [
        pytest.param(0, "Remove “B”?", id="one"),
        pytest.param(1, "Remove “B” and the 1 deck below it?", id="two"),
        pytest.param(3, "Remove “B” and the 3 decks below it?", id="many"),
    ],
)
def test_the_question(below: int, text: str) -> None:
    assert question(deck("A::B"), below) == text


@pytest.mark.parametrize(
    ("removed", "stands_on"),
    [
        pytest.param("A", 4, id="past-those-below"),
        pytest.param("A::B", 3, id="next"),
        pytest.param("D", 3, id="last"),
    ],
)
def test_where_one_stands_afterwards(removed: str, stands_on: int) -> None:
    decks = [deck("A", 1), deck("A::B", 2), deck("A::C", 3), deck("D", 4)]
    assert beside(deck(removed), decks) == stands_on
    assert beside(deck("A"), decks[:3]) == 0


def test_what_was_not_studied_is_removed_at_once_and_comes_back_by_undo(shelf: RunningApp) -> None:
    remove(shelf, "Geography::Capitals")
    assert names(shelf) == ["Geography", "Geography::Rivers", "Zoo"]
    assert shelf.window.toast.text() == told(Removal("Capitals", 3, 3), 0, "Ctrl+Z")
    assert selected(shelf) == "Geography::Rivers"
    shelf.undo_key()
    assert names(shelf) == ["Geography", "Geography::Capitals", "Geography::Rivers", "Zoo"]
    assert selected(shelf) == "Geography::Capitals"
    shelf.redo_key()
    assert names(shelf) == ["Geography", "Geography::Rivers", "Zoo"]


def test_a_deck_goes_with_those_below_it(shelf: RunningApp) -> None:
    remove(shelf, "Geography")
    assert names(shelf) == ["Zoo"]
    assert shelf.window.toast.text() == told(Removal("Geography", 4, 4), 2, "Ctrl+Z")
    assert selected(shelf) == "Zoo"
    shelf.undo_key()
    assert selected(shelf) == "Geography"


def studied(app: RunningApp) -> QMessageBox:
    """The question that comes when the studied deck is to be removed."""
    app.start_first_deck()
    app.grade("4")
    app.press(Qt.Key.Key_Escape)
    remove(app, "Geography")
    (box,) = app.window.findChildren(QMessageBox)
    app.qtbot.waitUntil(box.isActiveWindow)
    return box


def test_what_was_studied_is_asked_about_and_enter_keeps_it(shelf: RunningApp) -> None:
    box = studied(shelf)
    assert box.text() == "Remove “Geography” and the 2 decks below it?"
    assert "You have studied 1 card" in box.informativeText()
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Return)
    assert not box.isVisible()
    assert len(names(shelf)) == 4


def test_what_was_studied_is_removed_when_it_is_wanted(shelf: RunningApp) -> None:
    box = studied(shelf)
    next(each for each in box.buttons() if each.text() == "Remove").click()
    assert names(shelf) == ["Zoo"]
    activate(shelf)
    shelf.undo_key()
    assert len(names(shelf)) == 4
    assert shelf.grades() == [4]
    assert shelf.rows("SELECT count(*) FROM cards WHERE reps > 0") == [(1,)]


def test_a_collection_that_cannot_be_written_keeps_the_deck(shelf: RunningApp) -> None:
    with unwritable(shelf):
        remove(shelf, "Zoo")
    assert "cannot be written" in shelf.window.decks.banner.text
    assert "Zoo" in names(shelf)


def test_a_deck_that_is_gone_already_is_told(shelf: RunningApp) -> None:
    zoo = next(each for each in shelf.window.decks.decks() if each.name == "Zoo")
    shelf.shelf.remove(zoo.id)
    shelf.press(Qt.Key.Key_End, Qt.Key.Key_Delete)
    assert shelf.window.decks.banner.text == "This deck does not exist any more."
    assert selected(shelf) != "Zoo"


def palette_lists(app: RunningApp, text: str) -> bool:
    palette = app.window.open_palette()
    app.qtbot.waitUntil(palette.field.hasFocus)
    QTest.keyClicks(palette.field, text)
    found = palette.found.count() > 0
    palette.reject()
    activate(app)
    return found


def test_bringing_back_is_offered_only_when_something_was_removed(shelf: RunningApp) -> None:
    assert not palette_lists(shelf, "Bring back")
    remove(shelf, "Zoo")
    assert palette_lists(shelf, "Bring back")
    shelf.undo_key()
    assert not palette_lists(shelf, "Bring back")


def open_dialog(app: RunningApp) -> RemovedDecksDialog:
    palette = app.window.open_palette()
    app.qtbot.waitUntil(palette.field.hasFocus)
    QTest.keyClicks(palette.field, "Bring back")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    (dialog,) = app.window.findChildren(RemovedDecksDialog)
    app.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def listed(dialog: RemovedDecksDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_a_removed_deck_is_brought_back_by_keys(shelf: RunningApp) -> None:
    remove(shelf, "Geography::Rivers")
    remove(shelf, "Zoo")
    dialog = open_dialog(shelf)
    assert listed(dialog) == ["Geography › Rivers", "Zoo"]
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert "Zoo" in names(shelf)
    assert selected(shelf) == "Zoo"
    assert shelf.window.toast.text() == "“Zoo” is back"
    assert listed(dialog) == ["Geography › Rivers"]
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert "Geography::Rivers" in names(shelf)
    assert not dialog.isVisible()


def test_a_deck_that_no_longer_comes_with_the_app_is_told(shelf: RunningApp) -> None:
    remove(shelf, "Zoo")
    (shelf.shipped / "zoo.md").unlink()
    dialog = open_dialog(shelf)
    dialog.button.click()
    assert dialog.banner.text == "“Zoo” does not come with this version."
    assert "Zoo" not in names(shelf)
    dialog.reject()


def test_a_collection_that_cannot_be_written_is_told_in_the_dialog(shelf: RunningApp) -> None:
    remove(shelf, "Zoo")
    dialog = open_dialog(shelf)
    with unwritable(shelf):
        dialog.button.click()
    assert "cannot be written" in dialog.banner.text
    assert listed(dialog) == ["Zoo"]
    dialog.button.click()
    assert "Zoo" in names(shelf)


def visible_labels(app: RunningApp) -> str:
    labels = app.window.decks.no_decks.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())


def test_without_any_deck_keys_still_bring_them_back(shelf: RunningApp) -> None:
    remove(shelf, "Geography")
    remove(shelf, "Zoo")
    assert "You removed the decks" in visible_labels(shelf)
    shelf.undo_key()
    assert names(shelf) == ["Zoo"]
    assert shelf.window.decks.tree.hasFocus()
    remove(shelf, "Zoo")
    shelf.press(Qt.Key.Key_Return)
    (dialog,) = shelf.window.findChildren(RemovedDecksDialog)
    assert listed(dialog) == ["Geography › Capitals", "Geography › Rivers", "Zoo"]
    dialog.reject()


def test_without_decks_of_the_app_nothing_is_offered(app: RunningApp) -> None:
    with app.database.change("no file", app.clock.at) as tx:
        tx.exec_driver_sql("UPDATE decks SET shipped_digest = NULL, key = NULL")
    remove(app, "Geography")
    assert "No decks yet" in visible_labels(app)
    assert not app.window.decks.no_decks.button.isVisible()
    app.undo_key()
    assert names(app) == ["Geography", "Geography::Capitals"]


def test_the_menu_has_what_there_is_to_do(shelf: RunningApp) -> None:
    remove(shelf, "Zoo")
    menu = shelf.window.decks._menu
    assert [each.text() for each in menu.actions() if each.isVisible() and each.text()] == [
        "Study the deck",
        "Export the deck…",
        "Options of the deck…",
        "More ways to study",
        "Vacation…",
        "Plan for the backlog…",
        "Compare schedulers…",
        "Remove the deck…",
        "Bring back a removed deck…",
    ]
