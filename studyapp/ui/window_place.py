"""Where the window stands and how large it is: never more than the screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

_FIRST_SIZE = QSize(1080, 760)
_SMALLEST_SIZE = QSize(560, 320)
_PART_OF_SCREEN = 0.9
"""The frame needs room too."""


def smallest_size(available: QSize) -> QSize:
    """The least size of a window on a screen with so much room, in device-independent pixels."""
    return _SMALLEST_SIZE.boundedTo(available * _PART_OF_SCREEN)


def place(window: QWidget, geometry: QByteArray) -> None:
    """Give a window the place that `saveGeometry` told, or a first one if that is empty."""
    available = window.screen().availableSize()
    window.setMinimumSize(smallest_size(available))
    window.resize(_FIRST_SIZE.boundedTo(available * _PART_OF_SCREEN))
    if not geometry.isEmpty():
        window.restoreGeometry(geometry)  # bounded by the screen, too
