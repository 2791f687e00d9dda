"""When Anki's cards come next, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studyapp.anki.anki_values import AnkiCard, AnkiCollection
from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.study_day import MS_PER_DAY

LAST_DAY: Final = 2_932_896
"""9999-12-31, the last day that calendars here know, as days since 1970-01-01."""
MAX_COUNT: Final = 1_000_000
"""Of repetitions, lapses and steps."""
MAX_INTERVAL: Final = 1_000_000
"""Days."""
STARTING_EASE: Final = 2500
MIN_EASE: Final = 1300
MAX_EASE: Final = 100_000
SUSPENDED: Final = -1
_BURIED: Final = (-2, -3)
_FIRST_INSTANT: Final = 1_000_000_000
"""Above it the due column of a card in learning is an instant in seconds, else a day."""
_SECONDS_PER_DAY: Final = 86_400
_STEPS: Final = 1000
"""The column of steps has today's steps in the thousands."""
_FLAGS: Final = 7
_STATES: Final = {state.value: state for state in CardState}


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a collection counts its days."""

    day_zero: int
    """The study day on which it was created, as days since 1970-01-01."""
    day_begins_s: int
    """When study days begin, in seconds after midnight in UTC."""


class Impossible(Exception):
    """The card's schedule cannot be; the message says why."""


def calendar_of(collection: AnkiCollection, utc_offset_ms: int, rollover_hour: int) -> Calendar:
    """Days since the calendar date of its creation, in the offset that it was created in.

    Very old collections do not say it; then the offset of here and now is taken.
    """
    offset_s = utc_offset_ms // 1000
    if collection.creation_offset_minutes is not None:
        offset_s = -60 * collection.creation_offset_minutes
    day_zero = (collection.created_at_s + offset_s) // _SECONDS_PER_DAY
    return Calendar(day_zero, rollover_hour * 3600 - utc_offset_ms // 1000)


def home_deck_id(card: AnkiCard) -> int:
    """The deck that the card belongs to, also while a filtered deck has it."""
    return card.original_deck_id or card.deck_id


def is_buried(card: AnkiCard) -> bool:
    return card.queue in _BURIED


def flag_of(card: AnkiCard) -> int:
    """0 none, 1 to 7 the colours."""
    return card.flags & _FLAGS


def position_of(card: AnkiCard) -> int:
    """A new card's place in the order of learning."""
    due = card.original_due if card.original_deck_id and card.original_due else card.due
    return min(max(due, 0), 2**31)


def schedule_of(card: AnkiCard, calendar: Calendar) -> Schedule:
    """What the scheduler remembers of a card; raises Impossible."""
    state = _STATES.get(card.type)
    if state is None:
        raise Impossible(f"its type {card.type} is not known")
    reps, lapses = _counted(card.reps), _counted(card.lapses)
    if state is CardState.NEW:
        return Schedule(reps=reps, lapses=lapses) if reps or lapses else NEW_SCHEDULE
    due_at, due_on = _due(card, state, calendar)
    learned = state in (CardState.REVIEW, CardState.RELEARNING)
    steps = 0 if state is CardState.REVIEW else max(card.left % _STEPS, 1)
    interval = min(max(card.interval, 1), MAX_INTERVAL) if learned else 0
    ease = ease_of(card.factor) if learned else 0
    return Schedule(state, due_at, due_on, interval, ease, steps, reps, lapses)


def ease_of(factor: int) -> int:
    """Ease × 1000; other schedulers of Anki's leave the column empty."""
    return min(max(factor, MIN_EASE), MAX_EASE) if factor else STARTING_EASE


def _counted(number: int) -> int:
    return min(max(number, 0), MAX_COUNT)


def _due(card: AnkiCard, state: CardState, calendar: Calendar) -> tuple[int | None, int | None]:
    """`due_at` in ms and `due_on`, of which one is None."""
    due = card.original_due if card.original_deck_id and card.original_due else card.due
    if state is not CardState.REVIEW and due > _FIRST_INSTANT:
        if due > LAST_DAY * _SECONDS_PER_DAY:
            raise Impossible("it is due after the year 9999")
        day, seconds = divmod(due - calendar.day_begins_s, _SECONDS_PER_DAY)
        # Anki has no other way to say a day of a card in steps that nobody is asked now.
        is_day = seconds == 0 and (card.queue == SUSPENDED or is_buried(card))
        return (None, day) if is_day else (due * 1000, None)
    if card.original_deck_id and due > _FIRST_INSTANT:
        due = due // _SECONDS_PER_DAY - calendar.day_zero
    day = calendar.day_zero + due
    if not -LAST_DAY < day <= LAST_DAY:
        raise Impossible("it is due in a year that no calendar has")
    return None, day


def day_of(at: int, utc_offset_ms: int, rollover_hour: int) -> int:
    """The study day of an instant of the log, by the offset of here and now."""
    return (at + utc_offset_ms - rollover_hour * 3_600_000) // MS_PER_DAY
