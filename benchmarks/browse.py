"""How the Browse screen keeps up with a large collection: `python -m benchmarks.browse`.

The real screen: searches from Enter until the rows are drawn, jumps anywhere in the table, changes
of all cards and their undo. For what is done beside the window, also the longest time for which it
answered to nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter_ns
from typing import NoReturn

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from benchmarks import machine
from benchmarks.search import build
from benchmarks.table import row, timed
from studyapp import app
from studyapp.domain.query import Column
from studyapp.environment import care_of
from studyapp.rendering.design import LIGHT
from studyapp.services.study import Study
from studyapp.ui.browse_screen import BrowseScreen
from studyapp.ui.preferences import Preferences
from studyapp.ui.thread_manners import ThreadManners
from studyapp.wiring import tools
from studyapp.wiring.assembly import PREFERENCES
from studyapp.wiring.world import World

QUERIES = ("lemma", "42", "is:due", "tag:topic-1", "deck:Benchmark::*", "prop:ivl>30", "")
_PATIENCE_MS = 300_000
_BEAT_MS = 2
_JUMPS = 300
_REPEATS = 3
_HEAD = "| | median | 95 % within | at most |\n|---|--:|--:|--:|\n"


def report(folder: Path, notes: int) -> str:
    """A Markdown table."""
    load = machine.load()
    with TemporaryDirectory(dir=folder) as made:
        collection = Path(made) / "data"
        build(collection, notes)
        care = care_of(collection)
        with closing(care.open("benchmark")) as database:
            rows = _rows(app.world_of(care, database))
    about = f"{notes:,} notes; load {load} before, {machine.load()} after."
    return f"### Browsing\n\n{about}\n\n{_HEAD}{''.join(rows)}"


def _rows(world: World) -> list[str]:
    screen = _screen(world)
    _until(screen.pane.searched, screen.enter)  # which makes the index
    rows = [row("opened again → rows drawn", _searched(screen, screen.refresh))]
    for query in QUERIES:
        rows.append(row(f"`{query}` → rows drawn", _searched(screen, _search(screen, query))))
    for column in (Column.FRONT, Column.DUE, Column.DECK):
        sort = _sort(screen, column)
        rows.append(row(f"sorted by {column} → rows drawn", _searched(screen, sort)))
    rows.append(row("all rows chosen", timed(screen.table.selectAll, _REPEATS)))
    rows += _jumps(screen)
    rows += _changes(screen)
    screen.shut_down()
    return rows


def _screen(world: World) -> BrowseScreen:
    preferences = Preferences(world.folder / PREFERENCES)
    preferences.remember("browse_hidden", "note")
    study = Study(world.database, world.clock, world.options)
    used = tools.browse_tools(world, study, tools.writing_tools(world, preferences))
    screen = BrowseScreen(used, _no_view, LIGHT)
    ThreadManners(screen)
    screen.resize(1400, 900)
    screen.show()
    return screen


def _no_view() -> NoReturn:
    raise AssertionError("The note is hidden.")


def _search(screen: BrowseScreen, query: str) -> Callable[[], None]:
    return lambda: screen.line.search_for(query)


def _sort(screen: BrowseScreen, column: Column) -> Callable[[], None]:
    return lambda: screen.results.sort(column)


def _searched(screen: BrowseScreen, do: Callable[[], object]) -> list[int]:
    """From the key until the rows are drawn."""

    def search_and_draw() -> None:
        _until(screen.pane.searched, do)
        screen.table.viewport().repaint()

    return timed(search_and_draw, _REPEATS)


def _jumps(screen: BrowseScreen) -> list[str]:
    """Anywhere in the table, as by its scroll bar: for so long the window is busy."""
    chance, bar, model = Random(3), screen.table.verticalScrollBar(), screen.results.model  # noqa: S311

    def know_ids() -> None:
        bar.setValue(bar.maximum())
        screen.table.viewport().repaint()

    ids = _timed_until(screen.results.searching.ids_known, know_ids)

    def jump() -> None:
        bar.setValue(chance.randrange(bar.maximum() or 1))
        screen.table.viewport().repaint()

    def read() -> None:
        start = chance.randrange(max(model.rowCount() - 64, 1))
        found = model.found
        assert found is not None
        found.rows(start, start + 64)

    return [
        row("jump to the last row → its place is known", [ids]),
        row("rows of a page are read", timed(read, _JUMPS)),
        row("jump anywhere → drawn", timed(jump, _JUMPS)),
    ]


def _changes(screen: BrowseScreen) -> list[str]:
    """Of all cards."""
    screen.line.search_for("")
    _until(screen.pane.searched, screen.refresh)
    changing, study = screen._tools.changing, screen._tools.study  # noqa: SLF001
    screen.table.selectAll()
    choice = screen.choice
    assert choice is not None
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        (
            "all suspended",
            lambda: screen.work.change("", choice, changing.suspend, moves_rows=False),
        ),
        ("that undone", lambda: screen.work.undo(study)),
        (
            "all tagged",
            lambda: screen.work.change(
                "", choice, lambda these, p: changing.add_tags(these, ["a"], p), moves_rows=False
            ),
        ),
        ("that undone", lambda: screen.work.undo(study)),
        ("all deleted", lambda: screen.work.change("", choice, changing.delete, moves_rows=True)),
        ("that undone", lambda: screen.work.undo(study)),
    )
    rows = []
    for name, do in steps:
        gaps = _Gaps()
        rows.append(row(name, [_timed_until(screen.work.ended, do)]))
        rows.append(row(f"{name}: window busy at a time", gaps.stop()))
    return rows


class _Gaps:
    """Between one turn of the window and the next."""

    def __init__(self) -> None:
        self._found: list[int] = []
        self._last = perf_counter_ns()
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> list[int]:
        self._timer.stop()
        return self._found

    def _beat(self) -> None:
        now = perf_counter_ns()
        self._found.append(now - self._last)
        self._last = now


def _timed_until(signal: SignalInstance, do: Callable[[], object]) -> int:
    start = perf_counter_ns()
    _until(signal, do)
    return perf_counter_ns() - start


def _until(signal: SignalInstance, do: Callable[[], object]) -> None:
    loop = QEventLoop()

    def leave(*_: object) -> None:
        loop.quit()

    signal.connect(leave)
    timer = QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start(_PATIENCE_MS)
    QTimer.singleShot(0, do)
    if loop.exec():
        raise SystemExit("Nothing came of it.")
    signal.disconnect(leave)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.browse", description=__doc__)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(["benchmark"])
    print(report(asked.folder, asked.notes))
    application.quit()


if __name__ == "__main__":
    main()
