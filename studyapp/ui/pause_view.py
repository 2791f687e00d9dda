"""What is shown while the next card's step has not ended yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.services.clock import Clock
from studyapp.ui.screen import label
from studyapp.ui.spans import countdown

_TICK_MS = 1000


class PauseView(QWidget):
    """Counts down to the next card; ticks only while it is to be seen."""

    tick = Signal()

    def __init__(self, clock: Clock, back_text: Callable[[], str]) -> None:
        super().__init__()
        self._clock = clock
        self._back_text = back_text
        self._until = 0
        self._time = label("", "big")
        self._way_out = label("", "quiet")
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * GRID)
        layout.addStretch(1)
        for each in (
            label("Next card in", "quiet"),
            self._time,
            label("Everything else is done. Study goes on by itself."),
            self._way_out,
        ):
            layout.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        return self._time.text()

    def wait_until(self, at: int) -> None:
        """Count down to `at`, in ms since the epoch."""
        self._until = at
        self._way_out.setText(self._back_text())
        self._write()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._timer.stop()
        super().hideEvent(event)

    def _on_tick(self) -> None:
        self._write()
        self.tick.emit()

    def _write(self) -> None:
        self._time.setText(countdown(self._until - self._clock().at))
        self.setAccessibleName(f"Next card in {self._time.text()}")
