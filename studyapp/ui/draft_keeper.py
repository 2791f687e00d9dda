"""Keeps what is being written in a file, soon after each key and beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.errors import StorageError
from studyapp.services.authoring import Written
from studyapp.services.drafts import Draft
from studyapp.ui.latest import Latest

DELAY_MS = 300
"""Not begun anew by each key: who types without a pause is kept up with."""


class DraftKeeper(QObject):
    """Writes the newest text; a disk that refuses is told once, until it takes it again."""

    failed = Signal(str)
    kept = Signal()
    """What was written last is in the file."""

    def __init__(self, draft: Draft, written: Callable[[], Written | None]) -> None:
        super().__init__()
        self._draft = draft
        self._written = written
        self._has_failed = False
        self._work = Latest()
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._keep)
        self._work.done.connect(self._on_kept)
        self._work.failed.connect(self._on_failed)

    def turn_to(self, draft: Draft) -> None:
        """Keep what is written from now on in another file."""
        self._timer.stop()
        self._work.finish()
        self._draft = draft

    def restored(self) -> Written | None:
        """What was being written when the app ended last."""
        return self._draft.kept()

    def note_change(self) -> None:
        """The text is another one now."""
        if not self._timer.isActive():
            self._timer.start()

    def forget(self) -> None:
        """The text was added, or is not wanted."""
        self._timer.stop()
        self._work.finish()
        self._draft.forget()

    def shut_down(self) -> None:
        """Keep what is not kept yet, and wait for it."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        self._work.shut_down()

    def _keep(self) -> None:
        written = self._written()
        draft = self._draft
        if written is None:
            self._work.begin(draft.forget)
        else:
            self._work.begin(lambda: draft.keep(written))

    def _on_kept(self) -> None:
        self._has_failed = False
        self.kept.emit()

    def _on_failed(self, _number: int, failure: Exception) -> None:
        if isinstance(failure, StorageError) and not self._has_failed:
            self._has_failed = True
            self.failed.emit(str(failure))
