"""Gives new notes their places beside the window, where decks are studied as walks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QThread, Signal

from studyapp.errors import StudyAppError


class Settling(QThread):
    """Wait for it before the app ends."""

    failed = Signal(str)
    """With a message for the user."""

    def __init__(self, settle: Callable[[], object]) -> None:
        """`settle` may raise StudyAppError; it runs in this thread."""
        super().__init__()
        self._settle = settle

    def run(self) -> None:
        try:
            self._settle()
        except StudyAppError as failure:
            self.failed.emit(str(failure))
