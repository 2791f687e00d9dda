"""A user at the real window, timed from within: `python -m benchmarks.session`.

The window is the one that `studyapp` opens. What is timed ends when the window itself says that the
thing can be seen: the deck list after its first paint, a card when the web engine has drawn it.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from time import perf_counter_ns, time_ns

from PySide6.QtCore import Qt, QTimer

from benchmarks.data import ROOT, grades
from studyapp.cli.commands import main as studyapp
from studyapp.ui.main_window import MainWindow
from studyapp.wiring import assembly

_LOOKING_MS = 2000
"""How long the user looks at the decks; the card's page is made meanwhile."""

_THINKING_MS = 60
_GRADES = 60


@dataclass(slots=True)
class Seen:
    """Nanoseconds until something could be seen."""

    decks: int = 0
    """After the process was started."""
    first_question: int = 0
    """After the key that starts studying."""
    answers: list[int] = field(default_factory=list)
    """After the key that shows it."""
    questions: list[int] = field(default_factory=list)
    """After the grade of the card before."""


class Session:
    """Starts with the first paint, studies, and closes the window."""

    def __init__(self, window: MainWindow, started_at: int) -> None:
        self.seen = Seen()
        self._window = window
        self._started_at = started_at
        self._pressed_at = 0
        self._grades = iter(grades(_GRADES, seed=1))
        window.decks_painted.connect(self._on_decks)
        window.study.painted.connect(self._on_card)
        window.study.finished.connect(window.close)

    def _on_decks(self) -> None:
        self.seen.decks = time_ns() - self._started_at
        QTimer.singleShot(_LOOKING_MS, self._start)

    def _start(self) -> None:
        root = next(deck for deck in self._window.decks.decks() if deck.name == ROOT)
        self._pressed_at = perf_counter_ns()
        self._window.start_study(root)

    def _on_card(self, what: str) -> None:
        took = perf_counter_ns() - self._pressed_at
        if what == "answer":
            self.seen.answers.append(took)
            QTimer.singleShot(_THINKING_MS, self._grade)
        else:
            self._note_question(took)
            QTimer.singleShot(_THINKING_MS, lambda: self._press(Qt.Key.Key_Space))

    def _note_question(self, took: int) -> None:
        if self.seen.first_question:
            self.seen.questions.append(took)
        else:
            self.seen.first_question = took

    def _grade(self) -> None:
        grade = next(self._grades, None)
        if grade is None:
            self._window.close()
        else:
            self._press(Qt.Key(Qt.Key.Key_0 + grade))

    def _press(self, key: Qt.Key) -> None:
        from PySide6.QtTest import QTest  # noqa: PLC0415 - it would count among the start

        self._pressed_at = perf_counter_ns()
        QTest.keyClick(self._window.focusWidget() or self._window, key)


def main() -> None:
    """Print what was seen as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("started_at", type=int, help="ns since the epoch")
    asked = parser.parse_args()
    sessions: list[Session] = []

    def timed(**services: object) -> MainWindow:
        window = MainWindow(**services)  # type: ignore[arg-type]
        sessions.append(Session(window, asked.started_at))
        return window

    vars(assembly)["MainWindow"] = timed
    status = studyapp(["--data-dir", asked.folder])
    json.dump(asdict(sessions[0].seen), sys.stdout)
    sys.exit(status)


if __name__ == "__main__":
    main()
