"""The Browse screen in the window: made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.links import ask_to_open
from studyapp.ui.theming import Theming

if TYPE_CHECKING:  # the screen takes a while to import
    from studyapp.ui.browse_screen import BrowseScreen
    from studyapp.ui.card_view import CardView
    from studyapp.ui.main_window import MainWindow

NAME = "browse"


class Browsing(QObject):
    """Opens by the rail and by its key."""

    made = Signal(object)
    """The screen is there now."""

    def __init__(self, window: MainWindow, tools: BrowseTools, theming: Theming) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._theming = theming
        self._screen: BrowseScreen | None = None
        window.offer(NAME, "Browse", ("B",), self._make)
        window.installEventFilter(self)

    @property
    def screen(self) -> BrowseScreen | None:
        """None before it was opened."""
        return self._screen

    def _make(self, make_view: Callable[[], CardView]) -> BrowseScreen:
        from studyapp.ui.browse_screen import BrowseScreen  # noqa: PLC0415 - see above

        window = self._window
        screen = self._screen = BrowseScreen(self._tools, make_view, self._theming.theme)
        screen.grown.connect(lambda: window.shortcuts.take_in(NAME, screen.title, screen))
        screen.left.connect(lambda: window.open("decks"))
        screen.edit_wanted.connect(window.edit_note)
        screen.link_wanted.connect(lambda url: ask_to_open(window, url))
        self.made.emit(screen)
        return screen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The window does not close over a note that cannot be saved before the user is asked."""
        screen, is_close = self._screen, event.type() == QEvent.Type.Close
        if screen is None or not is_close or watched is not self._window or screen.save_note():
            return False
        event.ignore()
        screen.leave(self._window.close)
        return True
