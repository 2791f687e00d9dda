"""Keys for the card that is shown: copying from it, scrolling it, going to its links."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from studyapp.ui.card_place import CardPlace
from studyapp.ui.screen import Screen, add_action
from studyapp.ui.spans import counted

_SCROLLING = (
    ("scroll_down", "Scroll down", "Down", 0.15),
    ("scroll_up", "Scroll up", "Up", -0.15),
    ("page_down", "A page down", "PgDown", 0.9),
    ("page_up", "A page up", "PgUp", -0.9),
)
"""Name, text, key, and how many heights of the view it goes down."""


class CardKeys(QObject):
    """Adds its actions to a screen; they do nothing while the card is not to be seen."""

    told = Signal(str)

    def __init__(self, screen: Screen, place: CardPlace) -> None:
        super().__init__(screen)
        self._place = place
        for name, text, key, do in (
            ("copy", "Copy what is selected", "Ctrl+C", self._copy),
            ("copy_formulas", "Copy formulas as LaTeX", "Ctrl+Shift+C", self._copy_formulas),
            ("replay", "Play the sounds of the card again", "R", self._replay),
            ("next_link", "Go to the next link on the card", "L", self._next_link),
        ):
            add_action(screen, name, text, (key,), do)
        for name, text, key, pages in _SCROLLING:
            add_action(screen, name, text, (key,), partial(self._scroll, pages), repeats=True)

    def _copy(self) -> None:
        if self._place.isVisible():
            self._place.view.copy_selection()

    def _copy_formulas(self) -> None:
        if self._place.isVisible():
            self._place.view.copy_formulas(self._tell_copied)

    def _tell_copied(self, count: int) -> None:
        self.told.emit(
            f"Copied {counted(count, 'formula')} as LaTeX" if count else "There is no formula here"
        )

    def _replay(self) -> None:
        if self._place.isVisible():
            self._place.view.replay_sounds(self._tell_replayed)

    def _tell_replayed(self, count: int) -> None:
        if not count:
            self.told.emit("There is no sound here")

    def _next_link(self) -> None:
        if self._place.isVisible():
            self._place.view.focus_next_link(self._tell_link)

    def _tell_link(self, found: bool) -> None:
        self.told.emit("Enter opens the link" if found else "There is no link here")

    def _scroll(self, pages: float) -> None:
        if self._place.isVisible():
            self._place.view.scroll_pages(pages)
