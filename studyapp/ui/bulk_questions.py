"""What is asked before what is chosen is changed, and then done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from studyapp.domain.due_dates import parse_due_date
from studyapp.domain.replacing import Replacement
from studyapp.errors import StudyAppError
from studyapp.services.changing import Positions
from studyapp.services.finding import Row
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.bulk_dialogs import (
    AskingDialog,
    LineDialog,
    MoveDialog,
    PositionDialog,
    ResetDialog,
    TagsDialog,
)
from studyapp.ui.bulk_work import BulkWork, Change, Choice
from studyapp.ui.replace_dialog import ReplaceDialog

_DUE = (
    "0 is today, 3 in three days, 1-7 a day by chance in that span; with ! at the end the interval "
    "becomes as long."
)


class Chooser(Protocol):
    """Who knows what is chosen."""

    @property
    def choice(self) -> Choice | None:
        """What is chosen; None if nothing is."""

    @property
    def chosen_text(self) -> str:
        """What is chosen in words: "312 cards"."""

    @property
    def current_row(self) -> Row | None:
        """The row that decides what an action with two directions does."""

    def save_note(self) -> bool:
        """Save what is written in the note beside; False if that cannot be."""


class BulkQuestions:
    """Nothing is asked, and nothing done, while there is nothing to change."""

    def __init__(
        self, screen: QWidget, tools: BrowseTools, chooser: Chooser, work: BulkWork
    ) -> None:
        self._screen = screen
        self._tools = tools
        self._chooser = chooser
        self._work = work
        self.dialog: AskingDialog | None = None
        """The one that was opened last."""

    def move(self) -> None:
        names = self._tools.writing.authoring.deck_names
        self._ask(
            lambda: MoveDialog(
                self._window,
                self._chooser.chosen_text,
                names(),
                lambda deck: self.do(
                    "Moving cards", lambda these, p: self._tools.changing.move(these, deck, p)
                ),
            )
        )

    def add_tags(self) -> None:
        changing, names = self._tools.changing, self._tools.writing.authoring.tag_names
        self._ask(
            lambda: TagsDialog(
                self._window,
                "Add tags",
                f"Give the notes of {self._chooser.chosen_text} these tags.",
                do_it="Add",
                known=names,
                change=lambda tags: self.do(
                    "Adding tags", lambda these, p: changing.add_tags(these, tags, p)
                ),
            )
        )

    def remove_tags(self) -> None:
        changing, names = self._tools.changing, self._tools.writing.authoring.tag_names
        self._ask(
            lambda: TagsDialog(
                self._window,
                "Remove tags",
                f"Take these tags, and none below them, from the notes of "
                f"{self._chooser.chosen_text}.",
                do_it="Remove",
                known=names,
                change=lambda tags: self.do(
                    "Removing tags", lambda these, p: changing.remove_tags(these, tags, p)
                ),
            )
        )

    def due(self) -> None:
        def use(text: str) -> None:
            parse_due_date(text)
            self.do("Setting due dates", lambda these, p: changing.set_due(these, text, p))

        changing = self._tools.changing
        self._ask(
            lambda: LineDialog(
                self._window,
                "Due date",
                f"In how many days {self._chooser.chosen_text} come: {_DUE}",
                do_it="Set",
                use=use,
                text="0",
            )
        )

    def reset(self) -> None:
        def reset(keep: bool) -> None:
            self.do(
                "Resetting cards",
                lambda these, p: changing.reset(these, p, keep_counts=keep),
            )

        changing = self._tools.changing
        self._ask(lambda: ResetDialog(self._window, self._chooser.chosen_text, reset))

    def position(self) -> None:
        def reposition(positions: Positions) -> None:
            self.do("Ordering cards", lambda these, p: changing.reposition(these, positions, p))

        changing = self._tools.changing
        self._ask(lambda: PositionDialog(self._window, self._chooser.chosen_text, reposition))

    def replace(self) -> None:
        choice, replacing = self._chooser.choice, self._tools.replacing
        if choice is None:
            return

        def replace(replacement: Replacement) -> None:
            self.do("Replacing", lambda these, p: replacing.apply(these, replacement, p))

        self._ask(
            lambda: ReplaceDialog(
                self._window,
                f"the notes of {self._chooser.chosen_text}",
                lambda replacement, p: replacing.preview(choice(), replacement, p),
                replace,
            )
        )

    def do(self, title: str, change: Change, *, moves_rows: bool = False) -> None:
        """Change what is chosen, after what is written in the note beside is saved."""
        choice = self._chooser.choice
        if choice is not None and self._chooser.save_note():
            self._work.change(title, choice, change, moves_rows=moves_rows)

    @property
    def _window(self) -> QWidget:
        return self._screen.window()

    def _ask(self, make: Callable[[], AskingDialog]) -> None:
        if self._chooser.choice is None or self._work.is_busy or not self._chooser.save_note():
            return
        try:
            self.dialog = make()
        except StudyAppError as failure:
            self._work.failed.emit(str(failure))
            return
        self.dialog.open()
