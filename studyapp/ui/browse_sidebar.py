"""Beside the table: saved searches, states, flags, decks and tags, each a click away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QTreeWidget, QTreeWidgetItem

from studyapp.domain.decks import SEPARATOR, parent_names, sort_key
from studyapp.domain.query import Flagged, InDeck, Is, State, Tagged, Term
from studyapp.domain.query_text import plain
from studyapp.rendering.design import GRID, Theme
from studyapp.services.saved_searches import SavedSearch
from studyapp.ui.chevron import draw_chevron
from studyapp.ui.flags import FLAG_NAMES, flag_icon
from studyapp.ui.search_completion import Names

ALL: Final = SavedSearch("All", "")
_MEANING = Qt.ItemDataRole.UserRole
_INDENT = 4 * GRID
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STATES = {
    State.DUE: "Due",
    State.NEW: "New",
    State.LEARN: "Learning",
    State.REVIEW: "Review",
    State.SUSPENDED: "Suspended",
    State.BURIED: "Buried",
}


class BrowseSidebar(QTreeWidget):
    """Enter or a click narrows the search; with Ctrl, it finds this besides."""

    narrowed = Signal(object)
    """Told a term."""
    widened = Signal(object)
    """Told a term."""
    search_wanted = Signal(str)
    """A saved search is to be made."""
    delete_wanted = Signal(str)
    """The saved search with this name is to be deleted."""
    rename_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: object = None
        self._lines: list[QTreeWidgetItem] = []
        self._folded: set[str] = set()
        self.setObjectName("sidebar")
        self.setAccessibleName("Saved searches, states, flags, decks and tags")
        self.setHeaderHidden(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setIndentation(_INDENT)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.itemClicked.connect(lambda item, _: self._use(item, _held_modifiers()))
        self.itemCollapsed.connect(lambda item: self._folded.add(_path(item)))
        self.itemExpanded.connect(lambda item: self._folded.discard(_path(item)))

    def show_names(self, saved: Sequence[SavedSearch], names: Names) -> None:
        """Show what there is; nothing moves if that is the same as before."""
        shown = (tuple(saved), tuple(names.decks), tuple(names.tags))
        if shown == self._shown:
            return
        self._shown = shown
        before = _path(self.currentItem())
        self.clear()
        self._lines.clear()
        every = self._add(None, ALL.name, ALL)
        self._add_group("Saved searches", [(each.name, each) for each in saved])
        self._add_group("State", [(name, Is(state)) for state, name in _STATES.items()])
        self._add_group("Flag", [(FLAG_NAMES[n], Flagged(n)) for n in range(1, 8)])
        self._add_tree("Decks", names.decks, lambda name: InDeck(plain(name)))
        self._add_tree("Tags", names.tags, lambda name: Tagged(plain(name)))
        for item in self._lines:
            item.setExpanded(_path(item) not in self._folded)
            if _path(item) == before:
                self.setCurrentItem(item)
        if not self.currentIndex().isValid():
            self.setCurrentItem(every)

    def chosen_search(self) -> SavedSearch | None:
        """The saved search that is the current line."""
        item = self.currentItem()
        meaning = None if item is None else item.data(0, _MEANING)
        return meaning if isinstance(meaning, SavedSearch) and meaning is not ALL else None

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        item, saved = self.currentItem(), self.chosen_search()
        if event.key() in _ENTER_KEYS and item is not None:
            self._use(item, event.modifiers())
        elif event.key() == Qt.Key.Key_Delete and saved is not None:
            self.delete_wanted.emit(saved.name)
        elif event.key() == Qt.Key.Key_F2 and saved is not None:
            self.rename_wanted.emit(saved.name)
        else:
            super().keyPressEvent(event)

    def drawBranches(  # noqa: N802
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().drawBranches(painter, rect, index)
        if self.model().hasChildren(index):
            centre = QPointF(rect.right() - _INDENT / 2, rect.center().y() + 0.5)
            is_open = self.itemFromIndex(index).isExpanded()
            draw_chevron(painter, centre, QColor(self._theme.muted), down=is_open)

    def _use(self, item: QTreeWidgetItem, modifiers: Qt.KeyboardModifier) -> None:
        meaning = item.data(0, _MEANING)
        if isinstance(meaning, SavedSearch):
            self.search_wanted.emit(meaning.query)
        elif meaning is None:
            item.setExpanded(not item.isExpanded())
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.widened.emit(meaning)
        else:
            self.narrowed.emit(meaning)

    def _add(
        self, parent: QTreeWidgetItem | None, text: str, meaning: Term | SavedSearch | None
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setData(0, _MEANING, meaning)
        if isinstance(meaning, Flagged):
            item.setIcon(0, flag_icon(meaning.flag))
        self._lines.append(item)
        (parent.addChild if parent else self.addTopLevelItem)(item)
        return item

    def _add_group(
        self, title: str, lines: Sequence[tuple[str, Term | SavedSearch]]
    ) -> QTreeWidgetItem:
        group = self._add(None, title, None)
        for text, meaning in lines:
            self._add(group, text, meaning)
        group.setHidden(not lines)
        return group

    def _add_tree(self, title: str, names: Sequence[str], term: Callable[[str], Term]) -> None:
        """Names below each other as `::` says, also below names that nothing else has."""
        items = {"": self._add_group(title, [])}
        every = dict.fromkeys(each for name in names for each in (*parent_names(name), name))
        for name in sorted(every, key=sort_key):
            above, _, short = name.rpartition(SEPARATOR)
            if name.casefold() not in items:
                parent = items[above.casefold()]
                items[name.casefold()] = self._add(parent, short, term(name))
        items[""].setHidden(not names)


def _path(item: QTreeWidgetItem | None) -> str:
    """Tells a line from all others."""
    parts: list[str] = []
    while item is not None:
        parts.append(item.text(0))
        item = item.parent()
    return "\n".join(reversed(parts))


def _held_modifiers() -> Qt.KeyboardModifier:
    return QApplication.keyboardModifiers()
