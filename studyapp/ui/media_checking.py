"""Checking pictures and sounds: beside the window, then a dialog with what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studyapp.errors import StudyAppError
from studyapp.services.authoring import Authoring, Titled
from studyapp.services.media_care import MediaCare
from studyapp.services.progress import Progress
from studyapp.ui.background import BackgroundWork
from studyapp.ui.media_dialog import MediaDialog
from studyapp.ui.media_report import MediaReport, look
from studyapp.ui.screen import add_action

_TITLE = "Checking pictures and sounds"


class MediaChecking(QObject):
    """Its action can be done everywhere."""

    edit_wanted = Signal(int)
    """The note with this id is to be edited."""
    failed = Signal(str)
    looked = Signal()
    """The dialog shows what is true now."""

    def __init__(
        self,
        window: QWidget,
        care: MediaCare,
        authoring: Authoring,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._care = care
        self._authoring = authoring
        self._report: MediaReport | None = None
        self._work: BackgroundWork | None = None
        self.dialog: MediaDialog | None = None
        """As long as it is open."""
        add_action(window, "check_media", "Check pictures and sounds…", (), self.begin)

    def begin(self) -> None:
        """Look through all notes and files, then show what was found."""
        if self._work is not None:
            return
        work = BackgroundWork(self._window, _TITLE, self._look)
        work.done.connect(self._show)
        work.failed.connect(self.failed)
        work.ended.connect(self._on_ended)
        self._work = work
        work.start()

    def stop(self) -> None:
        """The window closes."""
        if self._work is not None:
            self._work.stop()

    def _look(self, progress: Progress) -> str:
        self._report = look(self._care, progress)
        return ""

    def _on_ended(self) -> None:
        self._work = None

    def _show(self) -> None:
        if self._report is None:  # cancelled
            return
        if self.dialog is None:
            self.dialog = self._opened(self._report)
        else:
            self.dialog.show_report(self._report)
        self.looked.emit()

    def _opened(self, report: MediaReport) -> MediaDialog:
        dialog = MediaDialog(self._window, self._care, report, self._notes_of)
        dialog.missing.edit_wanted.connect(lambda key: self._edit(dialog, key))
        dialog.changed.connect(self.begin)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        return dialog

    def _on_closed(self) -> None:
        self.dialog = None

    def _notes_of(self, keys: tuple[str, ...]) -> Sequence[Titled]:
        try:
            return self._authoring.linked(keys)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return ()

    def _edit(self, dialog: MediaDialog, key: str) -> None:
        try:
            note_id = self._authoring.id_of(key)
        except StudyAppError as failure:
            dialog.banner.show_message(str(failure))
            return
        dialog.accept()
        self.edit_wanted.emit(note_id)
