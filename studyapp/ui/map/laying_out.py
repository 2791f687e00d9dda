"""Laying out the whole map anew: asked first, done beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from studyapp.services.landscape import Landscapes
from studyapp.services.progress import Progress
from studyapp.ui.bulk_work import BulkWork
from studyapp.ui.spans import counted

_TITLE = "Lay out the map anew"


class LayingOut(QObject):
    """A map that has grown differs from one that is made at once."""

    def __init__(
        self,
        screen: QWidget,
        landscapes: Landscapes,
        work: BulkWork,
        undo_keys: Callable[[], str],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._landscapes = landscapes
        self._work = work
        self._undo_keys = undo_keys
        self.question: QMessageBox | None = None
        """The one that was asked last."""

    def ask(self) -> None:
        """Say what will happen, and do it if the user agrees."""
        box = QMessageBox(self._screen)
        box.setWindowTitle(_TITLE)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{_TITLE}?")
        box.setInformativeText(
            "Every place moves, as if all notes came today."
            f" {self._undo_keys()} brings the old places back."
        )
        lay_out = box.addButton("Lay out", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lay_out.clicked.connect(self._begin)
        self.question = box
        box.open()

    def _begin(self) -> None:
        self._work.begin("Laying out the map", self._lay_out, moves_rows=False)

    def _lay_out(self, progress: Progress) -> str:
        """In a thread."""
        notes = self._landscapes.arrange_anew(progress)
        return f"{counted(notes, 'note')} laid out anew. {self._undo_keys()} takes it back."
