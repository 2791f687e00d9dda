"""Daily limits of one deck in place of its preset's, for always or for today."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from studyapp.domain.preset_bounds import check_limits
from studyapp.domain.presets import DeckLimits
from studyapp.rendering.design import GRID
from studyapp.ui.check_box import CheckBox
from studyapp.ui.options.checked_line import CheckedLine
from studyapp.ui.options.fields import read_number
from studyapp.ui.screen import label

TITLE = "This deck"
_WIDTH = 34 * GRID
_LIMITS = (
    ("new_per_day", "New cards/day of this deck"),
    ("reviews_per_day", "Maximum reviews/day of this deck"),
    ("new_today", "New cards today"),
    ("reviews_today", "Maximum reviews today"),
)
_EXPLAINED = (
    "What is ticked counts for this deck alone, in place of what its preset says. Limits for today "
    "end with the day. A deck never gives more than the decks above it allow."
)


class _Limit(CheckedLine):
    """A limit that may be there or not."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.switch = CheckBox(title)
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.line.setFixedWidth(_WIDTH)
        self.line.setPlaceholderText("as the preset")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.switch, 0, 0)
        grid.addWidget(self.line, 0, 1)
        grid.addWidget(self.problem, 1, 0, 1, 2)
        self.switch.clicked.connect(self._on_switched)
        self.line.textEdited.connect(self.check)

    def show_value(self, value: int | None) -> None:
        """None: there is no such limit."""
        self.switch.setChecked(value is not None)
        self.line.setText("" if value is None else str(value))
        self.line.setEnabled(value is not None)
        self.complain("")

    def read(self) -> int | None:
        """Raises ContentError."""
        if not self.switch.isChecked():
            return None
        value = read_number(self.line.text(), self._title)
        check_limits(DeckLimits(new_today=value))
        return value

    def _on_switched(self) -> None:
        self.line.setEnabled(self.switch.isChecked())
        if self.switch.isChecked():
            self.line.setFocus()
        self.check()

    def describe(self, problem: str) -> None:
        self.line.setAccessibleDescription(problem)


class LimitsPage(QWidget):
    """The first page of a deck's options."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.limits = {name: _Limit(title) for name, title in _LIMITS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 3 * GRID, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(label(_EXPLAINED, "quiet", wraps=True))
        for limit in self.limits.values():
            limit.changed.connect(self.changed)
            layout.addWidget(limit)
        layout.addStretch(1)

    def show_limits(self, limits: DeckLimits, today: int) -> None:
        """Show a deck's limits on a study day."""
        is_today = limits.today == today
        self.limits["new_per_day"].show_value(limits.new_per_day)
        self.limits["reviews_per_day"].show_value(limits.reviews_per_day)
        self.limits["new_today"].show_value(limits.new_today if is_today else None)
        self.limits["reviews_today"].show_value(limits.reviews_today if is_today else None)

    def read(self) -> DeckLimits:
        """Without the day that the limits for today are for; raises ContentError."""
        read = {name: limit.read() for name, limit in self.limits.items()}
        return DeckLimits(
            new_per_day=read["new_per_day"],
            reviews_per_day=read["reviews_per_day"],
            new_today=read["new_today"],
            reviews_today=read["reviews_today"],
        )
