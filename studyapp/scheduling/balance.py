"""Within the range that fuzz leaves open, a card goes to the day with the least to do.

As in Anki, for intervals of up to some three months and among the cards of one preset; weekdays
that shall be easy get less. Anki draws among the days by weights; here the lightest day is taken,
so that no day gets more than it must. What both have in common is that a nearer day counts as
lighter: days to come fill up, so that else every interval would become as long as it may.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

DAYS = 100
"""How far ahead days are counted: those that intervals of 90 days can be fuzzed to."""

EVEN = (100,) * 7
"""Weekdays that are all alike."""
_FIRST_WEEKDAY = 3  # 1970-01-01 was a Thursday, and weeks begin on Monday.
_LEAST_PERCENT = 1
_NEARER = 0.48
"""A day twice as far ahead weighs like one with 2 ** _NEARER times as many cards.

So a year has as many reviews as without balancing: `python -m benchmarks.year`.
"""


@dataclass(frozen=True, slots=True)
class DueLoad:
    """How many cards of a preset the coming days have."""

    day: int
    """The study day."""
    counts: Sequence[int]
    """Due on that day, on the next, and so on; empty: not counted, so that only easy days act."""
    easy_percent: tuple[int, ...] = EVEN
    """As in the preset."""
    closed: frozenset[int] = frozenset()
    """Study days of vacations, which get no card that may as well come on another day."""

    def lightest(self, first: int, last: int, choice: float) -> int | None:
        """The day with the least to do, among those `first` to `last` days ahead.

        `choice`, from 0 to below 1, decides between equals. None: too far ahead to tell.
        """
        if last >= DAYS:
            return None
        days = range(first, last + 1)
        turn = int(choice * len(days))
        in_turn: list[int] = [*days[turn:], *days[:turn]]
        if self.closed:
            is_open = [ahead for ahead in in_turn if self.day + ahead not in self.closed]
            in_turn = is_open or in_turn
        lightest: int = min(in_turn, key=self._weight)
        return lightest

    def _weight(self, ahead: int) -> float:
        count = self.counts[ahead] if ahead < len(self.counts) else 0
        percent = max(self.easy_percent[(self.day + ahead + _FIRST_WEEKDAY) % 7], _LEAST_PERCENT)
        return (count * math.pow(ahead, _NEARER) + 1) / percent
