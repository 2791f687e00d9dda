"""Looks beside the window what an export would hold and lose; only the newest question counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.errors import StudyAppError
from studyapp.services.exchange import Exchange, Request
from studyapp.ui.latest import Latest

_CALM_MS = 300
"""Without a change, before it looks."""


class ExportPreview(QObject):
    """Ask with `look`; one of the signals answers unless something else was asked meanwhile."""

    found = Signal(object)
    """A `Preview`."""
    failed = Signal(str)

    def __init__(self, exchange: Exchange) -> None:
        super().__init__()
        self._exchange = exchange
        self._number = 0
        self._job = 0
        self._make: Callable[[], Request] | None = None
        self._latest = Latest()
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._look)

    def look(self, make: Callable[[], Request]) -> None:
        """Look soon; what was asked before counts no more."""
        self.forget()
        self._make = make
        self._calm.start()

    def forget(self) -> None:
        """Nothing that was asked counts any more."""
        self._number += 1
        self._job = 0
        self._calm.stop()

    def shut_down(self) -> None:
        """Wait for the thread, which ends soon."""
        self.forget()
        self._latest.shut_down()

    def _look(self) -> None:
        make, number = self._make, self._number
        if make is not None:
            self._job = self._latest.begin(
                lambda: self._exchange.preview(make(), lambda *_: number == self._number)
            )

    def _on_done(self, job: int, preview: object) -> None:
        if job == self._job:
            self.found.emit(preview)

    def _on_failed(self, job: int, failure: Exception) -> None:
        if job == self._job and isinstance(failure, StudyAppError):
            self.failed.emit(str(failure))
