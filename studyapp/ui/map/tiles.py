"""Notes and links in square pictures that are kept: moving the map paints only what is new."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, log2
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from studyapp.domain.landscape import UNIT, Landscape
from studyapp.rendering.design import SMALL_TEXT, Theme
from studyapp.ui.map.camera import Camera
from studyapp.ui.map.marks import Light, Mark, Marks, mark_of, radius_of
from studyapp.ui.map.survey import Indexes, Survey

SIDE: Final = 256
"""Of a picture, in pixels of the window."""
_MOST_BYTES = 96 * 2**20
_OVERHANG = 40
"""Pixels that a mark may reach over the edge of its picture."""
_LINKS_FROM = 9.0
"""Pixels between neighbours; where they are nearer, links would hide the notes."""
_TITLES_FROM = 92.0
_NEAR = 4.0 * UNIT
_NEAR_OPACITY, _FAR_OPACITY = 0.45, 0.13
"""Of short links and of long ones, which cross what has nothing to do with them."""

Tile = tuple[int, int]


class Tiles:
    """Pictures of one map as it looks now, at the closeness that was asked for last."""

    def __init__(self, landscape: Landscape, survey: Survey, theme: Theme) -> None:
        self._landscape = landscape
        self._survey = survey
        self._theme = theme
        marks = [mark_of(place) for place in landscape.places]
        self._distinct: Sequence[Mark] = sorted(set(marks))
        number_of = {mark: number for number, mark in enumerate(self._distinct)}
        self._numbers: Indexes = np.array([number_of[mark] for mark in marks], np.int64)
        self._lights: Indexes = np.full(len(marks), Light.USUAL, np.int64)
        self._scale = 0.0
        self._pixel_ratio = 1.0
        self._pictures = Marks(theme, 1.0, 1.0)
        self._kept: OrderedDict[Tile, QPixmap] = OrderedDict()

    def light_up(self, found: Indexes | None, chosen: Sequence[int]) -> None:
        """Show what a search found (None: there is no search) and what is chosen."""
        lights: Indexes = np.full(
            len(self._lights), Light.USUAL if found is None else Light.DIM, np.int64
        )
        if found is not None:
            lights[found] = Light.FOUND
        if chosen:
            lights[np.array(chosen)] = Light.CHOSEN
        if not np.array_equal(lights, self._lights):
            self._lights = lights
            self._kept.clear()

    def mark(self, index: int) -> Mark:
        """How a place looks now."""
        usual = self._distinct[int(self._numbers[index])]
        return replace(usual, light=Light(int(self._lights[index])))

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._scale = 0.0

    def draw(self, painter: QPainter, camera: Camera, pixel_ratio: float) -> int:
        """Draw what the camera sees; returns how many pictures had to be painted."""
        self._look(camera.scale, pixel_ratio)
        left, top = camera.view.x * camera.scale, camera.view.y * camera.scale
        painted = 0
        for row in range(floor(top / SIDE), ceil((top + camera.height) / SIDE)):
            for column in range(floor(left / SIDE), ceil((left + camera.width) / SIDE)):
                painted += (column, row) not in self._kept
                at = QPoint(round(column * SIDE - left), round(row * SIDE - top))
                painter.drawPixmap(at, self._picture((column, row)))
        return painted

    def _look(self, scale: float, pixel_ratio: float) -> None:
        if (scale, pixel_ratio) != (self._scale, self._pixel_ratio):
            self._scale, self._pixel_ratio = scale, pixel_ratio
            self._pictures = Marks(self._theme, scale * UNIT, pixel_ratio)
            self._kept.clear()

    def _picture(self, tile: Tile) -> QPixmap:
        if tile in self._kept:
            self._kept.move_to_end(tile)
            return self._kept[tile]
        side = ceil(SIDE * self._pixel_ratio)
        while len(self._kept) * 4 * side**2 > _MOST_BYTES:
            self._kept.popitem(last=False)
        self._kept[tile] = picture = QPixmap(side, side)
        picture.setDevicePixelRatio(self._pixel_ratio)
        picture.fill(QColor(self._theme.window))
        painter = QPainter(picture)
        self._paint(painter, tile)
        painter.end()
        return picture

    def _paint(self, painter: QPainter, tile: Tile) -> None:
        left, top = tile[0] * SIDE, tile[1] * SIDE
        if self._scale * UNIT >= _LINKS_FROM:
            self._paint_links(painter, left, top)
        around = _OVERHANG if self._scale * UNIT < _TITLES_FROM else SIDE
        found = self._survey.within(*self._bounds(left, top, around))
        self._paint_marks(painter, found, left, top)
        if self._scale * UNIT >= _TITLES_FROM:
            self._paint_titles(painter, found, left, top)

    def _bounds(self, left: int, top: int, around: float) -> tuple[float, float, float, float]:
        scale = self._scale
        return (
            (left - around) / scale,
            (top - around) / scale,
            (left + SIDE + around) / scale,
            (top + SIDE + around) / scale,
        )

    def _paint_links(self, painter: QPainter, left: int, top: int) -> None:
        survey, scale = self._survey, self._scale
        found = survey.links_within(*self._bounds(left, top, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends = [survey.sources[found], survey.targets[found]]
        x1, x2 = (survey.xs[end] * scale - left for end in ends)
        y1, y2 = (survey.ys[end] * scale - top for end in ends)
        near = (x1 - x2) ** 2 + (y1 - y2) ** 2 <= (_NEAR * scale) ** 2
        for chosen, opacity in ((~near, _FAR_OPACITY), (near, _NEAR_OPACITY)):
            painter.setPen(self._pen(opacity))
            columns = (each[chosen].tolist() for each in (x1, y1, x2, y2))
            painter.drawLines([QLineF(*line) for line in zip(*columns, strict=True)])

    def _pen(self, opacity: float) -> QPen:
        colour = QColor(self._theme.muted)
        colour.setAlphaF(opacity)
        return QPen(colour, min(1.0 + log2(self._scale * UNIT / _LINKS_FROM) / 3, 2.0))

    def _paint_marks(self, painter: QPainter, found: Indexes, left: int, top: int) -> None:
        looks = self._lights[found] * len(self._distinct) + self._numbers[found]
        order = np.argsort(looks, kind="stable")
        found, looks = found[order], looks[order]
        different, first = np.unique(looks, return_index=True)
        pictures = {
            look: self._pictures.picture(self.mark(int(found[index])))
            for look, index in zip(different.tolist(), first, strict=True)
        }
        xs = (self._survey.xs[found] * self._scale - left).round().astype(int).tolist()
        ys = (self._survey.ys[found] * self._scale - top).round().astype(int).tolist()
        draw = painter.drawPixmap
        for x, y, look in zip(xs, ys, looks.tolist(), strict=True):
            picture, middle = pictures[look]
            draw(x - middle, y - middle, picture)

    def _paint_titles(self, painter: QPainter, found: Indexes, left: int, top: int) -> None:
        font = QFont(painter.font())
        font.setPixelSize(SMALL_TEXT)
        painter.setFont(font)
        measure, unit = QFontMetricsF(font), self._scale * UNIT
        painter.setPen(QColor(self._theme.text))
        for index in found.tolist():
            below = radius_of(self.mark(index), unit) + 3
            middle = QPointF(self._survey.xs[index], self._survey.ys[index]) * self._scale
            title = self._landscape.places[index].title
            text = measure.elidedText(title, Qt.TextElideMode.ElideRight, unit * 0.95)
            width, height = measure.horizontalAdvance(text), measure.height()
            box = QRectF(middle.x() - left - width / 2, middle.y() - top + below, width + 2, height)
            painter.drawText(box, Qt.TextFlag.TextSingleLine, text)
