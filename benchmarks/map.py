"""How fast the map moves: `python -m benchmarks.map`.

The map's own widget, 1600 × 1000 pixels, on made-up maps: each step moves it by 24 pixels (at 60
steps a second: 1,440 pixels a second) and paints it. What was not seen before is painted on the
way. Also how long a step of zooming takes, after which nothing can be kept. Times are those of the
processor, so that what else the machine does counts less.

Then by the wall clock: a timer of 16 ms moves the map for some seconds to and fro, on the display
that there is, else in memory, and frames are counted as they are painted. At 16 ms 62.5 frames a
second are all there can be.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, pi, sin, sqrt
from random import Random
from time import perf_counter_ns, process_time_ns

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import machine
from benchmarks.display import at_display
from benchmarks.table import milliseconds, percentile
from studyapp.domain.landscape import UNIT, Landscape, Link, Place, Region, RegionKind
from studyapp.rendering.design import LIGHT
from studyapp.ui.map.view import MapView

_SIZE = 1600, 1000
_STEP = 24
_STEPS = 200
_IN_REGION = 60
_CLOSENESS = (0, 12, 40, 110)
"""Pixels between neighbours; 0: the whole map is seen."""
_FRAME_MS = 16
_THERE_MS = 1000
"""So long it moves to one side, then back."""
_SECONDS = 6
_LATE_NS = 25_000_000
"""A frame that comes later than that after the one before was missed by the eye."""
_FRAMES_HEAD = (
    "| notes | neighbours | frames a second | processor a frame | longest gap | above 25 ms |\n"
    "|--:|--:|--:|--:|--:|--:|\n"
)
_HEAD = (
    "| notes | neighbours | step | median | 95 % within | at most |\n|--:|--:|---|--:|--:|--:|\n"
)


def report(sizes: Sequence[int]) -> str:
    """A Markdown table."""
    at_display()
    application = QApplication([])
    load = machine.load()
    rows, frames = [], []
    for size in sizes:
        view = _opened(size)
        rows += _rows(size, view)
        frames += _frames(size, view)
        view.close()
    platform = application.platformName()
    application.quit()
    about = f"Qt platform “{platform}”; load {load} before, {machine.load()} after."
    parts = (
        f"### Moving the map\n\n{about}",
        _HEAD + "".join(rows),
        _FRAMES_HEAD + "".join(frames),
    )
    return "\n\n".join(parts)


def landscape(notes: int) -> Landscape:
    """Regions of some notes each, on a spiral; three links a note, two of them to neighbours."""
    chance = Random(1)  # noqa: S311
    places, regions = [], []
    for start in range(0, notes, _IN_REGION):
        number = start // _IN_REGION
        away, turn = sqrt(number) * UNIT * 9, number * pi * (3 - sqrt(5))
        x, y = round(away * cos(turn)), round(away * sin(turn))
        count = min(_IN_REGION, notes - start)
        places += [_place(chance, start + n, x, y) for n in range(count)]
        name = f"Deck {number % 20}::Part {number}"
        regions.append(Region(RegionKind.DECK, name, 1, x, y, 5 * UNIT, count))
    links = [
        Link(n, (n + step) % notes)
        for n in range(notes)
        for step in (1, 7, chance.randrange(notes))
    ]
    return Landscape(places, [link for link in links if link.source != link.target], regions)


def _place(chance: Random, number: int, x: int, y: int) -> Place:
    away, turn = 4.5 * UNIT * sqrt(chance.random()), 2 * pi * chance.random()
    return Place(
        note_id=number + 1,
        x=round(x + away * cos(turn)),
        y=round(y + away * sin(turn)),
        title=f"What is the {number}th of all questions about the world?",
        deck_id=1,
        recall=None if number % 4 == 0 else chance.random(),
        weight=chance.random() ** 4,
        is_due=number % 9 == 0,
        is_new=number % 8 == 0,
        is_suspended=number % 50 == 0,
        is_linked=number % 10 != 0,
    )


def _opened(notes: int) -> MapView:
    view = MapView(LIGHT)
    view.resize(*_SIZE)
    view.show()
    QTest.qWaitForWindowExposed(view)
    view.show_map(landscape(notes))
    return view


def _rows(notes: int, view: MapView) -> list[str]:
    rows = []
    for closeness in _CLOSENESS:
        _come(view, closeness)
        rows.append(_row(notes, closeness, "move", _timed(lambda: _move(view), view)))
        rows.append(_row(notes, closeness, "zoom", _timed(_zoomer(view), view, 20)))
    return rows


class _Painted(QObject):
    """When a widget was painted, in ns."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self.at: list[int] = []
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        del watched
        if event.type() == QEvent.Type.Paint:
            self.at.append(perf_counter_ns())
        return False


def _frames(notes: int, view: MapView) -> list[str]:
    """By the wall clock."""
    rows = []
    for closeness in _CLOSENESS:
        _come(view, closeness)
        began = process_time_ns()
        at = _panned(view)
        worked = (process_time_ns() - began) / len(at)
        gaps = [later - earlier for earlier, later in pairwise(at)]
        late = sum(gap > _LATE_NS for gap in gaps)
        a_second = len(gaps) / (at[-1] - at[0]) * 1e9
        seen = f"{closeness} px" if closeness else "whole map"
        cells = (f"{notes:,}", seen, f"{a_second:.1f}", milliseconds(worked))
        told = (*cells, milliseconds(max(gaps)), f"{late} of {len(gaps)}")
        rows.append(f"| {' | '.join(told)} |\n")
    return rows


def _panned(view: MapView) -> list[int]:
    """Move it to and fro for some seconds; when each frame was painted."""
    painted, loop, moved = _Painted(view), QEventLoop(), 0

    def move() -> None:
        nonlocal moved
        way = 1 if moved * _FRAME_MS // _THERE_MS % 2 else -1
        moved += 1
        view.camera = view.camera.moved(way * _STEP, way * _STEP / 3)
        view.update()

    timer = QTimer(interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(move)
    timer.start()
    QTimer.singleShot(_SECONDS * 1000, loop.quit)
    loop.exec()
    timer.stop()
    view.removeEventFilter(painted)
    return painted.at


def _come(view: MapView, closeness: int) -> None:
    view.show_all()
    if closeness:
        middle = _SIZE[0] / 2, _SIZE[1] / 2
        view.camera = view.camera.zoomed(closeness / UNIT / view.camera.scale, *middle)
    view.repaint()


def _move(view: MapView) -> None:
    view.camera = view.camera.moved(-_STEP, -_STEP / 3)


def _zoomer(view: MapView) -> Callable[[], None]:
    factors = [1.05, 1 / 1.05]

    def zoom() -> None:
        view.camera = view.camera.zoomed(factors[0], _SIZE[0] / 2, _SIZE[1] / 2)
        factors.reverse()

    return zoom


def _timed(step: Callable[[], None], view: MapView, steps: int = _STEPS) -> list[int]:
    taken = []
    for _ in range(steps):
        began = process_time_ns()
        step()
        view.repaint()
        taken.append(process_time_ns() - began)
    return taken


def _row(notes: int, closeness: int, what: str, taken: Sequence[int]) -> str:
    seen = f"{closeness} px" if closeness else "whole map"
    figures = (percentile(taken, 50), percentile(taken, 95), max(taken))
    told = " | ".join(milliseconds(each) for each in figures)
    return f"| {notes:,} | {seen} | {what} | {told} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.map")
    parser.add_argument("--notes", type=int, nargs="*", default=[10_000, 100_000])
    print(report(parser.parse_args().notes))


if __name__ == "__main__":
    main()
