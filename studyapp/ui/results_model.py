"""What was found, as a table: the ids of all rows, and what a page of them shows when needed."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from studyapp.domain.query import Column
from studyapp.errors import StudyAppError
from studyapp.rendering.design import Theme
from studyapp.services.finding import FIRST_PAGE, Found, Row
from studyapp.ui.flags import flag_icon
from studyapp.ui.result_cells import HEADINGS, NUMBERS, Seen, cell

PAGE: Final = 64
"""Rows that are read at once."""
_KEPT_PAGES = 64
_GONE = "(deleted)"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_TEXT_ROLES = frozenset({_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole})
_ANSWERED = _TEXT_ROLES | {_Role.TextAlignmentRole, _Role.ForegroundRole, _Role.DecorationRole}


class ResultsModel(QAbstractTableModel):
    """Rows stay in their places when they change; only another search moves them."""

    ids_wanted = Signal()
    """Rows are looked at whose ids are not known yet."""
    failed = Signal(str)

    def __init__(self, theme: Theme, columns: Sequence[Column], seen: Seen) -> None:
        super().__init__()
        self._theme = theme
        self._columns = tuple(columns)
        self._seen = seen
        self._found: Found | None = None
        self._ids: Sequence[int] = array("q")
        self._pages: OrderedDict[int, tuple[Row | None, ...]] = OrderedDict()
        self._flags = [flag_icon(flag) for flag in range(8)]

    @property
    def found(self) -> Found | None:
        """What is shown."""
        return self._found

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def show_found(self, found: Found, seen: Seen) -> None:
        """Show what another search found."""
        self.beginResetModel()
        self._found, self._seen = found, seen
        self._ids = found.ids(0, min(found.total, FIRST_PAGE))
        self._pages.clear()
        self.endResetModel()

    def take_ids(self, found: Found, ids: Sequence[int]) -> None:
        """The ids of all rows are known now."""
        if found is self._found:
            self._ids = ids
            self._pages.clear()  # the last one may be cut short
            self._look_again()

    def forget(self, seen: Seen) -> None:
        """Rows may have changed."""
        self._seen = seen
        self._pages.clear()
        self._look_again()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._look_again()

    def id_at(self, row: int) -> int | None:
        """Of the card or note in a row, as far as it is known."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def place_of(self, wanted: int) -> int | None:
        """The row of a card or note, if it is known."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return None

    def row(self, number: int) -> Row | None:
        """What a row shows; None if it is gone, or not known yet."""
        if not 0 <= number < self.rowCount():
            return None
        if number >= len(self._ids):
            self.ids_wanted.emit()
            return None
        page = self._page(number // PAGE)
        return page[number % PAGE] if number % PAGE < len(page) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() or self._found is None else self._found.total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role in _TEXT_ROLES:
            return HEADINGS[column]
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _ANSWERED:  # most of what is asked while rows are painted
            return None
        column = self._columns[index.column()]
        if role in _TEXT_ROLES:
            return self._text(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index.row())
        row = self.row(index.row()) if column is Column.FLAG else None
        return self._flags[row.flag] if row is not None and row.flag else None

    def _text(self, number: int, column: Column) -> str:
        row = self.row(number)
        if row is not None:
            return cell(row, column, self._seen)
        is_gone = number < len(self._ids) and column is self._columns[0]
        return _GONE if is_gone else ""

    def _colour(self, number: int) -> QColor | None:
        row = self.row(number)
        return QColor(self._theme.muted) if row is None or row.suspended else None

    def _page(self, number: int) -> tuple[Row | None, ...]:
        if number not in self._pages:
            self._pages[number] = self._read(number * PAGE)
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def _read(self, start: int) -> tuple[Row | None, ...]:
        if self._found is None:
            return ()
        try:
            return self._found.rows(start, min(start + PAGE, len(self._ids)))
        except StudyAppError as failure:
            self.failed.emit(str(failure))
            return ()

    def _look_again(self) -> None:
        if self.rowCount() and self._columns:
            last = self.index(self.rowCount() - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return _RIGHT if column in NUMBERS else _LEFT
