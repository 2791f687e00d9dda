"""Notes and links in square pictures that are kept: moving the map paints only what is new."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, log2
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QElapsedTimer, QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from studyapp.domain.landscape import UNIT, Landscape
from studyapp.rendering.design import SMALL_TEXT, Theme
from studyapp.ui.map.camera import Camera
from studyapp.ui.map.marks import Light, Mark, Marks, mark_of, radius_of
from studyapp.ui.map.survey import Indexes, Survey
from studyapp.ui.map.texts import title_of

SIDE: Final = 256
"""Of a picture, in pixels of the window."""
BUDGET_MS: Final = 6
"""For painting pictures before what is there is shown."""
_MOST_BYTES = 96 * 2**20
_OVERHANG = 40
"""Pixels that a mark may reach over the edge of its picture."""
_LINKS_FROM = 9.0
"""Pixels between neighbours; where they are nearer, links would hide the notes."""
_TITLES_FROM = 92.0
_LEAST_PART = 0.2
"""What was seen before stands in for what it is not much larger or smaller than."""
_LONG_TITLES_FROM = 150.0
_MOST_LINES = 3
_NEAR = 4.0 * UNIT
_MOST_FAR = 1000
"""Long links that a map draws; of more of them nothing could be read but those of one note."""
_NEAR_OPACITY, _FAR_OPACITY = 0.45, 0.13
"""Of short links and of long ones, which cross what has nothing to do with them."""

_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap

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
        self._shows_far = int((~self._near(survey.all_links)).sum()) <= _MOST_FAR
        self._scale = 0.0
        self._pixel_ratio = 1.0
        self._pictures = Marks(theme, 1.0, 1.0)
        self._before: tuple[float, OrderedDict[Tile, QPixmap]] = (1.0, OrderedDict())
        """What was kept at the last closeness, and that."""
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

    def draw(self, painter: QPainter, camera: Camera, pixel_ratio: float) -> bool:
        """Draw what the camera sees; whether that is all, or some pictures are not painted yet.

        In their place is what was seen before, larger or smaller.
        """
        self._look(camera.scale, pixel_ratio)
        seen = _seen(camera, camera.scale)
        if any(tile not in self._kept for tile in seen):
            painter.fillRect(0, 0, camera.width, camera.height, QColor(self._theme.window))
            self._draw_before(painter, camera)
        timer, is_complete = QElapsedTimer(), True
        timer.start()
        for tile, box in seen.items():
            if tile in self._kept or timer.elapsed() < BUDGET_MS:
                painter.drawPixmap(box.topLeft().toPoint(), self._picture(tile))
            else:
                is_complete = False
        return is_complete

    def _draw_before(self, painter: QPainter, camera: Camera) -> None:
        scale, kept = self._before
        if _LEAST_PART < scale / camera.scale < 1 / _LEAST_PART:
            for tile, box in _seen(camera, scale).items():
                if tile in kept:
                    painter.drawPixmap(box, kept[tile], QRectF(kept[tile].rect()))

    def _look(self, scale: float, pixel_ratio: float) -> None:
        if (scale, pixel_ratio) != (self._scale, self._pixel_ratio):
            if self._kept:
                self._before = (self._scale, self._kept)
            self._scale, self._pixel_ratio = scale, pixel_ratio
            self._pictures = Marks(self._theme, scale * UNIT, pixel_ratio)
            self._kept = OrderedDict()

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
        near = self._near(found)
        width = min(1.0 + log2(scale * UNIT / _LINKS_FROM) / 3, 2.0)
        far = ~near if self._shows_far else np.zeros_like(near)
        for chosen, opacity, pen in ((far, _FAR_OPACITY, 1.0), (near, _NEAR_OPACITY, width)):
            painter.setPen(self._pen(opacity, pen))
            columns = (each[chosen].tolist() for each in (x1, y1, x2, y2))
            painter.drawLines([QLineF(*line) for line in zip(*columns, strict=True)])

    def _near(self, links: Indexes) -> npt.NDArray[np.bool_]:
        """Which of these links are short."""
        survey = self._survey
        sources, targets = survey.sources[links], survey.targets[links]
        away = np.hypot(
            survey.xs[sources] - survey.xs[targets], survey.ys[sources] - survey.ys[targets]
        )
        found: npt.NDArray[np.bool_] = away <= _NEAR
        return found

    def _pen(self, opacity: float, width: float) -> QPen:
        colour = QColor(self._theme.muted)
        colour.setAlphaF(opacity)
        return QPen(colour, width)

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
        lines = _MOST_LINES if unit >= _LONG_TITLES_FROM else 1
        painter.setPen(QColor(self._theme.text))
        for index in found.tolist():
            x = self._survey.xs[index] * self._scale - left
            y = self._survey.ys[index] * self._scale - top + radius_of(self.mark(index), unit) + 3
            box = QRectF(x - unit / 2, y, unit, lines * measure.height())
            title = title_of(self._landscape.places[index])
            room = box.width() * lines * (0.95 if lines == 1 else 0.8)
            text = measure.elidedText(title, Qt.TextElideMode.ElideRight, room)
            painter.drawText(box, _CENTRED, text)


def _seen(camera: Camera, scale: float) -> dict[Tile, QRectF]:
    """The pictures of a closeness that a camera sees, and where it sees them."""
    part = camera.scale / scale
    view, side = camera.view, SIDE * part
    left, top = view.x * camera.scale, view.y * camera.scale
    rows = range(floor(top / side), ceil((top + camera.height) / side))
    columns = range(floor(left / side), ceil((left + camera.width) / side))
    return {
        (column, row): QRectF(round(column * side - left), round(row * side - top), side, side)
        for row in rows
        for column in columns
    }
