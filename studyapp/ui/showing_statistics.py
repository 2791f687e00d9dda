"""Statistics in the window: the screen, and a sentence after each session."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studyapp.services.study_values import Summary
from studyapp.ui.latest import Latest
from studyapp.ui.preferences import Preferences

if TYPE_CHECKING:  # counting by columns takes long to import
    from studyapp.services.statistics import Statistics
    from studyapp.ui.card_view import CardView
    from studyapp.ui.main_window import MainWindow
    from studyapp.ui.statistics_screen import StatisticsScreen

NAME = "stats"


class ShowingStatistics(QObject):
    """Opens by the rail, by its key, and with the window if it was open last."""

    def __init__(
        self,
        window: MainWindow,
        make_statistics: Callable[[], Statistics],
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._make_statistics = make_statistics
        self._preferences = preferences
        self._statistics: Statistics | None = None
        self._making = Lock()
        self._wanted = 0
        self.screen: StatisticsScreen | None = None
        self.sentences = Latest()
        self.sentences.done.connect(self._on_sentence)
        window.offer(NAME, "Stats", ("S",), self._make)
        window.study.finished.connect(self._on_finished)
        if preferences.screen == NAME:
            window.open(NAME)

    def stop(self) -> None:
        """Let go of the collection; for the end of the app."""
        self.sentences.shut_down()
        if self._statistics is not None:
            self._statistics.close()

    def _opened(self) -> Statistics:
        with self._making:
            if self._statistics is None:
                self._statistics = self._make_statistics()
            return self._statistics

    def _make(self, _make_view: Callable[[], CardView]) -> StatisticsScreen:
        from studyapp.ui.statistics_screen import StatisticsScreen  # noqa: PLC0415 - see above

        screen = self.screen = StatisticsScreen(self._opened(), self._preferences)
        screen.left.connect(lambda: self._window.open("decks"))
        screen.edit_wanted.connect(self._window.edit_note)
        return screen

    def _on_finished(self, summary: Summary) -> None:
        """Have a sentence on what was done; sessions that leave no trace have none."""
        if summary.tomorrow is not None:
            self._wanted = self.sentences.begin(lambda: self._opened().after_session(summary.title))

    def _on_sentence(self, number: int, sentence: object) -> None:
        if number == self._wanted:
            self._window.summary.tell(str(sentence))
