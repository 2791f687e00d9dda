"""Schedules as Anki's table of cards keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from studyapp.anki.rows import CardRow
from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR

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


class CardMarks(NamedTuple):
    """What a card has beside its schedule."""

    suspended: bool = False
    buried: bool = False
    """For today."""
    flag: int = 0
    """0 none, 1 to 7 the colours."""


class CardPlace(NamedTuple):
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
    """JSON of its place among new cards, to be had back, and its last review in seconds."""
    if schedule == NEW_SCHEDULE and last_review_at is None:
        return ""
    reviewed = "" if last_review_at is None else f',"lrt":{last_review_at // _MS}'
    return f'{{"pos":{position}{reviewed}}}'
