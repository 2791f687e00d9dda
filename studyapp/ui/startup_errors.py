"""When the collection cannot be opened: what happened, what is safe, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from studyapp.errors import (
    CollectionInUse,
    DamagedCollection,
    NewerCollection,
    StorageError,
    StudyAppError,
)
from studyapp.ui.settings_screen import BackupCopy, when

Opened = TypeVar("Opened")
Copy = TypeVar("Copy", bound=BackupCopy)

_TITLES: tuple[tuple[type[StudyAppError], str], ...] = (
    (DamagedCollection, "The collection is damaged"),
    (NewerCollection, "The collection is from a newer version"),
    (CollectionInUse, "The collection is in use"),
    (StorageError, "The collection cannot be opened"),
)


def open_or_explain(
    open_collection: Callable[[], Opened],
    newest_sound_backup: Callable[[], Copy | None],
    restore: Callable[[Copy], object],
) -> Opened | None:
    """Open the collection; if that fails, let the user choose until it works or they quit.

    Of a damaged one the newest sound backup is offered. None: the user quits.
    """
    while True:
        try:
            return open_collection()
        except StudyAppError as failure:
            damaged = isinstance(failure, DamagedCollection)
            copy = newest_sound_backup() if damaged else None
            if not _resolved(failure, copy, restore):
                return None


def _resolved(failure: StudyAppError, copy: Copy | None, restore: Callable[[Copy], object]) -> bool:
    """Whether to try again."""
    dialog = StartupDialog(failure, copy)
    dialog.exec()
    if dialog.wants_restore and copy is not None:
        try:
            restore(copy)
        except StudyAppError as second:
            return _resolved(second, copy, restore)
        return True
    return dialog.wants_retry


class StartupDialog(QMessageBox):
    """One failure, and the ways on."""

    def __init__(self, failure: StudyAppError, copy: BackupCopy | None) -> None:
        super().__init__()
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setWindowTitle("studyapp")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(_title(failure))
        self.setInformativeText(_explained(failure, copy))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        role = QMessageBox.ButtonRole
        self._restore = (
            self.addButton(f"Restore backup of {when(copy)}", role.AcceptRole) if copy else None
        )
        retry = not isinstance(failure, DamagedCollection | NewerCollection)
        self._retry = self.addButton("Try again", role.AcceptRole) if retry else None
        quit_ = self.addButton("Quit", role.RejectRole)
        self.setDefaultButton(self._restore or self._retry or quit_)
        self.setEscapeButton(quit_)

    @property
    def wants_restore(self) -> bool:
        return self._restore is not None and self.clickedButton() is self._restore

    @property
    def wants_retry(self) -> bool:
        return self._retry is not None and self.clickedButton() is self._retry


def _title(failure: StudyAppError) -> str:
    found = (title for kind, title in _TITLES if isinstance(failure, kind))
    return next(found, "The collection cannot be opened")


def _explained(failure: StudyAppError, copy: BackupCopy | None) -> str:
    if not isinstance(failure, DamagedCollection):
        return str(failure)
    if copy is None:
        return f"{failure}\n\nThere is no sound backup to put in its place."
    return (
        f"{failure}\n\nThe newest sound backup is of {when(copy)}. It can be put in its place; "
        "what was done since then will be missing. The damaged file is kept beside it as "
        f"“{_aside_name()}”."
    )


def _aside_name() -> str:
    return "collection-set-aside-….db"
