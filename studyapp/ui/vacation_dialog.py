"""Days without study: chosen in a calendar, with what falls on them told before it is moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QListWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.study_day import EPOCH, day_to_date
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.vacation import Spread, Vacation
from studyapp.ui.bulk_dialogs import AskingDialog
from studyapp.ui.button import Button
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted

_QUESTION = (
    "On these days nothing new comes. What is due on them comes on the days after, what loses "
    "least by waiting last; intervals given later avoid them."
)
_SIZE = QSize(760, 600)


class VacationDialog(AskingDialog):
    """Saving is one step of undo; making the dialog raises StudyAppError."""

    def __init__(self, parent: QWidget, vacation: Vacation) -> None:
        super().__init__(parent, "Vacation", _QUESTION, "Save")
        self._vacation = vacation
        self._days = set(vacation.days())
        self._last: int | None = None
        """The day that was added last."""
        self.calendar = QCalendarWidget()
        self.calendar.setMinimumDate(_qdate(vacation.today()))
        self.calendar.setSelectedDate(_qdate(vacation.today()))
        _dress(self.calendar)
        self.runs = QListWidget()
        self.runs.setAccessibleName("Chosen days")
        self.said = label("", wraps=True)
        self.add_button = _button("Add this day")
        self.until_button = _button("Add up to this day")
        self.remove_button = _button("Remove")
        self._lay_out()
        self.calendar.activated.connect(self.add)
        self.add_button.clicked.connect(self.add)
        self.until_button.clicked.connect(self.add_until)
        self.remove_button.clicked.connect(self.remove)
        self._show_days()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        self.calendar.setFocus()

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(2 * GRID)
        beside.addWidget(self.runs, 1)
        beside.addLayout(row(None, self.remove_button))
        buttons = row(self.add_button, self.until_button, None)
        buttons.setSpacing(2 * GRID)
        left = QVBoxLayout()
        left.setSpacing(2 * GRID)
        left.addWidget(self.calendar, 1)
        left.addLayout(buttons)
        middle = row()
        middle.setSpacing(3 * GRID)
        middle.addLayout(left, 3)
        middle.addLayout(beside, 2)
        self.body.addLayout(middle, 1)
        self.body.addWidget(self.said)
        days = self.calendar.findChild(QTableView) or self.calendar
        self.order_tabs(days, self.add_button, self.until_button, self.runs, self.remove_button)

    @property
    def days(self) -> tuple[int, ...]:
        """The chosen study days, in order."""
        return tuple(sorted(self._days))

    def do(self) -> None:
        self._vacation.choose(self._days)

    def add(self) -> None:
        """Choose the day that is marked in the calendar."""
        self._last = _day(self.calendar.selectedDate())
        self._days.add(self._last)
        self._show_days()

    def add_until(self) -> None:
        """Choose all days from the one that was added last to the one that is marked."""
        marked = _day(self.calendar.selectedDate())
        first = marked if self._last is None else self._last
        self._days.update(range(min(first, marked), max(first, marked) + 1))
        self._last = marked
        self._show_days()

    def remove(self) -> None:
        """Let go of the days of the selected line."""
        place = self.runs.currentRow()
        if place >= 0:
            first, last = runs(self.days)[place]
            self._days -= set(range(first, last + 1))
            self._show_days()

    def _show_days(self) -> None:
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        for day in self._days:
            self.calendar.setDateTextFormat(_qdate(day), _chosen_format())
        self.runs.clear()
        self.runs.addItems([told_run(first, last) for first, last in runs(self.days)])
        self.runs.setCurrentRow(self.runs.count() - 1)
        self.remove_button.setEnabled(bool(self._days))
        self.until_button.setEnabled(self._last is not None)
        try:
            told = told_spread(self._vacation.look(self._days))
        except StudyAppError as failure:
            told = str(failure)
        self.said.setText(told)


def runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """First and last days of the runs without a gap in days that are in order."""
    found: list[tuple[int, int]] = []
    for day in days:
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def told_run(first: int, last: int) -> str:
    """Days without a gap, as one reads them."""
    if first == last:
        return _date(first)
    days = counted(last - first + 1, "day")
    return f"{days}: {_date(first)}\nto {_date(last)}"


def told_spread(spread: Spread) -> str:
    """What the choice of days moves."""
    if not spread.days:
        return "No vacation: every day is a day to study."
    if not spread.moved:
        return "Nothing is due on these days so far."
    first, last = spread.onto[0][0], spread.onto[-1][0]
    most = max(number for _, number in spread.onto)
    falls = "falls" if spread.moved == 1 else "fall"
    return (
        f"{counted(spread.moved, 'card')} {falls} on these days, and come from {_date(first)} to "
        f"{_date(last)} instead, at most {most} more on a day."
    )


def _button(text: str) -> Button:
    button = Button(text)
    button.setAutoDefault(False)
    return button


def _dress(calendar: QCalendarWidget) -> None:
    """In the colours of the theme: the platform's weekends are red, its arrows black."""
    plain = QTextCharFormat()
    plain.setForeground(QGuiApplication.palette().text())
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    days = calendar.findChild(QTableView)
    for each in (calendar, *([] if days is None else [days])):
        each.setAccessibleName("Days to choose from; Enter adds one")
    for name, sign, what in (("prev", "‹", "Earlier month"), ("next", "›", "Later month")):
        button = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setText(sign)
            button.setAccessibleName(what)


def _chosen_format() -> QTextCharFormat:
    """Bold and underlined, so that it needs no colour."""
    chosen = QTextCharFormat()
    chosen.setFontWeight(QFont.Weight.Black)
    chosen.setFontUnderline(True)
    return chosen


def _qdate(day: int) -> QDate:
    found = day_to_date(day)
    return QDate(found.year, found.month, found.day)


def _day(chosen: QDate) -> int:
    return (date(chosen.year(), chosen.month(), chosen.day()) - EPOCH).days


def _date(day: int) -> str:
    return f"{day_to_date(day):%a} {day_to_date(day).isoformat()}"
