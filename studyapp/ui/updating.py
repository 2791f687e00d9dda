"""Telling that decks have newer words for what the user changed, and letting them choose."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studyapp.errors import StudyAppError
from studyapp.services.study import Study
from studyapp.services.updates import Updates
from studyapp.ui.decks_screen import DecksScreen
from studyapp.ui.rewinding import Rewinding
from studyapp.ui.theming import Theming
from studyapp.ui.updates_dialog import UpdatesDialog


class Updating(QObject):
    """Looks whenever the decks are looked at, once `begin` was called."""

    def __init__(
        self, decks: DecksScreen, updates: Updates, study: Study, theming: Theming
    ) -> None:
        super().__init__(decks)
        self._decks = decks
        self._updates = updates
        self._study = study
        self._theming = theming
        decks.compare_wanted.connect(self.open)

    def begin(self) -> None:
        """From now on; not before the decks are painted, so that they need not wait for it."""
        self._look()
        self._decks.refreshed.connect(self._look)

    def open(self) -> UpdatesDialog:
        """Let the user choose."""
        rewinding = Rewinding(self._study)
        dialog = UpdatesDialog(self._decks.window(), self._updates, rewinding, self._theming.theme)
        self._theming.changed.connect(dialog.dress)
        dialog.finished.connect(self._decks.refresh)
        dialog.open()
        return dialog

    def _look(self) -> None:
        try:
            offers = len(self._updates.offers())
        except StudyAppError as failure:
            self._decks.warn(str(failure))
            return
        self._decks.show_notice(notice(offers))


def notice(offers: int) -> str:
    """What is told of so many notes with newer words; nothing of none."""
    if not offers:
        return ""
    if offers == 1:
        return "A deck has newer words for a note that you changed."
    return f"The decks have newer words for {offers:,} notes that you changed."
