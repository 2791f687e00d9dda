"""The decks, what the day holds, and what a deck is about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from studyapp.domain.decks import Deck
from studyapp.errors import StudyAppError
from studyapp.rendering.design import GRID, Theme
from studyapp.services.exchange import Everything, OfDeck
from studyapp.services.library import Day, DeckLine, Library
from studyapp.ui import icons
from studyapp.ui.button import Button
from studyapp.ui.deck_panel import DeckPanel
from studyapp.ui.deck_tree import DeckTree
from studyapp.ui.export_offer import Offer
from studyapp.ui.no_decks import NoDecks
from studyapp.ui.notice import Notice
from studyapp.ui.screen import Screen, add_action, keys_of, label, page_layout, row, tell_keys
from studyapp.ui.spans import about, counted

_WIDE = 1080
"""From this width on, the panel stands beside the tree."""
_LOW = 560
"""Below this height there is no room for the panel's text under the tree."""


class DecksScreen(Screen):
    """The first screen."""

    study_wanted = Signal(Deck)
    import_wanted = Signal()
    remove_wanted = Signal(Deck, int)
    """With the number of decks below it."""
    bring_back_wanted = Signal()
    compare_wanted = Signal()
    """The user wants to see newer words of decks beside their own."""
    link_wanted = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    refreshed = Signal()
    """It was looked what is true now."""

    def __init__(self, library: Library, theme: Theme, collapsed: frozenset[int]) -> None:
        super().__init__("Decks", "Decks")
        self._library = library
        self._told_of_clock = False
        self._lines: tuple[DeckLine, ...] = ()
        self.notice = Notice("Compare…")
        self._load = label("", "load", wraps=True)
        self.tree = DeckTree(theme, collapsed)
        self._study_button = Button("Study")
        self._study_button.setObjectName("primary")
        self._menu_button = Button()
        self.import_button = Button("Import…")
        self.import_button.setObjectName("flat")
        self.panel = DeckPanel(self._study_button, self._menu_button)
        self.no_decks = NoDecks()
        self._menu = self._add_actions()
        self._lay_out()
        self._connect()
        self.dress(theme)

    def _add_actions(self) -> QMenu:
        study = add_action(self, "study", "Study the deck", ("Return", "Enter"), self._study)
        export = add_action(self, "export", "Export the deck…", ("Ctrl+E",), self._export)
        self.menu_action = add_action(
            self, "deck_menu", "Menu of the deck", ("Menu", "Shift+F10"), self._pop_up_at_line
        )
        remove = add_action(self, "remove", "Remove the deck…", ("Del",), self._remove)
        self._bring_back = add_action(
            self, "bring_back", "Bring back a removed deck…", (), self.bring_back_wanted.emit
        )
        self._compare = add_action(
            self, "compare", "Newer words of decks…", ("Ctrl+Shift+U",), self.compare_wanted.emit
        )
        add_action(self, "refresh", "Look again what is due", ("F5",), self.refresh)
        self._undo = add_action(self, "undo", "Undo", ("Ctrl+Z",), self.undo_wanted.emit)
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.redo_wanted.emit)
        menu = QMenu(self)
        menu.addActions([study, export])
        self._menu_end = menu.addSeparator()
        menu.addActions([remove, self._bring_back])
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
        self._content.addWidget(self.no_decks)
        self._menu_button.setObjectName("flat")
        self._menu_button.setAccessibleName("Menu of the deck")
        self._menu_button.setToolTip("Menu of the deck")
        self._menu_button.setIconSize(QSize(icons.SIZE, icons.SIZE))
        layout = page_layout(self, 6 * GRID)
        layout.addLayout(row(label("Decks", "title"), None, self.import_button))
        layout.addWidget(self._load)
        layout.addWidget(self.banner)
        self._notices = QVBoxLayout()
        self._notices.addWidget(self.notice)
        layout.addLayout(self._notices)
        layout.addLayout(self._content, 1)

    def _connect(self) -> None:
        self.tree.started.connect(self._study)
        self.tree.currentItemChanged.connect(self._describe)
        self.tree.customContextMenuRequested.connect(self._pop_up)
        self._study_button.clicked.connect(self._study)
        self._menu_button.clicked.connect(
            lambda: self._menu.popup(self._menu_button.mapToGlobal(QPoint(0, 0)))
        )
        self.import_button.clicked.connect(self.import_wanted)
        self.panel.link_wanted.connect(self.link_wanted)
        self.no_decks.bring_back_wanted.connect(self.bring_back_wanted)
        self.notice.followed.connect(self.compare_wanted)
        tell_keys(self._compare, self.notice.button.setToolTip)

    @property
    def load_text(self) -> str:
        """The day's load as it is shown."""
        return self._load.text()

    @property
    def undo_keys(self) -> str:
        """The keys of undo, to be told."""
        return keys_of(self._undo)

    def enter(self) -> None:
        self.refresh()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """To the tree, or to what there is to do without decks."""
        if self._lines:
            self.tree.setFocus()
        elif not self.no_decks.button.isHidden():
            self.no_decks.button.setFocus()
        else:
            self.setFocus()

    def refresh(self) -> None:
        """Show what is true now."""
        try:
            day = self._library.day()
        except StudyAppError as failure:
            self.warn(str(failure))
            return
        self._lines = day.lines
        self._load.setText(load(day))
        self.tree.show_lines(day.lines)
        self._content.setCurrentIndex(0 if day.lines else 1)
        self._describe()
        if day.clock_is_behind_days > 0 and not self._told_of_clock:
            self._told_of_clock = True
            self.warn(_clock_warning(day.clock_is_behind_days))
        self.refreshed.emit()

    def show_what_came(self) -> None:
        """Show what is true now, and select a deck that was not there before, if there is one."""
        before = {line.deck.id for line in self._lines}
        self.refresh()
        came = [line.deck.id for line in self._lines if line.deck.id not in before]
        if came:
            self.tree.select(came[0])
            self.take_keyboard()

    def offer_bringing_back(self, offered: bool) -> None:
        """Whether there are decks that were removed and can be had again."""
        self._bring_back.setVisible(offered)
        self.no_decks.offer_bringing_back(offered)

    def decks(self) -> list[Deck]:
        """All decks; none if they cannot be read now."""
        try:
            return [line.deck for line in self._library.day().lines]
        except StudyAppError:
            return []

    @property
    def selected_deck(self) -> Deck | None:
        """None if there are no decks."""
        line = self.tree.selected
        return None if line is None else line.deck

    def add_to_menu(self, *actions: QAction) -> None:
        """In the menu of the selected deck, before what removes it."""
        self._menu.insertActions(self._menu_end, actions)

    def dress(self, theme: Theme) -> None:
        self.tree.dress(theme)
        self._menu_button.setIcon(icons.icon("more", theme.muted))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def to_export(self) -> Offer:
        line = self.tree.selected
        return Everything() if line is None else OfDeck(line.deck.name)

    def show_notice(self, text: str) -> None:
        """Tell in a quiet line that decks have newer words; no text, no line."""
        self.tell(self.notice, text)

    def add_notice(self, notice: Notice) -> None:
        """One more quiet line above the decks."""
        self._notices.addWidget(notice)

    def tell(self, notice: Notice, text: str) -> None:
        """Tell something in a quiet line; no text, no line."""
        notice.tell(text)
        self._fit()

    def _fit(self) -> None:
        """Give the panel the place, and its text the room, that there is."""
        direction = QBoxLayout.Direction
        wide = self.width() >= _WIDE
        notices = [each for each in self.findChildren(Notice) if not each.isHidden()]
        taken = sum(each.sizeHint().height() + 3 * GRID for each in notices)
        low = not wide and self.height() - taken < _LOW
        self.panel.show_only_buttons(low)
        self._body.setStretchFactor(self.panel, 0 if low else 2)
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

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
            self.export_wanted.emit(OfDeck(line.deck.name))

    def _remove(self) -> None:
        if (line := self.tree.selected) is not None:
            self.remove_wanted.emit(line.deck, self.tree.decks_below)

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
