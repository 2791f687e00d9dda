"""What was done: today, on each day, by the hour, with which grades."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, Instant, StudyMoment
from studyapp.statistics.columns import NO_DAY, Ints, Log, Mask

MATURE_DAYS: Final = 21
"""From this interval on a card is mature, as in Anki."""
HOURS: Final = 24


class Kind(IntEnum):
    """What a review was, by the card before it; Anki's kinds, its reviews in two."""

    LEARNING = 0
    RELEARNING = 1
    YOUNG = 2
    MATURE = 3
    EARLY = 4
    """Of a card in review before it was due."""


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A log with what follows from it; the columns have the same length."""

    log: Log
    day: Ints
    """The study day of each review, by the present day's rollover and UTC offset, as in Anki."""
    kind: Ints

    def where(self, chosen: Mask | slice) -> Dated:
        """The chosen reviews."""
        return Dated(self.log.where(chosen), self.day[chosen], self.kind[chosen])

    def since(self, day: int) -> Dated:
        """From a study day on; days ascend with ids."""
        return self.where(slice(int(np.searchsorted(self.day, day)), None))

    @property
    def passed(self) -> Mask:
        """Which were not graded again."""
        found: Mask = self.log.grade != int(Grade.AGAIN)
        return found

    @property
    def is_mature(self) -> Mask:
        """Which were of cards in review with an interval of 21 days or more, early ones too."""
        is_review = self.log.state == int(CardState.REVIEW)
        found: Mask = is_review & (self.log.interval_days >= MATURE_DAYS)
        return found

    @property
    def was_due(self) -> Mask:
        """Which were of cards that come on a day, not within the steps of one."""
        found: Mask = self.log.due_on != NO_DAY
        return found


def dated(log: Log, moment: StudyMoment) -> Dated:
    """The reviews until the end of today; what a clock that was wrong has put later is left out."""
    log = log.where(slice(int(np.searchsorted(log.at, moment.day_ends_at))))
    day = days_of(log.at, moment)
    is_mature = log.interval_days >= MATURE_DAYS
    kind = np.where(is_mature, np.int64(Kind.MATURE), np.int64(Kind.YOUNG))
    kind[log.due_on > day] = Kind.EARLY
    kind[log.state < int(CardState.REVIEW)] = Kind.LEARNING
    kind[log.state == int(CardState.RELEARNING)] = Kind.RELEARNING
    return Dated(log, day, kind)


def days_of(at: Ints, moment: StudyMoment) -> Ints:
    """The study days of instants."""
    return (at - moment.day_ends_at) // MS_PER_DAY + (moment.day + 1)


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


def done(reviews: Dated) -> Done:
    """All of these."""
    is_mature = reviews.is_mature
    return Done(
        reviews=len(reviews.log),
        took_ms=int(reviews.log.took_ms.sum()),
        passed=int(reviews.passed.sum()),
        by_kind=tuple(np.bincount(reviews.kind, minlength=len(Kind)).tolist()),
        mature=int(is_mature.sum()),
        mature_passed=int((is_mature & reviews.passed).sum()),
    )


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """What was done on a study day."""

    day: int
    reviews: tuple[int, ...]
    """In the order of `Kind`."""
    took_ms: tuple[int, ...]
    """In the order of `Kind`."""


def by_day(reviews: Dated) -> tuple[ReviewDay, ...]:
    """The days with reviews, in order."""
    if not len(reviews.log):
        return ()
    first = int(reviews.day[0])
    place = (reviews.day - first) * len(Kind) + reviews.kind
    length = (int(reviews.day[-1]) - first + 1) * len(Kind)
    counts = np.bincount(place, minlength=length).reshape(-1, len(Kind))
    took = np.bincount(place, weights=reviews.log.took_ms, minlength=length)
    times = took.astype(np.int64).reshape(-1, len(Kind))
    return tuple(
        ReviewDay(first + int(day), tuple(counts[day].tolist()), tuple(times[day].tolist()))
        for day in np.flatnonzero(counts.any(axis=1))
    )


@dataclass(frozen=True, slots=True)
class Hour:
    """Reviews within one hour of the local clock, 0 to 23; early ones do not count, as in Anki."""

    hour: int
    reviews: int
    passed: int


def by_hour(reviews: Dated, instant: Instant) -> tuple[Hour, ...]:
    """All 24 hours, by the present UTC offset."""
    reviews = reviews.where(reviews.kind != int(Kind.EARLY))
    hour = (reviews.log.at + instant.utc_offset_ms) // MS_PER_HOUR % HOURS
    total = np.bincount(hour, minlength=HOURS).tolist()
    passed = np.bincount(hour[reviews.passed], minlength=HOURS).tolist()
    return tuple(Hour(each, total[each], passed[each]) for each in range(HOURS))


@dataclass(frozen=True, slots=True)
class Grades:
    """How often each grade was given: again, hard, good, easy."""

    learning: tuple[int, ...]
    """While learning and relearning, and of cards studied early."""
    young: tuple[int, ...]
    mature: tuple[int, ...]


def by_grade(reviews: Dated) -> Grades:
    """Of all these reviews."""
    place = reviews.kind * len(Grade) + reviews.log.grade - 1
    counts = np.bincount(place, minlength=len(Kind) * len(Grade)).reshape(-1, len(Grade))
    learning = counts[[Kind.LEARNING, Kind.RELEARNING, Kind.EARLY]].sum(axis=0)
    return Grades(
        tuple(learning.tolist()),
        tuple(counts[Kind.YOUNG].tolist()),
        tuple(counts[Kind.MATURE].tolist()),
    )


def streak(days: Ints, today: int) -> int:
    """Study days in a row with a review, up to today, or to yesterday while today has none."""
    studied = np.unique(days)
    if not len(studied) or studied[-1] < today - 1:
        return 0
    back = studied[::-1]
    breaks = np.flatnonzero(back[:-1] - back[1:] != 1)
    return int(breaks[0]) + 1 if len(breaks) else len(studied)
