"""The memory of a card by FSRS-6: after a grade, from a log, or from what SM-2 knew.

The package `fsrs` (the reference in Python, github.com/open-spaced-repetition/py-fsrs) does the
arithmetic. Steps and fuzz are switched off in it: the app has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import exp
from typing import NamedTuple, TypeAlias

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fsrs_parameters import Parameters

_Reviewed: TypeAlias = Callable[[float | None, float | None, Grade, int], tuple[float, float]]
"""Stability and difficulty (None: never graded), a grade, days since the last: both after it."""

_MOST_DAYS = 100_000
"""Elapsed days beyond them count as so many: a clock may stand anywhere."""
_LEAST_DIFFICULTY, _MOST_DIFFICULTY = 1.0, 10.0
_SM2_RETENTION = 0.9


class Past(NamedTuple):
    """Of a logged review, what the memory follows from."""

    at: int
    """The review's id: when it was, in ms since the epoch."""
    grade: Grade
    state: CardState
    """The card's before the grade, as are the next three."""
    due_on: int | None
    interval_days: int
    ease_permille: int


def after(memory: Memory | None, grade: Grade, day: int, parameters: Parameters) -> Memory:
    """The memory after a grade on a study day; None: the card was never graded before."""
    if memory is None:
        return Memory(*_package(parameters)(None, None, grade, 0), day)
    elapsed = min(max(day - memory.reviewed_on, 0), _MOST_DAYS)
    known = (memory.stability_days, memory.difficulty)
    return Memory(*_package(parameters)(*known, grade, elapsed), day)


def from_sm2(interval_days: int, ease_permille: int, day: int, parameters: Parameters) -> Memory:
    """The memory of a card of which only SM-2's interval and ease are known; reviewed on `day`.

    S = I, and D such that recall at the end of the interval would multiply S by the ease:
    D = 11 − (ease − 1) / (exp(w8) · S^−w9 · (exp(0.1·w10) − 1)), within 1 to 10. So does
    fsrs-rs, the library in Anki (`memory_state_from_sm2`), for a retention of 90 %.
    """
    stability = max(float(interval_days), 1.0)
    growth = exp(parameters[8]) * stability ** -parameters[9]
    growth *= exp((1 - _SM2_RETENTION) * parameters[10]) - 1
    # A growth of zero says nothing of the difficulty: then it is the highest.
    difficulty = 11 - (ease_permille / 1000 - 1) / growth if growth else _MOST_DIFFICULTY
    return Memory(stability, min(max(difficulty, _LEAST_DIFFICULTY), _MOST_DIFFICULTY), day)


def study_day_of(at: int, moment: StudyMoment) -> int:
    """The study day of an earlier instant (ms since the epoch), counted back from `moment`'s.

    By days of 24 hours, as Anki counts: the log holds no time zones. So where clocks were put
    forward or back meanwhile, a review in the hour about the rollover can count to the day beside.
    """
    return moment.day - (moment.day_ends_at - 1 - at) // MS_PER_DAY


def memory_of(
    schedule: Schedule, past: Sequence[Past], parameters: Parameters, moment: StudyMoment
) -> Memory | None:
    """What is remembered of a card, by its log if it has one, else by its interval and ease.

    None of a card that is new, or in its first steps without a log.
    """
    if schedule.state is CardState.NEW:
        return None
    if past:
        return replay(past, parameters, moment)
    if schedule.state is CardState.LEARNING:
        return None
    day = moment.day
    if schedule.state is CardState.REVIEW and schedule.due_on is not None:
        day = min(schedule.due_on - schedule.interval_days, day)
    return from_sm2(schedule.interval_days, schedule.ease_permille, day, parameters)


def replay(past: Sequence[Past], parameters: Parameters, moment: StudyMoment) -> Memory | None:
    """The memory that a card's log leaves, its reviews in order; None of an empty log."""
    memory = None
    for step in steps(past, parameters, moment):
        memory = step[2]
    return memory


def steps(
    past: Sequence[Past], parameters: Parameters, moment: StudyMoment
) -> Iterator[tuple[Past, Memory | None, Memory]]:
    """Each review that counts, with the memory before and after it.

    What was before the card was last reset does not count. A log that begins in the middle, as an
    imported one may, begins with what SM-2 knew then.
    """
    counted = past[_first_that_counts(past) :]
    memory = _before(counted[0], parameters, moment) if counted else None
    for review in counted:
        becomes = after(memory, review.grade, study_day_of(review.at, moment), parameters)
        yield review, memory, becomes
        memory = becomes


def _first_that_counts(past: Sequence[Past]) -> int:
    resets = (index for index, review in enumerate(past) if review.state is CardState.NEW)
    return max(resets, default=0)


def _before(review: Past, parameters: Parameters, moment: StudyMoment) -> Memory | None:
    """What was remembered before the first review that counts."""
    if review.state in (CardState.NEW, CardState.LEARNING):
        return None
    day = study_day_of(review.at, moment)
    if review.state is CardState.REVIEW and review.due_on is not None:
        day = min(review.due_on - review.interval_days, day)
    return from_sm2(review.interval_days, review.ease_permille, day, parameters)


@lru_cache(maxsize=8)
def _package(parameters: Parameters) -> _Reviewed:
    """Makes what the package reckons after a grade; raises ValueError for wrong parameters."""
    # Importing it takes as long as opening a collection, and is not needed before the first grade.
    from fsrs import Card, Rating, Scheduler, State  # noqa: PLC0415

    scheduler = Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    start = datetime(2000, 1, 1, tzinfo=UTC)
    ratings = {grade: Rating(grade) for grade in Grade}

    # Young cards have few different pasts, so many of these are asked for again and again.
    @lru_cache(maxsize=16_384)
    def reviewed(
        stability: float | None, difficulty: float | None, grade: Grade, elapsed: int
    ) -> tuple[float, float]:
        is_first = stability is None
        state = State.Learning if is_first else State.Review
        card = Card(0, state, None, stability, difficulty, start, None if is_first else start)
        at = start + timedelta(days=elapsed)
        after_it, _ = scheduler.review_card(card, ratings[grade], at)
        assert after_it.stability is not None  # noqa: S101 - for the type checker
        assert after_it.difficulty is not None  # noqa: S101
        return after_it.stability, after_it.difficulty

    return reviewed
