"""The day's backup, made beside the window; only a failure is worth a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QThread, Signal

from studyapp.errors import DamagedCollection, StudyAppError


class DailyBackup(QThread):
    """Runs once; `wait` for it before the app ends."""

    failed = Signal(str)
    """With a message for the user."""
    damage_found = Signal(DamagedCollection)
    """The collection is damaged, though it could be opened."""

    def __init__(self, back_up: Callable[[], object]) -> None:
        """`back_up` may raise StudyAppError; it runs in this thread."""
        super().__init__()
        self._back_up = back_up

    def run(self) -> None:
        try:
            self._back_up()
        except DamagedCollection as damage:
            self.damage_found.emit(damage)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
