"""Figures as a table: what a plot shows, for reading one by one."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NONE = QModelIndex()
_LONGEST = 8
"""So many of a column's longest texts are measured: letters differ in width."""


class FiguresModel(QAbstractTableModel):
    """Texts in rows below headings; thousands of rows cost no more than those in sight."""

    def __init__(self, headings: Sequence[str], numbers: frozenset[int]) -> None:
        super().__init__()
        self._headings = headings
        self._numbers = numbers
        self.rows: Sequence[Sequence[str]] = []

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        return self._alignment(index.column(), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return self._alignment(section, role)

    def _alignment(self, column: int, role: int) -> Qt.AlignmentFlag | None:
        if role != Qt.ItemDataRole.TextAlignmentRole:
            return None
        return _RIGHT if column in self._numbers else _LEFT


class Figures(QTableView):
    """Read-only; the keys go from row to row, Tab leaves it."""

    def __init__(self, name: str, headings: Sequence[str], *, numbers: Sequence[int] = ()) -> None:
        """`numbers`: the columns that stand at the right."""
        super().__init__()
        self._numbers = frozenset(numbers)
        self._figures = FiguresModel(headings, self._numbers)
        self._longest: list[list[int]] = [[] for _ in headings]
        """Of each column the rows with the longest texts."""
        self.setModel(self._figures)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these from now on, the first one current; nothing changes if they are the same."""
        if rows != self._figures.rows:
            self._figures.show_rows(rows)
            self._longest = [_longest(rows, column) for column in range(len(self._longest))]
            self.setCurrentIndex(self._figures.index(0, 0))
            self._fit()

    @property
    def row_count(self) -> int:
        return len(self._figures.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Cut no texts; let the last column fill what is left, but never part numbers."""
        heads, last = self.horizontalHeader(), self._figures.columnCount() - 1
        for column in range(last + 1):
            heads.resizeSection(column, self._needed(column))
        if last not in self._numbers:
            taken = sum(heads.sectionSize(column) for column in range(last + 1))
            heads.setStretchLastSection(taken <= self.viewport().width())

    def _needed(self, column: int) -> int:
        """Pixels for the heading and the longest texts."""
        found = [self._figures.index(row, column) for row in self._longest[column]]
        sizes = (self.sizeHintForIndex(each).width() for each in found)
        return max([self.horizontalHeader().sectionSizeHint(column), *sizes])

    def texts(self, row: int) -> list[str]:
        """The cells of a row."""
        return list(self._figures.rows[row])


def _longest(rows: Sequence[Sequence[str]], column: int) -> list[int]:
    return nlargest(_LONGEST, range(len(rows)), key=lambda row: len(rows[row][column]))
