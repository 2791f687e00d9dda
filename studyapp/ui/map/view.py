"""The map itself: seen through a camera, moved and asked by mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QToolTip

from studyapp.domain.landscape import Label, Landscape, Region
from studyapp.rendering.design import GRID, Theme
from studyapp.ui.map.camera import Camera
from studyapp.ui.map.names import draw_names, label_at
from studyapp.ui.map.overlay import Overlay
from studyapp.ui.map.survey import Indexes, Survey
from studyapp.ui.map.texts import title_of
from studyapp.ui.map.tiles import Tiles
from studyapp.ui.screen import add_action

_REACH = 14.0
"""Pixels from a note at which the mouse still means it."""
_ON = 4.0
_STEP = 80
"""Pixels that an arrow key moves the map by."""
_CLOSER = 1.25
_NOTCH = 120
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MapView(QFrame):  # a frame has a role that screen readers know
    """Knows places by their indexes on the map."""

    chosen = Signal(int)
    """The user chose a place."""
    edit_wanted = Signal(int)
    link_drawn = Signal(int, int)
    """From one place to another."""
    region_chosen = Signal(Region)
    """The user clicked its name."""
    enclosed = Signal(list)
    """The user drew a line around these places."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("landscape")
        self.setAccessibleName("Map of notes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(60 * GRID, 50 * GRID)
        self._theme = theme
        self.camera = Camera()
        self.current: int | None = None
        """The place that the user looks at."""
        self._hovered: int | None = None
        self._pressed: QPointF | None = None
        self._lasso: list[tuple[float, float]] = []
        self._link_from: int | None = None
        self._link_to = QPointF()
        self._has_moved = False
        self._hint = ""
        self.names: Sequence[Label] = ()
        """Those that are drawn."""
        self._is_shown = False
        self._shows_all = False
        """Whether the user has not moved the map since the whole of it was shown."""
        self.is_complete = True
        """Whether all that is in sight was painted."""
        self._go_on = QTimer(self, singleShot=True, interval=0)
        self._go_on.timeout.connect(self.update)
        self.show_map(Landscape())
        self._add_actions()

    def _add_actions(self) -> None:
        closer, farther = partial(self._zoom, _CLOSER), partial(self._zoom, 1 / _CLOSER)
        add_action(self, "closer", "Closer", ("+", "="), closer, repeats=True)
        add_action(self, "farther", "Farther away", ("-",), farther, repeats=True)
        add_action(self, "whole", "The whole map", ("0",), self.show_all)

    def show_map(self, landscape: Landscape) -> None:
        """Show another map, or the same as it is now; the camera stays where it is."""
        self._landscape = landscape
        self._bounds = landscape.bounds
        self.survey = Survey(landscape)
        self._tiles = Tiles(landscape, self.survey, self._theme)
        self.current = self._hovered = self._link_from = None
        self._lasso = []
        self._pressed = None
        if landscape.places and not self._is_shown:
            self._is_shown = True
            self.show_all()
        self.update()

    def say(self, words: str) -> None:
        """What is told while there is nothing on the map."""
        self._hint = words
        self.update()

    def light_up(self, found: Indexes | None, chosen: Sequence[int]) -> None:
        """Show what a search found (None: there is no search) and what is chosen."""
        self._tiles.light_up(found, chosen)
        self.update()

    def look_at(self, index: int | None) -> None:
        """Make a place the current one and bring it into sight."""
        self.current = index
        if index is not None:
            x, y = self.point_of(index)
            camera = self.camera.reaching(x, y)
            self._shows_all = self._shows_all and camera == self.camera
            self.camera = camera
            self.setAccessibleDescription(title_of(self._landscape.places[index]))
        self.update()

    def point_of(self, index: int) -> tuple[float, float]:
        """Where a place lies on the map."""
        return float(self.survey.xs[index]), float(self.survey.ys[index])

    def show_all(self) -> None:
        """The whole map is to be seen, also when the window gets another size."""
        self._see(self.camera.showing(self._bounds))
        self._shows_all = True

    def show_places(self, indexes: Indexes) -> None:
        """These places are to be seen; nothing moves if there are none."""
        if len(indexes):
            xs, ys = self.survey.xs[indexes], self.survey.ys[indexes]
            bounds = float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())
            self._see(self.camera.showing(bounds))

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._tiles.dress(theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        painter = QPainter(self)
        if not self._landscape.places:
            painter.fillRect(self.rect(), QColor(self._theme.window))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
        else:
            self.is_complete = self._tiles.draw(painter, self.camera, self.devicePixelRatioF())
            self._draw_over(painter)
            self.names = draw_names(painter, self._landscape.regions, self.camera, self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        edge = self._theme.accent if self.hasFocus() else self._theme.line
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        if not self.is_complete:
            self._go_on.start()

    def _draw_over(self, painter: QPainter) -> None:
        over = Overlay(painter, self.camera, self.survey, self._theme)
        if self.current is not None:
            over.links(self.current)
            over.note(self.current, self._tiles.mark(self.current), has_keyboard=True)
        if self._hovered is not None and self._hovered != self.current:
            over.note(self._hovered, self._tiles.mark(self._hovered), has_keyboard=False)
        if self._lasso:
            over.lasso(self._lasso)
        if self._link_from is not None:
            over.new_link(self._link_from, self._link_to)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.camera = self.camera.resized(event.size().width(), event.size().height())
        if self._shows_all:
            self.show_all()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell_front(event)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at, button = event.position(), event.button()
        self._pressed, self._has_moved = at, False
        if button == Qt.MouseButton.RightButton:
            self._link_from, self._link_to = self._at(at), at
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = [(at.x(), at.y())]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = event.position()
        if self._pressed is None:
            self._hover(self._at(at))
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        self._has_moved = self._has_moved or far
        if self._link_from is not None:
            self._link_to = at
            self._hovered = self._at(at)
        elif self._lasso:
            self._lasso.append((at.x(), at.y()))
        elif self._has_moved and event.buttons() & Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._see(self.camera.moved(at.x() - self._pressed.x(), at.y() - self._pressed.y()))
            self._pressed = at
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = self._at(event.position())
        start, outline, has_moved = self._link_from, self._lasso, self._has_moved
        self._pressed, self._lasso, self._link_from = None, [], None
        self.unsetCursor()
        self.update()
        if has_moved and outline:
            self.enclosed.emit(self.survey.inside([self.camera.on_map(*p) for p in outline]))
        elif start is not None:
            if at is not None and at != start:
                self.link_drawn.emit(start, at)
        elif not has_moved:
            self._click(event.position())

    def _click(self, point: QPointF) -> None:
        """A note that lies right there goes before a name, and that before a note nearby."""
        place, label = self._at(point, _ON), label_at(self.names, point)
        if place is None and label is not None:
            self.region_chosen.emit(label.region)
        elif (near := self._at(point)) is not None:
            self.chosen.emit(near)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = self._at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.edit_wanted.emit(at)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        at, turned = event.position(), event.angleDelta().y()
        self._see(self.camera.zoomed(_CLOSER ** (turned / _NOTCH), at.x(), at.y()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        direction = _DIRECTIONS.get(Qt.Key(event.key()))
        if direction is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._go(*direction)
        elif direction is not None:
            self._see(self.camera.moved(-direction[0] * _STEP, -direction[1] * _STEP))
        elif event.key() in _ENTER_KEYS and self.current is not None:
            self.edit_wanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go(self, right: int, down: int) -> None:
        """To the next note in a direction; to the one in the middle if none is the current one."""
        if self.current is None:
            middle = self.camera.on_map(self.camera.width / 2, self.camera.height / 2)
            found = self.survey.nearest(*middle, within=float("inf"))
        else:
            found = self.survey.towards(self.current, right, down)
        if found is not None:
            self.look_at(found)
            self.chosen.emit(found)

    def _zoom(self, factor: float) -> None:
        self._see(self.camera.zoomed(factor, self.camera.width / 2, self.camera.height / 2))

    def _see(self, camera: Camera) -> None:
        self.camera = camera.within(self._bounds)
        self._shows_all = False
        self.update()

    def _at(self, point: QPointF, reach: float = _REACH) -> int | None:
        x, y = self.camera.on_map(point.x(), point.y())
        return self.survey.nearest(x, y, reach / self.camera.scale)

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _tell_front(self, event: QHelpEvent) -> None:
        index = self._at(QPointF(event.pos()))
        if index is None:
            QToolTip.hideText()
        else:
            title = escape(title_of(self._landscape.places[index]))
            QToolTip.showText(event.globalPos() + QPoint(0, GRID), f"<p>{title}</p>", self)
