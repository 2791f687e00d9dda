"""Work in a thread of its own that tells how far it is and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QThread, Signal

from studyapp.services.progress import Progress

WHOLE = 1000
"""What `Worker.progressed` tells at the end."""


class Worker(QThread):
    """Its outcome is there once it has finished; wait for it then."""

    progressed = Signal(int)
    """How far it is, of `WHOLE`."""

    def __init__(self, work: Callable[[Progress], object]) -> None:
        super().__init__()
        self._work = work
        self._told = -1
        self.cancelled = False
        self.outcome: object = None
        """What the work returned, or the exception that it raised."""

    def cancel(self) -> None:
        """Have the work told so the next time that it says how far it is."""
        self.cancelled = True

    def run(self) -> None:
        try:
            self.outcome = self._work(self._report)
        except Exception as failure:  # noqa: BLE001 - told in the window's thread
            self.outcome = failure

    def _report(self, done: int, total: int) -> bool:
        """Tells the window what can be seen there only: work may say it at each note."""
        part = min(WHOLE, WHOLE * done // total) if total else 0
        if part != self._told:
            self._told = part
            self.progressed.emit(part)
        return not self.cancelled
