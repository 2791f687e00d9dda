"""The map in the window: made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.ui.map.tools import MapTools
from studyapp.ui.theming import Theming

if TYPE_CHECKING:  # the screen takes a while to import
    from studyapp.ui.card_view import CardView
    from studyapp.ui.main_window import MainWindow
    from studyapp.ui.map.screen import MapScreen

NAME = "map"


class MapOpening(QObject):
    """Opens by the rail, by its key, and with the window if it was open last."""

    study_wanted = Signal(list)
    """The cards of notes, by their ids, are to be studied."""

    def __init__(self, window: MainWindow, tools: MapTools, theming: Theming) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._theming = theming
        self.screen: MapScreen | None = None
        """None before it was opened."""
        window.offer(NAME, "Map", ("M",), self._make)
        if tools.browse.writing.preferences.screen == NAME:
            window.open(NAME)

    def _make(self, _make_view: Callable[[], CardView]) -> MapScreen:
        from studyapp.ui.map.screen import MapScreen  # noqa: PLC0415 - see above

        screen = self.screen = MapScreen(self._tools, self._theming.theme)
        screen.left.connect(lambda: self._window.open("decks"))
        screen.edit_wanted.connect(self._window.edit_note)
        screen.study_wanted.connect(self.study_wanted)
        return screen
