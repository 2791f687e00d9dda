"""The decks, what the day holds, and what a deck is about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from studyapp.domain.decks import Deck
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.library import Day, Library
from studyapp.ui import icons
from studyapp.ui.button import Button
from studyapp.ui.deck_panel import DeckPanel
from studyapp.ui.deck_tree import DeckTree
from studyapp.ui.screen import Screen, add_action, label, page_layout, row
from studyapp.ui.spans import about, counted

_WIDE = 1080
"""From this width on, the panel stands beside the tree."""
_LOW = 560
"""Below this height there is no room for the panel's text under the tree."""


class DecksScreen(Screen):
    """The first screen."""

    study_wanted = Signal(Deck)
    export_wanted = Signal(Deck)
    link_wanted = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, library: Library, theme: Theme, collapsed: frozenset[int]) -> None:
        super().__init__("Decks", "Decks")
        self._library = library
        self._told_of_clock = False
        self._load = label("", "load", wraps=True)
        self.tree = DeckTree(theme, collapsed)
        self._study_button = Button("Study")
        self._study_button.setObjectName("primary")
        self._menu_button = Button()
        self.panel = DeckPanel(self._study_button, self._menu_button)
        self._menu = self._add_actions()
        self._lay_out()
        self._connect()
        self.dress(theme)

    def _add_actions(self) -> QMenu:
        study = add_action(self, "study", "Study the deck", ("Return", "Enter"), self._study)
        export = add_action(self, "export", "Export the deck to Anki…", ("Ctrl+E",), self._export)
        self.menu_action = add_action(
            self, "deck_menu", "Menu of the deck", ("Menu", "Shift+F10"), self._pop_up_at_line
        )
        add_action(self, "refresh", "Look again what is due", ("F5",), self.refresh)
        add_action(self, "undo", "Undo", ("Ctrl+Z",), self.undo_wanted.emit)
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.redo_wanted.emit)
        menu = QMenu(self)
        menu.addActions([study, export])
        return menu

    def _lay_out(self) -> None:
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(4 * GRID)
        self._body.addWidget(self.tree, 3)
        self._body.addWidget(self.panel, 2)
        body = QWidget()
        self._body.setContentsMargins(0, 0, 0, 0)
        body.setLayout(self._body)
        self._content = QStackedLayout()
        self._content.addWidget(body)
        self._content.addWidget(_empty())
        self._menu_button.setObjectName("flat")
        self._menu_button.setAccessibleName("Menu of the deck")
        self._menu_button.setToolTip("Menu of the deck")
        self._menu_button.setIconSize(QSize(icons.SIZE, icons.SIZE))
        layout = page_layout(self, 6 * GRID)
        layout.addLayout(row(label("Decks", "title"), None))
        layout.addWidget(self._load)
        layout.addWidget(self.banner)
        layout.addLayout(self._content, 1)

    def _connect(self) -> None:
        self.tree.started.connect(self._study)
        self.tree.currentItemChanged.connect(self._describe)
        self.tree.customContextMenuRequested.connect(self._pop_up)
        self._study_button.clicked.connect(self._study)
        self._menu_button.clicked.connect(
            lambda: self._menu.popup(self._menu_button.mapToGlobal(QPoint(0, 0)))
        )
        self.panel.link_wanted.connect(self.link_wanted)

    @property
    def load_text(self) -> str:
        """The day's load as it is shown."""
        return self._load.text()

    def enter(self) -> None:
        self.refresh()
        self.tree.setFocus()

    def refresh(self) -> None:
        """Show what is true now."""
        try:
            day = self._library.day()
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        self._load.setText(load(day))
        self.tree.show_lines(day.lines)
        self._content.setCurrentIndex(0 if day.lines else 1)
        self._describe()
        if day.clock_is_behind_days > 0 and not self._told_of_clock:
            self._told_of_clock = True
            self.warn(_clock_warning(day.clock_is_behind_days))

    def decks(self) -> list[Deck]:
        """All decks; none if they cannot be read now."""
        try:
            return [line.deck for line in self._library.day().lines]
        except StudyAppError:
            return []

    def dress(self, theme: Theme) -> None:
        self.tree.dress(theme)
        self._menu_button.setIcon(icons.icon("more", theme.muted))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        direction = QBoxLayout.Direction
        wide = event.size().width() >= _WIDE
        low = not wide and event.size().height() < _LOW
        self.panel.show_only_buttons(low)
        self._body.setStretchFactor(self.panel, 0 if low else 2)
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        super().resizeEvent(event)

    def _describe(self) -> None:
        line = self.tree.selected
        self.panel.setVisible(line is not None)
        if line is not None:
            self.panel.describe(line.deck, self.tree.decks_below)

    def _study(self) -> None:
        if (line := self.tree.selected) is not None:
            self.study_wanted.emit(line.deck)

    def _export(self) -> None:
        if (line := self.tree.selected) is not None:
            self.export_wanted.emit(line.deck)

    def _pop_up(self, place: QPoint) -> None:
        if self.tree.itemAt(place) is not None:
            self._menu.popup(self.tree.viewport().mapToGlobal(place))

    def _pop_up_at_line(self) -> None:
        if (item := self.tree.currentItem()) is not None:
            self._pop_up(self.tree.visualItemRect(item).center())


def load(day: Day) -> str:
    """The day's load at a glance."""
    left = day.left
    done = [f"{day.reviews_done:,} done today"] if day.reviews_done else []
    if not left.total:
        return " · ".join(["Nothing left for today", *done])
    parts = [
        f"{number:,} {name}"
        for number, name in ((left.new, "new"), (left.learning, "learning"), (left.due, "due"))
        if number
    ]
    parts.append(f"about {about(day.expected_ms)}".replace("about less", "less"))
    return " · ".join([*parts, *done])


def _clock_warning(days: int) -> str:
    return (
        f"This computer's clock stands {counted(days, 'day')} before your last review. Check its "
        "date: what you study now would be logged before it. Nothing was changed."
    )


def _empty() -> QWidget:
    """What to do when there is no deck."""
    empty = QWidget()
    layout = QVBoxLayout(empty)
    layout.addStretch(1)
    layout.addWidget(label("No decks yet", "heading"))
    layout.addWidget(
        label(
            "Quit and start the app again: the decks that ship with it are installed at each "
            "start. If this stays empty, a message above says why.",
            "quiet",
            wraps=True,
        )
    )
    layout.addStretch(2)
    return empty
