"""The size of card text: its keys, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studyapp.ui.preferences import Preferences
from studyapp.ui.screen import add_action


class TextSize(QObject):
    """Keys that work everywhere in a window."""

    told = Signal(str)

    def __init__(
        self, window: QWidget, preferences: Preferences, dress_card: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._dress_card = dress_card
        step = preferences.step_text_percent
        add_action(window, "larger", "Larger card text", ("Ctrl++", "Ctrl+="), lambda: step(1))
        add_action(window, "smaller", "Smaller card text", ("Ctrl+-",), lambda: step(-1))
        add_action(window, "normal", "Normal card text", ("Ctrl+0",), self._reset)
        preferences.text_percent_changed.connect(self._on_percent)

    def _reset(self) -> None:
        self._preferences.text_percent = 100

    def _on_percent(self, percent: int) -> None:
        self._dress_card()
        self.told.emit(f"Card text {percent} %")
