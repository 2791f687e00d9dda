"""What a preset does to a card, shown on one: grades in, intervals out, at once."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError
from studyapp.rendering.design import GRID
from studyapp.scheduling.samples import samples
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row

_AT_FIRST = (Grade.GOOD,) * 4 + (Grade.HARD, Grade.GOOD, Grade.AGAIN, Grade.GOOD, Grade.GOOD)
_MOST = 40
_NAMES = {grade.name.lower(): grade for grade in Grade} | {str(int(g)): g for g in Grade}


class SampleView(QFrame):
    """Grades are typed, or clicked after those that are there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._preset = Preset()
        self.line = QLineEdit(written(_AT_FIRST))
        self.line.setAccessibleName("Grades of a sample card")
        self.line.setAccessibleDescription("again, hard, good and easy, or 1 to 4")
        self.shown = label("", wraps=True)
        self.line.textEdited.connect(self._update)
        self.buttons = [self._button(grade) for grade in Grade]
        clear = Button("Clear")
        clear.setAutoDefault(False)
        clear.clicked.connect(self._clear)
        head = row(label("Sample", "quiet"), self.line, *self.buttons, clear)
        head.setSpacing(GRID)
        head.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.shown)

    def _button(self, grade: Grade) -> Button:
        button = Button(grade.name.capitalize())
        button.setObjectName("flat")
        button.setAccessibleName(f"Add {grade.name.lower()} to the sample")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._add, grade))
        return button

    def show_preset(self, preset: Preset) -> None:
        """Show what this preset does."""
        self._preset = preset
        self._update()

    def _add(self, grade: Grade) -> None:
        self.line.setText(", ".join(part for part in (self.line.text(), written((grade,))) if part))
        self._update()

    def _clear(self) -> None:
        self.line.clear()
        self._update()
        self.line.setFocus()

    def _update(self) -> None:
        try:
            grades = parse_grades(self.line.text())
        except ContentError as failure:
            told = str(failure)
        else:
            found = samples(self._preset, grades)
            told = " → ".join(f"{each.grade.name.lower()} {each.label}" for each in found)
        self.shown.setText(told or "Type or click grades to see the intervals that they give.")
        self.shown.setAccessibleName(self.shown.text())


def parse_grades(text: str) -> list[Grade]:
    """Names or numbers of grades with commas or spaces between them; raises ContentError."""
    words = re.findall(r"[^\s,;]+", text.lower())
    wrong = [word for word in words if word not in _NAMES]
    if wrong:
        raise ContentError(f"“{wrong[0]}” is no grade. Write again, hard, good, easy, or 1 to 4.")
    if len(words) > _MOST:
        raise ContentError(f"These are {len(words)} grades. Write at most {_MOST}.")
    return [_NAMES[word] for word in words]


def written(grades: tuple[Grade, ...]) -> str:
    """Grades as they are typed."""
    return ", ".join(grade.name.lower() for grade in grades)
