"""Anki's log becomes reviews whose schedules hang together, whatever stands in it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studyapp.anki.anki_values import AnkiReview
from studyapp.anki.log_mapping import LogMapping, is_grade
from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade, LoggedReview, Review, ScheduleValues
from studyapp.domain.study_day import MS_PER_DAY, Instant, study_moment
from studyapp.scheduling import sm2
from studyapp.scheduling.fuzz import NO_FUZZ

LATEST = 2_000_000_000_000
START = 1_700_000_000_000
NOW = Schedule(CardState.REVIEW, None, 20_000, 30, 2500, 0, 12, 3)
MAPPING = LogMapping(0, 4)
NUMBERS = st.integers(-(2**61), 2**61) | st.integers(-100_000, 1000)
ROWS = st.lists(
    st.builds(
        AnkiReview,
        id=st.integers(START - 5, START + 10**10) | NUMBERS,
        card_id=st.just(7),
        ease=st.integers(-1, 5),
        interval=NUMBERS,
        last_interval=NUMBERS,
        factor=NUMBERS,
        took_ms=NUMBERS,
        type=st.integers(-1, 6),
    ),
    max_size=12,
    unique_by=lambda row: row.id,
).map(lambda rows: sorted(rows, key=lambda row: row.id))


def is_possible(schedule: Schedule) -> bool:
    """As the collection's own checks have it."""
    numbers = schedule.values()[3:]
    if schedule.state is CardState.NEW:
        return (schedule.due_at, schedule.due_on) == (None, None)
    return (
        (schedule.due_at is None) != (schedule.due_on is None)
        and (schedule.state is not CardState.REVIEW or schedule.due_on is not None)
        and all(number is not None and 0 <= number < 2**31 for number in numbers)
    )


def as_reviews(rows: list[LoggedReview]) -> list[Review]:
    return [
        Review(at, 7, Grade(grade), took_ms, as_schedule(before), as_schedule(after))
        for at, grade, took_ms, before, after in rows
    ]


def as_schedule(values: ScheduleValues) -> Schedule:
    return Schedule(CardState(values[0]), *values[1:])


@given(ROWS)
def test_any_log(rows: list[AnkiReview]) -> None:
    reviews = as_reviews(MAPPING.reviews(rows, LATEST, NOW, Preset()))
    grades = [row for row in rows if is_grade(row, LATEST)]
    assert [(each.id, each.grade) for each in reviews] == [(row.id, row.ease) for row in grades]
    assert all(is_possible(each.before) and is_possible(each.after) for each in reviews)
    if rows and grades and rows[-1] == grades[-1]:
        assert reviews[-1].after == NOW
    for one, other in pairwise(reviews):
        places = [rows.index(next(row for row in rows if row.id == r.id)) for r in (one, other)]
        if places[1] == places[0] + 1 and other.before.state is not CardState.NEW:
            assert one.after == other.before


def studied(grades: list[int], late: list[int]) -> list[Review]:
    """What our scheduler makes of grades that are given so many days late."""
    schedule, at, made = NEW_SCHEDULE, START, []
    for grade, days in zip(grades, late, strict=True):
        moment = study_moment(Instant(at), 4)
        after = sm2.answer(schedule, Grade(grade), Preset(), moment, NO_FUZZ)
        made.append(Review(at, 7, Grade(grade), 1000, schedule, after))
        schedule = after
        if after.due_at is not None:
            at = max(after.due_at, at + 1)
        else:
            assert after.due_on is not None
            at = max((after.due_on + days) * MS_PER_DAY + MS_PER_DAY // 2, at + 1)
    return made


def as_anki(review: Review) -> AnkiReview:
    """The row that Anki would log."""
    types = {CardState.NEW: 0, CardState.LEARNING: 0, CardState.REVIEW: 1, CardState.RELEARNING: 2}
    after = review.after
    interval = after.interval_days
    if after.due_at is not None:
        interval = -(after.due_at - review.id) // 1000
    return AnkiReview(
        review.id,
        7,
        review.grade,
        interval,
        review.before.interval_days,
        after.ease_permille,
        review.took_ms,
        types[review.before.state],
    )


GRADES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), min_size=1, max_size=25)


@given(GRADES)
def test_our_own_history_comes_back(steps: list[tuple[int, int]]) -> None:
    """But for the due day of steps and lapses' intervals that no row tells before they end."""
    history = studied([grade for grade, _ in steps], [late for _, late in steps])
    rows = [as_anki(review) for review in history]
    again = as_reviews(MAPPING.reviews(rows, history[-1].id, history[-1].after, Preset()))
    assert [essence(review) for review in again] == [essence(review) for review in history]


def essence(review: Review) -> tuple[object, ...]:
    return tuple(
        (
            *(each.state, each.due_at, each.due_on, each.ease_permille, each.reps, each.lapses),
            each.interval_days if each.state is CardState.REVIEW else None,
        )
        for each in (review.before, review.after)
    )
