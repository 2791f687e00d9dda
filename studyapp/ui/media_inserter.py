"""Puts pictures and sounds into the collection and their names into a field."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from studyapp.errors import StudyAppError
from studyapp.ui.latex_entries import CURSOR
from studyapp.ui.markdown_field import MarkdownField
from studyapp.ui.pasting import (
    FILTER,
    Pasted,
    Refused,
    Sound,
    markdown_of,
    pasted,
    read_file,
)
from studyapp.ui.picture_size import Picture, is_large, smaller
from studyapp.ui.writing_tools import AddMedium

_MB = 1_000_000


class MediaInserter(QObject):
    """Takes one file after the other; asks before it keeps a picture that is very large."""

    failed = Signal(str)

    def __init__(self, parent: QWidget, add: AddMedium) -> None:
        super().__init__(parent)
        self._parent = parent
        self._add = add
        self._waiting: deque[tuple[MarkdownField, Pasted]] = deque()
        self.question: QMessageBox | None = None
        """What is asked now."""

    def take(self, field: MarkdownField, source: QMimeData) -> None:
        """Insert what was pasted or dropped into a field."""
        self.insert(field, pasted(source))

    def ask_for_files(self, field: MarkdownField) -> None:
        """Let the user choose files, and insert them."""
        paths, _ = QFileDialog.getOpenFileNames(self._parent, "Pictures and sounds", "", FILTER)
        self.insert(field, [read_file(Path(each)) for each in paths])

    def insert(self, field: MarkdownField, media: Iterable[Pasted]) -> None:
        """Insert files into a field, one after the other."""
        self._waiting.extend((field, each) for each in media)
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and self.question is None:
            field, medium = self._waiting.popleft()
            if isinstance(medium, Refused):
                self.failed.emit(medium.message)
            elif isinstance(medium, Picture) and is_large(medium):
                self._offer_smaller(field, medium)
            else:
                self._insert(field, medium)

    def _offer_smaller(self, field: MarkdownField, picture: Picture) -> None:
        small = smaller(picture)
        if small is None:
            self._insert(field, picture)
            return
        box = QMessageBox(self._parent)
        box.setWindowTitle("A large picture")
        box.setText(f"{picture.name} is larger than a card needs.")
        box.setInformativeText(f"As it is: {_size(picture)}\nSmaller: {_size(small)}")
        reduce = box.addButton("Make it smaller", QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton("Keep it as it is", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(reduce)
        reduce.clicked.connect(lambda: self._insert(field, small))
        keep.clicked.connect(lambda: self._insert(field, picture))
        box.finished.connect(self._on_answered)
        self.question = box
        box.open()

    def _on_answered(self) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None
        self._go_on()

    def _insert(self, field: MarkdownField, medium: Picture | Sound) -> None:
        try:
            name = self._add(medium.name, medium.content)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return
        text = markdown_of(medium, name)
        if any(not isinstance(each, Refused) for _, each in self._waiting):
            # The next one stands behind it, not among its words.
            text = f"{text.replace(CURSOR, '')} {CURSOR}"
        field.insert(text)


def _size(picture: Picture) -> str:
    pixels = f"{picture.size.width():,} × {picture.size.height():,} pixels"
    return f"{pixels}, {len(picture.content) / _MB:.1f} MB"
