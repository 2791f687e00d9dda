"""Take the pictures of the README and of the docs from the running app: `make pictures`.

Needs a display, a virtual one will do. The window opens on a collection of its own with the shipped
decks, is used with keys, and is drawn as it stands after each step. Then on collections that were
studied for a month and for a year, and on one of 10,000 notes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.landscape import built
from docs.simulated_study import MovedClock, SimulatedStudy
from studyapp.app import prepare_web_engine, world_of
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.environment import care_of, shipped, system_clock
from studyapp.services.installing import Installer
from studyapp.store import places
from studyapp.ui.history_dialog import HistoryDialog
from studyapp.ui.main_window import MainWindow
from studyapp.ui.map.screen import MapScreen
from studyapp.ui.preferences import Preferences, ThemeChoice
from studyapp.ui.statistics_screen import StatisticsScreen
from studyapp.wiring.assembly import PREFERENCES, Assembly

FOLDER = Path(__file__).parent / "pictures"
DECK = "Alignment::2 Jacob G-W: Gradient routing and reward seeking"
CARDS_BEFORE = 2
"""The third card of the deck has a formula to show."""
SEARCH = r"\nabla -is:suspended"
WRITTEN = (
    r"Is the divergence $D_{\mathrm{KL}}(P \| Q)$ a distance, and why?",
    r"No: it is not symmetric. $$D_{\mathrm{KL}}(P \| Q) = \sum_x P(x) \log \frac{P(x)}{Q(x)}$$",
)
SETTLE_MS = 600
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)
WEAK = "gradient-routing"
"""The tag of those notes that the simulated user recalls less than others."""
MONTH, YEAR = 30, 365
ABSENT = 21
NEW_CARDS = 2
"""The page of the options about them."""
NEW_WITHIN_A_YEAR = 2
"""A day: all that the decks have is begun within some ten months."""
MANY, NEW_OF_MANY = 10_000, 200
SIZE, LARGER, LARGEST = (960, 640), (1100, 860), (1280, 1060)


def main() -> None:
    prepare_web_engine()
    application = QApplication(["studyapp"])
    for choice in THEMES:
        with TemporaryDirectory() as folder, opened(application, Path(folder), choice) as window:
            take(window, choice)
    take_studied(application)
    take_many(application)
    take_days(application)


def take_studied(application: QApplication) -> None:
    """The map and the statistics after a month and after a year."""
    for name, days, new in (("month", MONTH, 20), ("year", YEAR, NEW_WITHIN_A_YEAR)):
        with TemporaryDirectory() as made:
            folder = Path(made)
            study_shipped(folder, days, new)
            for choice in THEMES:
                with opened(application, folder, choice) as window:
                    show_map(window)
                    save(window, f"map-{name}-{choice}")
                    if days == YEAR:
                        show_statistics(window)
                        save(window, f"statistics-{choice}")


def take_many(application: QApplication) -> None:
    """A map of many notes, studied for a month."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        built(folder, MANY)
        with closing(care_of(folder).open("the pictures")) as database:
            SimulatedStudy(database, MovedClock(), (), NEW_OF_MANY).go_on(MONTH)
        for choice in THEMES:
            with opened(application, folder, choice, with_decks=False) as window:
                window.resize(*LARGER)
                settle()
                show_map(window)
                save(window, f"map-{MANY}-{choice}")


def take_days(application: QApplication) -> None:
    """What helps with the days, after three weeks away: a plan, options, and a card's history."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        study_shipped(folder, MONTH, 20, ABSENT)
        for choice in THEMES:
            with assembled(application, folder, choice) as assembly:
                plan = assembly.scheduling.planning.open()
                save(plan, f"backlog-{choice}")
                plan.close()
                options = assembly.scheduling.options.open_selected()
                if options is not None:
                    options.list.setCurrentRow(NEW_CARDS)
                    save(options, f"options-{choice}")
                    options.close()
                assembly.window.start_study(assembly.window.decks.decks()[0])
                settle()
                press(assembly.window, Qt.Key.Key_I)
                (history,) = assembly.window.findChildren(HistoryDialog)
                save(history, f"history-{choice}")
                history.close()


def study_shipped(folder: Path, days: int, new_per_day: int, absent: int = 0) -> None:
    """The shipped decks, installed and studied from so many days ago on; then not any more."""
    clock = MovedClock()
    clock.ago_ms = (days + absent) * MS_PER_DAY
    with closing(care_of(folder).open("the pictures")) as database:
        Installer(database, clock).install(shipped("decks"))
        with database.read() as tx:
            tagged = places.tags_of_all(tx)
        weak = {note_id for note_id, tags in tagged.items() if WEAK in tags}
        SimulatedStudy(database, clock, weak, new_per_day).go_on(days, absent)


@contextmanager
def opened(
    application: QApplication, folder: Path, choice: ThemeChoice, *, with_decks: bool = True
) -> Iterator[MainWindow]:
    """The window of what is `assembled`."""
    with assembled(application, folder, choice, with_decks=with_decks) as assembly:
        yield assembly.window


@contextmanager
def assembled(
    application: QApplication, folder: Path, choice: ThemeChoice, *, with_decks: bool = True
) -> Iterator[Assembly]:
    """The app on the collection of a folder; a new one has the shipped decks, if wanted."""
    care = care_of(folder)
    Preferences(folder / PREFERENCES).theme = choice
    with closing(care.open("the pictures")) as database:
        if with_decks:
            Installer(database, system_clock).install(shipped("decks"))
        assembly = Assembly(application, world_of(care, database))
        assembly.window.resize(*SIZE)
        assembly.window.show()
        settle()
        yield assembly
        assembly.stop()
        assembly.window.close()


def take(window: MainWindow, choice: ThemeChoice) -> None:
    save(window, f"decks-{choice}")
    deck = next(deck for deck in window.decks.decks() if deck.name == DECK)
    window.start_study(deck)
    settle()
    for _ in range(CARDS_BEFORE):
        press(window, Qt.Key.Key_Space)
        press(window, Qt.Key.Key_4)
    save(window, f"question-{choice}")
    press(window, Qt.Key.Key_Space)
    save(window, f"answer-{choice}")
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_B):
        press(window, key)
    QTest.keyClicks(QApplication.focusWidget() or window, SEARCH)
    press(window, Qt.Key.Key_Return)
    settle()
    save(window, f"browse-{choice}")
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_A):
        press(window, key)
    write(window, WRITTEN)
    save(window, f"add-{choice}")
    press(window, Qt.Key.Key_Escape)
    show_map(window)
    save(window, f"map-{choice}")


def show_map(window: MainWindow) -> None:
    """Open it, and wait until all of it is painted."""
    press(window, Qt.Key.Key_M)
    (screen,) = window.findChildren(MapScreen)
    while not screen.landscape.places or not screen.view.is_complete:
        settle()
    settle()


def show_statistics(window: MainWindow) -> None:
    """Open them in a window that is large enough to show many of them, over a year."""
    press(window, Qt.Key.Key_S)
    window.resize(*LARGEST)
    (screen,) = window.findChildren(StatisticsScreen)
    screen.spans.setCurrentText("A year")
    screen.refresh()
    while screen.page is None or screen.page.days != YEAR:
        settle()
    settle()


def write(window: MainWindow, fields: tuple[str, str]) -> None:
    for field in fields:
        QTest.keyClicks(QApplication.focusWidget() or window, field)
        press(window, Qt.Key.Key_Tab)
    settle()


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)
    settle()


def settle(for_ms: int = SETTLE_MS) -> None:
    """Let the window and its page draw."""
    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def save(shown: QWidget, name: str) -> None:
    settle()
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    shown.grab().save(str(path), "PNG", 0)  # as small as it can be
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
