"""The bar below a card: first one button that shows the answer, then one for each grade."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.reviews import Grade
from studyapp.rendering.design import GRID
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row

_WIDTH = 720
_HEIGHT = 56


class GradeBar(QFrame):
    """Emits what the user chose; it does not know the card."""

    answer_wanted = Signal()
    graded = Signal(Grade)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.buttons = {grade: _GradeButton(grade) for grade in Grade}
        self.show_answer = Button("Show answer")
        self.show_answer.setObjectName("primary")
        self.show_answer.setMinimumHeight(_HEIGHT)
        self.show_answer.setMaximumWidth(_WIDTH // 2)
        self._sides = QStackedLayout()
        self._sides.addWidget(_holder(self.show_answer))
        self._sides.addWidget(_holder(*self.buttons.values()))
        self._lay_out()
        self.show_answer.clicked.connect(self.answer_wanted)
        for button in self.buttons.values():
            button.chosen.connect(self.graded)

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        column.setLayout(self._sides)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.addStretch(1)
        layout.addWidget(column, 1000)
        layout.addStretch(1)

    def name_keys(self, keys: str) -> None:
        """The keys that show the answer."""
        name = "Show answer"
        self.show_answer.setAccessibleName(f"{name}, key {keys}" if keys else name)

    def ask(self) -> None:
        """Offer to show the answer."""
        self._sides.setCurrentIndex(0)

    def offer(self, labels: Mapping[Grade, str]) -> None:
        """Offer the grades, each with the interval that it gives."""
        for grade, button in self.buttons.items():
            button.set_interval(labels.get(grade, ""))
        self._sides.setCurrentIndex(1)

    @property
    def offers_grades(self) -> bool:
        return self._sides.currentIndex() == 1


class _GradeButton(Button):
    """A grade with its key above and its interval below."""

    chosen = Signal(Grade)

    def __init__(self, grade: Grade) -> None:
        super().__init__()
        self.setObjectName("grade")
        self.setMinimumHeight(_HEIGHT)
        self._grade = grade
        self._name = grade.name.capitalize()
        self._interval = label("", "quiet")
        self._key = label("", "keyHint")
        self.set_interval("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        layout.setSpacing(0)
        layout.addLayout(row(label(self._name, "heading"), None, self._key))
        layout.addLayout(row(self._interval, None))
        self.clicked.connect(lambda: self.chosen.emit(grade))

    @property
    def interval(self) -> str:
        return self._interval.text()

    def name_keys(self, keys: str) -> None:
        """The keys that give this grade."""
        self._key.setText(keys)
        self.set_interval(self.interval)

    def set_interval(self, text: str) -> None:
        self._interval.setText(text)
        key = self._key.text()
        said = [self._name, text, f"key {key}" if key else ""]
        self.setAccessibleName(", ".join(part for part in said if part))


def _holder(*buttons: Button) -> QWidget:
    holder = QWidget()
    layout = row(*buttons)
    layout.setSpacing(2 * GRID)
    holder.setLayout(layout)
    return holder
