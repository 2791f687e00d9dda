"""F1: the keys of the present screen, read from its actions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import keys_of, label, row


class ShortcutsDialog(QDialog):
    """Two groups: the keys of the screen and those that work everywhere."""

    change_wanted = Signal()
    """The user wants other keys."""

    def __init__(
        self, parent: QWidget, screen: str, here: Iterable[QAction], everywhere: Iterable[QAction]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Shortcuts: {screen}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines: list[tuple[str, str]] = []
        groups = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        groups.setSpacing(12 * GRID)
        groups.addLayout(self._group(screen, here))
        groups.addLayout(self._group("Everywhere", everywhere))
        content = QWidget()
        content.setLayout(groups)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("Shortcuts")
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        close = Button("Close")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        change = Button("Change…")
        change.setAutoDefault(False)
        change.clicked.connect(self.accept)
        change.clicked.connect(self.change_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 4 * GRID)
        layout.addWidget(area)
        layout.addLayout(row(change, None, close))
        room = parent.size() - (self.sizeHint() - area.sizeHint())
        bar = QSize(area.verticalScrollBar().sizeHint().width(), 0)
        if (content.sizeHint() + bar).width() > room.width():
            groups.setDirection(QBoxLayout.Direction.TopToBottom)
            groups.setSpacing(6 * GRID)
        area.setMinimumSize((content.sizeHint() + bar).boundedTo(room))
        self.resize(self.minimumSizeHint())

    def _group(self, title: str, actions: Iterable[QAction]) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        for line, action in enumerate(each for each in actions if each.shortcuts()):
            self.lines.append((action.text(), keys_of(action)))
            grid.addWidget(label(action.text()), line, 0)
            grid.addWidget(label(keys_of(action), "quiet"), line, 1)
        group = QVBoxLayout()
        group.setSpacing(3 * GRID)
        group.addWidget(label(title, "heading"))
        group.addLayout(grid)
        group.addStretch(1)
        return group
