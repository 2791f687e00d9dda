"""Fields for one option each: they show a value, and read what is entered."""

from __future__ import annotations

import re
from typing import TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from studyapp.domain.durations import parse_steps, steps_text
from studyapp.domain.preset_bounds import BOUNDS
from studyapp.errors import ContentError
from studyapp.scheduling.fsrs_parameters import problems_with
from studyapp.ui.check_box import CheckBox
from studyapp.ui.chevron import ComboBox
from studyapp.ui.options.explained import Kind, Option
from studyapp.ui.screen import label

_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,6})?", re.ASCII)
_LOADS = {100: "Normal", 50: "Reduced", 0: "Minimum"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_IN_A_ROW = 4


def read_number(text: str, title: str, scale: int = 1) -> int:
    """A number that was typed, times `scale`; raises ContentError that names the option."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ContentError(f"{title}: write a number such as {'0.9' if scale > 1 else '20'}.")
    number = float(text.strip().replace(",", "."))
    if scale == 1 and number != int(number):
        raise ContentError(f"{title}: write a whole number.")
    return round(number * scale)


class _Line(QLineEdit):
    """A line that is an option's field."""

    changed = Signal()

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._option = option
        self.setAccessibleName(option.title)
        self.textEdited.connect(self.changed)

    def describe(self, text: str) -> None:
        self.setAccessibleDescription(text)


class NumberField(_Line):
    """In the unit that the option is read in: "2.5" for 2500 permille."""

    def show_value(self, value: object) -> None:
        assert isinstance(value, int)  # noqa: S101 - for the type checker
        scale = BOUNDS[self._option.name].scale
        self.setText(f"{value / scale:g}" if scale > 1 else str(value))

    def read(self) -> object:
        return read_number(self.text(), self._option.title, BOUNDS[self._option.name].scale)


class StepsField(_Line):
    """Spans of time."""

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)  # noqa: S101
        self.setText(steps_text(value))

    def read(self) -> object:
        return parse_steps(self.text())


class ParametersField(_Line):
    """Numbers with spaces or commas between them."""

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)  # noqa: S101
        self.setText(", ".join(str(each) for each in value))
        self.setCursorPosition(0)

    def read(self) -> object:
        words = self.text().replace(",", " ").split()
        try:
            found = tuple(float(word) for word in words)
        except ValueError:
            raise ContentError("FSRS parameters are numbers, with commas between them.") from None
        if problems := problems_with(found):
            raise ContentError("\n".join(problems))
        return found


class SwitchField(CheckBox):
    """On or off."""

    changed = Signal()

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.setAccessibleName(option.title)
        self.clicked.connect(self.changed)

    def show_value(self, value: object) -> None:
        self.setChecked(bool(value))

    def read(self) -> object:
        return self.isChecked()

    def describe(self, text: str) -> None:
        self.setAccessibleDescription(text)


class ChoiceField(ComboBox):
    """One of some."""

    changed = Signal()

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.setAccessibleName(option.title)
        for value, name in option.choices:
            self.addItem(name, str(value))
        self.activated.connect(self.changed)

    def show_value(self, value: object) -> None:
        self.setCurrentIndex(self.findData(str(value)))

    def read(self) -> object:
        return str(self.currentData())

    def describe(self, text: str) -> None:
        self.setAccessibleDescription(text)


class WeekdaysField(QWidget):
    """How much each weekday gets."""

    changed = Signal()

    def __init__(self, _option: Option) -> None:
        super().__init__()
        self.days = [ComboBox() for _ in _DAYS]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (name, day) in enumerate(zip(_DAYS, self.days, strict=True)):
            day.setAccessibleName(name)
            for percent, word in _LOADS.items():
                day.addItem(word, percent)
            day.activated.connect(self.changed)
            line, column = divmod(number, _IN_A_ROW)
            grid.addWidget(label(name, "quiet"), 2 * line, column)
            grid.addWidget(day, 2 * line + 1, column)

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)  # noqa: S101
        for day, percent in zip(self.days, value, strict=True):
            day.setCurrentIndex(day.findData(percent))

    def read(self) -> object:
        return tuple(int(day.currentData()) for day in self.days)

    def describe(self, text: str) -> None:
        for day in self.days:
            day.setAccessibleDescription(text)


Field: TypeAlias = (
    NumberField | StepsField | ParametersField | SwitchField | ChoiceField | WeekdaysField
)
"""All of them show a value, read one (raising ContentError), and tell when it changes."""

_FIELDS: dict[Kind, type[Field]] = {
    Kind.NUMBER: NumberField,
    Kind.STEPS: StepsField,
    Kind.PARAMETERS: ParametersField,
    Kind.SWITCH: SwitchField,
    Kind.CHOICE: ChoiceField,
    Kind.WEEKDAYS: WeekdaysField,
}


def field_of(option: Option) -> Field:
    """The field in which an option is entered."""
    return _FIELDS[option.kind](option)
