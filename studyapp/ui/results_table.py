"""The table of what was found: sorted by its headings, its rows chosen by mouse and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from studyapp.domain.query import Column
from studyapp.rendering.design import GRID
from studyapp.ui.results_model import ResultsModel

_ROW_HEIGHT = 8 * GRID
_NARROWEST = 12 * GRID
_USUAL_WIDTH = 24 * GRID
_WIDTHS = {Column.DECK: 44 * GRID, Column.TAGS: 36 * GRID, Column.INTERVAL: 19 * GRID}
_FRONT_WIDTH = 80 * GRID
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Span = tuple[int, int]
"""The first row, and the one after the last."""


class ResultsTable(QTableView):
    """Any number of rows; all of them have the same height."""

    sort_wanted = Signal(Column)
    columns_menu_wanted = Signal(QPoint)
    """The user clicked the headings with the right button, at this place of the screen."""
    menu_wanted = Signal(QPoint)
    edit_wanted = Signal()
    delete_wanted = Signal()
    went_up = Signal()
    """Above the first row is where a search is typed."""
    chosen_changed = Signal()
    """Other rows are chosen, or another is the current one."""

    def __init__(self, model: ResultsModel, widths: Mapping[Column, int]) -> None:
        super().__init__()
        self._model = model
        self._widths = dict(widths)
        self.setObjectName("results")
        self.setAccessibleName("Cards and notes that were found")
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_headers()
        self.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        )
        self.doubleClicked.connect(lambda _: self.edit_wanted.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen_changed.emit())
        model.modelReset.connect(self._fit_columns)
        self._fit_columns()

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW_HEIGHT)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        heads = self.horizontalHeader()
        heads.setSectionsClickable(True)
        heads.setHighlightSections(False)
        heads.setSortIndicatorShown(True)
        heads.setStretchLastSection(False)
        heads.setMinimumSectionSize(_NARROWEST)
        heads.setAccessibleName("Columns")
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(
            lambda place: self.columns_menu_wanted.emit(heads.mapToGlobal(place))
        )
        heads.sectionClicked.connect(lambda at: self.sort_wanted.emit(self._model.columns[at]))
        heads.sectionResized.connect(self._on_resized)

    @property
    def widths(self) -> Mapping[Column, int]:
        """Of the columns that the user made wider or narrower."""
        return self._widths

    def mark_sorted(self, column: Column, descending: bool) -> None:
        """Show in the headings what the rows are sorted by."""
        columns, order = self._model.columns, Qt.SortOrder
        at = columns.index(column) if column in columns else -1
        direction = order.DescendingOrder if descending else order.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, direction)

    @property
    def current(self) -> int:
        """The current row; -1 if there is none."""
        return self.currentIndex().row()

    def chosen(self) -> list[Span]:
        """The rows that are chosen, in order, with no two spans beside each other."""
        spans: list[Span] = []
        for first, end in sorted(
            (each.top(), each.bottom() + 1) for each in self.selectionModel().selection()
        ):
            if spans and first <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((first, end))
        return spans

    def choose(self, row: int) -> None:
        """Make a row the only one that is chosen, and bring it into view."""
        if 0 <= row < self._model.rowCount():
            self.selectRow(row)
            self.scrollTo(self._model.index(row, 0))

    def choose_spans(self, spans: Sequence[Span], current: int) -> None:
        """Choose rows again."""
        selection = QItemSelection()
        last, rows = len(self._model.columns) - 1, self._model.rowCount()
        for first, end in spans:
            if first < rows:
                top, bottom = self._model.index(first, 0), self._model.index(min(end, rows) - 1, last)
                selection.select(top, bottom)
        flags = QItemSelectionModel.SelectionFlag
        if 0 <= current < rows:
            self.selectionModel().setCurrentIndex(self._model.index(current, 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key in _ENTER_KEYS:
            self.edit_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Up and self.current <= 0 and not event.modifiers():
            self.went_up.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Looking through all rows for a letter would take long; the search line finds."""

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column its width, and the front what is left."""
        heads, columns = self.horizontalHeader(), self._model.columns
        heads.blockSignals(True)
        taken = 0
        for at, column in enumerate(columns):
            if column is not Column.FRONT:
                width = self._widths.get(column, _WIDTHS.get(column, _USUAL_WIDTH))
                heads.resizeSection(at, width)
                taken += width
        if Column.FRONT in columns:
            left = self.viewport().width() - taken
            heads.resizeSection(columns.index(Column.FRONT), max(left, _FRONT_WIDTH // 2))
        heads.blockSignals(False)
        self.updateGeometries()

    def _on_resized(self, at: int, _before: int, width: int) -> None:
        column = self._model.columns[at]
        if column is not Column.FRONT:
            self._widths[column] = width


def row_count(spans: Sequence[Span]) -> int:
    return sum(end - first for first, end in spans)


_ = QWidget
