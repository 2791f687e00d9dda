"""What newer versions of decks leave to the user: words to choose, and notes that retired."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from studyapp.errors import StudyAppError
from studyapp.rendering import plain
from studyapp.rendering.design import GRID, Theme
from studyapp.services.updates import Offer, RetiredNote, Updates
from studyapp.ui.banner import Banner
from studyapp.ui.button import Button
from studyapp.ui.note_html import comparison, reason, retirement, spoken
from studyapp.ui.notes_page import Entry, NotesPage
from studyapp.ui.rewinding import Rewinding, Rewound
from studyapp.ui.screen import add_action, keys_of, label, row

_SIZE = QSize(1120, 720)
_LOW = 480
"""Below this height of the window there is no room for explanations."""
_CHOOSING = (
    "Whichever you choose, your progress stays. Make it my own: the deck never changes this note "
    "again."
)
_NOTHING_TO_CHOOSE = (
    "Nothing to choose",
    "When a deck gets newer words for a note that you changed, yours stay, and both wait here.",
)
_ASKING_AGAIN = (
    "Ask again, as my own: the note stays as it is, and the deck never changes it again."
)
_NONE_RETIRED = (
    "No note has retired",
    "When a newer version of a deck leaves a note out, it is told here with the deck’s reason.",
)

_TOLD = 60
"""Letters of a title in a message."""

title = lru_cache(maxsize=1024)(plain.title)
"""Asked for again after each choice."""


class UpdatesDialog(QDialog):
    """Each choice is one step of undo; Ctrl+Z takes back those that were made here."""

    def __init__(
        self, parent: QWidget, updates: Updates, rewinding: Rewinding, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._updates = updates
        self._rewinding = rewinding
        self._theme = theme
        self._chosen: list[int] = []
        """Notes with a choice that can be taken back, the last one at the end."""
        self._taken_back: list[int] = []
        self.setWindowTitle("Newer words")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner()
        self.said = label("", "quiet", wraps=True)
        self._add_actions()
        self._lay_out()
        if parent.height() < _LOW:
            self.offers.save_room()
            self.retired.save_room()
        self.resize(_SIZE.boundedTo(parent.size() - QSize(8 * GRID, 8 * GRID)))
        rewinding.told.connect(self._tell)
        rewinding.failed.connect(self._warn)
        self.tabs.currentChanged.connect(self._on_tab)
        self.refresh()
        if not self.offers.entries and self.retired.entries:
            self.tabs.setCurrentWidget(self.retired)
        self._on_tab()

    def _add_actions(self) -> None:
        updates = self._updates
        self._on_offers = [
            self._add_choice("keep", "Keep mine", "K", updates.keep_mine, "Kept yours"),
            self._add_choice(
                "take", "Take the deck’s", "T", updates.take_theirs, "Took the deck’s"
            ),
            self._add_choice("own", "Make it my own", "O", updates.make_own, "It is your own now"),
        ]
        self._on_retired = [
            self._add_choice(
                "again", "Ask again, as my own", "A", updates.make_own, "It is asked again"
            )
        ]
        self._undo = add_action(self, "undo", "Undo", ("Ctrl+Z",), self.undo)
        add_action(self, "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.redo)

    def _add_choice(
        self, name: str, text: str, key: str, choose: Callable[[int], None], said: str
    ) -> QAction:
        return add_action(self, name, text, (key,), lambda: self._choose(choose, said))

    def _lay_out(self) -> None:
        self.offers = NotesPage(
            "Notes with newer words",
            _CHOOSING,
            [_button(each) for each in self._on_offers],
            _NOTHING_TO_CHOOSE,
        )
        self.retired = NotesPage(
            "Retired notes",
            _ASKING_AGAIN,
            [_button(each) for each in self._on_retired],
            _NONE_RETIRED,
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName("What there is to decide")
        self.tabs.addTab(self.offers, "")
        self.tabs.addTab(self.retired, "")
        close = Button("Close")
        close.setToolTip("Esc")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs, 1)
        foot = row(self.said, close)
        foot.setStretch(0, 1)
        layout.addLayout(foot)

    def refresh(self) -> None:
        """Show what is to be decided now."""
        try:
            offers, retired = self._updates.offers(), self._updates.retired()
        except StudyAppError as failure:
            self._warn(str(failure))
            return
        self.offers.show_entries([self._offer_entry(each) for each in offers])
        self.retired.show_entries([self._retired_entry(each) for each in retired])
        self.tabs.setTabText(0, f"Newer words ({len(offers)})")
        self.tabs.setTabText(1, f"Retired notes ({len(retired)})")
        self._enable()

    def dress(self, theme: Theme) -> None:
        """Follow a change of the theme."""
        self._theme = theme
        self.refresh()

    def undo(self) -> None:
        """Take back the last choice that was made here."""
        self._rewind(self._chosen, self._rewinding.undo, self._taken_back)

    def redo(self) -> None:
        """Make the choice again that was taken back last."""
        self._rewind(self._taken_back, self._rewinding.redo, self._chosen)

    def _rewind(self, done: list[int], rewind: Callable[..., Rewound], undone: list[int]) -> None:
        # What was changed before the dialog was opened is out of sight here.
        if not done:
            self._tell("Nothing was chosen here")
        elif rewind(studying=False) is not Rewound.NOTHING:
            note_id = done.pop()
            undone.append(note_id)
            self.refresh()
            self._go_to(note_id)
            self._page.take_keyboard()

    def _go_to(self, note_id: int) -> None:
        for page in (self.offers, self.retired):
            if page.select(note_id):
                self.tabs.setCurrentWidget(page)

    def _choose(self, choose: Callable[[int], None], said: str) -> None:
        entry = self._page.current
        if entry is None:
            return
        try:
            choose(entry.note_id)
        except StudyAppError as failure:
            self._warn(str(failure))
        else:
            self._chosen.append(entry.note_id)
            self._taken_back.clear()
            self.banner.clear()
            self._tell(f"{said}: “{_shortened(entry.title)}”. {keys_of(self._undo)} takes it back.")
        self.refresh()
        if not self._page.entries:
            self._page.take_keyboard()

    @property
    def _page(self) -> NotesPage:
        return self.retired if self.tabs.currentWidget() is self.retired else self.offers

    def _on_tab(self) -> None:
        self._enable()
        self._page.take_keyboard()

    def _enable(self) -> None:
        for page, actions in ((self.offers, self._on_offers), (self.retired, self._on_retired)):
            for action in actions:
                action.setEnabled(self._page is page and bool(page.entries))

    def _tell(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)

    def _warn(self, message: str) -> None:
        self._tell("")
        self.banner.clear()
        self.banner.show_message(message)

    def _offer_entry(self, offer: Offer) -> Entry:
        return Entry(
            offer.note_id,
            title(offer.mine),
            offer.deck_name,
            lambda stacked: comparison(offer.mine, offer.theirs, self._theme, stacked=stacked),
            lambda: spoken(offer.mine, offer.theirs),
        )

    def _retired_entry(self, retired: RetiredNote) -> Entry:
        return Entry(
            retired.note_id,
            title(retired.note),
            retired.deck_name,
            lambda _: retirement(retired.note, retired.because, self._theme),
            lambda: reason(retired.because),
        )


def _button(action: QAction) -> Button:
    """Shows the action's key, and can be pressed when the action can be done."""
    button = Button(f"{action.text()} ({keys_of(action)})")
    button.setAccessibleName(f"{action.text()}, key {keys_of(action)}")
    button.setAutoDefault(False)  # Enter in the list chooses nothing
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _shortened(text: str) -> str:
    return text if len(text) <= _TOLD else f"{text[: _TOLD - 1]}…"
