"""What was done: in a span, on each day, by the hour, with which grades, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from studyapp.scheduling.time_budget import Pace, pace_of
from studyapp.statistics.columns import Ints
from studyapp.statistics.reviews import HOURS, Dated, Kind, Sums

_LATEST: Final = 500
"""Reviews from which a pace is taken."""
_LATEST_OF_ALL: Final = 20_000
"""Reviews among which those are looked for."""


@dataclass(frozen=True, slots=True)
class Done:
    """Reviews of a day or a span."""

    reviews: int
    took_ms: int
    passed: int
    """Not graded again."""
    by_kind: tuple[int, ...]
    """How many, in the order of `Kind`."""
    mature: int
    """Of cards in review with an interval of 21 days or more, early ones too."""
    mature_passed: int


def done(sums: Sums) -> Done:
    """All of these."""
    by_grade = sums.counts.sum(axis=(0, 1, 3))
    by_kind = sums.counts.sum(axis=(0, 2, 3, 4))
    return Done(
        reviews=int(by_grade.sum()),
        took_ms=int(sums.took_ms.sum()),
        passed=int(by_grade[1:].sum()),
        by_kind=tuple(by_kind.tolist()),
        mature=int(by_grade[:, 1].sum()),
        mature_passed=int(by_grade[1:, 1].sum()),
    )


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """What was done on a study day."""

    day: int
    reviews: tuple[int, ...]
    """In the order of `Kind`."""
    took_ms: tuple[int, ...]
    """In the order of `Kind`."""


def by_day(sums: Sums) -> tuple[ReviewDay, ...]:
    """The days with reviews, in order."""
    counts = sums.counts.sum(axis=(2, 3, 4))
    days = np.flatnonzero(counts.any(axis=1))
    numbers, times = counts[days].tolist(), sums.took_ms[days].tolist()
    return tuple(
        ReviewDay(sums.first + day, tuple(number), tuple(took))
        for day, number, took in zip(days.tolist(), numbers, times, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Hour:
    """Reviews within one hour of the local clock, 0 to 23; early ones do not count, as in Anki."""

    hour: int
    reviews: int
    passed: int


def by_hour(sums: Sums) -> tuple[Hour, ...]:
    """All 24 hours, by the present UTC offset."""
    both = sums.hours.sum(axis=0)
    numbers = zip(range(HOURS), both.sum(axis=1).tolist(), both[:, 1].tolist(), strict=True)
    return tuple(Hour(*each) for each in numbers)


@dataclass(frozen=True, slots=True)
class Grades:
    """How often each grade was given: again, hard, good, easy."""

    learning: tuple[int, ...]
    """While learning and relearning, and of cards studied early."""
    young: tuple[int, ...]
    mature: tuple[int, ...]


def by_grade(sums: Sums) -> Grades:
    """Of all these reviews."""
    counts = sums.counts.sum(axis=(0, 3, 4))
    learning = counts[[Kind.LEARNING, Kind.RELEARNING, Kind.EARLY]].sum(axis=0)
    return Grades(
        tuple(learning.tolist()),
        tuple(counts[Kind.YOUNG].tolist()),
        tuple(counts[Kind.MATURE].tolist()),
    )


def pace(reviews: Dated, day: int) -> Pace:
    """How long cards took of late, before a study day; medians, see `scheduling.time_budget`."""
    end = int(np.searchsorted(reviews.day, day))
    latest = reviews.where(slice(max(end - _LATEST_OF_ALL, 0), end))
    kind = latest.code >> 4
    in_review = np.flatnonzero(kind >= int(Kind.YOUNG))[-_LATEST:]
    learning = np.flatnonzero(kind == int(Kind.LEARNING))[-_LATEST:]
    _, card = np.unique(latest.card[learning], return_inverse=True)
    whole = np.bincount(card, weights=latest.took_ms[learning]).astype(np.int64)
    return pace_of(latest.took_ms[in_review].tolist(), whole.tolist())


def streak(sums: Sums, today: int) -> int:
    """Study days in a row with a review, up to today, or to yesterday while today has none."""
    studied: Ints = sums.first + np.flatnonzero(sums.counts.any(axis=(1, 2, 3, 4)))
    if not len(studied) or studied[-1] < today - 1:
        return 0
    back = studied[::-1]
    breaks = np.flatnonzero(back[:-1] - back[1:] != 1)
    return int(breaks[0]) + 1 if len(breaks) else len(studied)
