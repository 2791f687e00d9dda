"""A short list beside the cursor that completes what is being typed; the field keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studyapp.rendering.design import GRID

_MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TAKING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_WIDTH = 120 * GRID
_LINES = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the list."""

    text: str
    value: str
    """What it stands for, told when it is taken."""


class Suggestions(QListWidget):
    """Arrow keys choose, Enter or Tab takes, Esc closes."""

    taken = Signal(str)
    """The value of the line that was taken."""

    def __init__(self, field: QWidget, name: str) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("suggestions")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._take)
        field.installEventFilter(self)
        self.hide()

    def offer(self, lines: Sequence[Suggestion], at: QRect) -> None:
        """Show the list below `at` (in the field's coordinates); hide it if it is empty."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line.value)
            self.addItem(item)
        if not lines:
            self.hide()
            return
        self.setCurrentRow(0)
        self._place(at)
        self.show()
        self.raise_()

    def texts(self) -> list[str]:
        """What is offered now."""
        return [self.item(row).text() for row in range(self.count())] if self.isVisible() else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is not self._field or not self.isVisible():
            return False
        if isinstance(event, QKeyEvent) and not event.modifiers():
            return self._on_key(event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key not in (*_MOVING_KEYS, *_TAKING_KEYS, Qt.Key.Key_Escape):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in _MOVING_KEYS:
            self.keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            self._take()
        return True

    def _take(self) -> None:
        item = self.currentItem()
        self.hide()
        if item is not None:
            self.taken.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _place(self, at: QRect) -> None:
        """Below the cursor if there is room, else above it, inside the window."""
        window = self._field.window()
        self.setParent(window)
        height = self.sizeHintForRow(0) * min(self.count(), _LINES) + 2 * self.frameWidth()
        self.resize(min(_WIDTH, window.width() - 2 * GRID), height)
        below = self._field.mapTo(window, at.bottomLeft() + QPoint(0, GRID))
        above = self._field.mapTo(window, at.topLeft()).y() - GRID - height
        fits = below.y() + height <= window.height() or above < 0
        left = max(GRID, min(below.x(), window.width() - self.width() - GRID))
        self.move(left, below.y() if fits else above)
