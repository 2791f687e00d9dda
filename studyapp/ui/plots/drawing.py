"""How series are drawn: by shape first, by colour second."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from studyapp.ui.plots.chart import BARS, Series, Style
from studyapp.ui.plots.scale import Scale

_DOT = 3.0
_WIDTH = 2.0
_MANY = 80
"""Points; more are drawn without dots."""
_BAR_PART = 0.72
_WIDEST_BAR = 36.0
_APART = 4.0
"""Lines within a bar."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a theme."""

    accent: QColor
    text: QColor
    quiet: QColor
    grid: QColor
    ground: QColor
    """Behind everything."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values lie on the screen."""

    area: QRectF
    x: Scale
    y: Scale

    def x_at(self, value: float) -> float:
        return self.area.left() + self.x.place(value) * self.area.width()

    def y_at(self, value: float) -> float:
        return self.area.bottom() - self.y.place(value) * self.area.height()


def draw_series(painter: QPainter, frame: Frame, series: Series, inks: Inks) -> None:
    """Draw one series over those before it."""
    if series.style in BARS:
        _draw_bars(painter, frame, series, inks)
    else:
        places = [QPointF(frame.x_at(x), frame.y_at(y)) for x, y in series.points]
        _draw_line(painter, places, series.style, inks)


def swatch(painter: QPainter, place: QRectF, style: Style, inks: Inks) -> None:
    """A small example of a style, for the legend."""
    if style in BARS:
        inner = place.adjusted(0, place.height() / 4, 0, -place.height() / 4)
        _draw_bar(painter, inner, style, inks)
        return
    middle = place.center().y()
    left, right = place.left() + _DOT + 1, place.right() - _DOT - 1
    ends = [QPointF(left, middle), place.center(), QPointF(right, middle)]
    _draw_line(painter, ends, style, inks)


def _draw_line(painter: QPainter, places: list[QPointF], style: Style, inks: Inks) -> None:
    pen = _pen(style, inks)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(places))
    if style is Style.GUIDE or len(places) > _MANY:
        return
    painter.setPen(QPen(pen.color(), _WIDTH))
    for place in places:
        if style is Style.LINE:
            painter.setBrush(QBrush(pen.color()))
            painter.drawEllipse(place, _DOT, _DOT)
        else:
            painter.setBrush(QBrush(inks.ground))
            painter.drawRect(QRectF(place.x() - _DOT, place.y() - _DOT, 2 * _DOT, 2 * _DOT))


def _pen(style: Style, inks: Inks) -> QPen:
    if style is Style.GUIDE:
        return QPen(inks.quiet, 1.0, Qt.PenStyle.DotLine)
    colour = inks.accent if style is Style.LINE else inks.text
    line = Qt.PenStyle.SolidLine if style is Style.LINE else Qt.PenStyle.DashLine
    return QPen(colour, _WIDTH, line)


def _draw_bars(painter: QPainter, frame: Frame, series: Series, inks: Inks) -> None:
    step = frame.area.width() / (frame.x.high - frame.x.low) * series.width
    width = min(step * _BAR_PART, _WIDEST_BAR)
    bases = series.bases or (frame.y.low,) * len(series.points)
    for (x, _), base, top in zip(series.points, bases, series.tops, strict=True):
        if top > base:
            high, low = frame.y_at(top), frame.y_at(base)
            bar = QRectF(frame.x_at(x) - width / 2, high, width, low - high)
            _draw_bar(painter, bar, series.style, inks)


def _draw_bar(painter: QPainter, bar: QRectF, style: Style, inks: Inks) -> None:
    """Lines are drawn one by one: not every kind of picture knows patterns and clipping."""
    colour = inks.text if style in (Style.OPEN_BARS, Style.PALE_BARS) else inks.accent
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if style is Style.BARS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(inks.accent))
    elif style is Style.PALE_BARS:
        painter.setPen(QPen(colour, 0.5))
        painter.setBrush(QBrush(inks.grid))
    painter.drawRect(bar)
    if style is Style.STRIPED_BARS:
        count = int(bar.height() / _APART)
        heights = [bar.bottom() - (number + 1) * _APART for number in range(count)]
        painter.drawLines([QLineF(bar.left(), at, bar.right(), at) for at in heights])
    elif style is Style.LINED_BARS:
        count = max(int(bar.width() / _APART), 2)
        places = [bar.left() + number * bar.width() / count for number in range(1, count)]
        painter.drawLines([QLineF(at, bar.top(), at, bar.bottom()) for at in places])
