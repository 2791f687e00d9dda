"""One side's times for one case, taken in a process of its own: `python -m benchmarks.child`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter_ns, process_time_ns, sleep

from benchmarks.data import grades
from benchmarks.side import Case, Collection, Counts, Name, side

_THINKING_S = 0.005
"""Nobody grades more often than once a millisecond, which is what both logs number reviews by."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long a case took, in nanoseconds."""

    first: int
    """The first time in the process."""
    again: list[int]
    worked: list[int]
    """How long processors worked on it, in all threads: the first time, and each time again."""
    counts: Counts = (0, 0, 0)
    """Cards left, which both sides must agree on."""
    settings: dict[str, str] = field(default_factory=dict)
    imports: int = 0
    """Before all else: importing what the side is made of."""
    thought: int = 0
    """What the app does while the user looks at the first card."""


class Watch:
    """Takes times, by the clock and of processors."""

    def __init__(self) -> None:
        self._taken: list[int] = []
        self._worked: list[int] = []

    def time(self, action: Callable[[], object]) -> None:
        worked, start = process_time_ns(), perf_counter_ns()
        action()
        self._taken.append(perf_counter_ns() - start)
        self._worked.append(process_time_ns() - worked)

    def times(self, counts: Counts = (0, 0, 0)) -> Times:
        return Times(self._taken[0], self._taken[1:], self._worked, counts)


def opening(collection: Collection, count: int) -> Times:
    watch = Watch()
    for _ in range(count):
        watch.time(collection.open)
        collection.close()
    collection.open()
    return replace(watch.times(), settings=dict(collection.settings()))


def first_card(collection: Collection, count: int) -> Times:
    collection.open()
    watch = Watch()
    for _ in range(count):
        collection.leave()
        watch.time(collection.first_card)
    return watch.times(collection.left())


def grading(collection: Collection, count: int) -> Times:
    collection.open()
    collection.raise_limits()
    collection.close()
    collection.open()
    collection.leave()
    collection.first_card()
    counts = collection.left()
    thinking, watch = Watch(), Watch()
    for grade in grades(count, seed=count):
        thinking.time(collection.think)
        sleep(_THINKING_S)
        watch.time(partial(collection.grade, grade))
    return replace(watch.times(counts), thought=thinking.times().first)


def tree(collection: Collection, count: int) -> Times:
    collection.open()
    watch = Watch()
    for _ in range(count):
        watch.time(collection.tree)
    return watch.times(collection.tree_counts())


CASES: dict[Case, Callable[[Collection, int], Times]] = {
    Case.OPEN: opening,
    Case.FIRST_CARD: first_card,
    Case.GRADE: grading,
    Case.TREE: tree,
}


def main() -> None:
    """Print the times as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", type=Name)
    parser.add_argument("case", type=Case)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    asked = parser.parse_args()
    start = perf_counter_ns()
    collection = side(asked.name).at(asked.folder)
    imports = perf_counter_ns() - start
    times = CASES[asked.case](collection, asked.count)
    collection.close()
    json.dump(asdict(replace(times, imports=imports)), sys.stdout)


if __name__ == "__main__":
    main()
