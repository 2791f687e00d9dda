"""Files that are dropped on a window to be imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class Dropping(QObject):
    """Takes one at a time, and leaves all else to whoever is below the mouse."""

    dropped = Signal(Path)

    def __init__(self, window: QWidget, takes: Callable[[Path], bool]) -> None:
        super().__init__(window)
        self._takes = takes
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in _DRAGS and isinstance(event, QDragEnterEvent | QDragMoveEvent):
            return self._is_taken(event)
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            path = self._file(event.mimeData())
            if path is not None and self._is_taken(event):
                self.dropped.emit(path)
                return True
        return False

    def _is_taken(self, event: QDropEvent) -> bool:
        is_taken = self._file(event.mimeData()) is not None
        if is_taken:
            event.acceptProposedAction()
        return is_taken

    def _file(self, data: QMimeData) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return paths[0] if len(paths) == 1 and self._takes(paths[0]) else None
