"""Where the user writes macros for formulas: one a line, saved when all of them are right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from studyapp.domain.macros import Macros, read_lines, write_lines
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.ui.screen import label

_HEIGHT = 30 * GRID
_TOLD = 3
"""Mistakes that are told at once."""


class MacrosEditor(QWidget):
    """Tells mistakes by their lines while one types; saves when the keyboard leaves it."""

    failed = Signal(str)
    """The macros could not be read or saved."""

    def __init__(self, load: Callable[[], Macros], save: Callable[[Macros], None]) -> None:
        super().__init__()
        self._load = load
        self._save = save
        self._kept = ""
        self.text = QPlainTextEdit()
        self.text.setObjectName("macros")
        self.text.setAccessibleName("Macros for formulas, one a line")
        self.text.setPlaceholderText("\\R = \\mathbb{R}\n\\KL = D_{\\mathrm{KL}}(#1 \\| #2)")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_HEIGHT)
        self.text.installEventFilter(self)
        self.state = label("", "quiet", wraps=True)
        self.state.setAccessibleName("State of the macros")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        layout.addWidget(self.state)
        self.text.textChanged.connect(self._judge)

    def refresh(self) -> None:
        """Show what the collection holds, unless something here is not saved yet."""
        if self.text.toPlainText() != self._kept:
            return
        try:
            self._kept = write_lines(self._load())
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return
        self.text.setPlainText(self._kept)

    def save(self) -> None:
        """Keep what is written if there is no mistake in it."""
        text = self.text.toPlainText()
        macros, problems = read_lines(text)
        if problems or text == self._kept:
            return
        try:
            self._save(macros)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return
        self._kept = text
        self._judge()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self.save()
        super().hideEvent(event)

    def _judge(self) -> None:
        _, problems = read_lines(self.text.toPlainText())
        lines = [f"Line {each.line}: {each.message}. {each.remedy}." for each in problems[:_TOLD]]
        if len(problems) > _TOLD:
            lines.append(f"And {len(problems) - _TOLD} more.")
        if lines:
            lines.insert(0, "Not saved.")
        elif self.text.toPlainText() != self._kept:
            lines = ["Saved when you leave this field."]
        self.state.setText("\n".join(lines))
        self.state.setVisible(bool(lines))
