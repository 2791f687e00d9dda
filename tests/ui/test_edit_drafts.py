"""What is written in a note and not saved survives a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from studyapp.services.drafts import EditDrafts
from tests.ui.running_app import RunningApp
from tests.ui.writing import write

StartApp = Callable[..., RunningApp]


def drafts(app: RunningApp) -> list[Path]:
    return sorted(app.database.path.parent.glob("draft-of-*.json"))


@pytest.fixture
def crashed(app: RunningApp) -> int:
    """The id of a note whose edit was on the disk when the app ended without a word."""
    app.start_first_deck()
    note_id = begin_edit(app)
    edit = app.window.writing.edit
    with app.qtbot.waitSignal(edit.keeper.keeper.kept):
        write(edit.editor.form.back, "Not yet saved. ")
    (path,) = drafts(app)
    content = path.read_bytes()
    edit.restored.followed.emit()
    assert drafts(app) == []
    app.press(Qt.Key.Key_Escape)
    path.write_bytes(content)
    return note_id


def begin_edit(app: RunningApp) -> int:
    app.press("e")
    edit = app.window.writing.edit
    app.qtbot.waitUntil(edit.editor.form.front.hasFocus)
    return app.authoring.id_of(edit.editor.written.note.key)


def test_an_edit_is_restored(app: RunningApp, crashed: int, start_app: StartApp) -> None:
    again = start_app()
    assert "was not saved when the app ended" in again.window.decks.banner.text
    again.start_first_deck()
    assert begin_edit(again) == crashed
    edit = again.window.writing.edit
    assert "Not yet saved." in edit.editor.written.note.back
    assert edit.is_changed
    assert edit.restored.isVisible()
    edit.save()
    assert "Not yet saved." in again.authoring.open(crashed).note.back
    assert drafts(again) == []


def test_a_restored_edit_is_discarded(app: RunningApp, crashed: int, start_app: StartApp) -> None:
    again = start_app()
    again.start_first_deck()
    begin_edit(again)
    edit = again.window.writing.edit
    edit.restored.button.click()
    assert not edit.is_changed
    assert not edit.restored.isVisible()
    assert drafts(again) == []
    assert start_app().window.decks.banner.text == ""


def test_a_saved_edit_leaves_no_draft(app: RunningApp) -> None:
    app.start_first_deck()
    begin_edit(app)
    edit = app.window.writing.edit
    with app.qtbot.waitSignal(edit.keeper.keeper.kept):
        write(edit.editor.form.back, "More. ")
    assert len(drafts(app)) == 1
    edit.save()
    assert drafts(app) == []


def test_a_draft_of_another_note_by_the_same_number_is_let_go(
    app: RunningApp, crashed: int
) -> None:
    (path,) = drafts(app)
    path.write_text(path.read_text(encoding="utf-8").replace('"key": "', '"key": "other-'))
    begin_edit(app)
    assert not app.window.writing.edit.is_changed
    assert drafts(app) == []


def test_only_drafts_have_numbers(tmp_path: Path) -> None:
    for name in ("draft-of-12.json", "draft-of-3.json", "draft-of-x.json", "draft.json"):
        (tmp_path / name).write_text("{}")
    assert EditDrafts(tmp_path).note_ids() == [3, 12]
