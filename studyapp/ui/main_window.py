"""The window: a rail, the screens, the palette, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from studyapp.domain.decks import Deck
from studyapp.domain.presets import DayOptions
from studyapp.errors import StudyAppError
from studyapp.rendering.design import Theme
from studyapp.services.clock import Clock
from studyapp.services.drafts import Draft
from studyapp.services.library import Library
from studyapp.services.notation import Notation
from studyapp.services.sessions import Sessions
from studyapp.services.study_values import Summary
from studyapp.ui import icons
from studyapp.ui.banner import Toast
from studyapp.ui.day_turn import DayTurn
from studyapp.ui.decks_screen import DecksScreen
from studyapp.ui.edit_keeper import unsaved
from studyapp.ui.export_offer import Offer
from studyapp.ui.links import ask_to_open
from studyapp.ui.palette import Palette, entries_of, study_entries
from studyapp.ui.preferences import Preferences
from studyapp.ui.rail import Rail
from studyapp.ui.screen import Screen, add_action
from studyapp.ui.settings_screen import BackupCopy, SettingsScreen
from studyapp.ui.shortcuts import Shortcuts
from studyapp.ui.shortcuts_dialog import ShortcutsDialog
from studyapp.ui.shortcuts_editor import ShortcutsEditor
from studyapp.ui.study_screen import Monotonic, StudyScreen
from studyapp.ui.summary_screen import SummaryScreen
from studyapp.ui.text_size import TextSize
from studyapp.ui.theming import Theming
from studyapp.ui.thread_manners import ThreadManners
from studyapp.ui.window_place import place
from studyapp.ui.writing import Writing
from studyapp.ui.writing_tools import WritingTools

if TYPE_CHECKING:  # the web engine is imported after the decks are to be seen
    from studyapp.ui.card_view import CardView

MakeScreen: TypeAlias = "Callable[[Callable[[], CardView]], Screen]"
"""Told how to make the page that shows a card."""
_MADE_LATE = ("add", "edit")
"""Screens that are made when they are first needed."""


class MainWindow(QMainWindow):
    """Puts the screens together; each knows only the services that it uses."""

    decks_painted = Signal()
    """The first screen is to be seen for the first time."""
    export_wanted = Signal(object)
    """An `Offer` that the user wants to export."""

    def __init__(
        self,
        *,
        library: Library,
        study: Sessions,
        notation: Notation,
        writing: WritingTools,
        draft: Draft,
        clock: Clock,
        monotonic: Monotonic,
        options: DayOptions,
        backups: Callable[[], Sequence[BackupCopy]],
        preferences: Preferences,
        theming: Theming,
        data_folder: Path,
        media_folder: Path,
        messages: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._theming = theming
        self._media_folder = media_folder
        self._makers: dict[str, MakeScreen] = {}
        self._was_painted = False
        self._thread_manners = ThreadManners(self)
        self.decks = DecksScreen(library, theming.theme, preferences.collapsed)
        self.study = StudyScreen(
            study, clock, options.learn_ahead_ms, monotonic, self._make_card_view
        )
        self.summary = SummaryScreen()
        self.writing = Writing(writing, draft, self._make_card_view, theming)
        self.settings = SettingsScreen(preferences, data_folder, backups, notation)
        self.day_turn = DayTurn(clock, options.rollover_hour)
        self._screens: dict[str, Screen] = {
            "decks": self.decks,
            "study": self.study,
            "summary": self.summary,
            "settings": self.settings,
        }
        self._lay_out()
        self._add_actions()
        self.shortcuts = Shortcuts(preferences)
        self.shortcuts.take_in_window(self)
        for name, screen in self._screens.items():
            self.shortcuts.take_in(name, screen.title, screen)
        self._connect()
        self._dress(theming.theme)
        self._restore()
        for message in (*messages, *unsaved(writing)):
            self.decks.warn(message)

    def _lay_out(self) -> None:
        self.setWindowTitle("studyapp")
        self.rail = Rail()
        self._stack = QStackedWidget()
        for screen in self._screens.values():
            self._stack.addWidget(screen)
        centre = QWidget()
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(centre)
        self.toast = Toast(centre)

    def _add_actions(self) -> None:
        decks = add_action(self, "open_decks", "Decks", ("D",), lambda: self.open("decks"))
        add = add_action(self, "open_add", "Add notes", ("A",), lambda: self.open("add"))
        settings = add_action(
            self, "open_settings", "Settings", ("Ctrl+,",), lambda: self.open("settings")
        )
        add_action(self, "palette", "Find an action or a deck", ("Ctrl+K",), self.open_palette)
        add_action(self, "shortcuts", "Shortcuts of this screen", ("F1",), self.show_shortcuts)
        add_action(self, "change_shortcuts", "Change shortcuts…", (), self.change_shortcuts)
        text_size = TextSize(self, self._preferences, self._dress_card)
        text_size.told.connect(self.toast.tell)
        add_action(self, "quit", "Quit", ("Ctrl+Q",), self.close)
        self.rail.add("decks", "Decks", decks)
        self.rail.add("add", "Add", add)
        self.rail.add("settings", "Settings", settings, at_end=True)

    def _connect(self) -> None:
        self._theming.changed.connect(self._dress)
        for screen in self._screens.values():
            self._listen(screen)
        self.decks.study_wanted.connect(self.start_study)
        self.decks.link_wanted.connect(lambda url: ask_to_open(self, url))
        self.decks.undo_wanted.connect(lambda: self._on_decks(self.study.rewinding.undo))
        self.decks.redo_wanted.connect(lambda: self._on_decks(self.study.rewinding.redo))
        self.study.left.connect(lambda: self.open("decks"))
        self.settings.shortcuts_wanted.connect(self.change_shortcuts)
        self.settings.left.connect(lambda: self.open("decks"))
        self.day_turn.begun.connect(self._refresh_decks)
        self.study.finished.connect(self._on_finished)
        self.study.link_wanted.connect(lambda url: ask_to_open(self, url))
        self.study.edit_wanted.connect(self.edit_note)
        self.writing.made.connect(self._take_in)
        self.writing.edit_wanted.connect(self.edit_note)
        self.writing.link_wanted.connect(lambda url: ask_to_open(self, url))
        self.writing.left.connect(self._come_back)
        self.summary.left.connect(lambda: self.open("decks"))
        self.summary.undo_wanted.connect(lambda: self._back_to_study(self.study.undo))
        self.summary.redo_wanted.connect(lambda: self._back_to_study(self.study.redo))

    def _listen(self, screen: Screen) -> None:
        screen.told.connect(self.toast.tell)
        screen.export_wanted.connect(self.export_wanted)

    def _restore(self) -> None:
        place(self, self._preferences.geometry)
        self.open("decks")

    @property
    def screen_name(self) -> str:
        """Which screen is open."""
        shown = self._stack.currentWidget()
        return next(name for name, screen in self._screens.items() if screen is shown)

    def open(self, name: str) -> None:
        """Bring a screen to the front, if the present one has nothing to ask first."""
        self._screens[self.screen_name].leave(partial(self._show, name))

    def open_last(self) -> None:
        """Open what was open when the window was closed, if it can be left out of its context."""
        last = self._preferences.screen
        if last in (*self._makers, "add", "settings"):
            self.open(last)

    def offer(self, name: str, text: str, keys: Sequence[str], make: MakeScreen) -> None:
        """A screen in the rail, after those that are there; it is made when it is first opened."""
        self._makers[name] = make
        action = add_action(self, f"open_{name}", text, keys, lambda: self.open(name))
        self.rail.add(name, text, action)
        self.rail.dress(self._theming.theme)
        self.shortcuts.take_in_window(self)

    def edit_note(self, note_id: int) -> None:
        """Edit a note, then come back to the present screen."""
        self._screens[self.screen_name].leave(partial(self._edit, note_id))

    def _edit(self, note_id: int) -> None:
        present = self.screen_name
        wrong = self.writing.begin(note_id, present)
        if wrong:
            self._screens[present].warn(wrong)
        else:
            self._show("edit")

    def to_export(self) -> Offer:
        """What the present screen is about."""
        return self._screens[self.screen_name].to_export()

    def put_aside(self, then: Callable[[], object]) -> None:
        """Do something that changes many notes, when nothing on the screen is left to be saved."""
        self._screens[self.screen_name].leave(partial(self._put_aside, then))

    def _put_aside(self, then: Callable[[], object]) -> None:
        if self.screen_name == "edit":
            self._show("decks")
        then()

    def look_again(self) -> None:
        """Notes were changed: show what is true now."""
        self._come_back(self.screen_name)

    def _come_back(self, name: str) -> None:
        self._show(name)
        if name == "study":
            self.study.show_again()

    def _take_in(self, name: str, screen: Screen) -> None:
        self._screens[name] = screen
        self._stack.addWidget(screen)
        self._listen(screen)
        self.shortcuts.take_in(name, screen.title, screen)

    def _show(self, name: str) -> None:
        if name not in self._screens:
            self._make(name)
        screen = self._screens[name]
        self._stack.setCurrentWidget(screen)
        self.rail.mark(name if name in (*self._makers, "add", "settings") else "decks")
        self.setWindowTitle(f"{screen.title} – studyapp")
        screen.enter()

    def _make(self, name: str) -> None:
        if name in self._makers:
            self._take_in(name, self._makers[name](self._make_card_view))
        else:
            self.writing.make(name)

    def start_study(self, deck: Deck) -> None:
        """Study a deck and those below it."""
        self.start_session(partial(self.study.start, deck))

    def start_session(self, start: Callable[[], object]) -> None:
        """Study what begins by this call; where it cannot, say why among the decks."""
        self.open("study")
        try:
            start()
        except StudyAppError as failure:
            self.open("decks")
            self.decks.warn(str(failure))

    def open_palette(self) -> Palette:
        """Everything that can be done here, found by typing."""
        actions = [*self._screens[self.screen_name].actions(), *self.actions()]
        decks = self.decks.decks()
        palette = Palette(self, [*entries_of(actions), *study_entries(decks, self.start_study)])
        palette.open()
        return palette

    def show_shortcuts(self) -> ShortcutsDialog:
        """The keys of the present screen."""
        screen = self._screens[self.screen_name]
        dialog = ShortcutsDialog(self, screen.title, screen.actions(), self.actions())
        dialog.change_wanted.connect(self.change_shortcuts)
        dialog.open()
        return dialog

    def change_shortcuts(self) -> ShortcutsEditor:
        """The keys of all screens, to be changed."""
        for name in (*_MADE_LATE, *self._makers):
            if name not in self._screens:
                self._make(name)
        editor = ShortcutsEditor(self, self.shortcuts)
        editor.open()
        return editor

    def come_to_front(self) -> None:
        """Show the window to a user who started the app once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def warm_up(self) -> None:
        """Make the card's page before it is needed."""
        self.study.card.warm_up()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.decks_painted.emit)
            QTimer.singleShot(0, self, self.warm_up)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        # Another program may have changed the collection or the clock.
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._refresh_decks()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self.writing.is_changed:
            event.ignore()
            self.writing.edit.leave(self.close)
            return
        self._preferences.geometry = self.saveGeometry()
        self._preferences.screen = self.screen_name
        self._preferences.collapsed = self.decks.tree.folded
        self._preferences.save()
        for screen in self._screens.values():
            screen.shut_down()
        self._thread_manners.stop()
        super().closeEvent(event)

    def _refresh_decks(self) -> None:
        if self._stack.currentWidget() is self.decks:
            self.decks.refresh()

    def _make_card_view(self) -> CardView:
        from studyapp.ui.card_view import CardView  # noqa: PLC0415 - takes long, see above

        theme, scale = self._theming.theme, self._preferences.text_percent / 100
        return CardView(self._media_folder, theme, scale)

    def _dress(self, theme: Theme) -> None:
        self.rail.dress(theme)
        self.decks.dress(theme)
        self.setWindowIcon(icons.icon("app", theme.accent))
        self._dress_card()

    def _dress_card(self) -> None:
        theme, scale = self._theming.theme, self._preferences.text_percent / 100
        self.study.card.dress(theme, scale)
        for screen in self._screens.values():
            screen.dress_card(theme, scale)

    def _on_finished(self, summary: Summary) -> None:
        self.summary.show_summary(summary)
        self.open("summary")

    def _back_to_study(self, rewind: Callable[[], None]) -> None:
        self.open("study")
        rewind()

    def _on_decks(self, rewind: Callable[..., object]) -> None:
        self.study.end()
        rewind(studying=False)
        self.decks.show_what_came()
