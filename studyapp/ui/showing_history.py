"""Card history in the window: a key while studying and while browsing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studyapp.errors import StudyAppError
from studyapp.services.card_history import CardHistories
from studyapp.ui.browsing import Browsing
from studyapp.ui.screen import Screen, add_action
from studyapp.ui.study_screen import StudyScreen

if TYPE_CHECKING:  # the screen takes a while to import
    from studyapp.ui.browse_screen import BrowseScreen
    from studyapp.ui.history_dialog import HistoryDialog

_TEXT = "Card history…"


class ShowingHistory(QObject):
    """Adds its action to the screens that have a card to tell of."""

    def __init__(self, study: StudyScreen, browsing: Browsing, histories: CardHistories) -> None:
        super().__init__(study)
        self._histories = histories
        add_action(study, "card_history", _TEXT, ("I",), lambda: self._show(study, study.card_id))
        browsing.made.connect(self._offer)
        if browsing.screen is not None:
            self._offer(browsing.screen)

    def _offer(self, screen: BrowseScreen) -> None:
        def chosen() -> int | None:
            return None if screen.current_row is None else screen.current_row.card_id

        add_action(screen, "card_history", _TEXT, ("Ctrl+I",), lambda: self._show(screen, chosen()))

    def _show(self, screen: Screen, card_id: int | None) -> HistoryDialog | None:
        """Open the history of a card; None if there is no card, or it cannot be read."""
        if card_id is None:
            screen.told.emit("Choose one card to see its history")
            return None
        try:
            history = self._histories.of(card_id)
        except StudyAppError as failure:
            screen.warn(str(failure))
            return None
        from studyapp.ui.history_dialog import HistoryDialog  # noqa: PLC0415 - see above

        dialog = HistoryDialog(screen.window(), history)
        dialog.open()
        return dialog
