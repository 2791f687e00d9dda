"""The options of a deck in the window: by a key among the decks and while studying."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.services.presets import Presets
from studyapp.ui.decks_screen import DecksScreen
from studyapp.ui.options.fsrs_services import FsrsServices
from studyapp.ui.screen import Screen, add_action
from studyapp.ui.study_screen import StudyScreen

if TYPE_CHECKING:  # imported when it is first opened
    from studyapp.ui.options.dialog import OptionsDialog

_TEXT = "Options of the deck…"


class DeckOptions(QObject):
    """Adds its action to both screens, and to the menu of the selected deck."""

    closed = Signal()
    """The options may be others now."""

    def __init__(
        self, decks: DecksScreen, study: StudyScreen, presets: Presets, fsrs: FsrsServices
    ) -> None:
        super().__init__(decks)
        self._decks = decks
        self._study = study
        self._presets = presets
        self._fsrs = fsrs
        among_decks = add_action(decks, "options", _TEXT, ("Ctrl+O",), self.open_selected)
        decks.add_to_menu(among_decks)
        add_action(study, "options", _TEXT, ("O",), self.open_studied)

    def open_selected(self) -> OptionsDialog | None:
        """Of the deck that is selected in the tree."""
        selected = self._decks.selected_deck
        deck_id = None if selected is None else selected.id
        return self._open(self._decks, deck_id, self._decks.refresh)

    def open_studied(self) -> OptionsDialog | None:
        """Of the deck that is studied."""
        return self._open(self._study, self._study.deck_id, self._study.show_again)

    def _open(
        self, screen: Screen, deck_id: int | None, then: Callable[[], object]
    ) -> OptionsDialog | None:
        """The options of a deck as they are now; None if there is no such deck."""
        from studyapp.ui.options.dialog import OptionsDialog  # noqa: PLC0415 - see above
        from studyapp.ui.options.fsrs_tools import FsrsTools  # noqa: PLC0415 - see above

        deck = next((each for each in self._decks.decks() if each.id == deck_id), None)
        if deck is None:
            screen.told.emit("Choose a deck to see its options")
            return None
        dialog = OptionsDialog(screen.window(), self._presets, FsrsTools(self._fsrs), deck)
        dialog.finished.connect(then)
        dialog.finished.connect(self.closed)
        dialog.open()
        return dialog
