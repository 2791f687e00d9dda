"""How threads beside the window leave it alone, as long as there are any."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 400
_TURN_S = 0.0005
"""Python lets a thread run so long while another waits, so a key waits that long at most."""


class ThreadManners(QObject):
    """Python's cycle collector runs in the window's thread only, and threads take short turns.

    The collector would run in whichever thread makes the next object, and destroy a widget or a
    timer there, which Qt does not bear: at best it warns, at worst the app dies.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._usual_turn_s = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_S)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """No other thread is left: Python may do as it usually does."""
        self._timer.stop()
        gc.enable()
        sys.setswitchinterval(self._usual_turn_s)


def collect_if_due() -> None:
    """Collect the oldest generation whose threshold is passed, as Python would by itself."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
