"""Times as a Markdown table: both sides and their ratio in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import perf_counter_ns

HEAD = (
    "| | ours: median | 95 % within | Anki: median | 95 % within | ours / Anki's | by round |\n"
    "|---|--:|--:|--:|--:|--:|--:|\n"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was measured: nanoseconds, each round's in a list of its own."""

    title: str
    ours: Sequence[Sequence[int]]
    ankis: Sequence[Sequence[int]]

    def markdown(self) -> str:
        ratios = self._ratios()
        span = f"{min(ratios):.2f} – {max(ratios):.2f}"
        ratio = f"{median(ratios):.2f}"
        cells = (self.title, *_cells(self.ours), *_cells(self.ankis), ratio, span)
        return f"| {' | '.join(cells)} |\n"

    def _ratios(self) -> list[float]:
        """Of each round: what was measured at the same time had the same noise."""
        rounds = zip(self.ours, self.ankis, strict=True)
        return [median(ours) / median(ankis) for ours, ankis in rounds]


def percentile(values: Sequence[int], percent: int) -> int:
    """The smallest value that so many percent of the values do not exceed."""
    return sorted(values)[ceil(len(values) * percent / 100) - 1]


def milliseconds(ns: float) -> str:
    """With three significant digits or so: "0.312 ms", "4.51 ms", "129 ms"."""
    ms = ns / 1e6
    digits = 3 if ms < 1 else 2 if ms < 10 else 1 if ms < 100 else 0
    return f"{ms:.{digits}f} ms"


def _cells(rounds: Sequence[Sequence[int]]) -> tuple[str, str]:
    every = [each for one in rounds for each in one]
    return milliseconds(median(every)), milliseconds(percentile(every, 95))


def timed(do: Callable[[], object], rounds: int) -> list[int]:
    """How long each round takes, in nanoseconds."""
    taken = []
    for _ in range(rounds):
        start = perf_counter_ns()
        do()
        taken.append(perf_counter_ns() - start)
    return taken


def row(title: str, times: Sequence[int]) -> str:
    """A line with the median, what 95 % stay within, and the longest."""
    cells = (title, *(milliseconds(percentile(times, percent)) for percent in (50, 95, 100)))
    return f"| {' | '.join(cells)} |\n"
