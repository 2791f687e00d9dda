"""The end of a day's work in a deck: what was done, how well, and what comes tomorrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from studyapp.domain.reviews import Grade
from studyapp.rendering.design import GRID
from studyapp.services.study_values import Summary
from studyapp.ui.button import Button
from studyapp.ui.screen import Screen, add_action, label, row, tell_keys
from studyapp.ui.spans import about, counted

_WIDTH = 480


class SummaryScreen(Screen):
    """Shown when nothing is left for today."""

    left = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Summary", "Done for today")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._deck = label("", "deckName")
        self._facts = QGridLayout()
        self._more = QVBoxLayout()
        self.sentence = label("", "", wraps=True)
        back = add_action(
            self, "back", "Back to the decks", ("Return", "Enter", "Space", "Esc"), self.left.emit
        )
        add_action(self, "undo", "Undo", ("U", "Ctrl+Z"), self.undo_wanted.emit)
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.redo_wanted.emit)
        self._button = Button("Back to the decks")
        self._button.setObjectName("primary")
        tell_keys(back, self._button.setToolTip)
        self._button.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setFixedWidth(_WIDTH)
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(8 * GRID, 8 * GRID, 8 * GRID, 8 * GRID)
        inner.setSpacing(3 * GRID)
        self._facts.setVerticalSpacing(2 * GRID)
        self._facts.setHorizontalSpacing(6 * GRID)
        inner.addWidget(label("Done for today", "title"))
        inner.addWidget(self._deck)
        inner.addSpacing(2 * GRID)
        inner.addLayout(self._facts)
        inner.addWidget(self.sentence)
        inner.addSpacing(4 * GRID)
        inner.addLayout(row(self._button, None))
        self._more.setSpacing(0)
        inner.addLayout(self._more)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row(None, panel, None))  # an alignment would forget that texts wrap
        layout.addStretch(1)

    def offer(self, *actions: QAction) -> None:
        """More that can be done when nothing is left, each by a button."""
        for action in actions:
            self.addAction(action)
            button = Button(action.text())
            button.setObjectName("flat")
            button.clicked.connect(action.trigger)
            self._more.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_summary(self, summary: Summary) -> None:
        """Say what a session came to."""
        self._deck.setText(summary.title.replace("::", " › "))
        self.tell("")
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, (name, value) in enumerate(facts(summary)):
            self._facts.addWidget(label(name, "quiet"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(value, wraps=True), number, 1)
        self._facts.setColumnStretch(1, 1)

    def tell(self, sentence: str) -> None:
        """Say more of the session, below the facts; empty: nothing."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    @property
    def text(self) -> str:
        """What is said, one fact a line."""
        cells = [self._facts.itemAtPosition(r, 1) for r in range(self._facts.rowCount())]
        widgets = [cell.widget() for cell in cells if cell is not None]
        return "\n".join(getattr(each, "text", str)() for each in widgets if each is not None)


def facts(summary: Summary) -> list[tuple[str, str]]:
    """What there is to say of a day in a deck, as names and sentences."""
    if not summary.reviews:
        return [("Today", _nothing(summary)), _afterwards(summary)]
    said = [("Done", f"{counted(summary.reviews, 'review')} in {about(summary.took_ms)}")]
    if summary.due:
        share = round(100 * summary.remembered / summary.due)
        said.append(
            (
                "Remembered",
                f"{summary.remembered} of {counted(summary.due, 'due card')} ({share} %)",
            )
        )
    grades = " · ".join(f"{summary.grades.get(g, 0)} {g.name.lower()}" for g in Grade)
    return [*said, ("Grades", grades), _afterwards(summary)]


def _nothing(summary: Summary) -> str:
    if summary.tomorrow is None:
        return "There was no card to go through."
    return "Nothing was due here, and no new cards are left for today."


def _afterwards(summary: Summary) -> tuple[str, str]:
    if summary.tomorrow is None:
        return "Kept", "Schedules and history are as they were: this session left no trace."
    if not summary.tomorrow:
        return "Tomorrow", "Nothing comes due."
    verb = "comes" if summary.tomorrow == 1 else "come"
    come = f"{counted(summary.tomorrow, 'card')} {verb} due, and new ones if there are."
    return "Tomorrow", come
