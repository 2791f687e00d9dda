"""What is drawn over the map anew each time: the chosen note, its links, and lines being drawn."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studyapp.domain.landscape import UNIT
from studyapp.rendering.design import Theme
from studyapp.ui.map.camera import Camera
from studyapp.ui.map.marks import Mark, draw_mark, radius_of
from studyapp.ui.map.survey import Survey

_HEAD = 9.0
"""Length of an arrow's head in pixels."""


class Overlay:
    """One painting."""

    def __init__(self, painter: QPainter, camera: Camera, survey: Survey, theme: Theme) -> None:
        self._painter = painter
        self._camera = camera
        self._survey = survey
        self._theme = theme
        self._accent = QColor(theme.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def links(self, index: int) -> None:
        """Arrows along the links from and to a note."""
        for link in self._survey.links_of(index).tolist():
            ends = int(self._survey.sources[link]), int(self._survey.targets[link])
            self._arrow(self._point(ends[0]), self._point(ends[1]))

    def note(self, index: int, mark: Mark, *, has_keyboard: bool) -> None:
        """A note with a circle around it: thick if it is the one that keys change."""
        unit, at = self._camera.scale * UNIT, self._point(index)
        draw_mark(self._painter, at, mark, self._theme, unit)
        radius = max(radius_of(mark, unit) * 2.1, 7.0)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._accent, 3.0 if has_keyboard else 1.5))
        self._painter.drawEllipse(at, radius, radius)

    def lasso(self, outline: Sequence[tuple[float, float]]) -> None:
        """A line around notes, of points in pixels."""
        filling = QColor(self._accent)
        filling.setAlphaF(0.12)
        self._painter.setPen(QPen(self._accent, 1.5, Qt.PenStyle.DashLine))
        self._painter.setBrush(filling)
        self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in outline]))

    def new_link(self, index: int, to: QPointF) -> None:
        """A link that is being drawn from a note."""
        self._arrow(self._point(index), to)

    def _point(self, index: int) -> QPointF:
        return QPointF(
            *self._camera.on_screen(float(self._survey.xs[index]), float(self._survey.ys[index]))
        )

    def _arrow(self, start: QPointF, end: QPointF) -> None:
        self._painter.setPen(QPen(self._accent, 1.5))
        self._painter.setBrush(self._accent)
        self._painter.drawLine(start, end)
        angle = atan2(end.y() - start.y(), end.x() - start.x())
        middle = start + (end - start) * 0.6
        sides = [
            middle - QPointF(cos(angle + turn), sin(angle + turn)) * _HEAD
            for turn in (pi / 7, -pi / 7)
        ]
        self._painter.drawPolygon(QPolygonF([middle, *sides]))
