"""Settings: theme, text size, macros for formulas, where the data lies, and the backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QFormLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID
from studyapp.services.notation import Notation
from studyapp.ui.button import Button
from studyapp.ui.chevron import ComboBox
from studyapp.ui.macros_editor import MacrosEditor
from studyapp.ui.preferences import TEXT_PERCENTS, Preferences, ThemeChoice
from studyapp.ui.screen import Screen, add_action, label, page_layout, row

_THEME_NAMES = {
    ThemeChoice.SYSTEM: "Like the system",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
}
_MACROS = (
    "Names for what you often write in formulas, one a line; #1 to #9 are arguments. They count in "
    "every deck, but a deck's own macros go first."
)
_BACKUPS = (
    "One is made each day, and one before each upgrade. If the collection is ever found damaged, "
    "the app offers the newest sound one."
)
_WIDTH = 760
_LINE_HEIGHT = 9 * GRID
_LOWEST_LIST = 20 * GRID
_MS_PER_SECOND = 1000
_BYTES_PER_MB = 1_000_000


class BackupCopy(Protocol):
    """What the window tells of a backup."""

    @property
    def path(self) -> Path: ...
    @property
    def made_at(self) -> int:
        """Milliseconds since the epoch."""

    @property
    def size_bytes(self) -> int: ...


class SettingsScreen(Screen):
    """Every change counts at once."""

    left = Signal()
    """The user goes back to the decks."""
    shortcuts_wanted = Signal()
    """The user wants other keys."""
    media_check_wanted = Signal()
    """The user wants to know which pictures and sounds are missing or not used."""

    def __init__(
        self,
        preferences: Preferences,
        data_folder: Path,
        backups: Callable[[], Sequence[BackupCopy]],
        notation: Notation,
    ) -> None:
        super().__init__("Settings", "Settings")
        self._preferences = preferences
        self._data_folder = data_folder
        self._backups = backups
        self.theme = ComboBox()
        self.text_size = ComboBox()
        self.macros = MacrosEditor(notation.macros, notation.change)
        self.macros.failed.connect(self.warn)
        self.copies = QListWidget()
        self._fill()
        self._lay_out()
        add_action(self, "back", "Back to the decks", ("Esc",), self.left.emit)
        self.theme.activated.connect(self._choose_theme)
        self.text_size.activated.connect(self._choose_size)
        preferences.text_percent_changed.connect(self._show_choices)
        preferences.theme_changed.connect(self._show_choices)

    def _fill(self) -> None:
        for choice, name in _THEME_NAMES.items():
            self.theme.addItem(name, str(choice))
        for percent in TEXT_PERCENTS:
            self.text_size.addItem(f"{percent} %", percent)
        self.theme.setAccessibleName("Theme")
        self.text_size.setAccessibleName("Size of card text")
        self.copies.setAccessibleName("Backups")
        self._show_choices()

    def _lay_out(self) -> None:
        layout = page_layout(self._scrolled(), 6 * GRID, widest=_WIDTH)
        layout.addWidget(label("Settings", "title"))
        layout.addWidget(self.banner)
        layout.addLayout(self._choices())
        for title, text, field in (
            ("Macros", _MACROS, self.macros),
            ("Backups", _BACKUPS, self.copies),
        ):
            layout.addSpacing(2 * GRID)
            layout.addWidget(label(title, "heading"))
            layout.addWidget(label(text, "quiet", wraps=True))
            layout.addWidget(field)
        self.copies.setMinimumHeight(_LOWEST_LIST)
        layout.setStretchFactor(self.copies, 1)

    def _choices(self) -> QFormLayout:
        """A line for each thing that can be chosen or opened."""
        open_folder = Button("Open folder")
        open_folder.clicked.connect(self._open_folder)
        check = Button("Check pictures and sounds…")
        check.clicked.connect(self.media_check_wanted)
        self._last_check = check
        shortcuts = Button("Change shortcuts…")
        shortcuts.clicked.connect(self.shortcuts_wanted)
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(8 * GRID)
        form.setVerticalSpacing(4 * GRID)
        for name, line in (
            ("Theme", row(self.theme, None)),
            ("Card text", row(self.text_size, None)),
            ("Keys", row(shortcuts, None)),
            ("Media", row(check, None)),
            ("Your data", row(label(str(self._data_folder)), None, open_folder)),
        ):
            text = label(name, "quiet")
            text.setMinimumHeight(_LINE_HEIGHT)
            form.addRow(text, line)
        return form

    def offer(self, name: str, action: QAction) -> None:
        """One more line: something that can be done, by a button."""
        button = Button(action.text())
        button.clicked.connect(action.trigger)
        text = label(name, "quiet")
        text.setMinimumHeight(_LINE_HEIGHT)
        self._form.insertRow(self._form.rowCount() - 1, text, row(button, None))
        QWidget.setTabOrder(self._last_check, button)
        self._last_check = button

    def _scrolled(self) -> QWidget:
        """What is laid out on it can be reached in a low window too."""
        page = QWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        page.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        return page

    def enter(self) -> None:
        self.copies.clear()
        try:
            lines = [_line(each) for each in self._backups()]
        except (StudyAppError, OSError) as failure:
            self.warn(f"The backups cannot be listed: {failure}")
            lines = []
        self.copies.addItems(lines or ["None yet"])
        self.macros.refresh()
        self.theme.setFocus()

    def _show_choices(self) -> None:
        self.theme.setCurrentIndex(self.theme.findData(str(self._preferences.theme)))
        self.text_size.setCurrentIndex(self.text_size.findData(self._preferences.text_percent))

    def _choose_theme(self, index: int) -> None:
        self._preferences.theme = ThemeChoice(self.theme.itemData(index))

    def _choose_size(self, index: int) -> None:
        self._preferences.text_percent = int(self.text_size.itemData(index))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_folder)))


def when(copy: BackupCopy) -> str:
    """When a backup was made, in local time: "20 Nov 2026, 08:12"."""
    made = datetime.fromtimestamp(copy.made_at / _MS_PER_SECOND).astimezone()
    return f"{made.day} {made:%b %Y, %H:%M}"


def _line(copy: BackupCopy) -> str:
    return f"{when(copy)}   ·   {copy.size_bytes / _BYTES_PER_MB:.1f} MB   ·   {copy.path.name}"
