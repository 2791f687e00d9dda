"""Notes to decide about: a list, the note that is selected in it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row

_LIST_WIDTH = 72 * GRID
_WIDE = 760
"""From this width on, the list stands beside the note."""
_HIGH = 360
"""From this height on, there is room for two lines of the list above the note."""
_TWO_COLUMNS = 500
"""From this width on, a note has room for two columns."""
ITEM_HEIGHT = 13 * GRID
_ANY = 16_777_215
"""Qt's largest size."""
SECOND_LINE = Qt.ItemDataRole.UserRole
"""What an item says below its title."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A note in the list."""

    note_id: int
    title: str
    deck_name: str
    """The full one."""
    html: Callable[[bool], str]
    """What is shown of it; told whether there is room for one column only."""
    spoken: Callable[[], str]
    """The same in words, for those who hear the screen."""


class NotesPage(QWidget):
    """Keeps the selection where it was when a note leaves the list."""

    def __init__(
        self, name: str, explained: str, buttons: Sequence[Button], empty: tuple[str, str]
    ) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.note = NoteText()
        self._explained = label(explained, "quiet", wraps=True)
        for button in buttons:
            button.setToolTip(explained)
        self._lay_out(buttons, empty)

    def _lay_out(self, buttons: Sequence[Button], empty: tuple[str, str]) -> None:
        right = QVBoxLayout()
        right.setSpacing(3 * GRID)
        right.addWidget(self.note, 1)
        right.addWidget(self._explained)
        choices = row(*buttons, None)
        choices.setSpacing(2 * GRID)
        right.addLayout(choices)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(4 * GRID)
        self._body.addWidget(self.list)
        self._body.addLayout(right, 1)
        body = QWidget()
        body.setLayout(self._body)
        self._content = QStackedLayout(self)
        self._content.addWidget(body)
        self._content.addWidget(_nothing(*empty))

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    @property
    def current(self) -> Entry | None:
        index = self.list.currentRow()
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these notes; where one is gone, the next is selected."""
        index = max(self.list.currentRow(), 0)
        self._entries = tuple(entries)
        self.list.blockSignals(True)  # what is shown of a note is laid out once, below
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title)
            deck = entry.deck_name.rpartition("::")[2]
            item.setData(SECOND_LINE, deck)
            item.setToolTip(f"{entry.title}\n{entry.deck_name.replace('::', ' › ')}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {deck}")
            self.list.addItem(item)
        self.list.setCurrentRow(min(index, len(entries) - 1))
        self.list.blockSignals(False)
        self._content.setCurrentIndex(0 if entries else 1)
        self._show()

    def select(self, note_id: int) -> bool:
        """Make a note the current one; tells whether it is in the list."""
        ids = [entry.note_id for entry in self._entries]
        if note_id in ids:
            self.list.setCurrentRow(ids.index(note_id))
        return note_id in ids

    def take_keyboard(self) -> None:
        """To the list, or to the page if it is empty."""
        (self.list if self._entries else self).setFocus()

    def save_room(self) -> None:
        """For a low window: what the buttons mean is left to their tool tips."""
        self._explained.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        wide = event.size().width() >= _WIDE
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        low = 2 if event.size().height() >= _HIGH else 1
        self.list.setMaximumWidth(_LIST_WIDTH if wide else _ANY)
        self.list.setMaximumHeight(_ANY if wide else low * ITEM_HEIGHT + 3 * GRID)
        super().resizeEvent(event)

    def _show(self) -> None:
        entry = self.current
        self.note.show_note(entry)


class NoteText(QTextBrowser):
    """A note as text, laid out anew when there is room for another number of columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setOpenLinks(False)
        self.setAccessibleName("The selected note")
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setMinimumHeight(ITEM_HEIGHT)
        self._entry: Entry | None = None
        self._narrow = False

    def show_note(self, entry: Entry | None) -> None:
        self._entry = entry
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if (event.size().width() < _TWO_COLUMNS) != self._narrow:
            self._narrow = not self._narrow
            self._lay_out()

    def _lay_out(self) -> None:
        self.setHtml(self._entry.html(self._narrow) if self._entry else "")
        self.setAccessibleDescription(self._entry.spoken() if self._entry else "")


class TwoLines(QStyledItemDelegate):
    """A note's title, and something about it below, quieter."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ITEM_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        place = option.rect.adjusted(2 * GRID, GRID, -2 * GRID, -GRID)
        half = place.height() // 2
        # Not the list's own palette: the style sheet makes its quiet text too faint.
        colours, role = QApplication.palette(), QPalette.ColorRole
        painter.save()
        for number, (text, colour) in enumerate(
            ((index.data(), role.Text), (index.data(SECOND_LINE), role.PlaceholderText))
        ):
            painter.setPen(colours.color(colour))
            line = QRect(place.left(), place.top() + number * half, place.width(), half)
            shown = option.fontMetrics.elidedText(
                str(text), Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def _nothing(title: str, text: str) -> QWidget:
    """What an empty list says."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addStretch(1)
    for each in (label(title, "heading", wraps=True), label(text, "quiet", wraps=True)):
        each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(each)
    layout.addStretch(2)
    return page
