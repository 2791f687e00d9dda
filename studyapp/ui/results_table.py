"""The table of what was found: sorted by its headings, its rows chosen by mouse and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from studyapp.domain.query import Column
from studyapp.rendering.design import GRID
from studyapp.ui.results_model import ResultsModel

_ROW_HEIGHT = 8 * GRID
_NARROWEST = 12 * GRID
_USUAL_WIDTH = 24 * GRID
_WIDTHS = {
    Column.DECK: 44 * GRID,
    Column.TAGS: 36 * GRID,
    Column.STATE: 32 * GRID,
    Column.DUE: 28 * GRID,
    Column.INTERVAL: 19 * GRID,
}
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
        self._usual, self._elided = QStyledItemDelegate(self), _MiddleElided(self)
        self._is_fitting = False
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
        # Otherwise a click would choose all rows, and after each choice of many rows all of them
        # would be asked whether their column is chosen: a second for 100,000.
        heads.sectionPressed.disconnect()
        heads.sectionEntered.disconnect()
        heads.setSelectionModel(QItemSelectionModel(self._model, heads))
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
        ranges = self.selectionModel().selection().toList()
        for first, end in sorted((each.top(), each.bottom() + 1) for each in ranges):
            if spans and first <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((first, end))
        return spans

    def choose(self, row: int) -> None:
        """Make a row the only one that is chosen, and bring it into view."""
        if 0 <= row < self._model.rowCount():
            # `selectRow` would do something else while Ctrl is held, as it is for many actions.
            flags = QItemSelectionModel.SelectionFlag
            index = self._model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def choose_spans(self, spans: Sequence[Span], current: int) -> None:
        """Choose rows again."""
        selection = QItemSelection()
        last, rows = len(self._model.columns) - 1, self._model.rowCount()
        for first, end in spans:
            if first < rows:
                bottom = self._model.index(min(end, rows) - 1, last)
                selection.select(self._model.index(first, 0), bottom)
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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column its width, and the front what is left."""
        heads, columns = self.horizontalHeader(), self._model.columns
        self._is_fitting = True
        taken = 0
        for at, column in enumerate(columns):
            delegate = self._elided if column is Column.DECK else self._usual
            self.setItemDelegateForColumn(at, delegate)
            if column is not Column.FRONT:
                width = self._widths.get(column, _WIDTHS.get(column, _USUAL_WIDTH))
                heads.resizeSection(at, width)
                taken += width
        if Column.FRONT in columns:
            left = self.viewport().width() - taken
            heads.resizeSection(columns.index(Column.FRONT), max(left, _FRONT_WIDTH // 2))
        self._is_fitting = False

    def _on_resized(self, at: int, _before: int, width: int) -> None:
        column = self._model.columns[at]
        if column is not Column.FRONT and not self._is_fitting:
            self._widths[column] = width


class _MiddleElided(QStyledItemDelegate):
    """Names of decks keep their two ends, as elsewhere."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


def row_count(spans: Sequence[Span]) -> int:
    return sum(end - first for first, end in spans)
