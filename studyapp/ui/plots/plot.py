"""A chart on the screen, in the colours of the present theme."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.plots.chart import Axis, Chart, Series
from studyapp.ui.plots.drawing import Frame, Inks, draw_series, swatch
from studyapp.ui.plots.scale import Scale, scale_of, ticks

_LEAST = QSize(220, 150)
_SWATCH = 7 * GRID
_ROLE = QPalette.ColorRole


class Plot(QWidget):
    """Read-only; its figures are in a table beside it, and it tells them in words too."""

    def __init__(self) -> None:
        super().__init__()
        self.chart: Chart | None = None
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        """Show this from now on."""
        self.chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.spoken())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.chart is not None:
            self._paint(painter, self.chart)
        painter.end()

    def _paint(self, painter: QPainter, chart: Chart) -> None:
        font = self.font()
        letters = QFontMetrics(font)
        points = [point for series in chart.series for point in series.points]
        x = scale_of(chart.x, (point[0] for point in points))
        y = scale_of(chart.y, (top for series in chart.series for top in series.tops))
        line = letters.height()
        rows = max(int((self.height() - 4 * line) / (2 * line)), 1)
        y_ticks = ticks(chart.y, y, rows)
        left = max((letters.horizontalAdvance(chart.y.label(each)) for each in y_ticks), default=0)
        legend = _legend(chart, letters, self.width())
        lines = max((each.line for each in legend), default=0) + 1
        top = (1 + lines) * line + 2 * GRID
        area = QRectF(
            left + 2 * GRID,
            top,
            max(self.width() - left - 5 * GRID, 1),
            max(self.height() - top - 2 * line - 2 * GRID, 1),
        )
        frame = Frame(area, x, y)
        inks = self._inks()
        self._paint_heads(painter, chart, legend, inks, letters)
        self._paint_y(painter, chart.y, frame, y_ticks, inks)
        self._paint_x(painter, chart.x, frame, inks, letters)
        for series in chart.series:
            draw_series(painter, frame, series, inks)

    def _inks(self) -> Inks:
        # The widget's own has other colours: the style sheet makes them from its text.
        found = QGuiApplication.palette()
        line = QColor(found.color(_ROLE.PlaceholderText))
        line.setAlpha(70)
        return Inks(
            found.color(_ROLE.Link),
            found.color(_ROLE.WindowText),
            found.color(_ROLE.PlaceholderText),
            line,
            found.color(_ROLE.Window),
        )

    def _paint_heads(
        self,
        painter: QPainter,
        chart: Chart,
        legend: list[_Entry],
        inks: Inks,
        letters: QFontMetrics,
    ) -> None:
        """The title of the upright axis, and which series is which."""
        line, left = letters.height(), Qt.AlignmentFlag.AlignLeft
        painter.setPen(inks.quiet)
        painter.drawText(QRectF(0, 0, self.width(), line), left, chart.y.title)
        for entry in legend:
            top = (1 + entry.line) * line + GRID
            swatch(painter, QRectF(entry.at, top, _SWATCH, line), entry.series.style, inks)
            painter.setPen(inks.text)
            place = QRectF(entry.at + _SWATCH + 2 * GRID, top, entry.width, line)
            painter.drawText(place, left, entry.series.name)

    def _paint_y(
        self, painter: QPainter, axis: Axis, frame: Frame, marks: list[float], inks: Inks
    ) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in marks:
            height = frame.y_at(value)
            painter.setPen(inks.grid)
            painter.drawLine(QLineF(frame.area.left(), height, frame.area.right(), height))
            painter.setPen(inks.quiet)
            place = QRectF(0, height - 5 * GRID, frame.area.left() - GRID, 10 * GRID)
            painter.drawText(place, right, axis.label(value))

    def _paint_x(
        self, painter: QPainter, axis: Axis, frame: Frame, inks: Inks, letters: QFontMetrics
    ) -> None:
        line = letters.height()
        marks = _fitting(axis, frame.x, frame.area.width(), letters)
        centre = Qt.AlignmentFlag.AlignHCenter
        painter.setPen(inks.quiet)
        for value in marks:
            text = axis.label(value)
            width = letters.horizontalAdvance(text) + GRID
            left = min(max(frame.x_at(value) - width / 2, 0), self.width() - width)
            painter.drawText(QRectF(left, frame.area.bottom() + GRID, width, line), centre, text)
        under = QRectF(0, frame.area.bottom() + line + GRID, self.width() - GRID, line)
        painter.drawText(under, Qt.AlignmentFlag.AlignRight, axis.title)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A series in the legend."""

    series: Series
    at: float
    line: int
    width: float
    """Of its name."""


def _legend(chart: Chart, letters: QFontMetrics, room: float) -> list[_Entry]:
    """Names side by side as far as there is room, then below; nothing of a single series."""
    named = [each for each in chart.series if each.points]
    entries: list[_Entry] = []
    at, line = 0.0, 0
    for series in named if len(named) > 1 else []:
        width = letters.horizontalAdvance(series.name) + GRID
        if entries and at + _SWATCH + 2 * GRID + width > room:
            at, line = 0.0, line + 1
        entries.append(_Entry(series, at, line, width))
        at += _SWATCH + width + 5 * GRID
    return entries


def _fitting(axis: Axis, scale: Scale, width: float, letters: QFontMetrics) -> list[float]:
    """As many marks as have room for their labels."""
    widest = max(letters.horizontalAdvance(axis.label(each)) for each in (scale.low, scale.high))
    return ticks(axis, scale, max(int(width / (widest + 6 * GRID)), 1))
