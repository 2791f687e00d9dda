"""What the marks of the map mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID, Theme
from studyapp.ui.map.marks import Fill, Light, Mark, draw_mark
from studyapp.ui.map.texts import LEVEL_NAMES, STATE_NAMES
from studyapp.ui.screen import label, row

_SIDE = 5 * GRID
_SCALE = 3
_UNIT = 21.0


def _mark(fill: Fill, *, is_due: bool = False, is_linked: bool = True) -> Mark:
    return Mark(Light.USUAL, is_due, 0, is_linked, fill)


_LINES = (
    tuple((_mark(fill), words) for fill, words in LEVEL_NAMES),
    (
        *((_mark(fill), words) for fill, words in STATE_NAMES),
        (_mark(Fill.RECALL_4, is_due=True), "due today"),
        (_mark(Fill.RECALL_4, is_linked=False), "fainter: no links"),
    ),
)


class Legend(QWidget):
    """Larger notes are those that more hangs on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Legend")
        self._pictures: list[tuple[QLabel, Mark]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._line("Recalled now:", _LINES[0]))
        column.addLayout(self._line("", _LINES[1]))
        self.dress(theme)

    def _line(self, name: str, entries: Sequence[tuple[Mark, str]]) -> QHBoxLayout:
        line = row()
        line.setSpacing(GRID)
        if name:
            line.addWidget(label(name, "quiet"))
        for mark, words in entries:
            picture = QLabel()
            picture.setFixedSize(QSize(_SIDE, _SIDE))
            self._pictures.append((picture, mark))
            line.addWidget(picture)
            line.addWidget(label(words, "quiet"))
            line.addSpacing(GRID)
        line.addStretch(1)
        return line

    def dress(self, theme: Theme) -> None:
        for shown, mark in self._pictures:
            picture = QPixmap(_SIDE * _SCALE, _SIDE * _SCALE)
            picture.setDevicePixelRatio(_SCALE)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            draw_mark(painter, QPointF(_SIDE / 2, _SIDE / 2), mark, theme, _UNIT)
            painter.end()
            shown.setPixmap(picture)
