"""The notes that a note links to, and those that link to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.services.authoring import Titled
from studyapp.ui.button import Button
from studyapp.ui.elided import ElidedLabel
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

_HINT = "No links yet. Type [[ in a field to link another note."
_REMOVING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

MakeTitle = Callable[[Titled], str]
"""What a note is called in a line."""


class NoteLinks(QWidget):
    """A line for each link; it opens the note, and Delete takes the link away."""

    changed = Signal()
    opened = Signal(str)
    """The note with this key is to be edited."""

    def __init__(self, title_of: MakeTitle) -> None:
        super().__init__()
        self._title_of = title_of
        self._keys: tuple[str, ...] = ()
        self.setAccessibleName("Links")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._hint = label(_HINT, "quiet", wraps=True)
        self.backlinks = Button()
        self.backlinks.setObjectName("flat")
        self.backlinks.setAccessibleName("Notes that link here")
        self.backlinks.hide()
        self.backlinks.clicked.connect(self._list_backlinks)
        self._menu = QMenu(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._hint)
        layout.addLayout(self._lines)
        layout.addLayout(row(self.backlinks, None))

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the linked notes, in their order."""
        return self._keys

    def show_links(self, keys: Sequence[str], found: Sequence[Titled]) -> None:
        """Show links; those that are not among the `found` notes are called by their keys."""
        self._keys = tuple(keys)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        titles = {each.key: self._title_of(each) for each in found}
        for key in self._keys:
            self._lines.addWidget(self._line(key, titles.get(key)))
        self._hint.setVisible(not self._keys)

    def show_backlinks(self, found: Sequence[Titled]) -> None:
        """Show which notes link here."""
        text = f"{counted(len(found), 'note')} link{'s' if len(found) == 1 else ''} here"
        self.backlinks.setText(text)
        self.backlinks.setAccessibleName(text)
        self.backlinks.setVisible(bool(found))
        self._menu.clear()
        for each in found:
            action = self._menu.addAction(self._title_of(each).replace("&", "&&"))
            action.triggered.connect(partial(self._open, each.key))

    def _list_backlinks(self) -> None:
        self._menu.popup(self.backlinks.mapToGlobal(QPoint(0, self.backlinks.height())))

    def remove(self, key: str) -> None:
        """Take a link away."""
        self._keys = tuple(each for each in self._keys if each != key)
        self.changed.emit()

    def _line(self, key: str, title: str | None) -> QWidget:
        opener = _LinkButton(partial(self.remove, key))
        opener.setToolTip("Enter opens the note, Delete takes the link away")
        opener.setText("↗")
        opener.setAccessibleName(f"Link to {title or key}")
        if title is not None:
            opener.clicked.connect(partial(self._open, key))
        text = ElidedLabel("")
        text.show_text(title or f"{key} (not in the collection)")
        remove = Button("×")
        remove.setObjectName("flat")
        remove.setAccessibleName(f"Take away the link to {title or key}")
        remove.clicked.connect(partial(self._remove, key))
        line = QWidget()
        layout = row(opener, text, remove)
        layout.setStretch(1, 1)
        layout.setSpacing(GRID)
        line.setLayout(layout)
        return line

    def _open(self, key: str, *_checked: bool) -> None:
        self.opened.emit(key)

    def _remove(self, key: str, *_checked: bool) -> None:
        self.remove(key)


class _LinkButton(Button):
    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("flat")
        self._remove = remove

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _REMOVING_KEYS:
            self._remove()
        else:
            super().keyPressEvent(event)
