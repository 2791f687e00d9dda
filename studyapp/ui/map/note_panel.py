"""The chosen note beside the map: what it asks, how well it is known, what it is linked with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row

_FACTS_HEIGHT = 50 * GRID

Facts = Sequence[tuple[str, str]]


class NotePanel(QFrame):
    """Says so if no note is chosen, or more than one is."""

    edit_wanted = Signal()
    history_wanted = Signal()
    link_wanted = Signal()
    change_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("The chosen note")
        self.heading = label("", "heading", wraps=True)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.edit, self.link = Button("Edit"), Button("Link to…")
        self.history, self.change = Button("History…"), Button("Change…")
        self._facts = QScrollArea()
        self._facts.setAccessibleName("Facts of the note")
        self._facts.setWidgetResizable(True)
        self._facts.setFixedHeight(_FACTS_HEIGHT)
        self._facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._facts.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self._facts)
        buttons = row(self.edit, self.link, self.history, self.change, None)
        buttons.setSpacing(GRID)
        layout.addLayout(buttons)
        for button, wanted in (
            (self.edit, self.edit_wanted),
            (self.link, self.link_wanted),
            (self.history, self.history_wanted),
            (self.change, self.change_wanted),
        ):
            button.setObjectName("flat")
            button.clicked.connect(wanted)

    def show_note(self, title: str, facts: Facts) -> None:
        """Show one note."""
        self._show(title, facts, is_one=True)

    def show_many(self, text: str) -> None:
        """Say how many are chosen."""
        self._show(text, (), is_one=False)

    def show_none(self, text: str) -> None:
        """Say how to choose one."""
        self._show(text, (), is_one=False)
        self.change.hide()

    def _show(self, heading: str, facts: Facts, *, is_one: bool) -> None:
        self.heading.setText(heading)
        self.change.show()
        for button in (self.edit, self.link, self.history):
            button.setVisible(is_one)
        self._facts.setVisible(is_one)
        grid = _grid(facts)
        self._facts.setWidget(grid)
        grid.setAutoFillBackground(False)  # the scroll area has set it
        self._facts.verticalScrollBar().setValue(0)


def _grid(facts: Facts) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(3 * GRID)
    grid.setVerticalSpacing(GRID // 2)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(facts), 1)
    for line, (name, value) in enumerate(facts):
        shown = label(value, wraps=True)
        shown.setAccessibleName(f"{name}: {value}")
        grid.addWidget(label(name, "quiet"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, line, 1)
    return made
