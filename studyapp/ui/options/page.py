"""A page of options, each with what it does, and what is wrong with it as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from studyapp.domain.preset_bounds import check_preset
from studyapp.domain.presets import Preset, preset_of
from studyapp.rendering.design import GRID
from studyapp.ui.options.checked_line import CheckedLine
from studyapp.ui.options.explained import Kind, Option
from studyapp.ui.options.fields import Field, field_of
from studyapp.ui.screen import label

_FIELD_WIDTH = 58 * GRID
_NARROW = 34 * GRID
_WIDE_KINDS = (Kind.WEEKDAYS, Kind.PARAMETERS)
"""They stand below their sentence, in the whole width."""


class OptionLine(CheckedLine):
    """One option."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self.field: Field = field_of(option)
        self._lay_out()
        self.field.changed.connect(self.check)

    def _lay_out(self) -> None:
        title = QLabel(self.option.title)
        title.setBuddy(self.field)
        explained = label(self.option.explained, "quiet", wraps=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 2 * GRID)
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(title, 0, 0)
        grid.addWidget(explained, 1, 0)
        if self.option.kind in _WIDE_KINDS:
            grid.addWidget(self.field, 2, 0, 1, 2)
        else:
            if self.option.kind is not Kind.SWITCH:
                is_choice = self.option.kind is Kind.CHOICE
                self.field.setFixedWidth(_FIELD_WIDTH if is_choice else _NARROW)
            grid.addWidget(self.field, 0, 1, 2, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.problem, 3, 0, 1, 2)
        self.field.describe(self.option.explained)

    def show_value(self, value: object) -> None:
        """Show a value that is right."""
        self.field.show_value(value)
        self.complain("")

    def read(self) -> object:
        """Raises ContentError if it is no value for this option."""
        value = self.field.read()
        check_preset(preset_of("any", {self.option.name: value}))
        return value

    def describe(self, problem: str) -> None:
        self.field.describe(f"{problem} {self.option.explained}".strip())


class OptionsPage(QScrollArea):
    """Options among each other; more may be laid out below them."""

    changed = Signal()

    def __init__(self, title: str, options: Sequence[Option]) -> None:
        super().__init__()
        self.title = title
        self.lines = {option.name: OptionLine(option) for option in options}
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 3 * GRID, 0)
        self.column.setSpacing(2 * GRID)
        for line in self.lines.values():
            line.changed.connect(self.changed)
            self.column.addWidget(line)
        self.column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_preset(self, preset: Preset) -> None:
        """Show the options of a preset."""
        for name, line in self.lines.items():
            line.show_value(getattr(preset, name))

    def read(self) -> Mapping[str, object]:
        """What is entered, by the names of the options; raises ContentError for the first wrong."""
        return {name: line.read() for name, line in self.lines.items()}

    def add(self, *widgets: QWidget) -> None:
        """Below the options."""
        for widget in widgets:
            self.column.insertWidget(self.column.count() - 1, widget)
