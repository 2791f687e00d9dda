"""The flags of cards: their names, and their colours in both themes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

FLAG_NAMES: Final = ("No flag", "Red", "Orange", "Green", "Blue", "Pink", "Turquoise", "Purple")
"""By their numbers; the same as in Anki."""
_COLOURS: Final = (
    "#00000000", "#d64545", "#e08a2e", "#3f9a4d", "#3b7dd8", "#d660a8", "#2aa8a0", "#8d5fd3",
)  # fmt: skip
_SIZE = 10
_SCALE = 3


def flag_icon(flag: int) -> QIcon:
    """A dot in the flag's colour; beside it stands its name, for who sees no colours."""
    pixmap = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_COLOURS[flag]))
    painter.drawEllipse(QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    return QIcon(pixmap)
