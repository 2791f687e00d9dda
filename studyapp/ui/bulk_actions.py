"""What can be done with the chosen rows: actions with keys, and what each asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from studyapp.domain.study_day import study_day
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.bulk_dialogs import AskingDialog
from studyapp.ui.bulk_questions import BulkQuestions, Chooser
from studyapp.ui.bulk_work import BulkWork
from studyapp.ui.export_offer import Picked
from studyapp.ui.flags import FLAG_NAMES, flag_icon
from studyapp.ui.screen import add_action


class BulkActions(QObject):
    """`BulkQuestions` asks, `BulkWork` does it."""

    export_wanted = Signal(object)
    """An `Offer`."""

    def __init__(
        self, screen: QWidget, tools: BrowseTools, chooser: Chooser, work: BulkWork
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._tools = tools
        self._chooser = chooser
        self._work = work
        self._ask = BulkQuestions(screen, tools, chooser, work)
        self.menu = QMenu("Change", screen)
        self.flag_menu = QMenu("Flag", screen)
        self._actions: list[QAction] = []
        self._add_actions()

    @property
    def dialog(self) -> AskingDialog | None:
        """The one that was opened last."""
        return self._ask.dialog

    def _add_actions(self) -> None:
        ask = self._ask
        self._add("move", "Move to a deck…", "Ctrl+D", ask.move)
        self._add("add_tags", "Add tags…", "Ctrl+Shift+A", ask.add_tags)
        self._add("remove_tags", "Remove tags…", "Ctrl+Alt+Shift+A", ask.remove_tags)
        self.menu.addSeparator()
        self._add("suspend", "Suspend, or end that", "Ctrl+J", self.toggle_suspended)
        self._add("bury", "Bury until tomorrow, or end that", "Ctrl+Shift+J", self.toggle_buried)
        self._add_flags()
        self.menu.addSeparator()
        self._add("due", "Set the due date…", "Ctrl+Shift+D", ask.due)
        self._add("reset", "Reset to new…", "Ctrl+Alt+N", ask.reset)
        self._add("position", "Order of new cards…", "Ctrl+Shift+S", ask.position)
        self.menu.addSeparator()
        self._add("replace", "Find and replace…", "Ctrl+Alt+F", ask.replace)
        self._add("export_chosen", "Export what is chosen…", "Ctrl+E", self.export)
        self.menu.addSeparator()
        self._add("delete", "Delete the notes", "Ctrl+Del", self.delete)

    def _add(self, name: str, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = add_action(self._screen, name, text, (keys,) if keys else (), do)
        self._actions.append(action)
        self.menu.addAction(action)
        return action

    def _add_flags(self) -> None:
        for number, name in enumerate(FLAG_NAMES):
            text = f"Flag: {name.lower()}" if number else "Take the flag away"
            keys = (f"Ctrl+{number}",) if number else ()
            action = add_action(
                self._screen, f"flag_{number}", text, keys, partial(self.flag, number)
            )
            action.setIcon(flag_icon(number))
            self._actions.append(action)
            self.flag_menu.addAction(action)
        self.menu.addMenu(self.flag_menu)

    def enable(self, is_chosen: bool) -> None:
        """Whether there is something to change."""
        for action in self._actions:
            action.setEnabled(is_chosen)

    def toggle_suspended(self) -> None:
        """What the current card is not yet, all chosen ones become."""
        row, changing = self._chooser.current_row, self._tools.changing
        if row is not None and row.suspended:
            self._ask.do("Ending suspension", changing.unsuspend)
        else:
            self._ask.do("Suspending cards", changing.suspend)

    def toggle_buried(self) -> None:
        """The same with burying."""
        row, changing = self._chooser.current_row, self._tools.changing
        if row is not None and row.buried_on is not None and row.buried_on == self._today():
            self._ask.do("Ending burial", changing.unbury)
        else:
            self._ask.do("Burying cards", changing.bury)

    def flag(self, number: int) -> None:
        """Give the cards a flag, or take it away if the current card has it already."""
        row = self._chooser.current_row
        wanted = 0 if row is not None and row.flag == number else number
        self._ask.do("Flagging cards", lambda these, p: self._tools.changing.flag(these, wanted, p))

    def export(self) -> None:
        """Have what is chosen exported, with what is written in the note beside."""
        choice = self._chooser.choice
        if choice is not None and self._chooser.save_note():
            self.export_wanted.emit(Picked(self._chooser.chosen_text, choice))

    def delete(self) -> None:
        """Put the notes with all their cards into the trash."""
        self._ask.do("Deleting notes", self._tools.changing.delete, moves_rows=True)

    @property
    def _window(self) -> QWidget:
        return self._screen.window()

    def _today(self) -> int:
        return study_day(self._tools.clock(), self._tools.options.rollover_hour)
