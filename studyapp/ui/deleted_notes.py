"""The notes that one deletion took away, as a table that is read by pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.trash import Batch, DeletedNote, Trash
from studyapp.ui.result_cells import one_line

_PAGE = 64
_HEADINGS = ("Front", "Deck", "Cards")
_ROW_HEIGHT = 8 * GRID
_Index = QModelIndex | QPersistentModelIndex


class DeletedNotes(QAbstractTableModel):
    """The notes of one deletion, read by pages."""

    failed = Signal(str)

    def __init__(self, trash: Trash) -> None:
        super().__init__()
        self._trash = trash
        self._pages: dict[int, tuple[DeletedNote | None, ...]] = {}
        self.ids: Sequence[int] = ()
        """Of the notes, in the trash."""

    def show_batch(self, batch: Batch | None) -> None:
        """Show the notes of a deletion."""
        self.beginResetModel()
        self._pages.clear()
        try:
            self.ids = () if batch is None else self._trash.ids(batch.id)
        except StudyAppError as failure:
            self.ids = ()
            self.failed.emit(str(failure))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_text = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADINGS[section] if is_text else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        note = self._page(index.row() // _PAGE)[index.row() % _PAGE]
        if note is None:
            return ""
        return (one_line(note.title), note.deck.replace("::", " › "), note.cards)[index.column()]

    def _page(self, number: int) -> tuple[DeletedNote | None, ...]:
        if number not in self._pages:
            wanted = self.ids[number * _PAGE : (number + 1) * _PAGE]
            try:
                self._pages[number] = self._trash.notes(wanted)
            except StudyAppError as failure:
                self._pages[number] = (None,) * len(wanted)
                self.failed.emit(str(failure))
        return self._pages[number]


def table_of(model: DeletedNotes) -> QTableView:
    """A table in which rows are chosen."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("Deleted notes")
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(_ROW_HEIGHT)
    heads = table.horizontalHeader()
    heads.setHighlightSections(False)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table
