"""The narrow rail at the left edge: one button for each screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from studyapp.rendering.design import GRID, Theme
from studyapp.ui import icons
from studyapp.ui.screen import tell_keys

_WIDTH = 21 * GRID


class Rail(QFrame):
    """Buttons that trigger the actions which open the screens."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Screens")
        self.setFixedWidth(_WIDTH)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._at_start = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2 * GRID, 3 * GRID, 2 * GRID, 3 * GRID)
        self._layout.setSpacing(GRID)
        self._layout.addStretch(1)

    def add(self, name: str, text: str, action: QAction, *, at_end: bool = False) -> None:
        """A button for the screen `name`, whose icon has the same name."""
        button = QToolButton()
        button.setText(text)
        tell_keys(action, lambda keys: button.setToolTip(f"{text} ({keys})" if keys else text))
        button.setAccessibleName(text)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(icons.SIZE, icons.SIZE))
        button.setFixedWidth(_WIDTH - 4 * GRID)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        self._group.addButton(button)
        self._buttons[name] = button
        self._layout.insertWidget(self._layout.count() if at_end else self._at_start, button)
        self._at_start += not at_end

    def mark(self, name: str) -> None:
        """Show which screen is open."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def dress(self, theme: Theme) -> None:
        for name, button in self._buttons.items():
            button.setIcon(icons.icon(name, theme.text))
