"""A quiet line above a screen: something waits, and a button leads there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row


class Notice(QFrame):
    """Hidden while there is nothing to tell."""

    followed = Signal()

    def __init__(self, button: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._text = label("", wraps=True)
        self.button = Button(button)
        self.button.setObjectName("flat")
        self.button.clicked.connect(self.followed)
        layout = row(self._text, self.button)
        layout.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, text: str) -> None:
        """Show a text; none hides it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.button.setAccessibleDescription(text)
        self.setVisible(bool(text))
