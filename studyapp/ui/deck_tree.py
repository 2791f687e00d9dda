"""The tree of decks with what is left of each today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from studyapp.domain.decks import Deck, is_within
from studyapp.rendering.design import GRID, Theme
from studyapp.services.library import DeckLine
from studyapp.ui.chevron import draw_chevron

_COUNTS = ("new", "learning", "due")
_COLUMN_WIDTH = 23 * GRID
_INDENT = 6 * GRID
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DeckTree(QTreeWidget):
    """Keeps what is selected and folded while its numbers change."""

    started = Signal()
    """Enter or a double click on a deck."""

    def __init__(self, theme: Theme, collapsed: Iterable[int]) -> None:
        super().__init__()
        self._theme = theme
        self._collapsed = set(collapsed)
        self._lines: tuple[DeckLine, ...] = ()
        self._items: dict[int, QTreeWidgetItem] = {}
        self._searched = QElapsedTimer()
        self.setObjectName("decks")
        self.setAccessibleName("Decks")
        self.setHeaderLabels(["Deck", "New", "Learning", "Due"])
        self.setItemDelegate(_ColouredWhenSelected(self))
        self.setIndentation(_INDENT)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_header()
        self.itemDoubleClicked.connect(self._start)
        self.itemCollapsed.connect(lambda item: self._collapsed.add(_deck_id(item)))
        self.itemExpanded.connect(lambda item: self._collapsed.discard(_deck_id(item)))

    def _set_up_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, _COLUMN_WIDTH)
            self.headerItem().setTextAlignment(column, _RIGHT)

    @property
    def folded(self) -> frozenset[int]:
        """Ids of the decks that are folded."""
        return frozenset(self._collapsed)

    @property
    def selected(self) -> DeckLine | None:
        item = self.currentItem()
        ids = {line.deck.id: line for line in self._lines}
        return None if item is None else ids.get(_deck_id(item))

    @property
    def decks_below(self) -> int:
        """How many decks lie below the selected one, at any depth."""
        line = self.selected
        if line is None:
            return 0
        return sum(is_within(each.deck.name, line.deck.name) for each in self._lines) - 1

    def show_lines(self, lines: Sequence[DeckLine]) -> None:
        """Show these decks; the same decks as before only get new numbers."""
        same = [_identity(each.deck) for each in lines] == [
            _identity(each.deck) for each in self._lines
        ]
        self._lines = tuple(lines)
        if not same:
            self._rebuild()
        self._write_counts()

    def _start(self) -> None:
        self.started.emit()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._write_counts()

    def select(self, deck_id: int) -> None:
        """Make a deck the current one, its line in view."""
        if deck_id in self._items:
            self.setCurrentItem(self._items[deck_id])

    def _rebuild(self) -> None:
        before = self.selected_id()
        self.clear()
        self._items.clear()
        above: dict[int, QTreeWidgetItem] = {}
        for line in self._lines:
            item = QTreeWidgetItem([line.deck.short_name])
            item.setData(0, Qt.ItemDataRole.UserRole, line.deck.id)
            item.setToolTip(0, line.deck.name.replace("::", " › "))
            parent = above.get(line.depth - 1)
            (parent.addChild if parent else self.addTopLevelItem)(item)
            above[line.depth] = self._items[line.deck.id] = item
        for deck_id, item in self._items.items():
            item.setExpanded(deck_id not in self._collapsed)
        self.select(before if before in self._items else next(iter(self._items), 0))

    def selected_id(self) -> int:
        """Id of the current deck; 0 if there is none."""
        item = self.currentItem()
        return 0 if item is None else _deck_id(item)

    def _write_counts(self) -> None:
        for line in self._lines:
            item = self._items[line.deck.id]
            for column, name in enumerate(_COUNTS, start=1):
                number = int(getattr(line.counts, name))
                colour = getattr(self._theme, name) if number else self._theme.muted
                item.setText(column, str(number))
                item.setTextAlignment(column, _RIGHT)
                item.setForeground(column, QBrush(_faint(colour) if not number else colour))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, _spoken(line))

    def event(self, event: QEvent) -> bool:
        # Letters search for a deck here, also those that are shortcuts of the window, but for the
        # ones that open another screen; within a word these search, too.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.text().isprintable()
            and event.text().strip()
            and event.modifiers()
            in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            and (not self._opens_a_screen(event.text()) or self._is_searching())
        ):
            self._searched.start()
            event.accept()
            return True
        return super().event(event)

    def _is_searching(self) -> bool:
        """Whether a letter comes so soon after another that both are of one word."""
        interval = QApplication.keyboardInputInterval()
        return self._searched.isValid() and not self._searched.hasExpired(interval)

    def _opens_a_screen(self, letter: str) -> bool:
        """Whether a letter is the key of another screen."""
        openers = (each for each in self.window().actions() if _opens(each.objectName()))
        return any(QKeySequence(letter) in each.shortcuts() for each in openers)

    def drawBranches(  # noqa: N802
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The mark of a deck with sub-decks."""
        super().drawBranches(painter, rect, index)
        if not self.model().hasChildren(index):
            return
        centre = QPointF(rect.right() - _INDENT / 2, rect.center().y() + 0.5)
        is_open = self.itemFromIndex(index).isExpanded()
        draw_chevron(painter, centre, QColor(self._theme.muted), down=is_open)


class _ColouredWhenSelected(QStyledItemDelegate):
    """Numbers keep their colour in the selected line."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(brush, QBrush):
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.HighlightedText, brush)
            option.palette = palette


def _identity(deck: Deck) -> tuple[int, str]:
    return deck.id, deck.name


def _deck_id(item: QTreeWidgetItem) -> int:
    return int(item.data(0, Qt.ItemDataRole.UserRole))


def _faint(colour: str) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(0.55)
    return faint


def _spoken(line: DeckLine) -> str:
    counts = line.counts
    return f"{line.deck.short_name}: {counts.new} new, {counts.learning} learning, {counts.due} due"


def _opens(name: str) -> bool:
    """Whether an action with this name opens another screen than the decks."""
    return name.startswith("open_") and name != "open_decks"
