"""How a note looks on the map: by shape and filling first, by colour second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QRadialGradient

from studyapp.domain.landscape import Place
from studyapp.rendering.design import RECALL, Theme

LEVELS: Final = (0.5, 0.7, 0.8, 0.9)
"""Bounds of the five levels of recall; 0.9 is what presets usually aim at."""
_FAINT = 0.5
_DIM = 0.28
_RING = 1.75
"""Radius of the ring of what is due, in radii of the mark."""
_HALO = 2.3
_LARGEST = 1.9
"""Of the note that most hangs on, in radii of one that nothing hangs on."""
_SIZES = 4


class Fill(IntEnum):
    """What is inside a mark."""

    RECALL_0 = 0
    """Filled by a fifth; the four after it by a fifth more each."""
    RECALL_1 = 1
    RECALL_2 = 2
    RECALL_3 = 3
    RECALL_4 = 4
    UNKNOWN = 5
    """In its first steps: a dot."""
    NEW = 6
    """Hollow."""
    SUSPENDED = 7
    """Struck through."""


class Light(IntEnum):
    """What the user has done with a note; later ones are drawn over earlier ones."""

    DIM = 0
    """A search is on, and has not found it."""
    USUAL = 1
    FOUND = 2
    CHOSEN = 3


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Everything that the drawing of a note depends on, but how close it is seen.

    Greater ones are drawn over smaller ones.
    """

    light: Light
    is_due: bool
    size: int
    """0 to 3: how much hangs on the note."""
    is_linked: bool
    """Others are drawn fainter."""
    fill: Fill


def mark_of(place: Place) -> Mark:
    """How a place looks as long as the user does nothing."""
    size = min(int(place.weight**0.5 * _SIZES), _SIZES - 1)
    return Mark(Light.USUAL, place.is_due, size, place.is_linked, _fill(place))


def level_of(recall: float) -> int:
    """0 to 4, by `LEVELS`."""
    return sum(recall >= bound for bound in LEVELS)


def _fill(place: Place) -> Fill:
    if place.is_suspended:
        return Fill.SUSPENDED
    if place.is_new:
        return Fill.NEW
    return Fill.UNKNOWN if place.recall is None else Fill(level_of(place.recall))


def radius_of(mark: Mark, unit: float) -> float:
    """In pixels; `unit` is how many pixels apart neighbours are."""
    least = min(max(unit * 0.2, 1.3), 11.0)
    return least * (1 + (_LARGEST - 1) * mark.size / (_SIZES - 1))


def reach_of(mark: Mark, unit: float) -> float:
    """How far the drawing goes from its middle, in pixels."""
    radius = radius_of(mark, unit)
    return radius * _HALO + 5 if mark.is_due or mark.light > Light.USUAL else radius + 2


def colour_of(mark: Mark, theme: Theme) -> QColor:
    if mark.fill is Fill.SUSPENDED:
        return QColor(theme.muted)
    if mark.fill is Fill.NEW:
        return QColor(theme.new)
    if mark.fill is Fill.UNKNOWN:
        return QColor(theme.learning)
    return QColor(RECALL[theme.name][mark.fill])


class Marks:
    """Pictures of marks as they are first needed, for one closeness and one theme."""

    def __init__(self, theme: Theme, unit: float, pixel_ratio: float) -> None:
        self._theme = theme
        self._unit = unit
        self._pixel_ratio = pixel_ratio
        self._known: dict[Mark, tuple[QPixmap, int]] = {}

    def picture(self, mark: Mark) -> tuple[QPixmap, int]:
        """The picture, and where its middle is from its left and from its top."""
        if mark not in self._known:
            self._known[mark] = self._drawn(mark)
        return self._known[mark]

    def _drawn(self, mark: Mark) -> tuple[QPixmap, int]:
        half = int(reach_of(mark, self._unit)) + 1
        side = round(2 * half * self._pixel_ratio)
        picture = QPixmap(side, side)
        picture.setDevicePixelRatio(self._pixel_ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_mark(painter, QPointF(half, half), mark, self._theme, self._unit)
        painter.end()
        return picture, half


def draw_mark(painter: QPainter, at: QPointF, mark: Mark, theme: Theme, unit: float) -> None:
    """Draw a mark with its middle at a point."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, colour = radius_of(mark, unit), colour_of(mark, theme)
    if mark.light > Light.USUAL:
        painter.setPen(_edge(mark.light, radius, theme))
        painter.setBrush(QBrush(QColor(theme.mark)))
        _square(painter, at, radius)
    if mark.is_due and mark.light is not Light.DIM:
        _glow(painter, at, radius, theme)
    painter.setOpacity(_DIM if mark.light is Light.DIM else 1.0 if mark.is_linked else _FAINT)
    painter.setBrush(QBrush(QColor(theme.window)))
    _disc(painter, at, radius, colour, mark.fill)
    painter.setOpacity(1.0)


def _disc(painter: QPainter, at: QPointF, radius: float, colour: QColor, fill: Fill) -> None:
    """With the painter's brush as its ground."""
    outline = QPen(colour, max(radius * 0.22, 0.8))
    painter.setPen(outline)
    painter.drawEllipse(at, radius, radius)
    if fill <= Fill.RECALL_4:
        _level(painter, at, radius, colour, (fill + 1) / 5)
    elif fill is Fill.UNKNOWN:
        painter.setBrush(QBrush(colour))
        painter.drawEllipse(at, radius * 0.3, radius * 0.3)
    elif fill is Fill.SUSPENDED:
        painter.drawLine(at - QPointF(radius, 0), at + QPointF(radius, 0))


def _level(painter: QPainter, at: QPointF, radius: float, colour: QColor, part: float) -> None:
    """Fill a disc from below, as a glass."""
    round_, below = QPainterPath(), QPainterPath()
    round_.addEllipse(at, radius, radius)
    top = at.y() + radius - 2 * radius * part
    below.addRect(QRectF(at.x() - radius, top, 2 * radius, 2 * radius))
    painter.fillPath(round_.intersected(below), QBrush(colour))


def _glow(painter: QPainter, at: QPointF, radius: float, theme: Theme) -> None:
    glow, gradient = QColor(theme.due), QRadialGradient(at, radius * _HALO)
    gradient.setColorAt(0.4, _faded(glow, 0.5))
    gradient.setColorAt(1.0, _faded(glow, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(gradient))
    painter.drawEllipse(at, radius * _HALO, radius * _HALO)
    painter.setPen(QPen(glow, max(radius * 0.2, 0.9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius * _RING, radius * _RING)


def _edge(light: Light, radius: float, theme: Theme) -> QPen:
    if light is Light.CHOSEN:
        return QPen(QColor(theme.accent), min(1.0 + radius / 4, 2.5))
    return QPen(QColor(theme.text), 1.0)


def _square(painter: QPainter, at: QPointF, radius: float) -> None:
    """Behind a mark: a ring means due."""
    half = max(radius * _RING, 3.0)
    painter.drawRoundedRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half), 2, 2)


def _faded(colour: QColor, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(opacity)
    return made
