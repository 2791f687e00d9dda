"""Schedules and reviews as Anki's tables of cards and of the log keep them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Final

from studyapp.anki.rows import CardRow, ReviewRow
from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.reviews import Review
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, Instant, study_day

DAY_ZERO: Final = 14_610
"""The study day 2010-01-01, from which the collection in a package counts its days."""
LAST_DUE: Final = 98_000
"""In days from `DAY_ZERO`, in the year 2278; Anki's Check Database takes days for mistakes that are
100,000 or more after its collection was made, which may have been some years before 2010."""
LAST_POSITION: Final = 1_000_000
"""Of new cards; the same check lowers higher ones."""
MOST_EASE: Final = 65_535
"""Of ease × 1000: Anki refuses a package with more."""
MOST: Final = 2**31 - 1
"""Of all other numbers."""

_MS: Final = 1000
_SUSPENDED, _BURIED = -1, -3
_NEW, _INTRADAY, _REVIEW, _INTERDAY = 0, 1, 2, 3
_TYPES: Final = {
    # state before the grade: type in the log
    CardState.NEW: 0,
    CardState.LEARNING: 0,
    CardState.REVIEW: 1,
    CardState.RELEARNING: 2,
}
_WITH_EASE: Final = (CardState.REVIEW, CardState.RELEARNING)


@dataclass(frozen=True, slots=True)
class CardMarks:
    """What a card has beside its schedule."""

    suspended: bool = False
    buried: bool = False
    """For today."""
    flag: int = 0
    """0 none, 1 to 7 the colours."""


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Which card it is, in Anki's ids, and where it stands."""

    id: int
    deck_id: int
    ordinal: int
    position: int
    """Among new cards."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How days and instants belong together."""

    utc_offset_ms: int = 0
    """Local time minus UTC."""
    rollover_hour: int = 4

    def day(self, at: int) -> int:
        """The study day of an instant."""
        return study_day(Instant(at, self.utc_offset_ms), self.rollover_hour)

    def start_of(self, day: int) -> int:
        """When a study day begins, in ms since the epoch."""
        return day * MS_PER_DAY + self.rollover_hour * MS_PER_HOUR - self.utc_offset_ms


def at_once(schedule: Schedule, marks: CardMarks, days: DayCount) -> Schedule:
    """The schedule of a card in steps, due on a day, as one that is due when the day begins.

    WORKAROUND: Anki counts days from the creation of a collection. When it imports a package it
    recounts them, but forgets cards in steps that are suspended or buried.
    """
    in_steps = schedule.state in (CardState.LEARNING, CardState.RELEARNING)
    if schedule.due_on is None or not in_steps or not (marks.suspended or marks.buried):
        return schedule
    return replace(schedule, due_on=None, due_at=days.start_of(schedule.due_on))


def card_row(
    place: CardPlace, schedule: Schedule, marks: CardMarks, last_review_at: int | None = None
) -> CardRow:
    """The row of a card; `last_review_at` is in ms since the epoch, None without a review."""
    position = min(max(place.position, 0), LAST_POSITION)
    return CardRow(
        id=place.id,
        deck_id=place.deck_id,
        ordinal=place.ordinal,
        due=_due(schedule, position),
        queue=_queue(schedule, marks),
        flag=marks.flag,
        type=schedule.state,
        interval_days=min(schedule.interval_days, MOST),
        ease_permille=min(schedule.ease_permille, MOST_EASE),
        reps=min(schedule.reps, MOST),
        lapses=min(schedule.lapses, MOST),
        steps_left=min(schedule.steps_left, MOST),
        data=_data(schedule, position, last_review_at),
    )


def is_kept(schedule: Schedule) -> bool:
    """Whether Anki has room for all of it."""
    day = 0 if schedule.due_on is None else schedule.due_on - DAY_ZERO
    return (
        day <= LAST_DUE
        and schedule.ease_permille <= MOST_EASE
        and max(schedule.interval_days, schedule.reps, schedule.lapses, schedule.steps_left) <= MOST
    )


def _due(schedule: Schedule, position: int) -> int:
    if schedule.due_at is not None:
        return schedule.due_at // _MS
    if schedule.due_on is not None:
        return min(schedule.due_on - DAY_ZERO, LAST_DUE)
    return position


def _queue(schedule: Schedule, marks: CardMarks) -> int:
    if marks.suspended:
        return _SUSPENDED
    if marks.buried:
        return _BURIED
    match schedule.state:
        case CardState.NEW:
            return _NEW
        case CardState.REVIEW:
            return _REVIEW
        case _:
            return _INTERDAY if schedule.due_at is None else _INTRADAY


def _data(schedule: Schedule, position: int, last_review_at: int | None) -> str:
    """Its place among new cards, to be had back, and the time of its last review in seconds."""
    if schedule == NEW_SCHEDULE and last_review_at is None:
        return ""
    known = {"pos": position}
    if last_review_at is not None:
        known["lrt"] = last_review_at // _MS
    return json.dumps(known, separators=(",", ":"))


class LogExport:
    """Makes rows of reviews, which come by their ids."""

    def __init__(self, card_ids: dict[int, int], days: DayCount) -> None:
        """`card_ids` has Anki's by ours."""
        self._card_ids = card_ids
        self._days = days
        self._last: dict[int, tuple[Schedule, int]] = {}
        """By our cards: the schedule after the last review, and Anki's interval of it."""

    def row(self, review: Review) -> ReviewRow | None:
        """None: the card is not in the package."""
        card_id = self._card_ids.get(review.card_id)
        if card_id is None:
            return None
        interval = self._interval(review.after, review.id)
        last_interval = self._last_interval(review)
        self._last[review.card_id] = (review.after, interval)
        ease = review.after.ease_permille if review.after.state in _WITH_EASE else 0
        return ReviewRow(
            id=review.id,
            card_id=card_id,
            grade=int(review.grade),
            interval=interval,
            last_interval=last_interval,
            ease_permille=min(ease, MOST_EASE),
            took_ms=review.took_ms,
            type=_TYPES[review.before.state],
        )

    def _interval(self, after: Schedule, at: int) -> int:
        """What a grade gave: days, or seconds if negative."""
        if after.state is CardState.REVIEW:
            return min(after.interval_days, MOST)
        if after.due_at is not None:
            return -min(max(round((after.due_at - at) / _MS), 1), MOST)
        if after.due_on is None:
            return 0
        return min(max(after.due_on - self._days.day(at), 1), MOST)

    def _last_interval(self, review: Review) -> int:
        """What the grade before gave; of a card whose log begins later, as far as it is known."""
        before = review.before
        if before.state is CardState.NEW:
            return 0
        if before.state is CardState.REVIEW:
            return min(before.interval_days, MOST)
        after, interval = self._last.get(review.card_id, (None, 0))
        return interval if after == before else 0
