"""What is asked before other sessions than the day's begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from studyapp.domain.query import InDeck
from studyapp.domain.query_text import plain
from studyapp.domain.query_writing import written
from studyapp.services.cramming import CramOrder
from studyapp.services.sessions import MOST_DAYS_AHEAD
from studyapp.ui.bulk_dialogs import AskingDialog
from studyapp.ui.chevron import ComboBox

_MOST = 9999
_ORDERS = {
    CramOrder.DUE: "Longest due first",
    CramOrder.RANDOM: "At random",
    CramOrder.HARDEST: "Hardest first",
}


class AheadDialog(AskingDialog):
    """How many days ahead."""

    def __init__(self, parent: QWidget, deck: str, begin: Callable[[int], None]) -> None:
        super().__init__(
            parent,
            "Study ahead",
            f"What comes due in {deck} in the next days is asked now, and graded as an early "
            "review: its interval grows less than it would on its day.",
            "Study",
        )
        self._begin = begin
        self.days = _number(1, MOST_DAYS_AHEAD, 1)
        self.days.setSuffix(" days")
        self.add_line("Days after today", self.days)
        self.days.setFocus()

    def do(self) -> None:
        self._begin(self.days.value())


class MoreTodayDialog(AskingDialog):
    """How many more cards than the limits allow."""

    def __init__(self, parent: QWidget, deck: str, add: Callable[[int, int], None]) -> None:
        super().__init__(
            parent,
            "More cards today",
            f"{deck} gives so many more today, and no more tomorrow. New cards count against the "
            "limit of reviews too.",
            "Add",
        )
        self._add = add
        self.new = _number(0, _MOST, 10)
        self.reviews = _number(0, _MOST, 0)
        self.add_line("New cards", self.new)
        self.add_line("Reviews", self.reviews)
        self.new.setFocus()

    def do(self) -> None:
        self._add(self.new.value(), self.reviews.value())


class CramDialog(AskingDialog):
    """Which cards, and in which order."""

    def __init__(
        self, parent: QWidget, deck: str | None, begin: Callable[[str, CramOrder], None]
    ) -> None:
        super().__init__(
            parent,
            "Cram",
            "Go through the cards that a search finds, such as deck:Name, tag:exam or is:due. "
            "Nothing is logged and no schedule changes; “again” brings a card back here.",
            "Start",
        )
        self._begin = begin
        self.search = QLineEdit("" if deck is None else written(InDeck(plain(deck))))
        self.search.setAccessibleName("Search for the cards to cram")
        self.search.textEdited.connect(lambda: self.complain(""))
        self.order = ComboBox()
        for order, name in _ORDERS.items():
            self.order.addItem(name, order)
        self.body.addWidget(self.search)
        self.add_line("Order", self.order)
        self.search.setFocus()

    def do(self) -> None:
        self._begin(self.search.text(), CramOrder(self.order.currentData()))


def _number(least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.selectAll()
    return box
