"""What the app relies on in Qt's bindings for Python."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rang = Signal()


def test_emitting_a_signal_takes_no_reference_away() -> None:
    """PySide6 6.12.0 does, and Python 3.11 then dies after some thousand signals."""
    bell = Bell()
    before = sys.getrefcount(True)
    for _ in range(50):
        bell.rang.emit()
    assert sys.getrefcount(True) > before - 40
