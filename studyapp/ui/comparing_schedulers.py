"""Comparing the schedulers: beside the window, with progress and cancel, then a dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studyapp.services.comparing import Comparing, Comparison
from studyapp.services.progress import Progress
from studyapp.ui.background import BackgroundWork
from studyapp.ui.decks_screen import DecksScreen
from studyapp.ui.screen import add_action

_TITLE = "Comparing schedulers"


class ComparingSchedulers(QObject):
    """On the reviews of the selected deck, or of all decks."""

    compared = Signal(object)
    """With the dialog that shows what came of it."""

    def __init__(self, decks: DecksScreen, comparing: Comparing) -> None:
        super().__init__(decks)
        self._decks = decks
        self._comparing = comparing
        self._work: BackgroundWork | None = None
        self._found: Comparison | None = None
        action = add_action(
            decks, "compare_schedulers", "Compare schedulers…", (), self.begin_selected
        )
        decks.add_to_menu(action)

    def begin_selected(self) -> None:
        """On the selected deck and those below it."""
        deck = self._decks.selected_deck
        self.begin(None if deck is None else deck.name)

    def begin(self, deck: str | None) -> None:
        """On a deck and those below it; None: on all."""
        if self._work is not None:
            return
        work = BackgroundWork(self._decks, _TITLE, lambda progress: self._compare(deck, progress))
        work.done.connect(lambda: self._show(deck))
        work.failed.connect(self._decks.warn)
        work.cancelled.connect(lambda: self._decks.told.emit("Comparison cancelled"))
        work.ended.connect(self._on_ended)
        self._work = work
        work.start()

    def stop(self) -> None:
        """The window closes."""
        if self._work is not None:
            self._work.stop()

    def _compare(self, deck: str | None, progress: Progress) -> str:
        self._found = self._comparing.compare(deck, progress)
        return ""

    def _on_ended(self) -> None:
        self._work = None

    def _show(self, deck: str | None) -> None:
        if self._found is None:
            return
        from studyapp.ui.comparison_dialog import ComparisonDialog  # noqa: PLC0415 - see above

        dialog = ComparisonDialog(self._decks.window(), self._found, deck)
        dialog.all_wanted.connect(lambda: self.begin(None))
        dialog.open()
        self.compared.emit(dialog)
