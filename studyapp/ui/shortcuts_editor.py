"""Where the user changes keys: every action of every screen, each with a field that takes a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.rendering.design import GRID
from studyapp.ui import keymap
from studyapp.ui.button import Button
from studyapp.ui.key_line import KeyLine
from studyapp.ui.keymap import Command
from studyapp.ui.screen import label, row
from studyapp.ui.shortcuts import Shortcuts

_SIZE = QSize(760, 680)
_EXPLAINED = (
    "Press a new key in a field; it counts at once. Backspace takes the key away, Tab goes on."
)
_NOTHING = "No action has this name."


class ShortcutsEditor(QDialog):
    """A key that something else has is asked about first."""

    def __init__(self, parent: QWidget, shortcuts: Shortcuts) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._take: Callable[[], object] | None = None
        self._asked_from: QWidget | None = None
        self.setWindowTitle("Shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find an action or a key")
        self.search.setAccessibleName("Find an action or a key")
        self.question = _Question()
        self.nothing = label(_NOTHING, "quiet")
        self.lines = {each.id: KeyLine(each) for each in shortcuts.commands}
        self._sections: list[tuple[QWidget, list[KeyLine]]] = []
        self.reset_all = Button("Reset all")
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self._show()
        self._search("")
        self.search.setFocus()

    def _lay_out(self) -> None:
        close = Button("Close")
        close.clicked.connect(self.accept)
        for each in (close, self.reset_all):
            each.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        layout.addWidget(self.search)
        layout.addWidget(self.nothing)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self.question)
        layout.addLayout(row(self.reset_all, None, close))

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 2 * GRID, 0)
        column.setSpacing(6 * GRID)
        sections: dict[str, list[Command]] = {}
        for each in self._shortcuts.commands:
            sections.setdefault(each.section, []).append(each)
        for heading, commands in sections.items():
            column.addWidget(self._section(heading, commands))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self._area = area
        return area

    def _section(self, heading: str, commands: Sequence[Command]) -> QWidget:
        section = QWidget()
        grid = QGridLayout(section)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(3, self.lines[commands[0].id].reset.sizeHint().width())
        grid.addWidget(label(heading, "heading"), 0, 0)
        lines = [self.lines[each.id] for each in commands]
        for number, line in enumerate(lines, 1):
            for column, widget in enumerate(line.widgets):
                grid.addWidget(widget, number, column)
        self._sections.append((section, lines))
        return section

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.reset_all.clicked.connect(self._reset_all)
        self.question.taken.connect(self._on_taken)
        self.question.left.connect(self._leave)
        for command_id, line in self.lines.items():
            line.field.pressed.connect(partial(self._on_key, line))
            line.reset.clicked.connect(partial(self._reset, command_id))
            line.field.focused.connect(partial(self._area.ensureWidgetVisible, line.field))

    def _show(self) -> None:
        """Show the keys that count now."""
        for command_id, line in self.lines.items():
            is_changed = self._shortcuts.is_changed(command_id)
            line.show_keys(self._shortcuts.keys_of(command_id), is_changed=is_changed)
        self.reset_all.setEnabled(any(map(self._shortcuts.is_changed, self.lines)))

    def _search(self, text: str) -> None:
        words = text.casefold().split()
        for section, lines in self._sections:
            for line in lines:
                line.set_visible(all(word in line.said for word in words))
            section.setVisible(any(line.is_visible for line in lines))
        self.nothing.setVisible(not any(line.is_visible for line in self.lines.values()))

    def _on_key(self, line: KeyLine, key: str) -> None:
        """The first key of a command is to be another, or none."""
        self._withdraw()
        rest = self._shortcuts.keys_of(line.command.id)[1:]
        reason = keymap.refusal(line.command, key) if key else ""
        if reason:
            self._show()
            self.question.refuse(reason)
        else:
            wanted = [key, *(each for each in rest if each != key)] if key else rest
            self._want(line.command, wanted)

    def _reset(self, command_id: str) -> None:
        command = self.lines[command_id].command
        self._withdraw()
        self._want(command, command.standard)

    def _want(self, command: Command, wanted: Sequence[str]) -> None:
        clashing = self._shortcuts.clashes(command.id, wanted)
        if clashing:
            self._take = partial(self._shortcuts.give, command.id, tuple(wanted))
            taken = [key for key in wanted if self._shortcuts.clashes(command.id, [key])]
            self.question.ask(question(taken, clashing))
            self._asked_from = self.focusWidget()
            self.question.take.setFocus()
        else:
            self._shortcuts.give(command.id, wanted)
            self._show()

    def _on_taken(self) -> None:
        if self._take is not None:
            self._take()
        self._leave()

    def _leave(self) -> None:
        """Nothing is asked any more; the fields show what counts."""
        self._withdraw()
        self._show()
        if self._asked_from is not None:
            self._asked_from.setFocus()

    def _withdraw(self) -> None:
        self._take = None
        self.question.withdraw()

    def _reset_all(self) -> None:
        self._withdraw()
        self._shortcuts.reset_all()
        self._show()
        self.search.setFocus()


def question(keys: Sequence[str], clashing: Sequence[Command]) -> str:
    """What is asked before keys are taken from those that have them."""
    holders: dict[str, list[str]] = {}
    for each in clashing:
        holders.setdefault(each.text, []).append(each.section)
    names = ", ".join(f"“{text}” ({', '.join(found)})" for text, found in holders.items())
    is_are, it_them = ("is", "it") if len(keys) == 1 else ("are", "them")
    return f"{keymap.native(*keys)} {is_are} also {names}. Take {it_them} from there?"


class _Question(QWidget):
    """What is to be decided on a key, or why it cannot be had; hidden while there is nothing."""

    taken = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = label("", wraps=True)
        self.take = Button("Take it")
        self.leave = Button("Leave it")
        layout = row(self._text, self.take, self.leave)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for each in (self.take, self.leave):
            each.setAutoDefault(False)
        self.take.clicked.connect(self.taken)
        self.leave.clicked.connect(self.left)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def ask(self, text: str) -> None:
        """Let the user decide."""
        self._show(text, asks=True)

    def refuse(self, reason: str) -> None:
        """Say why a key cannot be had."""
        self._show(reason, asks=False)

    def withdraw(self) -> None:
        self.hide()

    def _show(self, text: str, *, asks: bool) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        for each in (self.take, self.leave):
            each.setVisible(asks)
            each.setAccessibleDescription(text)
        self.show()
