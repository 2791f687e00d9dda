"""Long work beside the window, with progress and cancel."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from studyapp.errors import StudyAppError
from studyapp.services.progress import Progress
from studyapp.ui.worker import WHOLE, Worker

Work = Callable[[Progress], str]
"""Returns the message to show when it is done; raises StudyAppError."""

_PATIENCE_MS = 300


class BackgroundWork(QObject):
    """One piece of work in a thread of its own."""

    done = Signal(str)
    """With the message that the work returned."""
    failed = Signal(str)
    """With the message of its error."""
    cancelled = Signal()
    ended = Signal()
    """In any case, after one of the others."""

    def __init__(self, parent: QWidget, title: str, work: Work) -> None:
        super().__init__(parent)
        self._dialog = QProgressDialog(title, "Cancel", 0, 0, parent)
        bar = QProgressBar(self._dialog)
        bar.setTextVisible(False)  # it is lower than letters are
        bar.setRange(0, 0)
        self._dialog.setBar(bar)
        self._dialog.setWindowTitle(title)
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setMinimumDuration(_PATIENCE_MS)
        self._dialog.setAutoReset(False)
        self._thread = Worker(work)
        self._dialog.canceled.connect(self._thread.cancel)
        self._thread.progressed.connect(self._show_progress)
        self._thread.finished.connect(self._on_finished)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Cancel and wait; for the end of the app."""
        self._thread.cancel()
        self._thread.wait()

    def _show_progress(self, part: int) -> None:
        self._dialog.setMaximum(WHOLE)
        self._dialog.setValue(part)

    def _on_finished(self) -> None:
        self._thread.wait()
        outcome, cancelled = self._thread.outcome, self._thread.cancelled
        self._dialog.close()  # which looks like a cancel
        self._dialog.deleteLater()
        if isinstance(outcome, str):
            self.done.emit(outcome)
        elif cancelled:
            self.cancelled.emit()
        elif isinstance(outcome, StudyAppError):
            self.failed.emit(str(outcome))
        self.ended.emit()
        self.deleteLater()
        if isinstance(outcome, Exception) and not isinstance(outcome, StudyAppError):
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)
