"""The notes of the map as a list, the nearest first: for keys and for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListView

from studyapp.domain.landscape import Landscape, Place
from studyapp.rendering.design import GRID, Theme
from studyapp.ui.map.marks import Mark, draw_mark, mark_of
from studyapp.ui.map.survey import Indexes
from studyapp.ui.map.texts import state_of, title_of

_ICON = 6 * GRID
_ICON_SCALE = 3
_LEAST_HEIGHT = 44 * GRID
_UNIT = 25.0
"""As if neighbours were so many pixels apart: decides how large the marks in the list are."""
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE = QModelIndex()
_Flag = QItemSelectionModel.SelectionFlag


class NoteListModel(QAbstractListModel):
    """Places of a map, in an order that is given."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._landscape = Landscape()
        self.order: Indexes = np.zeros(0, np.int64)
        self._icons: dict[Mark, QIcon] = {}

    def show_places(self, landscape: Landscape, order: Indexes) -> None:
        self.beginResetModel()
        self._landscape, self.order = landscape, order
        self.endResetModel()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._icons.clear()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.order)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        place = self._landscape.places[int(self.order[index.row()])]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{title_of(place)}\n{state_of(place)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title_of(place)}, {state_of(place)}"
        return self._icon(place) if role == Qt.ItemDataRole.DecorationRole else None

    def _icon(self, place: Place) -> QIcon:
        mark = replace(mark_of(place), size=0)
        if mark not in self._icons:
            picture = QPixmap(_ICON * _ICON_SCALE, _ICON * _ICON_SCALE)
            picture.setDevicePixelRatio(_ICON_SCALE)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            draw_mark(painter, QPointF(_ICON / 2, _ICON / 2), mark, self._theme, _UNIT)
            painter.end()
            self._icons[mark] = QIcon(picture)
        return self._icons[mark]


class NoteList(QListView):
    """What is selected here is what is chosen on the map."""

    chosen_changed = Signal()
    """By the user."""
    edit_wanted = Signal()
    went_up = Signal()
    """Above the first note is where a search is typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.places = NoteListModel(theme)
        self._is_told = False
        self.setObjectName("nearness")
        self.setAccessibleName("Notes of the map, the nearest first")
        self.setModel(self.places)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.doubleClicked.connect(lambda _: self.edit_wanted.emit())
        self.selectionModel().selectionChanged.connect(self._on_changed)

    def show_places(self, landscape: Landscape, order: Indexes, chosen: int) -> None:
        """Show places in an order, of which so many at the beginning are chosen."""
        self._is_told = True
        self.places.show_places(landscape, order)
        if chosen:
            first, last = self.places.index(0), self.places.index(chosen - 1)
            self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
            self.selectionModel().select(QItemSelection(first, last), _Flag.ClearAndSelect)
        self.scrollToTop()
        self._is_told = False

    @property
    def chosen(self) -> Sequence[int]:
        """Indexes of the places that are chosen, in the order of the list."""
        order, found = self.places.order, self.selectionModel().selection().toList()
        spans = sorted((span.top(), span.bottom() + 1) for span in found)
        return [int(each) for first, end in spans for each in order[first:end]]

    @property
    def current(self) -> int | None:
        """The place that the keyboard is at."""
        row = self.currentIndex().row()
        return int(self.places.order[row]) if row >= 0 else None

    def dress(self, theme: Theme) -> None:
        self.places.dress(theme)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _ENTER_KEYS:
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.went_up.emit()
        else:
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        if not self._is_told:
            self.chosen_changed.emit()
