"""Small arrows that follow the theme; those of the platform do not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox

from studyapp.rendering.design import GRID

_RADIUS = 4.0
_PEN_WIDTH = 1.6
_DOWN = ((-1.0, -0.5), (0.0, 0.5), (1.0, -0.5))
_RIGHT = ((-0.5, -1.0), (0.5, 0.0), (-0.5, 1.0))


def draw_chevron(painter: QPainter, centre: QPointF, colour: QColor, *, down: bool) -> None:
    """A thin arrow that points down or to the right."""
    points = [centre + QPointF(x, y) * _RADIUS for x, y in (_DOWN if down else _RIGHT)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, _PEN_WIDTH)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    painter.restore()


class ComboBox(QComboBox):
    """A combo box with such an arrow."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        centre = QPointF(self.width() - 3.5 * GRID, self.height() / 2)
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        draw_chevron(painter, centre, colour, down=True)
        painter.end()
