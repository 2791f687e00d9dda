"""Notes that were changed here and there: both texts, and whose words shall stay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID, Theme
from studyapp.ui.button import Button
from studyapp.ui.conflict_list import ConflictList, Difference, Option
from studyapp.ui.note_html import Sides, comparison, spoken
from studyapp.ui.notes_page import ITEM_HEIGHT, Entry, NoteText, TwoLines
from studyapp.ui.screen import add_action, keys_of, label, row

_LIST_WIDTH = 76 * GRID
_WIDE = 760
"""From this width on, the list stands beside the note."""
_HIGH = 360
"""From this height on, there is room for two lines of the list above the note."""
_NAME_WIDTH = 22 * GRID
_ANY = 16_777_215
"""Qt's largest size."""


class ConflictsPage(QWidget):
    """A choice leads on to the next note; Shift and its key choose for all."""

    chosen = Signal()

    def __init__(self, theme: Theme, options: Sequence[Option], sides: Sides) -> None:
        """The last option is the one of notes for which nothing was chosen."""
        super().__init__()
        self._theme = theme
        self._options = tuple(options)
        self._sides = sides
        self.setAccessibleName("Notes that were changed here and there")
        self.model = ConflictList(options[-1])
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setObjectName("conflicts")
        self.list.setAccessibleName("Notes that were changed here and there")
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.note = NoteText()
        self._lay_out()

    def _actions(self, modifier: str, suffix: str) -> list[QAction]:
        choose = self.choose_all if modifier else self.choose
        return [
            add_action(
                self,
                f"{each.name}{suffix.replace(' ', '_')}",
                f"{each.text}{suffix}",
                (f"{modifier}{each.key}",),
                partial(choose, each),
            )
            for each in self._options
        ]

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        right.addWidget(self.note, 1)
        right.addLayout(self._buttons("This note", self._actions("", "")))
        right.addLayout(self._buttons("All (Shift)", self._actions("Shift+", " for all")))
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(3 * GRID)
        self._body.addWidget(self.list)
        self._body.addLayout(right, 1)

    def show_conflicts(self, conflicts: Sequence[Difference]) -> None:
        """Show these, with nothing chosen."""
        self.model.show_conflicts(conflicts)
        if conflicts:
            self.list.setCurrentIndex(self.model.index(0))

    def choose(self, option: Option) -> None:
        """Choose for the selected note."""
        index = self.list.currentIndex()
        if not index.isValid():
            return
        self.model.choose(index.row(), option)
        following = self.model.index(index.row() + 1)
        if following.isValid():
            self.list.setCurrentIndex(following)
        self.chosen.emit()

    def choose_all(self, option: Option) -> None:
        """Choose for all notes."""
        self.model.choose_all(option)
        self.chosen.emit()

    def dress(self, theme: Theme) -> None:
        """Follow a change of the theme."""
        self._theme = theme
        self._show(self.list.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        wide = event.size().width() >= _WIDE
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self.list.setMaximumWidth(_LIST_WIDTH if wide else _ANY)
        lines = 2 if event.size().height() >= _HIGH else 1
        self.list.setMaximumHeight(_ANY if wide else lines * ITEM_HEIGHT + 4 * GRID)
        super().resizeEvent(event)

    def _show(self, index: QModelIndex) -> None:
        conflict = self.model.conflict(index.row())
        self.note.show_note(self._entry(conflict) if conflict else None)

    def _entry(self, conflict: Difference) -> Entry:
        mine, theirs = conflict.mine, conflict.theirs
        return Entry(
            0,
            self.model.title(conflict),
            "",
            lambda stacked: comparison(
                mine, theirs, self._theme, stacked=stacked, sides=self._sides
            ),
            lambda: spoken(mine, theirs, self._sides),
        )

    def _buttons(self, name: str, actions: Sequence[QAction]) -> QHBoxLayout:
        quiet = label(name, "quiet")
        quiet.setFixedWidth(_NAME_WIDTH)
        named = zip(actions, self._options, strict=True)
        buttons = [_button(action, f"{each.text} ({each.key})") for action, each in named]
        line = row(quiet, *buttons, None)
        line.setSpacing(GRID)
        return line


def _button(action: QAction, text: str) -> Button:
    button = Button(text)
    button.setObjectName("flat")
    button.setAccessibleName(f"{action.text()}, key {keys_of(action)}")
    button.setToolTip(keys_of(action))
    button.setAutoDefault(False)  # Enter in the list chooses nothing
    button.clicked.connect(action.trigger)
    return button
