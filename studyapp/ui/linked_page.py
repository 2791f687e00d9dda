"""The linked folders, how they differ from the decks, and whose words shall count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTabWidget, QVBoxLayout

from studyapp.domain.linking import Choice
from studyapp.rendering.design import GRID, Theme
from studyapp.services.link_values import Choices, Plan
from studyapp.services.linking import Linked
from studyapp.ui.conflict_list import Option
from studyapp.ui.conflicts_page import ConflictsPage
from studyapp.ui.facts_text import Fact, FactsText, Section
from studyapp.ui.linked_words import HEAD, conflicts_of, is_something, sections
from studyapp.ui.screen import label, row
from studyapp.ui.spans import counted
from studyapp.ui.steps_dialog import DecidingPage, plain_button

_SIDES = ("Here", "In the text")
_OPTIONS = (
    Option(Choice.APP, "As it is here", "K", "As it is here"),
    Option(Choice.TEXT, "As in the text", "T", "As in the text"),
    Option(Choice.LATER, "Decide later", "L", "Not decided"),
)
_EXPLAINED = (
    "A linked folder of deck files and the decks here are kept equal: what is changed in a text "
    "comes in, what is changed here goes out."
)
_NONE = "No folder is linked yet. Link one that holds deck files."
_LIST_HEIGHT = 26 * GRID


class LinkedPage(DecidingPage):
    """Nothing is brought over before the user says so."""

    sync_wanted = Signal()
    link_wanted = Signal()
    unlink_wanted = Signal(Path)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_something = False
        self.folders = QListWidget()
        self.folders.setAccessibleName("Linked folders")
        self.folders.setMaximumHeight(_LIST_HEIGHT)
        self._explained = label(_EXPLAINED, "quiet", wraps=True)
        self.link, self.unlink = plain_button("Link a folder…"), plain_button("Unlink")
        self.link.clicked.connect(self.link_wanted)
        self.unlink.clicked.connect(self._unlink)
        self.conflicts = ConflictsPage(theme, _OPTIONS, _SIDES)
        self.conflicts.chosen.connect(self._enable)
        self.facts = FactsText("What differs")
        self.tabs = QTabWidget()
        self.said = label("", "quiet", wraps=True)
        self.again, self.cancel = plain_button("Look again"), plain_button("Close")
        self.button = plain_button("Sync")
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.sync_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.conflicts, "")
        self.tabs.addTab(self.facts, "What differs")
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName("Differences")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self._explained)
        layout.addWidget(self.folders)
        links = row(self.link, self.unlink, None)
        links.setSpacing(2 * GRID)
        layout.addLayout(links)
        layout.addWidget(self.tabs, 1)
        foot = row(self.said, self.again, self.cancel, self.button)
        foot.setStretch(0, 1)
        foot.setSpacing(2 * GRID)
        layout.addLayout(foot)

    def show_plan(self, folders: Sequence[Linked], plan: Plan) -> None:
        """Show what was found; nothing is chosen yet."""
        self._show_folders(folders)
        waiting = conflicts_of(plan)
        self._is_something = is_something(plan)
        self.conflicts.show_conflicts(waiting)
        told = sections(plan) if folders else [Section("", [Fact(_NONE)])]
        self.facts.show_sections(told)
        self.tabs.setTabText(0, f"To be decided ({len(waiting):,})")
        self.tabs.setTabVisible(0, bool(waiting))
        self.tabs.setCurrentIndex(0 if waiting else 1)
        self._enable()

    def _show_folders(self, folders: Sequence[Linked]) -> None:
        row_before = max(self.folders.currentRow(), 0)
        self.folders.clear()
        for each in folders:
            missing = "" if each.is_there else "   ·   not there now"
            item = QListWidgetItem(f"{each.path}{missing}")
            item.setData(Qt.ItemDataRole.UserRole, str(each.path))
            self.folders.addItem(item)
        self.folders.setCurrentRow(min(row_before, len(folders) - 1))
        self.folders.setVisible(bool(folders))
        self.unlink.setVisible(bool(folders))

    @property
    def choices(self) -> Choices:
        """What was chosen; one for all means heads of decks and deletions, too."""
        model = self.conflicts.model
        chosen: dict[str, Choice] = {}
        for line in range(model.rowCount()):
            conflict = model.conflict(line)
            if conflict is not None:
                chosen[conflict.key] = Choice(model.choice(line).name)
        heads = {key for key in chosen if key.startswith(f"{HEAD} ")}
        return Choices(
            {key: choice for key, choice in chosen.items() if key not in heads},
            {key.removeprefix(f"{HEAD} "): chosen[key] for key in heads},
        )

    def save_room(self) -> None:
        """One folder is to be seen at a time, and nothing is explained."""
        self._explained.hide()
        self.folders.setMaximumHeight(_LIST_HEIGHT // 2)

    def take_keyboard(self) -> None:
        if self.tabs.currentWidget() is self.conflicts:
            self.conflicts.list.setFocus()
        elif self.button.isEnabled():
            self.button.setFocus()
        else:
            (self.again if self.folders.count() else self.link).setFocus()
        self.button.setDefault(True)

    def dress(self, theme: Theme) -> None:
        self.conflicts.dress(theme)

    def _unlink(self) -> None:
        item = self.folders.currentItem()
        if item is not None:
            self.unlink_wanted.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

    def _enable(self) -> None:
        count, left = self.conflicts.model.rowCount(), self.conflicts.model.undecided
        self.button.setEnabled(self._is_something or left < count)
        self.again.setVisible(bool(self.folders.count()))
        self.said.setText(f"{counted(left, 'note')} not decided" if left else "")
