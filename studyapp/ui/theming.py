"""Which theme is on, and switching it at once everywhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.ui.preferences import Preferences, ThemeChoice
from studyapp.ui.style import palette, style_sheet


class Theming(QObject):
    """Dresses the application in the theme that the user chose, or that the system has."""

    changed = Signal(Theme)

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self._application = application
        self._preferences = preferences
        application.setStyle("Fusion")  # the only one that looks the same everywhere
        self.theme = self._wanted()
        self._dress()
        preferences.theme_changed.connect(self._update)
        application.styleHints().colorSchemeChanged.connect(self._update)

    def _wanted(self) -> Theme:
        return theme_for(self._preferences.theme, self._application.styleHints().colorScheme())

    def _update(self) -> None:
        wanted = self._wanted()
        if wanted != self.theme:
            self.theme = wanted
            self._dress()
            self.changed.emit(wanted)

    def _dress(self) -> None:
        self._application.setPalette(palette(self.theme))
        self._application.setStyleSheet(style_sheet(self.theme))


def theme_for(choice: ThemeChoice, system: Qt.ColorScheme) -> Theme:
    """The theme that a choice means while the system has this scheme; light if it has none."""
    dark = choice is ThemeChoice.DARK or (
        choice is ThemeChoice.SYSTEM and system is Qt.ColorScheme.Dark
    )
    return DARK if dark else LIGHT
