"""The log with what follows from it: days, kinds, hours; and its sums, day by day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, Instant, StudyMoment
from studyapp.statistics.columns import NO_DAY, Ints, Log, Mask, looked_up
from studyapp.statistics.promises import Promises

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


_Sum = TypeVar("_Sum", np.int64, np.float64)

_SHAPE: Final = (len(Kind), len(Grade), 2, 2)
"""Of what is counted for each day: kind, grade, whether it was due, whether it was mature."""


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """Reviews in their order; small columns of the same length, so that a part is soon taken."""

    card: NDArray[np.int32]
    deck: NDArray[np.int32]
    """The present one of the card; 0: it is gone."""
    day: NDArray[np.int32]
    """Study days, by the present day's rollover and UTC offset, as in Anki."""
    code: NDArray[np.uint8]
    """Kind, grade (0: again), due, mature, as an index into `_SHAPE`.

    Due: of a card that comes on a day, not within the steps of one. Mature: of a card in review
    with an interval of 21 days or more, also if it is early.
    """
    hour: NDArray[np.uint8]
    """Of the local clock, by the present UTC offset."""
    took_ms: NDArray[np.int32]
    aim: NDArray[np.float32]
    """What the card's preset aims at, 0 to 1."""
    predicted: NDArray[np.float32]
    """The recall that the interval promised, 0 to 1, see `promises`; 0 where it promised none."""

    def __len__(self) -> int:
        return len(self.day)

    def where(self, chosen: Mask | slice) -> Dated:
        """The chosen reviews."""
        return Dated(*(getattr(self, each.name)[chosen] for each in fields(self)))

    def followed_by(self, later: Dated) -> Dated:
        """These reviews and later ones."""
        names = [each.name for each in fields(self)]
        return Dated(*(np.concatenate((getattr(self, n), getattr(later, n))) for n in names))

    def since(self, day: int) -> Dated:
        """From a study day on; days ascend."""
        return self.where(slice(int(np.searchsorted(self.day, day)), None))

    @property
    def was_due(self) -> Mask:
        found: Mask = (self.code & 2) != 0
        return found

    @property
    def passed(self) -> Mask:
        """Which were not graded again."""
        found: Mask = (self.code & 12) != 0
        return found


def dated(log: Log, promised: Promises, instant: Instant, moment: StudyMoment) -> Dated:
    """The reviews until the end of today; what a clock that was wrong has put later is left out."""
    log = log.where(slice(int(np.searchsorted(log.at, moment.day_ends_at))))
    day = days_of(log.at, moment)
    is_review = log.state == int(CardState.REVIEW)
    is_mature = is_review & (log.interval_days >= MATURE_DAYS)
    kind = np.where(is_mature, np.int64(Kind.MATURE), np.int64(Kind.YOUNG))
    kind[log.due_on > day] = Kind.EARLY
    kind[log.state < int(CardState.REVIEW)] = Kind.LEARNING
    kind[log.state == int(CardState.RELEARNING)] = Kind.RELEARNING
    code = ((kind * 4 + log.grade - 1) * 2 + (log.due_on != NO_DAY)) * 2 + is_mature
    return Dated(
        log.card.astype(np.int32),
        looked_up(log.card, promised.card, promised.deck, 0).astype(np.int32),
        day.astype(np.int32),
        code.astype(np.uint8),
        ((log.at + instant.utc_offset_ms) // MS_PER_HOUR % HOURS).astype(np.uint8),
        log.took_ms.astype(np.int32),
        promised.aim_of(log.card),
        _predicted(log, promised, day, is_review),
    )


def _predicted(log: Log, promised: Promises, day: Ints, is_review: Mask) -> NDArray[np.float32]:
    elapsed = day - (log.due_on - log.interval_days)
    counts = is_review & (log.due_on != NO_DAY) & (elapsed > 0) & (log.interval_days > 0)
    part = elapsed[counts] / log.interval_days[counts]
    found = np.zeros(len(log), dtype=np.float32)
    found[counts] = promised.recall_of(log.card[counts], part)
    return found


def days_of(at: Ints, moment: StudyMoment) -> Ints:
    """The study days of instants."""
    return (at - moment.day_ends_at) // MS_PER_DAY + (moment.day + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Reviews counted for each study day from `first` on, without gaps; any span is soon added."""

    first: int
    counts: Ints
    """Days × `_SHAPE`."""
    took_ms: Ints
    """Days × kinds."""
    hours: Ints
    """Days × hours × (again, passed); early reviews are left out, as in Anki."""

    def between(self, first: int, last: int) -> Sums:
        """Study days from `first` to `last`, as far as there are any."""
        chosen = slice(max(first - self.first, 0), max(last + 1 - self.first, 0))
        return Sums(
            max(first, self.first),
            self.counts[chosen],
            self.took_ms[chosen],
            self.hours[chosen],
        )

    def followed_by(self, later: Sums) -> Sums:
        """Of these reviews and of others that begin on the last day or after."""
        if not len(self.counts) or not len(later.counts):
            return self if len(self.counts) else later
        start = later.first - self.first
        return Sums(
            self.first,
            joined(self.counts, later.counts, start),
            joined(self.took_ms, later.took_ms, start),
            joined(self.hours, later.hours, start),
        )


def joined(days: NDArray[_Sum], later: NDArray[_Sum], start: int) -> NDArray[_Sum]:
    """Sums by day, with later ones added from one of the days on; days between have none."""
    found = np.zeros((start + len(later), *days.shape[1:]), dtype=days.dtype)
    found[: len(days)] = days
    found[start:] += later
    return found


def summed(reviews: Dated) -> Sums:
    """Day by day."""
    days, day = span_of(reviews)
    kind = reviews.code >> 4
    passed = reviews.passed
    in_time = kind != int(Kind.EARLY)
    hour = (day[in_time] * HOURS + reviews.hour[in_time]) * 2 + passed[in_time]
    return Sums(
        int(reviews.day[0]) if len(reviews) else 0,
        _counted(day * int(np.prod(_SHAPE)) + reviews.code, days, _SHAPE),
        _added(day * len(Kind) + kind, reviews.took_ms, days),
        _counted(hour, days, (HOURS, 2)),
    )


def span_of(reviews: Dated) -> tuple[int, Ints]:
    """Number of days from the first to the last, and each review's, from 0 on."""
    if not len(reviews):
        return 0, np.zeros(0, dtype=np.int64)
    day = reviews.day.astype(np.int64) - int(reviews.day[0])
    return int(day[-1]) + 1, day


def _counted(place: Ints, days: int, shape: tuple[int, ...]) -> Ints:
    return np.bincount(place, minlength=days * int(np.prod(shape))).reshape(days, *shape)


def _added(place: Ints, values: NDArray[np.int32], days: int) -> Ints:
    sums = np.bincount(place, weights=values, minlength=days * len(Kind))
    return sums.astype(np.int64).reshape(days, len(Kind))
