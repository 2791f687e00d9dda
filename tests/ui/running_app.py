"""The real window on a real collection in a temporary folder, with a clock that a test can move."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.app import DRAFT, advice_rules, install_again, scheduling_services, switch_advice
from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant
from studyapp.services.advising import AdviceSwitches
from studyapp.services.authoring import Authoring
from studyapp.services.care import Care
from studyapp.services.changing import Changing
from studyapp.services.cramming import Cram
from studyapp.services.drafts import Draft, EditDrafts
from studyapp.services.exchange import Exchange
from studyapp.services.finding import Finding
from studyapp.services.importing import Importing
from studyapp.services.installing import Installer
from studyapp.services.landscape import Landscapes
from studyapp.services.library import Library
from studyapp.services.linking import Linking
from studyapp.services.looking_over import LookingOver
from studyapp.services.media_care import MediaCare
from studyapp.services.notation import Notation
from studyapp.services.printing import Printing
from studyapp.services.replacing import Replacing
from studyapp.services.saved_searches import SavedSearches
from studyapp.services.sessions import Sessions
from studyapp.services.shelf import Shelf
from studyapp.services.statistics import Statistics
from studyapp.services.study import Study
from studyapp.services.trash import Trash
from studyapp.services.updates import Updates
from studyapp.ui.advice_rules import AdviceRules
from studyapp.ui.browse_tools import BrowseTools
from studyapp.ui.browsing import Browsing
from studyapp.ui.card_script import WORLD
from studyapp.ui.exchange_tools import ExchangeTools
from studyapp.ui.exchanging import Exchanging
from studyapp.ui.main_window import MainWindow
from studyapp.ui.map.opening import MapOpening
from studyapp.ui.map.place_beside import PlaceBeside
from studyapp.ui.map.tools import MapTools
from studyapp.ui.media_checking import MediaChecking
from studyapp.ui.preferences import Preferences
from studyapp.ui.removing import Removing
from studyapp.ui.scheduling_windows import SchedulingWindows
from studyapp.ui.showing_statistics import ShowingStatistics
from studyapp.ui.theming import Theming
from studyapp.ui.updating import Updating
from studyapp.ui.writing_tools import WritingTools

MIGRATIONS = Path(__file__).parents[2] / "migrations"
NOON = 1_795_176_000_000
"""20 November 2026, 12:00 UTC, in ms since the epoch."""
MINUTE = 60_000
HOUR = 3_600_000
DAY = 86_400_000


@dataclass
class SetClock:
    """Stands still until a test moves it."""

    at: int = NOON

    def __call__(self) -> Instant:
        return Instant(self.at)

    def advance(self, ms: int) -> None:
        self.at += ms


def basic(key: str, front: str, back: str, links: tuple[str, ...] = ()) -> Note:
    return Note(key=key, kind=NoteKind.BASIC, front=front, back=back, links=links)


CAPITALS = DeckText(
    name="Geography::Capitals",
    key="capitals",
    description="Three *capitals*.",
    notes=(
        basic("fr", "Capital of France?", "Paris"),
        basic("it", "Capital of Italy?", "Rome"),
        basic("es", "Capital of Spain?", "Madrid"),
    ),
)


class RunningApp:
    """One start of the app; end it with `quit`."""

    def __init__(
        self,
        qtbot: QtBot,
        folder: Path,
        clock: SetClock,
        texts: Sequence[DeckText] = (),
        *,
        options: DayOptions | None = None,
        messages: Sequence[str] = (),
    ) -> None:
        options = options or DayOptions()
        self.qtbot = qtbot
        self.clock = clock
        self.care = Care(folder, MIGRATIONS, clock, options)
        self.database = self.care.open("a test")
        self.installer = installer = Installer(self.database, clock)
        self.shipped = folder / "decks"
        for text in texts:
            installer.install_text(text, text.key)
        self.preferences = Preferences(folder / "window.ini")
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.study = Study(self.database, clock, options)
        self.sessions = Sessions(
            self.study, Cram(self.database, clock, options), Finding(self.database, clock, options)
        )
        self.updates = Updates(self.database, clock)
        self.shelf = Shelf(self.database, clock)
        looking_over = LookingOver(self.database.path)
        numbers = count(1)
        self.authoring = Authoring(self.database, clock, lambda: f"new-{next(numbers)}")
        theming = Theming(application, self.preferences)
        writing = WritingTools(
            self.authoring,
            MediaCare(self.database, clock).add,
            self.preferences,
            EditDrafts(folder),
            looking_over.remarks,
            looking_over.notes_called,
            partial(AdviceSwitches(self.database, clock).switch, on=False),
            looking_over.stop,
        )
        self.window = MainWindow(
            library=Library(self.database, clock, options),
            study=self.sessions,
            notation=Notation(self.database, clock),
            writing=writing,
            draft=Draft(folder / DRAFT),
            clock=clock,
            monotonic=monotonic,
            options=options,
            backups=self.care.backups,
            preferences=self.preferences,
            theming=theming,
            data_folder=folder,
            media_folder=folder / "media",
            messages=messages,
        )
        self.updating = Updating(self.window.decks, self.updates, self.study, theming)
        self.window.decks_painted.connect(self.updating.begin)
        self.removing = Removing(
            self.window.decks,
            self.shelf,
            self.shelf.studied,
            partial(install_again, self.shelf, installer, self.shipped),
        )
        self.advice_rules = AdviceRules(
            self.window,
            partial(advice_rules, self.database),
            partial(switch_advice, self.database),
        )
        browse = BrowseTools(
            Finding(self.database, clock, options),
            Changing(self.database, clock, options, Random(7)),  # noqa: S311
            Replacing(self.database, clock),
            Trash(self.database, clock),
            SavedSearches(self.database, clock),
            self.study,
            writing,
            clock,
            options,
        )
        self.browsing = Browsing(self.window, browse, theming)
        services = scheduling_services(self.database, clock, options, self.sessions)
        self.scheduling = SchedulingWindows(self.window, self.browsing, services)
        self.presets, self.backlog = services.presets, services.backlog
        landscapes = Landscapes(self.database, clock, options)
        tools = MapTools(landscapes, services.histories, browse)
        self.mapping = MapOpening(self.window, tools, theming)
        self.mapping.study_wanted.connect(self.scheduling.more_ways.cram_notes)
        self.beside = PlaceBeside(
            self.window.study, self.sessions, landscapes, self.preferences, theming
        )
        self.statistics = ShowingStatistics(
            self.window,
            lambda: Statistics(self.database.path, clock, options),
            self.preferences,
        )
        self.media = MediaCare(self.database, clock)
        self.checking = MediaChecking(self.window, self.media, self.authoring)
        self.checking.edit_wanted.connect(self.window.edit_note)
        self.checking.failed.connect(self.window.decks.warn)
        self.window.settings.media_check_wanted.connect(self.checking.begin)
        self.exchanging = Exchanging(
            self.window,
            ExchangeTools(
                partial(
                    Importing, self.database, clock, options, lambda: f"imported-{next(numbers)}"
                ),
                partial(Linking, self.database, clock),
                partial(Printing, self.database.path, clock, options),
                Exchange(self.database.path, clock, options),
                self.study,
                self.authoring.deck_names,
                self.authoring.tag_names,
                folder / "media",
            ),
            theming,
        )
        self.exchanging.failed.connect(self.window.decks.warn)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def quit(self) -> None:
        self.exchanging.stop()
        self.checking.stop()
        self.beside.stop()
        self.scheduling.stop()
        self.window.close()
        self.statistics.stop()
        shiboken6.delete(self.window)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.database.close()

    def press(self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press keys one after the other, without waiting in between."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            modifiers = modifier or Qt.KeyboardModifier.NoModifier
            if isinstance(key, str):
                QTest.keyClicks(target, key, modifiers)
            else:
                QTest.keyClick(target, key, modifiers)

    def undo_key(self) -> None:
        self.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)

    def redo_key(self) -> None:
        self.press(Qt.Key.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)

    def until_painted(self, what: str, do: Callable[[], object]) -> None:
        """Do something and wait for a "question" or an "answer" to be on the screen."""
        with self.qtbot.waitSignal(
            self.window.study.painted, timeout=20_000, check_params_cb=lambda side: side == what
        ):
            do()

    def start_first_deck(self) -> None:
        self.until_painted("question", lambda: self.press(Qt.Key.Key_Return))

    def reveal(self) -> None:
        self.until_painted("answer", lambda: self.press(Qt.Key.Key_Space))

    def grade(self, key: str) -> None:
        """Show the answer, grade it, and wait for the next question."""
        self.reveal()
        self.until_painted("question", lambda: self.press(key))

    def page_text(self) -> str:
        """What is to be read on the card."""
        with self.qtbot.waitCallback() as callback:
            self.window.study.card.view.page.runJavaScript(
                "document.body.innerText", WORLD, callback
            )
        return str(callback.args[0])

    def ask(self, sql: str) -> None:
        """Of the app's own connection, in turn with the threads that read beside the window."""
        with self.database._turn:
            self.database._connection.exec_driver_sql(sql)
            self.database._connection.rollback()

    def rows(self, sql: str) -> list[tuple[int, ...]]:
        """Ask the collection's file itself."""
        with closing(sqlite3.connect(self.database.path)) as file:
            return file.execute(sql).fetchall()

    def grades(self) -> list[int]:
        return [row[0] for row in self.rows("SELECT grade FROM reviews ORDER BY id")]
