"""A line with something that can be wrong, which is told below it as one types."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studyapp.errors import ContentError
from studyapp.ui.screen import label


class CheckedLine(QWidget):
    """Says what is wrong with what `read` finds."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.problem = label("", "error", wraps=True)
        self.problem.hide()

    @abstractmethod
    def read(self) -> object:
        """Raises ContentError if it is wrong."""

    @abstractmethod
    def describe(self, problem: str) -> None:
        """Let a screen reader tell it of the field; empty: nothing is wrong."""

    def check(self) -> None:
        """Look at what is written now, and tell others that it changed."""
        try:
            self.read()
        except ContentError as failure:
            self.complain(str(failure))
        else:
            self.complain("")
        self.changed.emit()

    def complain(self, problem: str) -> None:
        """Tell what is wrong; empty: nothing is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.describe(problem)
