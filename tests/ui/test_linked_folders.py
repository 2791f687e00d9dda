"""Linked folders in the window: linked, brought together, decided about, unlinked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from studyapp.domain.linking import Head
from studyapp.store import decks
from studyapp.ui.linked_dialog import LinkedDialog
from tests.services.linked_folder import ALPHA, TEXT
from tests.ui.exchanging import close, edit, press, until_shown
from tests.ui.running_app import RunningApp

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two notes in a deck file."""
    made = tmp_path / "texts"
    made.mkdir()
    (made / "letters.md").write_text(TEXT, encoding="utf-8")
    return made


def opened(app: RunningApp) -> LinkedDialog:
    app.exchanging.open_linked()
    dialog = app.exchanging.linked
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    app.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def synced(app: RunningApp, folder: Path) -> LinkedDialog:
    """Both sides have the same two notes, and that is told."""
    dialog = opened(app)
    until_shown(app, dialog, lambda: dialog.link(folder))
    until_shown(app, dialog, lambda: press(dialog, [Qt.Key.Key_Return]))
    return dialog


def answers(app: RunningApp) -> list[str]:
    found = app.rows("SELECT back FROM notes WHERE key IN ('alpha', 'beta') ORDER BY key")
    return [str(back) for (back,) in found]


def test_a_folder_is_linked_brought_over_and_taken_back(app: RunningApp, folder: Path) -> None:
    dialog = opened(app)
    assert "No folder is linked yet." in dialog.page.facts.toPlainText()
    assert not dialog.page.button.isEnabled()
    until_shown(app, dialog, lambda: dialog.link(folder))
    assert "2 notes are new in the texts" in dialog.page.facts.toPlainText()
    assert answers(app) == []
    until_shown(app, dialog, dialog.sync)
    assert len(answers(app)) == 2
    assert "2 notes are new in the texts" in dialog.outcome.facts.toPlainText()
    until_shown(app, dialog, dialog.undo_button.click)
    assert dialog.outcome.heading == "Undone: sync of 2 notes"
    assert answers(app) == []
    close(app, dialog)


def test_nothing_is_left_to_bring_over(app: RunningApp, synced: LinkedDialog) -> None:
    until_shown(app, synced, synced.look_button.click)
    assert not synced.page.button.isEnabled()
    assert "2 notes the same on both sides" in synced.page.facts.toPlainText()
    close(app, synced)


@pytest.mark.parametrize(
    ("key", "stays"),
    [
        pytest.param(Qt.Key.Key_T, "The text's.", id="text"),
        pytest.param(Qt.Key.Key_K, "Mine.", id="here"),
    ],
)
def test_what_both_changed_is_chosen(
    app: RunningApp, synced: LinkedDialog, folder: Path, key: Qt.Key, stays: str
) -> None:
    text = folder / "letters.md"
    text.write_text(TEXT.replace("The first.", "The text's."), encoding="utf-8")
    edit(app, "alpha", "Mine.")
    until_shown(app, synced, synced.look)
    assert not synced.page.button.isEnabled()
    assert synced.page.said.text() == "1 note not decided"
    assert "Mine." in synced.page.conflicts.note.toPlainText()
    press(synced, [key])
    until_shown(app, synced, synced.sync)
    assert answers(app)[0] == stays
    assert f"A: {stays}" in text.read_text(encoding="utf-8")
    close(app, synced)


def test_whose_description_of_a_deck_counts_is_chosen(
    app: RunningApp, synced: LinkedDialog, folder: Path
) -> None:
    with app.database.change("describe", app.clock.at) as tx:
        deck = decks.by_name(tx, "Letters")
        decks.set_head(tx, deck.id, "letters", Head("Written here."))
    described = TEXT.replace("# stays\n", '# stays\ndescription = "Written there."\n')
    (folder / "letters.md").write_text(described, encoding="utf-8")
    until_shown(app, synced, synced.look)
    shown = synced.page.conflicts.note.toPlainText()
    assert "Written here." in shown
    assert "Written there." in shown
    press(synced, [Qt.Key.Key_T])
    until_shown(app, synced, synced.sync)
    with app.database.read() as tx:
        assert decks.by_name(tx, "Letters").description == "Written there."
    close(app, synced)


def test_what_was_deleted_in_the_text_is_decided(
    app: RunningApp, synced: LinkedDialog, folder: Path
) -> None:
    (folder / "letters.md").write_text(TEXT.replace(ALPHA, ""), encoding="utf-8")
    until_shown(app, synced, synced.look)
    first = synced.page.conflicts.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first == "Alpha?, Deleted in the text: Not decided"
    press(synced, [Qt.Key.Key_T], SHIFT)
    until_shown(app, synced, synced.sync)
    assert len(answers(app)) == 1
    close(app, synced)


def test_a_broken_text_is_told(app: RunningApp, synced: LinkedDialog, folder: Path) -> None:
    (folder / "letters.md").write_text(TEXT + "\nQ: No answer\n", encoding="utf-8")
    until_shown(app, synced, synced.look)
    assert "letters.md" in synced.page.facts.toPlainText()
    assert len(answers(app)) == 2
    close(app, synced)


def test_a_folder_is_unlinked_and_both_sides_stay(
    app: RunningApp, synced: LinkedDialog, folder: Path
) -> None:
    until_shown(app, synced, synced.look)
    until_shown(app, synced, synced.page.unlink.click)
    assert synced.page.folders.count() == 0
    assert len(answers(app)) == 2
    assert (folder / "letters.md").read_text(encoding="utf-8") == TEXT
    close(app, synced)


def test_what_is_no_folder_is_told(app: RunningApp, tmp_path: Path) -> None:
    dialog = opened(app)
    until_shown(app, dialog, lambda: dialog.link(tmp_path / "none"))
    assert "is no folder" in dialog.outcome.facts.toPlainText()
    until_shown(app, dialog, dialog.again_button.click)
    assert dialog.page.isVisible()
    close(app, dialog)
