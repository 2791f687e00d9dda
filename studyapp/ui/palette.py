"""Ctrl+K: find an action or a deck by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.decks import Deck
from studyapp.rendering.design import GRID
from studyapp.ui.screen import keys_of, label

_WIDTH = 560
_ENTRY = Qt.ItemDataRole.UserRole
_HINT = Qt.ItemDataRole.UserRole + 1
_HEIGHT = 380
_MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the palette can do."""

    text: str
    hint: str
    """Its keys, or what kind of thing it is."""
    do: Callable[[], object]


class Palette(QDialog):
    """Type, choose with the arrow keys, Enter."""

    def __init__(self, parent: QWidget, entries: Iterable[Entry]) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self.setObjectName("palette")
        self.setWindowTitle("Find an action or a deck")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find an action or a deck")
        self.field.setAccessibleName("Find an action or a deck")
        self.found = QListWidget()
        self.found.setAccessibleName("Found")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setItemDelegate(_WithHint(self.found))
        self._nothing = label("Nothing has this name. Esc closes.", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        for each in (self.field, self.found, self._nothing):
            layout.addWidget(each)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._choose)
        self.found.itemClicked.connect(self._choose)
        self.field.installEventFilter(self)
        self._search("")
        self._place(parent)

    def _place(self, parent: QWidget) -> None:
        self.resize(min(_WIDTH, parent.width() - 8 * GRID), min(_HEIGHT, parent.height() - 80))
        middle = (parent.width() - self.width()) // 2
        self.move(parent.mapToGlobal(QPoint(middle, 16 * GRID)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _MOVING_KEYS
        ):
            self.found.keyPressEvent(event)
            return True
        return False

    def _search(self, text: str) -> None:
        self.found.clear()
        for entry in matching(text, self._entries):
            item = QListWidgetItem(entry.text)
            item.setData(_ENTRY, self._entries.index(entry))
            item.setData(_HINT, entry.hint)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text}, {entry.hint}")
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        self._nothing.setVisible(self.found.count() == 0)

    def _choose(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            entry = self._entries[int(item.data(_ENTRY))]
            self.accept()
            entry.do()


class _WithHint(QStyledItemDelegate):
    """The hint stands at the right, quieter than the text."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        place = option.rect.adjusted(0, 0, -3 * GRID, 0)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, str(index.data(_HINT)))
        painter.restore()


def matching(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that have every typed word in them; those that begin with the text first."""
    wanted = text.casefold()
    words = wanted.split()
    found = [each for each in entries if all(word in each.text.casefold() for word in words)]
    return sorted(found, key=lambda each: not each.text.casefold().startswith(wanted))


def entries_of(actions: Iterable[QAction]) -> list[Entry]:
    """What can be done, apart from finding what can be done."""
    return [
        Entry(action.text(), keys_of(action), action.trigger)
        for action in actions
        if action.isVisible() and action.objectName() != "palette"
    ]


def study_entries(decks: Iterable[Deck], study: Callable[[Deck], object]) -> list[Entry]:
    """Decks to be studied."""
    return [
        Entry(f"Study {deck.name.replace('::', ' › ')}", "deck", partial(study, deck))
        for deck in decks
    ]
