"""From a grade to the painted page of statistics, in the app's own screen; part of
`benchmarks.statistics`.

Where there is no display, the window is drawn into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter_ns, process_time_ns

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.display import at_display
from benchmarks.table import milliseconds
from studyapp.environment import OPTIONS, care_of, system_clock
from studyapp.services.statistics import Statistics
from studyapp.store.database import Database
from studyapp.ui.preferences import Preferences
from studyapp.ui.statistics_screen import SPANS, StatisticsScreen
from studyapp.ui.theming import Theming
from studyapp.ui.thread_manners import ThreadManners

_SIZE = 1280, 800
_REPEATS = 9
_WARM = 2
HEAD = "| ours, in the window | median | longest | processors, median |\n|---|--:|--:|--:|"


def lines(folder: Path, grade: Callable[[Database], None]) -> Iterator[str]:
    """A collection's whole page after a grade, in the shortest usual span and in the longest."""
    at_display()
    application = QApplication([])
    preferences = Preferences(folder / "window.ini")
    theming = Theming(application, preferences)  # dresses the window
    manners = ThreadManners(application)
    statistics = Statistics(care_of(folder).collection, system_clock, OPTIONS)
    screen = StatisticsScreen(statistics, preferences)
    screen.resize(*_SIZE)
    screen.show()
    with closing(care_of(folder).open("a benchmark")) as database, closing(statistics):
        for number in (1, len(SPANS) - 1):
            screen.spans.setCurrentIndex(number)
            for as_tables in (False, True):
                screen.show_tables(as_tables)
                what = f"{SPANS[number][0]}, {'tables' if as_tables else 'plots'}"
                yield from _cases(screen, what, lambda: grade(database))
        screen.shut_down()
    screen.close()
    manners.stop()
    del theming


def _cases(screen: StatisticsScreen, what: str, grade: Callable[[], None]) -> Iterator[str]:
    for _ in range(_WARM):
        _read(screen)
    painted, complete, worked = [], [], []
    for _ in range(_REPEATS):
        grade()
        start, began = perf_counter_ns(), process_time_ns()
        painted.append(_read(screen) - start)
        complete.append(perf_counter_ns() - start)
        worked.append(process_time_ns() - began)
    yield _row(f"after a grade → page painted ({what})", painted, None)
    yield _row(f"… → hardest cards painted, too ({what})", complete, worked)


def _read(screen: StatisticsScreen) -> int:
    """Have it read what is new, and painted; returns when the page was, in ns.

    Afterwards the hardest cards are there, too.
    """
    loop = QEventLoop()
    screen.shown.connect(loop.quit)
    screen.refresh()
    loop.exec()
    QApplication.processEvents()
    painted = perf_counter_ns()
    screen._hard.finish()  # noqa: SLF001 - so that its answer is there
    QApplication.processEvents()
    screen.shown.disconnect(loop.quit)
    return painted


def _row(title: str, passed: list[int], worked: list[int] | None) -> str:
    cells = [milliseconds(median(passed)), milliseconds(max(passed))]
    cells.append("" if worked is None else milliseconds(median(worked)))
    return f"| {title} | {' | '.join(cells)} |\n"
