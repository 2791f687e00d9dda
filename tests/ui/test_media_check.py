"""Which pictures and sounds are missing or not used, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from studyapp.domain.notes import DeckText
from studyapp.ui.media_dialog import MediaDialog
from studyapp.ui.media_report import look, size
from tests.ui.running_app import RunningApp, basic

StartApp = Callable[..., RunningApp]

MISSING, UNUSED, TRASH = range(3)
WITH_MEDIA = DeckText(
    name="Sounds",
    key="sounds",
    notes=(
        basic("a", "What is heard? [sound:gone.mp3]", "![used](used.png)"),
        basic("b", "And here? [sound:gone.mp3]", "A bell"),
    ),
)


def picture(width: int, height: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def app(start_app: StartApp) -> RunningApp:
    """With one file that is missing, one that is used, and two that are not."""
    app = start_app([WITH_MEDIA])
    app.media.add("used.png", picture(3, 3))
    app.media.add("unused.png", picture(3000, 1000))
    app.media.add("noise.mp3", b"x" * 1500)
    return app


@pytest.fixture
def dialog(app: RunningApp) -> MediaDialog:
    return checked(app)


def checked(app: RunningApp) -> MediaDialog:
    with app.qtbot.waitSignal(app.checking.looked):
        app.checking.begin()
    assert app.checking.dialog is not None
    return app.checking.dialog


def click(app: RunningApp, button: QPushButton) -> None:
    """Click and wait for what is true then."""
    with app.qtbot.waitSignal(app.checking.looked):
        button.click()


def lines(found: QListWidget) -> list[str]:
    return [found.item(row).text() for row in range(found.count())]


def tabs(dialog: MediaDialog) -> list[str]:
    return [dialog.tabs.tabText(index) for index in range(3)]


def test_missing_files_are_listed_with_the_notes_that_call_for_them(dialog: MediaDialog) -> None:
    assert tabs(dialog) == ["Missing (1)", "Unused (2)", "Trash (0)"]
    assert lines(dialog.missing.files) == ["gone.mp3   ·   2 notes"]
    assert len(lines(dialog.missing.notes)) == 2
    assert lines(dialog.missing.notes)[1].startswith("And here?")


def test_a_note_that_calls_for_a_missing_file_is_edited(
    app: RunningApp, dialog: MediaDialog
) -> None:
    dialog.missing.notes.setCurrentRow(1)
    dialog.missing.edit.click()
    assert app.checking.dialog is None
    assert app.window.screen_name == "edit"
    assert app.window.writing.edit.editor.form.front.markdown.startswith("And here?")


def test_unused_files_are_listed_with_size_and_picture(dialog: MediaDialog) -> None:
    dialog.tabs.setCurrentIndex(UNUSED)
    assert lines(dialog.unused.list)[0] == "noise.mp3   ·   2 kB"
    assert dialog.unused.preview.text() == "No picture to show"
    dialog.unused.list.setCurrentRow(1)
    shown = dialog.unused.preview.pixmap()
    assert not shown.isNull()
    assert shown.size() == shown.size().boundedTo(dialog.unused.preview.size())
    assert abs(shown.width() / shown.height() - 3) < 0.1


def test_what_is_put_away_waits_in_the_trash(app: RunningApp, dialog: MediaDialog) -> None:
    dialog.tabs.setCurrentIndex(UNUSED)
    dialog.unused.list.setCurrentRow(1)
    click(app, dialog.put_away)
    assert tabs(dialog) == ["Missing (1)", "Unused (1)", "Trash (1)"]
    assert not (app.media.folder / "unused.png").exists()
    assert dialog.said.text().startswith("Put 1 file away.")


def test_undo_and_redo_move_files_too(app: RunningApp, dialog: MediaDialog) -> None:
    click(app, dialog.put_all_away)
    dialog.accept()
    app.window.activateWindow()
    app.qtbot.waitUntil(app.window.isActiveWindow)
    app.window.decks.take_keyboard()
    app.undo_key()
    assert app.media.unused() == ("noise.mp3", "unused.png")
    app.redo_key()
    assert app.media.trashed() == ("noise.mp3", "unused.png")
    assert tabs(checked(app)) == ["Missing (1)", "Unused (0)", "Trash (2)"]


def test_files_are_restored_from_the_trash(app: RunningApp, dialog: MediaDialog) -> None:
    click(app, dialog.put_all_away)
    dialog.tabs.setCurrentIndex(TRASH)
    dialog.trash.list.selectAll()
    click(app, dialog.restore)
    assert app.media.unused() == ("noise.mp3", "unused.png")
    assert tabs(dialog)[TRASH] == "Trash (0)"


def test_the_trash_is_emptied_only_after_asking(app: RunningApp, dialog: MediaDialog) -> None:
    click(app, dialog.put_all_away)
    dialog.tabs.setCurrentIndex(TRASH)
    dialog.empty.click()
    assert dialog.question is not None
    assert dialog.question.text() == "Delete 2 files for ever?"
    dialog.question.reject()
    assert app.media.trashed() == ("noise.mp3", "unused.png")
    dialog.empty.click()
    delete = next(each for each in dialog.question.buttons() if each.text() == "Delete")
    with app.qtbot.waitSignal(app.checking.looked):
        delete.click()
    assert app.media.trashed() == ()
    assert tabs(dialog)[TRASH] == "Trash (0)"


def test_what_cannot_be_moved_is_told(app: RunningApp, dialog: MediaDialog) -> None:
    app.media.trash.write_text("a file where the folder should be")
    click(app, dialog.put_all_away)
    assert "could not be moved" in dialog.banner.text
    assert tabs(dialog)[UNUSED] == "Unused (2)"


def test_with_nothing_to_do_each_page_says_so(start_app: StartApp) -> None:
    app = start_app()
    dialog = checked(app)
    for page in (dialog.missing, dialog.unused, dialog.trash):
        dialog.tabs.setCurrentWidget(page)
        assert page._empty.isVisible()
        assert not page._body.isVisible()
    for button in (dialog.put_away, dialog.put_all_away, dialog.restore, dialog.empty):
        assert not button.isEnabled()
    assert not dialog.missing.edit.isEnabled()


def test_a_check_that_is_cancelled_finds_nothing(app: RunningApp) -> None:
    assert look(app.media, lambda _done, _total: False) is None
    assert look(app.media, lambda done, _total: done == 0) is None


def test_the_window_may_close_while_it_looks(app: RunningApp) -> None:
    app.checking.begin()
    app.checking.begin()
    app.checking.stop()
    assert app.checking.dialog is None


def test_it_is_opened_from_the_settings(app: RunningApp) -> None:
    with app.qtbot.waitSignal(app.checking.looked):
        app.window.settings.media_check_wanted.emit()
    assert app.checking.dialog is not None


def test_it_is_opened_from_the_palette(app: RunningApp) -> None:
    palette = app.window.open_palette()
    app.qtbot.waitUntil(palette.field.hasFocus)
    QTest.keyClicks(palette.field, "check pictures")
    with app.qtbot.waitSignal(app.checking.looked):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert app.checking.dialog is not None


@pytest.mark.parametrize(
    ("number", "told"),
    [
        pytest.param(1, "1 byte", id="one"),
        pytest.param(812, "812 bytes", id="bytes"),
        pytest.param(12_345, "12 kB", id="thousands"),
        pytest.param(3_440_000, "3.4 MB", id="millions"),
    ],
)
def test_sizes_are_told_in_words(number: int, told: str) -> None:
    assert size(number) == told
