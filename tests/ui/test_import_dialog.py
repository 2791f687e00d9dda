"""Importing in the window: looked at first, chosen, cancelled, undone; files that are dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from studyapp.rendering.design import DARK, LIGHT
from studyapp.ui.import_dialog import ImportDialog
from studyapp.ui.import_page import ImportPage
from studyapp.ui.preferences import ThemeChoice
from tests.services.linked_folder import TEXT
from tests.ui.exchanging import backs, close, edit, imported, look, package, press, until_shown
from tests.ui.running_app import NOON, RunningApp

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LATER_S = NOON // 1000 + 60


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three notes, one of them studied."""
    return package(tmp_path / "Biology.apkg")


def counts(page: ImportPage) -> list[str]:
    """What the tiles say."""
    return [tile.accessibleName() for tile in page.tiles]


def test_what_comes_is_shown_then_imported_undone_and_done_again(
    app: RunningApp, file: Path
) -> None:
    dialog = look(app, file)
    assert counts(dialog.page)[:3] == ["3 new", "0 updated", "0 unchanged"]
    assert "Deck" in dialog.page.facts.toPlainText()
    assert backs(app) == []
    until_shown(app, dialog, lambda: press(dialog, [Qt.Key.Key_Return]))
    assert dialog.outcome.heading == "Imported"
    assert "“import of 3 notes”" in dialog.outcome.text
    assert backs(app) == ["first 0", "first 1", "first 2"]
    assert app.grades() == [3]
    until_shown(app, dialog, lambda: press(dialog, [Qt.Key.Key_Z], CONTROL))
    assert dialog.outcome.heading == "Undone: import of 3 notes"
    assert (backs(app), app.grades()) == ([], [])
    until_shown(app, dialog, lambda: press(dialog, [Qt.Key.Key_Y], CONTROL))
    assert backs(app) == ["first 0", "first 1", "first 2"]
    close(app, dialog)


def test_the_decks_show_what_came(app: RunningApp, file: Path) -> None:
    imported(app, file)
    names = [line.name for line in app.window.decks.decks()]
    assert "Deck" in names
    assert app.window.decks.tree.topLevelItemCount() == 2


def test_a_file_can_be_imported_while_studying(app: RunningApp, file: Path) -> None:
    app.start_first_deck()
    imported(app, file)
    assert app.window.screen_name == "study"
    app.grade("3")
    assert app.grades() == [3, 3]


def test_what_is_here_already_is_not_imported_again(app: RunningApp, file: Path) -> None:
    imported(app, file)
    dialog = look(app, file)
    assert counts(dialog.page)[:3] == ["0 new", "0 updated", "3 unchanged"]
    assert not dialog.page.button.isEnabled()
    assert dialog.page.said.text() == "All of it is here already."
    press(dialog, [Qt.Key.Key_Escape])
    app.qtbot.waitUntil(lambda: app.exchanging.importing is None)


def test_schedules_and_history_can_be_left_where_they_are(app: RunningApp, file: Path) -> None:
    dialog = look(app, file)
    assert dialog.page.with_progress.isChecked()
    until_shown(app, dialog, dialog.page.with_progress.click)
    assert not dialog.page.with_progress.isChecked()
    until_shown(app, dialog, dialog.take_in)
    assert len(backs(app)) == 3
    assert app.grades() == []
    assert app.rows("SELECT count(*) FROM cards WHERE state <> 0") == [(0,)]
    close(app, dialog)


@pytest.fixture
def conflicting(app: RunningApp, file: Path, tmp_path: Path) -> ImportDialog:
    """A file with other words for three notes, two of which were changed here, too."""
    imported(app, file)
    edit(app, "guid-0", "mine 0")
    edit(app, "guid-1", "mine 1")
    return look(app, package(tmp_path / "newer.apkg", "theirs", changed_s=LATER_S))


@pytest.mark.parametrize(
    ("keys", "modifier", "left"),
    [
        pytest.param("LL", Qt.KeyboardModifier.NoModifier, ["mine 0", "mine 1"], id="later"),
        pytest.param("KK", Qt.KeyboardModifier.NoModifier, ["mine 0", "mine 1"], id="mine"),
        pytest.param(
            "TK", Qt.KeyboardModifier.NoModifier, ["theirs 0", "mine 1"], id="one-of-each"
        ),
        pytest.param("T", SHIFT, ["theirs 0", "theirs 1"], id="theirs-for-all"),
        pytest.param("B", SHIFT, ["mine 0", "mine 1", "theirs 0", "theirs 1"], id="both-for-all"),
    ],
)
def test_whose_words_stay_is_chosen_by_keys(
    app: RunningApp,
    conflicting: ImportDialog,
    keys: str,
    modifier: Qt.KeyboardModifier,
    left: list[str],
) -> None:
    page = conflicting.page
    assert counts(page)[3] == "2 in conflict"
    assert page.conflicts.list.hasFocus()
    assert page.said.text() == "2 notes not decided"
    press(conflicting, [getattr(Qt.Key, f"Key_{each}") for each in keys], modifier)
    until_shown(app, conflicting, conflicting.take_in)
    assert sorted(backs(app)) == sorted([*left, "theirs 2"])
    close(app, conflicting)


def test_both_texts_of_a_conflict_are_shown_and_told(
    app: RunningApp, conflicting: ImportDialog
) -> None:
    page = conflicting.page.conflicts
    shown = page.note.toPlainText()
    assert "mine 0" in shown
    assert "theirs 0" in shown
    assert page.note.accessibleDescription() == "Back differs. Yours: mine. The file’s: theirs."
    press(conflicting, [Qt.Key.Key_T])
    first = page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first == "Question 0?, The file’s is taken"
    assert "mine 1" in page.note.toPlainText()
    assert conflicting.page.said.text() == "1 note not decided"
    close(app, conflicting)


def test_a_choice_alone_is_something_to_import(app: RunningApp, conflicting: ImportDialog) -> None:
    until_shown(app, conflicting, conflicting.take_in)
    assert "2 in conflict" in conflicting.outcome.text
    close(app, conflicting)
    again = look(app, conflicting_file(app))
    assert not again.page.button.isEnabled()
    press(again, [Qt.Key.Key_K], SHIFT)
    assert again.page.button.isEnabled()
    until_shown(app, again, again.take_in)
    close(app, again)
    assert counts(look(app, conflicting_file(app)).page)[3] == "0 in conflict"


def conflicting_file(app: RunningApp) -> Path:
    return app.database.path.parent / "newer.apkg"


def test_the_differences_follow_the_theme(app: RunningApp, conflicting: ImportDialog) -> None:
    app.preferences.theme = ThemeChoice.LIGHT
    assert LIGHT.mark in conflicting.page.conflicts.note.toHtml()
    app.preferences.theme = ThemeChoice.DARK
    assert DARK.mark in conflicting.page.conflicts.note.toHtml()
    assert LIGHT.mark not in conflicting.page.conflicts.note.toHtml()


def test_cancelling_the_import_leaves_all_as_it_was(app: RunningApp, tmp_path: Path) -> None:
    dialog = look(app, package(tmp_path / "many.apkg", count=3000))
    before = app.rows("SELECT count(*) FROM notes")

    def begin_and_cancel() -> None:
        dialog.take_in()
        dialog.reject()

    until_shown(app, dialog, begin_and_cancel)
    assert dialog.page.isVisible()
    assert app.rows("SELECT count(*) FROM notes") == before
    assert app.rows("SELECT count(*) FROM undo_steps WHERE name LIKE 'import%'") == [(0,)]
    assert dialog.page.button.isEnabled()
    close(app, dialog)


def test_cancelling_while_it_is_read_closes(app: RunningApp, tmp_path: Path) -> None:
    app.exchanging.take_in(package(tmp_path / "many.apkg", count=3000))
    dialog = app.exchanging.importing
    assert dialog is not None
    with app.qtbot.waitSignal(dialog.rejected, timeout=20_000):
        dialog.work.button.click()
    assert app.exchanging.importing is None


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("broken.apkg", b"no package at all", "broken.apkg", id="no-package"),
        pytest.param(
            "broken.md", b'+++\nname = "A"\n+++\n\nQ: ?\nA:\n', "broken.md:", id="deck-file"
        ),
    ],
)
def test_a_broken_file_says_what_is_wrong_and_can_be_tried_again(
    app: RunningApp, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    dialog = look(app, path)
    assert dialog.outcome.heading == "This did not work"
    assert told in dialog.outcome.facts.toPlainText()
    assert dialog.outcome.text == "Nothing was changed."
    if path.suffix == ".apkg":
        package(path)
        until_shown(app, dialog, dialog.again_button.click)
        assert counts(dialog.page)[0] == "3 new"
    close(app, dialog)


def test_a_file_that_changed_meanwhile_is_looked_at_again(app: RunningApp, file: Path) -> None:
    dialog = look(app, file)
    package(file, count=5)
    until_shown(app, dialog, dialog.take_in)
    assert "has changed since you looked at it" in dialog.outcome.facts.toPlainText()
    until_shown(app, dialog, dialog.again_button.click)
    assert counts(dialog.page)[0] == "5 new"
    close(app, dialog)


def dropped(app: RunningApp, *paths: Path) -> bool:
    """Drag files over the window and drop them; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), action, data, buttons, keys)
    QApplication.sendEvent(app.window, enter)
    if enter.isAccepted():
        drop = QDropEvent(QPointF(50, 50), action, data, buttons, keys)
        QApplication.sendEvent(app.window, drop)
    return enter.isAccepted()


def test_a_file_can_be_dropped_on_the_window(app: RunningApp, file: Path) -> None:
    assert dropped(app, file)
    dialog = app.exchanging.importing
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    assert counts(dialog.page)[0] == "3 new"
    close(app, dialog)


@pytest.fixture
def folder(app: RunningApp, tmp_path: Path) -> Path:
    """With a deck file; dropped on the window."""
    folder = tmp_path / "texts"
    folder.mkdir()
    assert not dropped(app, folder)
    (folder / "letters.md").write_text(TEXT, encoding="utf-8")
    assert dropped(app, folder)
    return folder


def click(app: RunningApp, text: str) -> None:
    assert app.exchanging.question is not None
    (button,) = (each for each in app.exchanging.question.buttons() if each.text() == text)
    button.click()


def test_a_folder_of_deck_files_can_be_imported(app: RunningApp, folder: Path) -> None:
    click(app, "Import")
    dialog = app.exchanging.importing
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    assert counts(dialog.page)[0] == "2 new"
    assert dialog.windowTitle() == "Import texts"
    close(app, dialog)


def test_a_folder_of_deck_files_can_be_linked(app: RunningApp, folder: Path) -> None:
    click(app, "Link")
    dialog = app.exchanging.linked
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    assert "2 notes are new in the texts" in dialog.page.facts.toPlainText()
    assert dialog.page.folders.item(0).text() == str(folder)
    close(app, dialog)


def test_what_cannot_be_imported_is_not_taken(app: RunningApp, file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"1")
    assert not dropped(app, picture)
    assert not dropped(app, file, tmp_path / "other.apkg")
    assert app.exchanging.importing is None


def test_the_file_is_asked_for_by_a_key(app: RunningApp, file: Path) -> None:
    app.press(Qt.Key.Key_I, modifier=CONTROL | SHIFT)
    place = app.exchanging.place
    assert place is not None
    place.fileSelected.emit(str(file))
    place.close()
    dialog = app.exchanging.importing
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    close(app, dialog)
