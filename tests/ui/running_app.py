"""The real window on a real collection in a temporary folder, with a clock that a test can move."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant
from studyapp.services.care import Care
from studyapp.services.installing import Installer
from studyapp.services.media_care import MediaCare
from studyapp.ui.card_script import WORLD
from studyapp.wiring.assembly import Assembly
from studyapp.wiring.world import World

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
        self.installer = Installer(self.database, clock)
        self.shipped = folder / "decks"
        for text in texts:
            self.installer.install_text(text, text.key)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.assembly = Assembly(application, self._world(options, self.shipped), messages)
        self.window = self.assembly.window
        self.preferences = self.assembly.preferences
        self.study, self.sessions = self.assembly.study, self.assembly.sessions
        self.authoring = self.assembly.writing.authoring
        self.advice_rules, self.browsing = self.assembly.advice_rules, self.assembly.browsing
        self.scheduling, self.mapping = self.assembly.scheduling, self.assembly.mapping
        self.presets, self.backlog = self.assembly.services.presets, self.assembly.services.backlog
        self.beside, self.statistics = self.assembly.beside, self.assembly.statistics
        self.updating, self.shelf = self.assembly.updating, self.assembly.shelf
        self.media = MediaCare(self.database, clock)
        self.checking, self.exchanging = self.assembly.checking, self.assembly.exchanging
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def _world(self, options: DayOptions, decks: Path) -> World:
        numbers = count(1)
        return World(
            self.care,
            self.database,
            self.clock,
            options,
            lambda: f"new-{next(numbers)}",
            Random(7),  # noqa: S311
            decks,
        )

    def quit(self) -> None:
        self.assembly.stop()
        self.window.close()
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
