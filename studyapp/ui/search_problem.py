"""What is wrong with a search, below the line where it is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studyapp.ui.button import Button
from studyapp.ui.screen import label, row


class SearchProblem(QWidget):
    """Hidden while nothing is wrong."""

    correct_wanted = Signal()
    """What was probably meant is to be taken."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", "error", wraps=True)
        self.button = Button()
        self.button.setObjectName("flat")
        self.button.clicked.connect(self.correct_wanted)
        layout = row(self._text, self.button)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        """What is told; nothing while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, message: str, meant: str) -> None:
        """Tell a message; `meant` may be put in place of what is wrong, unless it is empty."""
        self._text.setText(message)
        self.setAccessibleName(message)
        self.button.setText(f"Use {meant}".replace("&", "&&"))
        self.button.setAccessibleName(f"Use {meant} instead")
        self.button.setVisible(bool(meant))
        self.show()

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self._text.clear()
        self.hide()
