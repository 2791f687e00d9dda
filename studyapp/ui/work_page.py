"""A page that shows how far some work is, and cancels it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.progress import Progress
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row
from studyapp.ui.worker import WHOLE, Worker

_WIDTH = 100 * GRID


class WorkPage(QWidget):
    """One piece of work at a time, in a thread beside the window."""

    done = Signal(object)
    """What the work returned."""
    failed = Signal(str)
    """The message of its error."""
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._worker: Worker | None = None
        self._cancel: Callable[[], None] | None = None
        self._title = label("", "heading", wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.button = Button("Cancel")
        self.button.setToolTip("Esc")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.cancel)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setSpacing(4 * GRID)
        inner.addStretch(2)
        inner.addWidget(self._title)
        inner.addWidget(self.bar)
        inner.addLayout(row(None, self.button))
        inner.addStretch(3)
        layout = row(None, column, None)
        layout.setStretch(1, 4)
        self._title.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setLayout(layout)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done; nothing else may be begun then."""
        return self._worker is not None or self._cancel is not None

    def begin(self, title: str, work: Callable[[Progress], object]) -> None:
        """Do some work; one of the signals tells what came of it, unless it has a bug."""
        self._announce(title)
        self._worker = Worker(work)
        self._worker.progressed.connect(self._show_progress)
        self._worker.finished.connect(self._on_finished)
        self._worker.start()

    def wait_for(self, title: str, cancel: Callable[[], None]) -> None:
        """Show that something is under way elsewhere, until `end_waiting`."""
        self._announce(title)
        self._cancel = cancel

    def end_waiting(self) -> None:
        """It is done."""
        self._cancel = None

    def _announce(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.button.setEnabled(True)
        self.button.setFocus()

    def cancel(self) -> None:
        """Have it end as soon as it can; `cancelled` tells when that is."""
        if self._cancel is not None:
            cancel, self._cancel = self._cancel, None
            cancel()
            self.cancelled.emit()
        if self._worker is not None:
            self._worker.cancel()
            self.button.setEnabled(False)
            self._title.setText("Cancelling …")

    def stop(self) -> None:
        """Cancel and wait; for the end of the app."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker.wait()

    def _show_progress(self, part: int) -> None:
        self.bar.setMaximum(WHOLE if part else 0)
        self.bar.setValue(part)

    def _on_finished(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.wait()
        outcome = worker.outcome
        if worker.cancelled and isinstance(outcome, StudyAppError):
            self.cancelled.emit()
        elif isinstance(outcome, Exception):
            self._tell(outcome)
        else:
            self.done.emit(outcome)

    def _tell(self, failure: Exception) -> None:
        if isinstance(failure, StudyAppError):
            self.failed.emit(str(failure))
            return
        self.failed.emit("Something went wrong in the app itself; nothing was changed.")
        sys.excepthook(type(failure), failure, failure.__traceback__)
