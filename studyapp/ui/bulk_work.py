"""Changes of many cards beside the window, one at a time, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studyapp.services.chosen import Chosen, Done
from studyapp.services.progress import Progress
from studyapp.services.study import Study
from studyapp.ui.background import BackgroundWork, Work

Choice: TypeAlias = Callable[[], Chosen]
"""Tells what is chosen; called beside the window, since ids may have to be found for that."""
Change: TypeAlias = Callable[[Chosen, Progress], Done]


class BulkWork(QObject):
    """Progress and a button to cancel come up when it takes longer than a moment."""

    told = Signal(str)
    """What was done, in a few words."""
    failed = Signal(str)
    changed = Signal(bool)
    """Rows are not as they were; whether some may have gone or come."""
    ended = Signal()
    """In any case, after the others."""

    def __init__(self, window: QWidget, undo_keys: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._undo_keys = undo_keys
        self._work: BackgroundWork | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being done; nothing else is begun then."""
        return self._work is not None

    def change(self, title: str, choice: Choice, change: Change, *, moves_rows: bool) -> None:
        """Change what is chosen."""
        self.begin(
            title,
            lambda progress: self._outcome(change(choice(), progress)),
            moves_rows=moves_rows,
        )

    def begin(self, title: str, work: Work, *, moves_rows: bool) -> None:
        """Do some work that tells what came of it."""
        if self._work is not None:
            return
        self._work = BackgroundWork(self._window, title, work)
        self._work.done.connect(self.told)
        self._work.done.connect(lambda _: self.changed.emit(moves_rows))
        self._work.failed.connect(self.failed)
        self._work.cancelled.connect(lambda: self.told.emit("Cancelled; nothing was changed"))
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def undo(self, study: Study) -> None:
        """Take back the last change of the collection."""
        self.begin(
            "Undoing",
            lambda progress: _told("Undone", study.undo(progress), "Nothing to undo"),
            moves_rows=True,
        )

    def redo(self, study: Study) -> None:
        """Do again what was undone last."""
        self.begin(
            "Doing it again",
            lambda progress: _told("Done again", study.redo(progress), "Nothing to redo"),
            moves_rows=True,
        )

    def stop(self) -> None:
        """Cancel what is being done and wait for it."""
        if self._work is not None:
            self._work.stop()

    def _outcome(self, done: Done) -> str:
        if not done.number:
            return "Nothing to change"
        return f"{sentence(done.name)}. {self._undo_keys()} takes it back."

    def _on_ended(self) -> None:
        self._work = None
        self.ended.emit()


def _told(done: str, name: str | None, nothing: str) -> str:
    return nothing if name is None else f"{done}: {name}"


def sentence(name: str) -> str:
    """The name of a step as the beginning of a sentence."""
    return name[:1].upper() + name[1:]
