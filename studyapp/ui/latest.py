"""Work in a thread beside the window of which only the newest piece counts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Condition, Thread

from PySide6.QtCore import QObject, Signal

from studyapp.errors import StudyAppError

Job = Callable[[], object]


class Latest(QObject):
    """Does one job at a time; one that waits while a newer one comes is never begun."""

    done = Signal(int, object)
    """Number of a job and what it returned; in the window's thread."""
    failed = Signal(int, Exception)
    """Number of a job and what it raised."""

    def __init__(self) -> None:
        super().__init__()
        self._condition = Condition()
        self._waiting: tuple[int, Job] | None = None
        self._busy = False
        self._ended = False
        self._number = 0
        self._thread: Thread | None = None
        self.failed.connect(_report_bugs)

    def begin(self, job: Job) -> int:
        """Have a job done as soon as possible; returns its number, which `done` will tell."""
        self._number += 1
        with self._condition:
            if self._ended:
                return self._number
            self._waiting = (self._number, job)
            self._condition.notify_all()
        if self._thread is None:
            self._thread = Thread(target=self._work, daemon=True)
            self._thread.start()
        return self._number

    def finish(self) -> None:
        """Wait until what was begun is done."""
        with self._condition:
            self._condition.wait_for(lambda: self._waiting is None and not self._busy)

    def shut_down(self) -> None:
        """Finish and end the thread; jobs that come afterwards are not done."""
        self.finish()
        with self._condition:
            self._ended = True
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            number, job = taken
            try:
                result = job()
            except Exception as failure:  # noqa: BLE001 - told in the window's thread
                self.failed.emit(number, failure)
            else:
                self.done.emit(number, result)
            with self._condition:
                self._busy = False
                self._condition.notify_all()

    def _take(self) -> tuple[int, Job] | None:
        with self._condition:
            self._condition.wait_for(lambda: self._waiting is not None or self._ended)
            taken, self._waiting = self._waiting, None
            self._busy = taken is not None
            return taken


def _report_bugs(_number: int, failure: Exception) -> None:
    if not isinstance(failure, StudyAppError):
        sys.excepthook(type(failure), failure, failure.__traceback__)
