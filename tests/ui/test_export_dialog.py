"""Exporting in the window: what is proposed, what it would lose, where to, and what to do then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from studyapp.services.exchange import Form
from studyapp.ui.export_dialog import ExportDialog
from studyapp.ui.export_form import FORMS, PDF
from studyapp.ui.export_place import file_name
from tests.ui.browsing import ZOO, open_browse, search
from tests.ui.exchanging import close, look, until_shown
from tests.ui.running_app import CAPITALS, RunningApp

StartApp = Callable[..., RunningApp]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def opened(app: RunningApp) -> ExportDialog:
    """The dialog once it knows what would be exported."""
    dialog = app.exchanging.exporting
    assert dialog is not None
    until_shown(app, dialog, lambda: None)
    app.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def export_of_deck(app: RunningApp) -> ExportDialog:
    app.press(Qt.Key.Key_E, modifier=CONTROL)
    return opened(app)


def choose(app: RunningApp, dialog: ExportDialog, form: Form) -> None:
    until_shown(app, dialog, lambda: dialog.form.form.setCurrentIndex(list(FORMS).index(form)))


def grade_one(app: RunningApp) -> None:
    app.start_first_deck()
    app.grade("3")
    app.press(Qt.Key.Key_Escape)
    app.window.decks.take_keyboard()


def test_the_selected_deck_is_proposed(app: RunningApp) -> None:
    app.press(Qt.Key.Key_Down)
    dialog = export_of_deck(app)
    assert dialog.form.deck.currentText() == "Geography::Capitals"
    assert "3 notes, 3 cards, 2 decks" in dialog.facts.toPlainText()
    assert "All of it comes along." in dialog.facts.toPlainText()
    close(app, dialog)


def test_what_was_studied_is_lost_without_the_schedule(app: RunningApp) -> None:
    grade_one(app)
    dialog = export_of_deck(app)
    assert "1 review. The history is not exported." in dialog.facts.toPlainText()
    until_shown(app, dialog, dialog.form.scheduled.click)
    assert "1 review. The history" not in dialog.facts.toPlainText()
    assert "1 review" in dialog.facts.toPlainText()
    close(app, dialog)


def test_an_export_with_history_says_what_to_tick_and_can_be_read_again(
    app: RunningApp, tmp_path: Path
) -> None:
    grade_one(app)
    dialog = export_of_deck(app)
    until_shown(app, dialog, dialog.form.scheduled.click)
    target = tmp_path / "out" / "Capitals.apkg"
    target.parent.mkdir()
    until_shown(app, dialog, lambda: dialog.export_to(target))
    assert dialog.outcome.heading == "Exported"
    told = dialog.outcome.facts.toPlainText()
    assert str(target) in told
    assert "Tick “Import any learning progress”" in told
    close(app, dialog)
    again = look(app, target)
    assert [tile.accessibleName() for tile in again.page.tiles][2] == "3 unchanged"
    assert not again.page.button.isEnabled()
    close(app, again)


class Folders(QObject):
    """Stands in for the system's window of files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def folders() -> Iterator[Folders]:
    found = Folders()
    QDesktopServices.setUrlHandler("file", found, "open")  # type: ignore[arg-type]
    yield found
    QDesktopServices.unsetUrlHandler("file")


def test_what_was_written_is_shown_in_its_folder(
    app: RunningApp, tmp_path: Path, folders: Folders
) -> None:
    dialog = export_of_deck(app)
    until_shown(app, dialog, lambda: dialog.export_to(tmp_path / "a"))
    assert (tmp_path / "a.apkg").is_file()
    dialog.folder_button.click()
    assert folders.opened == [str(tmp_path)]
    close(app, dialog)


def test_every_form_can_be_written(app: RunningApp, tmp_path: Path) -> None:
    app.press(Qt.Key.Key_E, modifier=CONTROL | SHIFT)
    dialog = opened(app)
    until_shown(app, dialog, lambda: dialog.form.what.setCurrentIndex(0))
    assert set(FORMS) == {*Form, PDF}
    for form in FORMS:
        dialog.form.form.setCurrentIndex(list(FORMS).index(form))
        until_shown(app, dialog, lambda: dialog.export_to(tmp_path / "all"))
        assert dialog.outcome.heading == "Exported", dialog.outcome.facts.toPlainText()
        assert (tmp_path / ("all" if form == Form.DECKS else f"all.{form}")).exists()
        dialog.go_back()
    close(app, dialog)


def test_what_is_printed_is_a_pdf(app: RunningApp, tmp_path: Path) -> None:
    dialog = export_of_deck(app)
    until_shown(app, dialog, lambda: dialog.form.form.setCurrentIndex(list(FORMS).index(PDF)))
    assert "3 notes, 3 cards" in dialog.facts.toPlainText()
    assert dialog.form.paper.isVisible()
    until_shown(app, dialog, lambda: dialog.export_to(tmp_path / "cards"))
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF")
    close(app, dialog)


def test_drawing_pages_can_be_cancelled(app: RunningApp, tmp_path: Path) -> None:
    dialog = export_of_deck(app)
    until_shown(app, dialog, lambda: dialog.form.form.setCurrentIndex(list(FORMS).index(PDF)))
    dialog.export_to(tmp_path / "never")
    app.qtbot.waitUntil(lambda: dialog.drawing.is_busy)
    until_shown(app, dialog, dialog.work.button.click)
    assert dialog.form.isVisible()
    assert not dialog.drawing.is_busy
    assert not (tmp_path / "never.pdf").exists()
    close(app, dialog)


def test_a_whole_collection_is_no_deck(app: RunningApp) -> None:
    dialog = export_of_deck(app)
    choose(app, dialog, Form.COLLECTION)
    assert "A .colpkg holds a whole collection." in dialog.facts.toPlainText()
    assert not dialog.button.isEnabled()
    until_shown(app, dialog, lambda: dialog.form.what.setCurrentIndex(0))
    assert dialog.button.isEnabled()
    close(app, dialog)


def test_what_does_not_exist_is_told(app: RunningApp) -> None:
    dialog = export_of_deck(app)
    dialog.form.deck.setEditText("")
    assert dialog.facts.toPlainText() == "Say which one."
    assert not dialog.button.isEnabled()
    until_shown(app, dialog, lambda: dialog.form.deck.setEditText("No such deck"))
    assert "No such deck" in dialog.facts.toPlainText()
    assert not dialog.button.isEnabled()
    close(app, dialog)


def test_cancelling_writes_nothing_and_leads_back(app: RunningApp, tmp_path: Path) -> None:
    dialog = export_of_deck(app)
    target = tmp_path / "never.apkg"

    def begin_and_cancel() -> None:
        dialog.export_to(target)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    until_shown(app, dialog, begin_and_cancel)
    assert dialog.form.isVisible()
    assert not target.exists()
    close(app, dialog)


def test_a_place_that_cannot_be_written_is_told(app: RunningApp, tmp_path: Path) -> None:
    dialog = export_of_deck(app)
    until_shown(app, dialog, lambda: dialog.export_to(tmp_path / "none" / "a.apkg"))
    assert dialog.outcome.heading == "This could not be exported"
    assert str(tmp_path / "none") in dialog.outcome.facts.toPlainText()
    until_shown(app, dialog, dialog.back_button.click)
    assert dialog.form.isVisible()
    close(app, dialog)


def test_the_place_is_asked_for_with_a_name(app: RunningApp) -> None:
    app.press(Qt.Key.Key_Down)
    dialog = export_of_deck(app)
    dialog.button.click()
    place = dialog.place
    assert place is not None
    assert place.defaultSuffix() == "apkg"
    assert [Path(each).name for each in place.selectedFiles()] == ["Capitals.apkg"]
    place.reject()
    choose(app, dialog, Form.DECKS)
    dialog.button.click()
    place = dialog.place
    assert place is not None
    assert place.fileMode() is QFileDialog.FileMode.Directory
    place.reject()
    close(app, dialog)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        pytest.param("Jacob G-W: Gradients?", "Jacob G-W Gradients.apkg", id="punctuation"),
        pytest.param("../..", "deck.apkg", id="nothing-left"),
    ],
)
def test_the_file_of_an_export_has_a_name_that_can_be_written(name: str, file: str) -> None:
    assert file_name(name, Form.PACKAGE) == file


def test_browse_proposes_what_is_chosen_or_found(start_app: StartApp) -> None:
    app = start_app([CAPITALS, ZOO])
    screen = open_browse(app)
    search(app, screen, "tag:animal")
    QTest.keyClick(screen.table, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(screen.table, Qt.Key.Key_E, CONTROL)
    dialog = opened(app)
    assert dialog.form.what.currentText() == "4 cards, as chosen"
    assert "2 notes, 4 cards" in dialog.facts.toPlainText()
    close(app, dialog)
    QTest.keyClick(screen.table, Qt.Key.Key_E, CONTROL | ALT)
    dialog = opened(app)
    assert dialog.form.what.currentText() == "Notes that a search finds"
    assert dialog.form.search.text() == "tag:animal"
    assert "2 notes, 4 cards" in dialog.facts.toPlainText()
    until_shown(app, dialog, lambda: QTest.keyClicks(dialog.form.search, " AND ("))
    assert "At character" in dialog.facts.toPlainText()
    close(app, dialog)


def test_a_tag_can_be_chosen(start_app: StartApp) -> None:
    app = start_app([ZOO])
    dialog = export_of_deck(app)
    dialog.form.what.setCurrentIndex(2)
    assert not dialog.button.isEnabled()
    until_shown(app, dialog, lambda: dialog.form.tag.setEditText("animal::insect"))
    assert "1 note, 2 cards" in dialog.facts.toPlainText()
    close(app, dialog)
