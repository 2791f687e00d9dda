"""Take the pictures of the README from the running app: `make pictures`.

Needs a display, a virtual one will do. The window opens on a collection of its own with the shipped
decks, is used with keys, and is drawn as it stands after each step.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studyapp.app import prepare_web_engine, world_of
from studyapp.environment import care_of, shipped, system_clock
from studyapp.services.installing import Installer
from studyapp.ui.main_window import MainWindow
from studyapp.ui.preferences import Preferences, ThemeChoice
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
MAP_MS = 5000
"""The map is laid out for the first time."""


def main() -> None:
    prepare_web_engine()
    application = QApplication(["studyapp"])
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        with TemporaryDirectory() as folder, opened(application, Path(folder), choice) as window:
            take(window, choice)


@contextmanager
def opened(application: QApplication, folder: Path, choice: ThemeChoice) -> Iterator[MainWindow]:
    """The window on a new collection."""
    care = care_of(folder)
    Preferences(folder / PREFERENCES).theme = choice
    with closing(care.open("the pictures")) as database:
        Installer(database, system_clock).install(shipped("decks"))
        assembly = Assembly(application, world_of(care, database))
        window = assembly.window
        window.resize(960, 640)
        window.show()
        settle()
        yield window
        assembly.stop()
        window.close()


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
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_M):
        press(window, key)
    settle(MAP_MS)
    save(window, f"map-{choice}")


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


def save(window: MainWindow, name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    window.grab().save(str(path))
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
