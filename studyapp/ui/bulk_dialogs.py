"""What is asked before many cards are changed at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studyapp.errors import ContentError, StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.authoring import check_deck_name, check_tag
from studyapp.services.changing import Positions
from studyapp.ui.button import Button
from studyapp.ui.check_box import CheckBox
from studyapp.ui.chevron import ComboBox
from studyapp.ui.screen import label, row
from studyapp.ui.tags_line import TagsLine

_WIDTH = 110 * GRID
_ROOM_FOR_TAGS = 85 * GRID
_MOST = 999_999_999


class AskingDialog(QDialog):
    """A question, a place to answer it, and a button that does it; what is wrong is told here."""

    def __init__(self, parent: QWidget, title: str, question: str, do_it: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.problem = label("", "error", wraps=True)
        self.problem.hide()
        self.button = Button(do_it)
        self.button.setObjectName("primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self.finish)
        self.cancel = cancel = Button("Cancel")
        cancel.setToolTip("Esc")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        if question:
            layout.addWidget(label(question, "quiet", wraps=True))
        layout.addLayout(self.body)
        layout.addWidget(self.problem)
        buttons = row(None, cancel, self.button)
        buttons.setSpacing(2 * GRID)
        layout.addLayout(buttons)
        self.setMinimumWidth(min(_WIDTH, parent.width() - 8 * GRID))

    def order_tabs(self, *asked: QWidget) -> None:
        """Tab goes through what is asked, then to the buttons, which were made first."""
        for before, after in pairwise((*asked, self.cancel, self.button)):
            QWidget.setTabOrder(before, after)

    def finish(self) -> None:
        """Do what was asked for and close, or tell what is wrong."""
        try:
            self.do()
        except StudyAppError as failure:
            self.complain(str(failure))
            return
        self.accept()

    def do(self) -> None:
        """What the button does; raises StudyAppError."""

    def complain(self, message: str) -> None:
        """Tell what is wrong; nothing: it is right now."""
        self.problem.setText(message)
        self.problem.setVisible(bool(message))

    def add_line(self, text: str, widget: QWidget) -> None:
        """A field with its name before it."""
        name = QLabel(text)
        name.setBuddy(widget)
        line: QHBoxLayout = row(name, None, widget)
        self.body.addLayout(line)
        if not widget.accessibleName():
            widget.setAccessibleName(text)


class MoveDialog(AskingDialog):
    """To which deck."""

    def __init__(
        self, parent: QWidget, what: str, decks: Sequence[str], move: Callable[[str], None]
    ) -> None:
        super().__init__(
            parent, "Move to a deck", f"Put {what} into this deck; a new name makes a deck.", "Move"
        )
        self._move = move
        self.deck = ComboBox()
        self.deck.setEditable(True)
        self.deck.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.deck.setAccessibleName("Deck")
        self.deck.addItems(decks)
        completer = QCompleter(self.deck.model(), self.deck)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.deck.setCompleter(completer)
        self.body.addWidget(self.deck)
        self.deck.setEditText("")
        self.deck.setFocus()

    def do(self) -> None:
        name = self.deck.currentText().strip()
        check_deck_name(name)
        self._move(name)


class TagsDialog(AskingDialog):
    """Which tags."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        question: str,
        *,
        do_it: str,
        known: Callable[[], Sequence[str]],
        change: Callable[[Sequence[str]], None],
    ) -> None:
        super().__init__(parent, title, question, do_it)
        self._change = change
        self.tags = TagsLine(known)
        self.body.addWidget(self.tags)
        self.body.addStretch(1)
        self.setMinimumHeight(_ROOM_FOR_TAGS)
        self.tags.setFocus()

    def do(self) -> None:
        for tag in self.tags.tags:
            check_tag(tag)
        if not self.tags.tags:
            raise ContentError("There is no tag yet. Write one or more, separated by blanks.")
        self._change(self.tags.tags)


class LineDialog(AskingDialog):
    """One line of text, such as a name."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        question: str,
        *,
        do_it: str,
        use: Callable[[str], None],
        text: str = "",
    ) -> None:
        super().__init__(parent, title, question, do_it)
        self._use = use
        self.line = QLineEdit(text)
        self.line.setAccessibleName(title)
        self.line.selectAll()
        self.line.textEdited.connect(lambda: self.complain(""))
        self.body.addWidget(self.line)
        self.line.setFocus()

    def do(self) -> None:
        self._use(self.line.text())


class ResetDialog(AskingDialog):
    """What of the past is forgotten."""

    def __init__(self, parent: QWidget, what: str, reset: Callable[[bool], None]) -> None:
        super().__init__(
            parent,
            "Reset to new",
            f"Make {what} new, at their old places in the order of learning. The reviews stay in "
            "the statistics.",
            "Reset",
        )
        self._reset = reset
        self.forget_counts = CheckBox("Count reviews and lapses from 0 again")
        self.body.addWidget(self.forget_counts)
        self.button.setFocus()

    def do(self) -> None:
        self._reset(not self.forget_counts.isChecked())


class PositionDialog(AskingDialog):
    """In which order new cards are learned."""

    def __init__(self, parent: QWidget, what: str, reposition: Callable[[Positions], None]) -> None:
        super().__init__(
            parent,
            "Order of new cards",
            f"The new ones of {what} get these places in the order of learning; those of one note "
            "get the same.",
            "Reposition",
        )
        self._reposition = reposition
        self.start, self.step = QSpinBox(), QSpinBox()
        for box, least in ((self.start, 0), (self.step, 1)):
            box.setRange(least, _MOST)
            box.setGroupSeparatorShown(True)
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            box.setMinimumWidth(30 * GRID)
        self.step.setValue(1)
        self.shuffle = CheckBox("By chance, not as they are listed")
        self.make_room = CheckBox("Move other new cards back, so that they come after these")
        self.make_room.setChecked(True)
        self.add_line("First place", self.start)
        self.add_line("Step from note to note", self.step)
        self.body.addWidget(self.shuffle)
        self.body.addWidget(self.make_room)
        self.start.setFocus()
        self.start.selectAll()

    def do(self) -> None:
        self._reposition(
            Positions(
                self.start.value(),
                self.step.value(),
                shuffle=self.shuffle.isChecked(),
                make_room=self.make_room.isChecked(),
            )
        )
