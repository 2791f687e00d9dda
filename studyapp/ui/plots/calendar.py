"""Days of a year as a field of squares, a week a column; the more was done, the larger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studyapp.domain.study_day import day_to_date
from studyapp.rendering.design import GRID
from studyapp.ui.spans import counted

WEEKS = 53
_WEEK = 7
_THURSDAY = 3
"""The weekday of day 0, Monday being 0."""
_LEVELS = 4
_LEAST_PART = 0.35
"""Of a square's side, at the lowest level."""
_LEAST = QSize(220, 150)
_ROLE = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Year:
    """The last year up to a study day."""

    title: str
    today: int
    numbers: Mapping[int, int]
    """By study day; days without any are left out."""

    def level(self, day: int) -> int:
        """0 for none, else 1 to 4, by quarters of the most."""
        number, most = self.numbers.get(day, 0), max(self.numbers.values(), default=0)
        return -(-number * _LEVELS // most) if number else 0

    def spoken(self) -> str:
        """In words: how many days, and the one with the most."""
        if not self.numbers:
            return f"{self.title}. No reviews."
        top = max(self.numbers, key=lambda day: self.numbers[day])
        return (
            f"{self.title}. Reviews on {counted(len(self.numbers), 'day')}, most on"
            f" {day_to_date(top).isoformat()}: {self.numbers[top]:,}."
        )

    def told(self, day: int) -> str:
        """One day in words."""
        return f"{day_to_date(day).isoformat()}: {counted(self.numbers.get(day, 0), 'review')}"


class Calendar(QWidget):
    """Read-only; pointing at a day tells its number."""

    def __init__(self) -> None:
        super().__init__()
        self.year = Year("", 0, {})
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_year(self, year: Year) -> None:
        """Show this from now on."""
        self.year = year
        self.setAccessibleName(year.title)
        self.setAccessibleDescription(year.spoken())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = QGuiApplication.palette()
        self._paint_names(painter, colours.color(_ROLE.PlaceholderText))
        last = self.year.today
        painter.setPen(Qt.PenStyle.NoPen)
        for day in range(self._first(), last + 1):
            self._paint_day(painter, day, colours)
        painter.end()

    def _first(self) -> int:
        """The Monday that the field begins with."""
        monday = self.year.today - (self.year.today + _THURSDAY) % _WEEK
        return monday - (WEEKS - 1) * _WEEK

    def _side(self) -> float:
        left, top = self._corner()
        width = (self.width() - left - GRID) / WEEKS
        return max(min(width, (self.height() - top) / _WEEK), 1.0)

    def _corner(self) -> tuple[float, float]:
        letters = QFontMetrics(self.font())
        return letters.horizontalAdvance("Mon") + 2.0 * GRID, letters.height() + 1.0 * GRID

    def _square(self, day: int) -> QRectF:
        week, weekday = divmod(day - self._first(), _WEEK)
        left, top = self._corner()
        side = self._side()
        return QRectF(left + week * side, top + weekday * side, side, side)

    def _paint_day(self, painter: QPainter, day: int, colours: QPalette) -> None:
        level = self.year.level(day)
        square = self._square(day)
        ground = QColor(colours.color(_ROLE.PlaceholderText))
        ground.setAlpha(40)
        whole = square.adjusted(1, 1, -1, -1)
        painter.fillRect(whole, ground)
        if level:
            part = _LEAST_PART + (1 - _LEAST_PART) * (level - 1) / (_LEVELS - 1)
            half = whole.width() * part / 2
            centre = whole.center()
            inner = QRectF(centre - QPointF(half, half), centre + QPointF(half, half))
            painter.fillRect(inner, colours.color(_ROLE.Link))

    def _paint_names(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(colour)
        side, height = self._side(), QFontMetrics(self.font()).height()
        _, top = self._corner()
        for place, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
            middle = top + (place + 0.5) * side
            painter.drawText(QPointF(0, middle + height / 3), name)
        for week in range(WEEKS):
            date = day_to_date(self._first() + week * _WEEK)
            if date.day <= _WEEK:
                at = self._square(self._first() + week * _WEEK).left()
                painter.drawText(QPointF(at, height * 0.8), f"{date:%b}")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            days = range(self._first(), self.year.today + 1)
            here = QPointF(event.pos())
            found = next((day for day in days if self._square(day).contains(here)), None)
            QToolTip.showText(event.globalPos(), "" if found is None else self.year.told(found))
            return True
        return super().event(event)
