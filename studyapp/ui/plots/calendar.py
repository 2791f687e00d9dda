"""Days of a year as a field of squares, a week a column; the more was done, the larger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
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
_NARROWEST = 220
_ROLE = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Year:
    """The last year up to a study day."""

    title: str
    today: int
    numbers: Mapping[int, int]
    """By study day; days without any are left out."""

    def levels(self) -> dict[int, int]:
        """Of each day with reviews 1 to 4, by quarters of the most."""
        most = max(self.numbers.values(), default=0)
        return {day: -(-number * _LEVELS // most) for day, number in self.numbers.items() if number}

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


@dataclass(frozen=True, slots=True)
class _Field:
    """Where the days lie, in pixels."""

    first: int
    """The Monday that it begins with."""
    last: int
    left: float
    top: float
    side: float

    @property
    def days(self) -> range:
        return range(self.first, self.last + 1)

    def square(self, day: int, part: float) -> QRectF:
        """A day's, or so much of its side, in the middle of it."""
        week, weekday = divmod(day - self.first, _WEEK)
        size = (self.side - 2) * part
        free = (self.side - size) / 2
        return QRectF(
            self.left + week * self.side + free, self.top + weekday * self.side + free, size, size
        )


class Calendar(QWidget):
    """Read-only; pointing at a day tells its number."""

    def __init__(self) -> None:
        super().__init__()
        self.year = Year("", 0, {})
        self.setMinimumWidth(_NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_year(self, year: Year) -> None:
        """Show this from now on."""
        self.year = year
        self.setAccessibleName(year.title)
        self.setAccessibleDescription(year.spoken())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, field = QGuiApplication.palette(), self._field()
        self._paint_names(painter, field, colours.color(_ROLE.PlaceholderText))
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_days(painter, field, colours)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As high as squares over the whole width are."""
        super().resizeEvent(event)
        field = self._field()
        self.setFixedHeight(ceil(field.top + _WEEK * field.side))

    def _field(self) -> _Field:
        letters, today = QFontMetrics(self.font()), self.year.today
        left, top = letters.horizontalAdvance("Mon") + 2.0 * GRID, letters.height() + 1.0 * GRID
        side = max((self.width() - left - GRID) / WEEKS, 1.0)
        monday = today - (today + _THURSDAY) % _WEEK
        return _Field(monday - (WEEKS - 1) * _WEEK, today, left, top, side)

    def _paint_days(self, painter: QPainter, field: _Field, colours: QPalette) -> None:
        """All squares at once: one by one they would take the longest of the whole page."""
        ground = QColor(colours.color(_ROLE.PlaceholderText))
        ground.setAlpha(40)
        painter.setBrush(ground)
        painter.drawRects([field.square(day, 1.0) for day in field.days])
        painter.setBrush(colours.color(_ROLE.Link))
        levels = self.year.levels()
        parts = {n: _LEAST_PART + (1 - _LEAST_PART) * n / (_LEVELS - 1) for n in range(_LEVELS)}
        painter.drawRects(
            [field.square(day, parts[levels[day] - 1]) for day in field.days if day in levels]
        )

    def _paint_names(self, painter: QPainter, field: _Field, colour: QColor) -> None:
        painter.setPen(colour)
        height = QFontMetrics(self.font()).height()
        for place, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
            middle = field.top + (place + 0.5) * field.side
            painter.drawText(QPointF(0, middle + height / 3), name)
        for week in range(WEEKS):
            monday = field.first + week * _WEEK
            date = day_to_date(monday)
            if date.day <= _WEEK:
                painter.drawText(
                    QPointF(field.square(monday, 1.0).left(), height * 0.8), f"{date:%b}"
                )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            field, here = self._field(), QPointF(event.pos())
            found = next((day for day in field.days if field.square(day, 1.0).contains(here)), None)
            QToolTip.showText(event.globalPos(), "" if found is None else self.year.told(found))
            return True
        return super().event(event)
