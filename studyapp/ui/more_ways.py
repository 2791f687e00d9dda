"""More ways to study than the day's cards of a deck: in its menu, in the palette, at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studyapp.domain.decks import Deck
from studyapp.errors import ContentError, StudyAppError
from studyapp.services.cramming import CramOrder
from studyapp.services.more_today import MoreToday
from studyapp.services.sessions import Sessions
from studyapp.services.vacation import Vacation
from studyapp.ui.main_window import MainWindow
from studyapp.ui.more_dialogs import AheadDialog, CramDialog, MoreTodayDialog
from studyapp.ui.screen import add_action
from studyapp.ui.spans import counted

if TYPE_CHECKING:  # imported when it is first opened
    from studyapp.ui.vacation_dialog import VacationDialog

_UNLOGGED = "nothing is logged"


@dataclass(frozen=True, slots=True)
class MoreServices:
    """What these ways to study use of the collection."""

    sessions: Sessions
    more_today: MoreToday
    vacation: Vacation


class MoreWays(QObject):
    """Each is about the selected deck, or at the end of a session about the studied one."""

    def __init__(self, window: MainWindow, services: MoreServices) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self.ahead = self._action("study_ahead", "Study ahead…", self.ask_ahead)
        self.more = self._action("more_today", "More cards today…", self.ask_more)
        self.forgotten = self._action(
            "study_forgotten", "Review what was forgotten today", self.study_forgotten
        )
        self.cram = self._action("cram", "Cram…", self.ask_cram)
        vacation = self._action("vacation", "Vacation…", self.open_vacation)
        self.menu = QMenu("More ways to study", window.decks)
        self.menu.addActions([self.ahead, self.more, self.forgotten, self.cram])
        window.decks.add_to_menu(self.menu.menuAction(), vacation)
        window.summary.offer(self.ahead, self.more, self.forgotten)

    def _action(self, name: str, text: str, do: Callable[[], object]) -> QAction:
        return add_action(self._window.decks, name, text, (), do)

    def ask_ahead(self) -> AheadDialog | None:
        """How many days ahead, then study."""
        deck = self._deck()
        if deck is None:
            return None
        dialog = AheadDialog(self._window, _shown(deck), partial(self._study_ahead, deck))
        dialog.open()
        return dialog

    def _study_ahead(self, deck: Deck, days: int) -> None:
        start = partial(self._services.sessions.start, deck.id, days)
        self._begin(f"{deck.name}, {days} days ahead", start)

    def ask_more(self) -> MoreTodayDialog | None:
        """How many more cards today, then study."""
        deck = self._deck()
        if deck is None:
            return None
        dialog = MoreTodayDialog(self._window, _shown(deck), partial(self._add_more, deck))
        dialog.open()
        return dialog

    def _add_more(self, deck: Deck, new: int, reviews: int) -> None:
        self._services.more_today.add(deck.id, new=new, due=reviews)
        self._window.start_study(deck)

    def study_forgotten(self) -> None:
        """What was graded again today in the deck; its schedule stays."""
        deck = self._deck()
        if deck is not None:
            begin = partial(self._services.sessions.start_forgotten, deck.name)
            title = f"Forgotten today in {_shown(deck)}: {_UNLOGGED}"
            nothing = f"Nothing in {_shown(deck)} was forgotten today."
            self._begin(title, partial(_or_none, begin, nothing))

    def ask_cram(self) -> CramDialog:
        """Which cards, then go through them."""
        deck = self._deck()
        dialog = CramDialog(self._window, None if deck is None else deck.name, self._cram)
        dialog.open()
        return dialog

    def _cram(self, query: str, order: CramOrder) -> None:
        found = _or_none(
            partial(self._services.sessions.start_cram, query, order),
            "This search finds no card that is not suspended.",
        )
        self._begin(f"Cram, {found:,} cards: {_UNLOGGED}", lambda: None)

    def cram_notes(self, note_ids: Sequence[int]) -> None:
        """Go through the cards of notes that were chosen elsewhere."""
        found = self._services.sessions.start_notes(note_ids)
        if found:
            self._begin(f"{counted(found, 'chosen card')}: {_UNLOGGED}", lambda: None)
        else:
            self._window.decks.warn("All cards of these notes are suspended.")

    def open_vacation(self) -> VacationDialog | None:
        """Choose the days without study."""
        from studyapp.ui.vacation_dialog import VacationDialog  # noqa: PLC0415 - see above

        try:
            dialog = VacationDialog(self._window, self._services.vacation)
        except StudyAppError as failure:
            self._window.decks.warn(str(failure))
            return None
        dialog.accepted.connect(self._window.decks.refresh)
        dialog.open()
        return dialog

    def _begin(self, title: str, begin: Callable[[], object]) -> None:
        self._window.start_session(partial(self._window.study.begin, title, begin))

    def _deck(self) -> Deck | None:
        window = self._window
        selected = window.decks.selected_deck
        if window.screen_name != "summary":
            return selected
        studied = window.study.deck_id
        return next((each for each in window.decks.decks() if each.id == studied), selected)


def _or_none(begin: Callable[[], int], nothing: str) -> int:
    """Begin a session; raises ContentError if there is no card for it."""
    found = begin()
    if not found:
        raise ContentError(nothing)
    return found


def _shown(deck: Deck) -> str:
    return deck.name.replace("::", " › ")
