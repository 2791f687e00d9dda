"""Ctrl+L: find a LaTeX command by its name, by what it is, or by its category."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studyapp.rendering.design import GRID
from studyapp.rendering.unicode_math import to_unicode
from studyapp.ui.button import Button
from studyapp.ui.chevron import ComboBox
from studyapp.ui.latex_entries import LatexEntry, categories, matching
from studyapp.ui.screen import label, row
from studyapp.ui.snippets import CATEGORY

_WIDTH, _HEIGHT = 130 * GRID, 105 * GRID
_SHOWN_WIDTH = 28 * GRID
_SHOWN_SIZE = 18
_ENTRY = Qt.ItemDataRole.UserRole
_CATEGORY = Qt.ItemDataRole.UserRole + 1
_DRAWN = Qt.ItemDataRole.UserRole + 2
_MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_EVERYTHING = "All categories"
_LINES = 12
"""So many letters of a drawn formula have room."""


class LatexPalette(QDialog):
    """Type, choose with the arrow keys, Enter; left and right change the category."""

    chosen = Signal(LatexEntry)
    snippets_wanted = Signal()
    """The user wants to write snippets."""

    def __init__(self, parent: QWidget, entries: Iterable[LatexEntry]) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self.setObjectName("palette")
        self.setWindowTitle("Find a LaTeX command")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.category = ComboBox()
        self.found = QListWidget()
        self._nothing = label("No command has this name. Esc closes.", "quiet")
        self._fill()
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.category.currentIndexChanged.connect(self._search)
        self.field.returnPressed.connect(self._choose)
        self.found.itemClicked.connect(self._choose)
        self.field.installEventFilter(self)
        self._search()
        self._place(parent)
        self.field.setFocus()

    def _fill(self) -> None:
        self.field.setPlaceholderText("Find a command: alpha, arrow, integral, matrix…")
        self.field.setAccessibleName("Find a LaTeX command")
        self.category.setAccessibleName("Category (Alt+Left, Alt+Right)")
        self.category.addItem(_EVERYTHING, "")
        for each in categories(self._entries):
            self.category.addItem(each, each)
        self.found.setAccessibleName("Found")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setUniformItemSizes(True)
        self.found.setItemDelegate(_Drawn(self.found))

    def _lay_out(self) -> None:
        snippets = Button("Your snippets…")
        snippets.setObjectName("flat")
        snippets.clicked.connect(self._leave_for_snippets)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.addWidget(self.field)
        layout.addWidget(self.category)
        layout.addWidget(self.found, 1)
        layout.addWidget(self._nothing)
        hint = label("Alt+Left, Alt+Right: another category", "quiet")
        layout.addLayout(row(hint, None, snippets))

    def _place(self, parent: QWidget) -> None:
        self.resize(min(_WIDTH, parent.width() - 4 * GRID), min(_HEIGHT, parent.height() - 80))
        middle = (parent.width() - self.width()) // 2
        self.move(parent.mapToGlobal(QPoint(middle, 12 * GRID)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _MOVING_KEYS:
            self.found.keyPressEvent(event)
            return True
        is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._turn(1 if event.key() == Qt.Key.Key_Right else -1)
            return True
        return False

    def _turn(self, step: int) -> None:
        self.category.setCurrentIndex((self.category.currentIndex() + step) % self.category.count())

    def _search(self) -> None:
        self.found.clear()
        category = str(self.category.currentData())
        for entry in matching(self.field.text(), category, self._entries):
            item = QListWidgetItem(entry.name)
            drawn = _drawing(entry)
            item.setData(_ENTRY, self._entries.index(entry))
            item.setData(_CATEGORY, entry.category)
            item.setData(_DRAWN, drawn)
            spoken = f"{entry.name}, {drawn}, {entry.category}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        self._nothing.setVisible(self.found.count() == 0)

    def _choose(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            entry = self._entries[int(item.data(_ENTRY))]
            self.accept()
            self.chosen.emit(entry)

    def _leave_for_snippets(self) -> None:
        self.reject()
        self.snippets_wanted.emit()


def _drawing(entry: LatexEntry) -> str:
    if entry.category == CATEGORY:
        return ""
    drawn = to_unicode(entry.shown.strip())
    return drawn if len(drawn) <= _LINES else f"{drawn[: _LINES - 1]}…"


class _Drawn(QStyledItemDelegate):
    """The formula stands at the left, the name beside it, the category quietly at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = QStyleOptionViewItem(option)
        self.initStyleOption(line, index)
        name, line.text = line.text, ""
        line.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, line, painter, line.widget
        )
        place: QRect = option.rect.adjusted(3 * GRID, 0, -3 * GRID, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(place.adjusted(_SHOWN_WIDTH, 0, 0, 0), left, name)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(place, right, str(index.data(_CATEGORY)))
        font = painter.font()
        font.setPixelSize(_SHOWN_SIZE)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(place, left, str(index.data(_DRAWN)))
        painter.restore()

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, 9 * GRID))
