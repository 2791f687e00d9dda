"""Files that notes call for and nobody has, and the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.rendering.plain import title
from studyapp.services.authoring import Titled
from studyapp.services.media_care import Missing
from studyapp.ui.button import Button
from studyapp.ui.media_report import wanted_by
from studyapp.ui.screen import label, row

NotesOf = Callable[[tuple[str, ...]], Sequence[Titled]]
"""The notes with these keys; none if they cannot be read."""
_EXPLAINED = (
    "Notes call for these files, and they are not there. Edit the note, or put the file into the "
    "media folder of your data."
)
_EMPTY = "Nothing is missing: every picture and sound that a note calls for is there."


class MissingPage(QWidget):
    """Two lists: files, and the notes that call for the one that is selected."""

    edit_wanted = Signal(str)
    """The note with this key is to be edited."""

    def __init__(self, notes_of: NotesOf) -> None:
        super().__init__()
        self._notes_of = notes_of
        self._missing: tuple[Missing, ...] = ()
        self._keys: tuple[str, ...] = ()
        self.files = QListWidget()
        self.files.setAccessibleName("Missing files")
        self.notes = QListWidget()
        self.notes.setAccessibleName("Notes that call for the file")
        self.edit = Button("Edit the note")
        self.edit.setAutoDefault(False)
        self._empty = label(_EMPTY, "quiet", wraps=True)
        self._lay_out()
        self.files.currentRowChanged.connect(self._show_notes)
        self.notes.itemActivated.connect(self._edit)
        self.edit.clicked.connect(self._edit)

    def _lay_out(self) -> None:
        self._body = QWidget()
        body = row(self.files, self.notes)
        body.setSpacing(3 * GRID)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        self._body.setLayout(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        layout.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._body, 1)
        layout.addLayout(row(None, self.edit))

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Show which files are missing."""
        self._missing = tuple(missing)
        self.files.clear()
        self.files.addItems([wanted_by(each) for each in missing])
        self._body.setVisible(bool(missing))
        self._empty.setVisible(not missing)
        self.edit.setEnabled(bool(missing))
        self.files.setCurrentRow(0 if missing else -1)

    def take_keyboard(self) -> None:
        if self._missing:
            self.files.setFocus()

    def _show_notes(self, place: int) -> None:
        self.notes.clear()
        if not 0 <= place < len(self._missing):
            return
        found = self._notes_of(self._missing[place].note_keys)
        self._keys = tuple(each.key for each in found)
        self.notes.addItems([title(each.note) for each in found])
        self.notes.setCurrentRow(0)

    def _edit(self) -> None:
        place = self.notes.currentRow()
        if 0 <= place < len(self._keys):
            self.edit_wanted.emit(self._keys[place])
