"""Schedules as Anki's table of cards keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from studyapp.anki.export_values import ExportCard
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
_LAST_DAY: Final = DAY_ZERO + LAST_DUE
_IN_STEPS: Final = (CardState.LEARNING, CardState.RELEARNING)
_SUSPENDED, _BURIED = -1, -3
_NEW, _INTRADAY, _REVIEW, _INTERDAY = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class DayCount:
    """How days and instants belong together."""

    utc_offset_ms: int = 0
    """Local time minus UTC."""
    rollover_hour: int = 4

    def start_of(self, day: int) -> int:
        """When a study day begins, in ms since the epoch."""
        return day * MS_PER_DAY + self.rollover_hour * MS_PER_HOUR - self.utc_offset_ms


def at_once(card: ExportCard, days: DayCount) -> Schedule:
    """The schedule of a card; one in steps that is due on a day is due when the day begins.

    WORKAROUND: Anki counts days from the creation of a collection. When it imports a package it
    recounts them, but forgets cards in steps that are suspended or buried.
    """
    schedule = card.schedule
    if schedule.due_on is None or not (card.suspended or card.buried):
        return schedule
    if schedule.state not in _IN_STEPS:
        return schedule
    return replace(schedule, due_on=None, due_at=days.start_of(schedule.due_on))


def card_row(card: ExportCard, card_id: int, deck_id: int, schedule: Schedule) -> CardRow:
    """The row of a card by Anki's ids; `schedule` is told instead of its own."""
    position = min(max(card.position, 0), LAST_POSITION)
    kept = schedule if is_kept(schedule) else _within(schedule)
    return CardRow(
        card_id,
        deck_id,
        card.ordinal,
        _due(kept, position),
        _queue(kept, card),
        card.flag,
        kept.state,
        kept.interval_days,
        kept.ease_permille,
        kept.reps,
        kept.lapses,
        kept.steps_left,
        _data(kept, position, card.last_review_at),
    )


def is_kept(schedule: Schedule) -> bool:
    """Whether Anki has room for all of it."""
    return (
        (schedule.due_on is None or schedule.due_on <= _LAST_DAY)
        and schedule.ease_permille <= MOST_EASE
        and schedule.interval_days <= MOST
        and schedule.reps <= MOST
        and schedule.lapses <= MOST
        and schedule.steps_left <= MOST
    )


def _within(schedule: Schedule) -> Schedule:
    """The nearest schedule that Anki has room for."""
    day = schedule.due_on
    return replace(
        schedule,
        due_on=None if day is None else min(day, _LAST_DAY),
        interval_days=min(schedule.interval_days, MOST),
        ease_permille=min(schedule.ease_permille, MOST_EASE),
        reps=min(schedule.reps, MOST),
        lapses=min(schedule.lapses, MOST),
        steps_left=min(schedule.steps_left, MOST),
    )


def _due(schedule: Schedule, position: int) -> int:
    if schedule.due_at is not None:
        return schedule.due_at // _MS
    return position if schedule.due_on is None else schedule.due_on - DAY_ZERO


def _queue(schedule: Schedule, card: ExportCard) -> int:
    if card.suspended:
        return _SUSPENDED
    if card.buried:
        return _BURIED
    if schedule.state in _IN_STEPS:
        return _INTERDAY if schedule.due_at is None else _INTRADAY
    return _NEW if schedule.state is CardState.NEW else _REVIEW


def _data(schedule: Schedule, position: int, last_review_at: int | None) -> str:
    """JSON of its place among new cards, to be had back, and its last review in seconds."""
    if last_review_at is not None:
        return f'{{"pos":{position},"lrt":{last_review_at // _MS}}}'
    return "" if schedule == NEW_SCHEDULE else f'{{"pos":{position}}}'
