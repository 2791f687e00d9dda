"""Starting twice, collections that cannot be opened, bugs, long work, links."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studyapp.domain.presets import DayOptions
from studyapp.errors import ExportError
from studyapp.services.care import COLLECTION, Care
from studyapp.services.progress import Progress
from studyapp.store.database import Database
from studyapp.ui.background import BackgroundWork
from studyapp.ui.excepthook import BugReporter
from studyapp.ui.links import ask_to_open
from studyapp.ui.settings_screen import when
from studyapp.ui.single_instance import SingleInstance, raise_dialog
from studyapp.ui.startup_errors import StartupDialog, open_or_explain
from tests.ui.running_app import MIGRATIONS, RunningApp, SetClock

HOLDER = "a test"


def test_the_second_start_calls_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.raise_wanted):
        assert not second.claim()
    first.close()


def test_another_folder_is_another_app(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim()
    assert second.claim()
    first.close()
    second.close()


def test_after_the_first_has_ended_the_next_is_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.close()
    next_ = SingleInstance(tmp_path)
    assert next_.claim()
    next_.close()


class Overtaken(SingleInstance):
    """Finds nobody, and before it listens itself, another one starts."""

    other: SingleInstance | None = None

    def _told_the_first(self) -> bool:
        told = super()._told_the_first()
        if self.other is not None and not told:
            other, self.other = self.other, None
            assert other.claim()
        return told


def test_of_two_that_start_at_once_one_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    first, second, third = SingleInstance(tmp_path), Overtaken(tmp_path), SingleInstance(tmp_path)
    second.other = first
    with qtbot.waitSignal(first.raise_wanted):
        assert not second.claim()
    with qtbot.waitSignal(first.raise_wanted):
        assert not third.claim()
    first.close()


def test_a_socket_that_a_crashed_process_left_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from studyapp.ui.single_instance import SingleInstance; app = QCoreApplication([]); "
        "assert SingleInstance(Path(sys.argv[1])).claim(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.raise_wanted):
        assert not second.claim()
    first.close()


@pytest.fixture
def care(tmp_path: Path, clock: SetClock) -> Care:
    return Care(tmp_path, MIGRATIONS, clock, DayOptions())


def answer_with(qtbot: QtBot, *buttons: str) -> list[str]:
    """Press these buttons in the dialogs to come; returns the texts that the dialogs show."""
    seen: list[str] = []
    waiting = list(buttons)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, StartupDialog):
            seen.append(f"{dialog.text()}\n{dialog.informativeText()}")
            wanted = waiting.pop(0)
            next(b for b in dialog.buttons() if b.text().startswith(wanted)).click()
        if waiting:
            QTimer.singleShot(10, press)

    QTimer.singleShot(10, press)
    return seen


def opened(care: Care) -> Database | None:
    return open_or_explain(
        lambda: care.open(HOLDER),
        care.newest_sound_backup,
        lambda copy: care.restore(copy, HOLDER),
    )


def test_a_second_start_brings_a_waiting_dialog_to_the_front(
    qtbot: QtBot, tmp_path: Path, care: Care
) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    first.raise_wanted.connect(raise_dialog)
    in_front: list[bool] = []

    def look_and_quit() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StartupDialog)
        try:
            qtbot.waitUntil(dialog.isActiveWindow)  # the platform tells it a moment later
            in_front.append(True)
        finally:
            dialog.buttons()[-1].click()

    def start_again() -> None:
        cover = QWidget()
        qtbot.addWidget(cover)
        cover.show()
        cover.activateWindow()
        first.raise_wanted.connect(look_and_quit)
        assert not second.claim()

    with closing(care.open("the terminal")):
        QTimer.singleShot(10, start_again)
        assert opened(care) is None
    first.close()
    assert in_front == [True]


def test_a_damaged_collection_is_replaced_by_the_newest_sound_backup(
    qtbot: QtBot, tmp_path: Path, care: Care
) -> None:
    care.open(HOLDER).close()
    copy = care.back_up_today()
    assert copy is not None
    (tmp_path / COLLECTION).write_bytes(b"garbage " * 1000)
    seen = answer_with(qtbot, "Restore")
    database = opened(care)
    assert database is not None
    database.close()
    assert "is damaged" in seen[0]
    assert when(copy) in seen[0]
    (aside,) = tmp_path.glob("collection-set-aside-*.db")
    assert aside.read_bytes().startswith(b"garbage")


def test_who_quits_keeps_the_damaged_file_untouched(
    qtbot: QtBot, tmp_path: Path, care: Care
) -> None:
    (tmp_path / COLLECTION).write_bytes(b"garbage " * 1000)
    seen = answer_with(qtbot, "Quit")
    assert opened(care) is None
    assert "no sound backup" in seen[0]
    assert (tmp_path / COLLECTION).read_bytes() == b"garbage " * 1000


def test_a_collection_in_use_can_be_tried_again(qtbot: QtBot, care: Care) -> None:
    other = care.open("the terminal")
    seen = answer_with(qtbot, "Try again", "Quit")
    assert opened(care) is None
    other.close()
    assert len(seen) == 2
    assert "the terminal" in seen[0]


@pytest.fixture
def reporter(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[BugReporter]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reporter = BugReporter()
    reporter.install()
    yield reporter
    if reporter.dialog is not None:
        reporter.dialog.accept()


def raised() -> ZeroDivisionError:
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        return error
    raise AssertionError


def test_a_bug_becomes_a_message_with_a_report(
    reporter: BugReporter, capsys: pytest.CaptureFixture[str]
) -> None:
    error = raised()
    sys.excepthook(type(error), error, error.__traceback__)
    assert reporter.dialog is not None
    assert "ZeroDivisionError" in reporter.dialog.report
    reporter.dialog.copy_button.click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_many_bugs_are_one_message(reporter: BugReporter) -> None:
    error = raised()
    sys.excepthook(type(error), error, error.__traceback__)
    first = reporter.dialog
    sys.excepthook(type(error), error, error.__traceback__)
    assert reporter.dialog is first


def outcome(qtbot: QtBot, work: Callable[[Progress], str]) -> list[tuple[str, str]]:
    """What background work ends with."""
    parent = QWidget()
    qtbot.addWidget(parent)
    background = BackgroundWork(parent, "Working", work)
    said: list[tuple[str, str]] = []
    background.done.connect(lambda text: said.append(("done", text)))
    background.failed.connect(lambda text: said.append(("failed", text)))
    background.cancelled.connect(lambda: said.append(("cancelled", "")))
    with qtbot.waitSignal(background.ended):
        background.start()
    return said


def test_work_runs_in_another_thread(qtbot: QtBot) -> None:
    here = threading.get_ident()
    assert outcome(qtbot, lambda progress: str(threading.get_ident() == here)) == [
        ("done", "False")
    ]


def test_work_that_fails_says_why(qtbot: QtBot) -> None:
    def work(progress: Progress) -> str:
        raise ExportError("The disk is full. Free some space.")

    assert outcome(qtbot, work) == [("failed", "The disk is full. Free some space.")]


def test_work_can_be_cancelled(qtbot: QtBot) -> None:
    def work(progress: Progress) -> str:
        while progress(1, 2):
            threading.Event().wait(0.001)
        raise ExportError("cancelled")

    parent = QWidget()
    qtbot.addWidget(parent)
    background = BackgroundWork(parent, "Working", work)
    with qtbot.waitSignal(background.cancelled):
        background.start()
        parent.findChildren(QProgressDialog)[0].canceled.emit()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("mailto:a@example.org", id="mail"),
    ],
)
def test_only_links_to_the_web_can_be_opened(qtbot: QtBot, address: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_to_open(parent, address) is None


def test_a_link_is_shown_before_it_is_opened(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = ask_to_open(parent, "https://example.org/ä?x=1")
    assert isinstance(box, QMessageBox)
    assert box.informativeText() == "https://example.org/%C3%A4?x=1"
    box.reject()


def test_settings_show_folder_backups_and_choices(app: RunningApp) -> None:
    app.care.back_up_today()
    app.window.open("settings")
    settings = app.window.settings
    (copy,) = app.care.backups()
    assert settings.copies.count() == 1
    assert copy.path.name in settings.copies.item(0).text()
    settings.text_size.setCurrentText("150 %")
    settings.text_size.activated.emit(settings.text_size.currentIndex())
    assert app.preferences.text_percent == 150
    assert settings.findChildren(QPushButton)
