"""One side's times for one case, taken in a process of its own: `python -m benchmarks.child`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter_ns, sleep

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
    counts: Counts = (0, 0, 0)
    """Cards left, which both sides must agree on."""
    settings: dict[str, str] = field(default_factory=dict)
    imports: int = 0
    """Before all else: importing what the side is made of."""


def time(action: Callable[[], object]) -> int:
    start = perf_counter_ns()
    action()
    return perf_counter_ns() - start


def opening(collection: Collection, count: int) -> Times:
    taken = []
    for _ in range(count):
        taken.append(time(collection.open))
        collection.close()
    collection.open()
    return Times(taken[0], taken[1:], settings=dict(collection.settings()))


def first_card(collection: Collection, count: int) -> Times:
    collection.open()
    taken = []
    for _ in range(count):
        collection.leave()
        taken.append(time(collection.first_card))
    return Times(taken[0], taken[1:], collection.left())


def grading(collection: Collection, count: int) -> Times:
    collection.open()
    collection.raise_limits()
    collection.leave()
    collection.first_card()
    counts = collection.left()
    taken = []
    for grade in grades(count, seed=count):
        collection.think()
        sleep(_THINKING_S)
        taken.append(time(partial(collection.grade, grade)))
    return Times(taken[0], taken[1:], counts)


def tree(collection: Collection, count: int) -> Times:
    collection.open()
    taken = [time(collection.tree) for _ in range(count)]
    return Times(taken[0], taken[1:], collection.tree_counts())


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
