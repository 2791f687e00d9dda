"""Which rules of advice speak: all of them with their reasons, to be switched off and on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from studyapp.ui.screen import add_action, label, row

_SIZE = QSize(620, 560)


@dataclass(frozen=True, slots=True)
class SwitchedRule:
    """A rule of advice, and whether it speaks."""

    name: str
    title: str
    reason: str
    source: str
    """Who says so."""
    on: bool


Switch = Callable[[str, bool], object]
"""Lets the rule with this name speak, or not."""


class AdviceRulesDialog(QDialog):
    """A click or Space switches a rule; below the list stands why it is one."""

    def __init__(self, parent: QWidget, rules: Sequence[SwitchedRule], switch: Switch) -> None:
        super().__init__(parent)
        self._rules = tuple(rules)
        self._switch = switch
        self.setWindowTitle("Rules of advice")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner()
        self.list = QListWidget()
        self.list.setAccessibleName("Rules of advice")
        self.why = label("", "quiet", wraps=True)
        self.why.setMinimumHeight(18 * GRID)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        for rule in self._rules:
            item = QListWidgetItem(rule.title, self.list)
            item.setCheckState(_state(on=rule.on))
        self._lay_out()
        self.list.currentRowChanged.connect(self._explain)
        self.list.itemChanged.connect(self._on_changed)
        self.list.setCurrentRow(0)
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))

    def _lay_out(self) -> None:
        close = Button("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        told = "What is ticked is looked for in the notes that you write."
        layout.addWidget(label(told, "quiet", wraps=True))
        layout.addWidget(self.banner)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.why)
        layout.addLayout(row(None, close))

    def _explain(self, number: int) -> None:
        rule = self._rules[number]
        self.why.setText(f"{rule.reason}\n{rule.source}")

    def _on_changed(self, item: QListWidgetItem) -> None:
        rule = self._rules[self.list.row(item)]
        on = item.checkState() is Qt.CheckState.Checked
        try:
            self._switch(rule.name, on)
        except StudyAppError as failure:
            self.banner.show_message(str(failure))
            self.list.blockSignals(True)
            item.setCheckState(_state(on=not on))
            self.list.blockSignals(False)


def _state(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


class AdviceRules:
    """Opens the dialog from everywhere."""

    def __init__(
        self, window: QWidget, rules: Callable[[], Sequence[SwitchedRule]], switch: Switch
    ) -> None:
        self._window = window
        self._rules = rules
        self._switch = switch
        add_action(window, "advice_rules", "Choose the rules of advice…", (), self.open)

    def open(self) -> AdviceRulesDialog:
        """Show the rules as they are switched now."""
        dialog = AdviceRulesDialog(self._window, self._rules(), self._switch)
        dialog.open()
        return dialog
