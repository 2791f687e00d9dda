"""Figures as a table: what a plot shows, for reading one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Figures(QTableWidget):
    """Read-only; the keys go from row to row, Tab leaves it."""

    def __init__(self, name: str, headings: Sequence[str], *, numbers: Sequence[int] = ()) -> None:
        """`numbers`: the columns that stand at the right."""
        super().__init__(0, len(headings))
        self._numbers = frozenset(numbers)
        self.setAccessibleName(name)
        for column, heading in enumerate(headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(_RIGHT if column in self._numbers else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these from now on, the first one current."""
        self.setRowCount(len(rows))
        for number, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if column in self._numbers:
                    item.setTextAlignment(_RIGHT)
                self.setItem(number, column, item)
        self.setCurrentCell(0 if rows else -1, 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the last column fill what is left, but never cut its texts, nor part numbers."""
        last = self.columnCount() - 1
        if last in self._numbers:
            return
        heads = self.horizontalHeader()
        taken = sum(heads.sectionSize(column) for column in range(last))
        needed = max(self.sizeHintForColumn(last), heads.sectionSizeHint(last))
        heads.setStretchLastSection(taken + needed <= self.viewport().width())

    def texts(self, row: int) -> list[str]:
        """The cells of a row."""
        items = (self.item(row, column) for column in range(self.columnCount()))
        return ["" if item is None else item.text() for item in items]
