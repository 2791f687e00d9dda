"""The map around one note, small enough for the margin beside its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studyapp.domain.landscape import UNIT, Landscape
from studyapp.rendering.design import CARD_WIDTH, GRID, RADIUS, SMALL_TEXT, Theme
from studyapp.ui.map.camera import Camera
from studyapp.ui.map.marks import Light, Marks, mark_of
from studyapp.ui.map.survey import Indexes, Survey
from studyapp.ui.spans import counted

MOST: Final = 160
"""Pixels wide and high, without the name below, where there is room."""
LEAST: Final = 96
"""Smaller ones show too little to be of use."""
_GAP = 2 * GRID
"""Pixels free at each side."""
_SCROLL_BAR = 4 * GRID
"""Pixels at the card's right edge in which nothing is drawn."""
_NAME = 6 * GRID
"""Height of the name's line."""
_NEIGHBOURS = 20
"""Pixels from a note to the next."""


@dataclass(frozen=True, slots=True)
class Charted:
    """A map, with what finds notes on it and what lies around them."""

    landscape: Landscape
    survey: Survey
    index_of: Mapping[int, int]
    """Indexes of the places by the ids of notes."""


def charted(landscape: Landscape) -> Charted:
    """Made once for a map; 10,000 places take some milliseconds."""
    index_of = {place.note_id: index for index, place in enumerate(landscape.places)}
    return Charted(landscape, Survey(landscape), index_of)


def side_of(width: int) -> int:
    """How wide and high the map is beside a card that has this width; 0 if there is no room.

    The card's text is a column in the middle, and nothing of it may be covered.
    """
    free = (width - _SCROLL_BAR - CARD_WIDTH) // 2 - 2 * _GAP
    return 0 if free < LEAST else min(free, MOST)


class SmallMap(QWidget):
    """In the lower right corner of what it lies on, as long as there is room."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self.setObjectName("small_map")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = over
        self._theme = theme
        self._on: Charted | None = None
        self._index = 0
        self._waiting: frozenset[int] = frozenset()
        self.hide()
        over.installEventFilter(self)

    @property
    def has_room(self) -> bool:
        """Whether the card leaves enough of the window free."""
        side = side_of(self._over.width())
        return side > 0 and self._over.height() >= side + _NAME + 2 * _GAP

    def show_place(self, on: Charted, note_id: int, waiting: frozenset[int]) -> None:
        """Show where a note is, and which notes around it are asked in this session, too."""
        self._on, self._index = on, on.index_of[note_id]
        self._waiting = waiting - {note_id}
        self._fit()
        self.setAccessibleName(self._in_words(on))
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._on = None
        self.setAccessibleName("")
        self.hide()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def region(self) -> str:
        """The name of the region that is shown; empty if there is none."""
        region = None if self._on is None else self._on.landscape.region_of(self._index)
        return "" if region is None else region.title

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        del watched
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        if self._on is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        camera, seen = self._camera(self._on), self._seen(self._on)
        self._draw_links(painter, self._on, camera, seen)
        self._draw_notes(painter, self._on, camera, seen)
        self._draw_here(painter)
        painter.setClipping(False)
        self._draw_name(painter)

    def _fit(self) -> None:
        if self._on is None or not self.has_room:
            self.hide()
            return
        side = side_of(self._over.width())
        left = self._over.width() - _SCROLL_BAR - _GAP - side
        self.setGeometry(left, self._over.height() - side - _NAME - _GAP, side, side + _NAME)
        self.show()
        self.raise_()

    def _in_words(self, on: Charted) -> str:
        region = on.landscape.region_of(self._index)
        name = "no region" if region is None else region.name.replace("::", " › ")
        near = sum(
            on.landscape.places[each].note_id in self._waiting for each in self._seen(on).tolist()
        )
        return f"Place on the map: {name}; {counted(near, 'more note')} of this session near it"

    def _camera(self, on: Charted) -> Camera:
        place, side = on.landscape.places[self._index], self.width()
        return Camera(place.x, place.y, _NEIGHBOURS / UNIT, side, side)

    def _seen(self, on: Charted) -> Indexes:
        return on.survey.within(*_bounds(self._camera(on)))

    def _draw_ground(self, painter: QPainter) -> None:
        """With its frame; nothing is drawn outside of it afterwards."""
        frame = QPainterPath()
        inside = QRectF(0.5, 0.5, self.width() - 1, self.width() - 1)
        frame.addRoundedRect(inside, RADIUS, RADIUS)
        painter.fillPath(frame, QColor(self._theme.window))
        painter.setPen(QPen(QColor(self._theme.line), 1.0))
        painter.drawPath(frame)
        painter.setClipPath(frame)

    def _draw_links(self, painter: QPainter, on: Charted, camera: Camera, seen: Indexes) -> None:
        """Between notes that are seen; those that pass through would hide them."""
        survey, near = on.survey, set(seen.tolist())
        painter.setPen(QPen(QColor(self._theme.line), 1.0))
        for link in survey.links_within(*_bounds(camera)).tolist():
            ends = int(survey.sources[link]), int(survey.targets[link])
            if near.issuperset(ends):
                points = (QPointF(*camera.on_screen(*_point(survey, end))) for end in ends)
                painter.drawLine(QLineF(*points))

    def _draw_notes(self, painter: QPainter, on: Charted, camera: Camera, seen: Indexes) -> None:
        """Those of the session over the others, which are fainter still."""
        marks = Marks(self._theme, _NEIGHBOURS, self.devicePixelRatioF())
        places = [on.landscape.places[each] for each in seen.tolist() if each != self._index]
        for place in sorted(places, key=lambda each: each.note_id in self._waiting):
            light = Light.USUAL if place.note_id in self._waiting else Light.DIM
            # A size and a glow for each would be too much for so small a map.
            mark = replace(mark_of(place), light=light, is_due=False, size=0, is_linked=False)
            picture, middle = marks.picture(mark)
            x, y = camera.on_screen(place.x, place.y)
            painter.drawPixmap(QPointF(x - middle, y - middle), picture)

    def _draw_here(self, painter: QPainter) -> None:
        """Where the note is; not how well it is remembered, which the grade is to tell."""
        middle, accent = QPointF(self.width() / 2, self.width() / 2), QColor(self._theme.accent)
        painter.setPen(QPen(accent, 2.0))
        painter.setBrush(QColor(self._theme.window))
        painter.drawEllipse(middle, 9.0, 9.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(middle, 4.5, 4.5)

    def _draw_name(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPixelSize(SMALL_TEXT)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        line = QRectF(0, self.width(), self.width(), _NAME)
        name = painter.fontMetrics().elidedText(
            self.region, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)


def _point(survey: Survey, index: int) -> tuple[float, float]:
    return float(survey.xs[index]), float(survey.ys[index])


def _bounds(camera: Camera) -> tuple[float, float, float, float]:
    return (*camera.on_map(0, 0), *camera.on_map(camera.width, camera.height))
