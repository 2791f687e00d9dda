"""Notices that a new study day begins while the window is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.domain.study_day import study_moment
from studyapp.services.clock import Clock

_LONGEST_MS = 60_000
"""Timers stand still while the computer sleeps, and clocks are set: look at least so often."""


class DayTurn(QObject):
    """Looks at the clock at the rollover, and every minute before."""

    begun = Signal()
    """Another study day than before."""

    def __init__(self, clock: Clock, rollover_hour: int) -> None:
        super().__init__()
        self._clock = clock
        self._rollover_hour = rollover_hour
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        self._day = self._wait()

    def _look(self) -> None:
        before, self._day = self._day, self._wait()
        if self._day != before:
            self.begun.emit()

    def _wait(self) -> int:
        """Set the timer; returns the present study day."""
        moment = study_moment(self._clock(), self._rollover_hour)
        self._timer.start(min(max(1, moment.day_ends_at - moment.at), _LONGEST_MS))
        return moment.day
