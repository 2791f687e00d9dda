"""What stands in the place of the deck tree when there is no deck."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row

_NEVER = (
    "Quit and start the app again: the decks that ship with it are installed at each "
    "start. If this stays empty, a message above says why."
)
_REMOVED = "You removed the decks that come with the app. Any of them can be had again."


class NoDecks(QWidget):
    """Says what to do next."""

    bring_back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = label(_NEVER, "quiet", wraps=True)
        self.button = Button("Bring back a removed deck…")
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.bring_back_wanted)
        self.button.hide()
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(label("No decks yet", "heading"))
        layout.addWidget(self._text)
        layout.addSpacing(2 * GRID)
        layout.addLayout(row(self.button, None))
        layout.addStretch(2)

    def offer_bringing_back(self, offered: bool) -> None:
        """Whether there are decks that were removed and can be had again."""
        self._text.setText(_REMOVED if offered else _NEVER)
        self.button.setVisible(offered)
