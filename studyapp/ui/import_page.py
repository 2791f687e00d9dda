"""What an import would do, shown before anything is changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout

from studyapp.rendering.design import GRID, Theme
from studyapp.services.import_values import Choice, Choices, Numbers, Plan
from studyapp.ui.check_box import CheckBox
from studyapp.ui.conflict_list import Difference, Option
from studyapp.ui.conflicts_page import ConflictsPage
from studyapp.ui.facts_text import FactsText
from studyapp.ui.import_words import beside_notes, sections, tiles
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted
from studyapp.ui.steps_dialog import DecidingPage, plain_button

_NOTHING_NEW = "All of it is here already."
_CHOOSE = "All else is here already. Choose whose words shall stay."
_SIDES = ("Yours", "The file’s")
_OPTIONS = (
    Option(Choice.MINE, "Keep mine", "K", "Yours stays"),
    Option(Choice.THEIRS, "Take theirs", "T", "The file’s is taken"),
    Option(Choice.BOTH, "Keep both", "B", "Both are kept"),
    Option(Choice.LATER, "Decide later", "L", "Not decided: yours stays"),
)
_WITH_PROGRESS = "Bring schedules and history along"


class ImportPage(DecidingPage):
    """Counts, details, and whose words shall stay."""

    import_wanted = Signal()
    looking_wanted = Signal()
    """With the progress there, or without it, as is ticked now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._numbers = Numbers()
        self._name = label("", "title", wraps=True)
        self.tiles = [_Tile() for _ in tiles(self._numbers)]
        self._line = label("", wraps=True)
        self._line.hide()
        self._beside = label("", "quiet", wraps=True)
        self.facts = FactsText("What the file brings")
        self.conflicts = ConflictsPage(theme, _OPTIONS, _SIDES)
        self.conflicts.chosen.connect(self._enable)
        self.tabs = QTabWidget()
        self.with_progress = CheckBox(_WITH_PROGRESS)
        self.with_progress.setChecked(True)
        self.with_progress.toggled.connect(lambda _: self.looking_wanted.emit())
        self.said = label("", "quiet", wraps=True)
        self.cancel, self.button = plain_button("Cancel"), plain_button("Import")
        self.cancel.setToolTip("Esc")
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.import_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.conflicts, "")
        self.tabs.addTab(self.facts, "More about it")
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName("What the file brings")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self._name)
        counts = row(*self.tiles)
        counts.setSpacing(2 * GRID)
        layout.addLayout(counts)
        layout.addWidget(self._line)
        layout.addWidget(self._beside)
        layout.addWidget(self.with_progress)
        layout.addWidget(self.tabs, 1)
        foot = row(self.said, self.cancel, self.button)
        foot.setStretch(0, 1)
        foot.setSpacing(2 * GRID)
        layout.addLayout(foot)

    def show_plan(self, plan: Plan) -> None:
        """Show what was found; nothing is chosen yet."""
        self._numbers = plan.numbers
        self._name.setText(plan.path.name)
        self._name.setToolTip(str(plan.path))
        for tile, (number, name) in zip(self.tiles, tiles(plan.numbers), strict=True):
            tile.tell(number, name)
        self._line.setText(" · ".join(" ".join(each) for each in tiles(plan.numbers)))
        beside = beside_notes(plan.numbers)
        self._beside.setText(beside)
        self._beside.setVisible(bool(beside))
        self.tick(plan)
        self._show_tabs(plan)
        self._enable()

    def tick(self, plan: Plan) -> None:
        """Show whether the plan has schedules and history."""
        self.with_progress.blockSignals(True)  # nobody has chosen anything
        self.with_progress.setChecked(plan.with_progress)
        self.with_progress.blockSignals(False)
        self.with_progress.setVisible(plan.has_progress or not plan.with_progress)

    def _show_tabs(self, plan: Plan) -> None:
        told = [each for each in sections(plan) if each.facts]
        self.facts.show_sections(told)
        self.conflicts.show_conflicts(
            [Difference(each.key, each.mine, each.theirs) for each in plan.conflicts]
        )
        self.tabs.setTabText(0, f"Changed here and there ({plan.numbers.conflicting:,})")
        self.tabs.setTabVisible(0, bool(plan.conflicts))
        self.tabs.setTabVisible(1, bool(told))
        self.tabs.setCurrentIndex(0 if plan.conflicts else 1)
        self.tabs.setVisible(bool(plan.conflicts or told))

    def take_keyboard(self) -> None:
        """To the conflicts if there are any, else to the button that imports."""
        if self.tabs.currentWidget() is self.conflicts:
            self.conflicts.list.setFocus()
        else:
            (self.button if self.button.isEnabled() else self.cancel).setFocus()
        self.button.setDefault(True)

    @property
    def choices(self) -> Choices:
        """What was chosen for notes that were changed here and there."""
        model = self.conflicts.model
        of_notes = {key: Choice(option.name) for key, option in model.chosen.items()}
        return Choices(of_notes, Choice(model.others.name))

    def _enable(self) -> None:
        left = self.conflicts.model.undecided
        is_something = not self._numbers.is_nothing or left < self._numbers.conflicting
        self.button.setEnabled(is_something)
        if not is_something:
            self.said.setText(_CHOOSE if left else _NOTHING_NEW)
        else:
            self.said.setText(f"{counted(left, 'note')} not decided" if left else "")

    def save_room(self) -> None:
        """The counts are told in one line."""
        self._line.show()
        for tile in self.tiles:
            tile.hide()

    def dress(self, theme: Theme) -> None:
        """Follow a change of the theme."""
        self.conflicts.dress(theme)


class _Tile(QFrame):
    """A number and what it counts."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._number, self._name = label("", "title"), label("", "quiet", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(0)
        layout.addWidget(self._number)
        layout.addWidget(self._name)
        layout.addStretch(1)

    def tell(self, number: str, name: str) -> None:
        self._number.setText(number)
        self._name.setText(name)
        self.setAccessibleName(f"{number} {name}")
