"""Drawing a link from one note to another, at once or in two steps."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from studyapp.domain.landscape import Place
from studyapp.errors import StudyAppError
from studyapp.services.authoring import Authoring
from studyapp.ui.map.texts import title_of


class Linking(QObject):
    """Remembers where a link begins until its end is chosen."""

    told = Signal(str)
    failed = Signal(str)
    linked = Signal(str)
    """There is a new link, to the note of this name."""

    def __init__(self, parent: QObject, authoring: Authoring) -> None:
        super().__init__(parent)
        self._authoring = authoring
        self.start: int | None = None
        """Index of the place from which a link is being drawn."""

    def begin(self, place: int) -> None:
        """The next note that is chosen is the one to link to."""
        self.start = place
        self.told.emit("Now choose the note that it links to; Esc: none")

    def cancel(self) -> None:
        """Draw no link."""
        self.start = None
        self.told.emit("No link is drawn")

    def link(self, source: Place, target: Place) -> None:
        """Add a link from one note to another; one step of undo."""
        self.start = None
        try:
            is_new = self._add(source.note_id, target.note_id)
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return
        if is_new:
            self.linked.emit(title_of(target))
        else:
            self.told.emit("This link is there already")

    def _add(self, source: int, target: int) -> bool:
        """Whether there was no such link yet."""
        key = self._authoring.open(target).note.key
        written = self._authoring.open(source)
        if key in (*written.note.links, written.note.key):
            return False
        note = replace(written.note, links=(*written.note.links, key))
        self._authoring.change(source, replace(written, note=note))
        return True
