"""What is remembered of a card, out of its log or out of what SM-2 knew."""

from __future__ import annotations

import fsrs.scheduler
import fsrs_rs_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fsrs_memory import Past, after, from_sm2, memory_of, replay, study_day_of
from studyapp.scheduling.fsrs_parameters import (
    DEFAULT_PARAMETERS,
    LEAST,
    MOST,
    fingerprint,
    parameters_of,
    problems_with,
)

TODAY = StudyMoment(20_000 * MS_PER_DAY + 5_000, 20_000, 20_001 * MS_PER_DAY)


def past(days_ago: int, grade: Grade, state: CardState = CardState.REVIEW) -> Past:
    """A review; before it the card had been due on that day after ten days, its ease 2.5."""
    day = TODAY.day - days_ago
    return Past(day * MS_PER_DAY + 1000, grade, state, day, 10, 2500)


def new(days_ago: int, grade: Grade) -> Past:
    return past(days_ago, grade, CardState.NEW)


def test_the_defaults_are_those_of_both_packages() -> None:
    assert DEFAULT_PARAMETERS == fsrs.scheduler.DEFAULT_PARAMETERS
    assert list(DEFAULT_PARAMETERS) == pytest.approx(fsrs_rs_python.DEFAULT_PARAMETERS, rel=1e-6)


def test_the_bounds_are_the_packages() -> None:
    assert LEAST == fsrs.scheduler.LOWER_BOUNDS_PARAMETERS
    assert MOST == fsrs.scheduler.UPPER_BOUNDS_PARAMETERS


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        pytest.param((), [], id="none-are-the-defaults"),
        pytest.param(DEFAULT_PARAMETERS, [], id="the-defaults"),
        pytest.param((1.0,) * 17, ["FSRS-6 has 21 parameters, these are 17."], id="older"),
        pytest.param(
            (0.0, *DEFAULT_PARAMETERS[1:]),
            ["Parameter 1 is 0, which is not between 0.001 and 100."],
            id="too-low",
        ),
        pytest.param(
            (*DEFAULT_PARAMETERS[:20], float("nan")),
            ["Parameter 21 is nan, which is not between 0.1 and 0.8."],
            id="no-number",
        ),
    ],
)
def test_wrong_parameters_are_told(parameters: tuple[float, ...], told: list[str]) -> None:
    assert problems_with(parameters) == told


def test_parameters_of_another_fsrs_are_not_used() -> None:
    assert parameters_of(Preset(fsrs_parameters=(0.5,) * 35)) == DEFAULT_PARAMETERS
    own = (*DEFAULT_PARAMETERS[:20], 0.2)
    assert parameters_of(Preset(fsrs_parameters=own)) == own


@given(interval=st.integers(1, 30_000), ease=st.integers(1300, 6000))
def test_what_sm2_knew_becomes_what_the_library_of_anki_makes_of_it(
    interval: int, ease: int
) -> None:
    library = fsrs_rs_python.FSRS(list(DEFAULT_PARAMETERS))
    expected = library.memory_state_from_sm2(ease / 1000, float(interval), 0.9)
    memory = from_sm2(interval, ease, 7, DEFAULT_PARAMETERS)
    assert memory.stability_days == pytest.approx(expected.stability, rel=1e-4)
    assert memory.difficulty == pytest.approx(expected.difficulty, abs=2e-3)
    assert memory.reviewed_on == 7


@given(
    first=st.sampled_from(Grade),
    rest=st.lists(st.tuples(st.sampled_from(Grade), st.integers(0, 60)), max_size=20),
)
def test_a_replayed_log_equals_the_library_of_anki(
    first: Grade, rest: list[tuple[Grade, int]]
) -> None:
    day, log = TODAY.day - 2000, []
    items = [(first, 0), *rest]
    for index, (grade, gap) in enumerate(items):
        day += gap
        state = CardState.REVIEW if index else CardState.NEW
        log.append(Past(day * MS_PER_DAY + index, grade, state, None, 0, 0))
    item = fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(int(g), d) for g, d in items])
    expected = fsrs_rs_python.FSRS(list(DEFAULT_PARAMETERS)).memory_state(item)
    memory = replay(log, DEFAULT_PARAMETERS, TODAY)
    assert memory is not None
    assert memory.stability_days == pytest.approx(expected.stability, rel=1e-3)
    assert memory.difficulty == pytest.approx(expected.difficulty, abs=2e-3)
    assert memory.reviewed_on == day


def test_what_was_before_a_reset_does_not_count() -> None:
    old = [new(90, Grade.AGAIN), past(80, Grade.HARD)]
    recent = [new(10, Grade.GOOD), past(8, Grade.GOOD)]
    assert replay([*old, *recent], DEFAULT_PARAMETERS, TODAY) == replay(
        recent, DEFAULT_PARAMETERS, TODAY
    )


def test_a_log_that_begins_in_the_middle_begins_with_what_sm2_knew() -> None:
    known = from_sm2(10, 2500, TODAY.day - 15, DEFAULT_PARAMETERS)
    expected = after(known, Grade.GOOD, TODAY.day - 5, DEFAULT_PARAMETERS)
    assert replay([past(5, Grade.GOOD)], DEFAULT_PARAMETERS, TODAY) == expected


def test_of_an_empty_log_nothing_is_remembered() -> None:
    assert replay([], DEFAULT_PARAMETERS, TODAY) is None


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(NEW_SCHEDULE, None, id="new"),
        pytest.param(Schedule(CardState.LEARNING, 5, None, 0, 0, 2, 1), None, id="learning"),
        pytest.param(
            Schedule(CardState.REVIEW, None, 20_010, 30, 2300, 0, 9),
            from_sm2(30, 2300, 19_980, DEFAULT_PARAMETERS),
            id="review",
        ),
        pytest.param(
            Schedule(CardState.REVIEW, None, 20_100, 30, 2300, 0, 9),
            from_sm2(30, 2300, 20_000, DEFAULT_PARAMETERS),
            id="put-off",
        ),
        pytest.param(
            Schedule(CardState.RELEARNING, 5, None, 3, 2300, 1, 9, 1),
            from_sm2(3, 2300, 20_000, DEFAULT_PARAMETERS),
            id="relearning",
        ),
    ],
)
def test_a_card_without_a_log(schedule: Schedule, expected: object) -> None:
    assert memory_of(schedule, [], DEFAULT_PARAMETERS, TODAY) == expected


def test_a_card_that_was_reset_is_not_remembered() -> None:
    assert memory_of(NEW_SCHEDULE, [new(9, Grade.GOOD)], DEFAULT_PARAMETERS, TODAY) is None


@pytest.mark.parametrize(
    ("at", "day"),
    [
        pytest.param(TODAY.at, 20_000, id="now"),
        pytest.param(TODAY.day_ends_at - 1, 20_000, id="end-of-today"),
        pytest.param(TODAY.day_ends_at - MS_PER_DAY, 20_000, id="beginning-of-today"),
        pytest.param(TODAY.day_ends_at - MS_PER_DAY - 1, 19_999, id="end-of-yesterday"),
    ],
)
def test_days_are_counted_back_from_the_rollover(at: int, day: int) -> None:
    assert study_day_of(at, TODAY) == day


def test_a_clock_that_went_back_counts_as_the_same_day() -> None:
    memory = after(None, Grade.GOOD, 100, DEFAULT_PARAMETERS)
    back = after(memory, Grade.GOOD, 90, DEFAULT_PARAMETERS)
    same = after(memory, Grade.GOOD, 100, DEFAULT_PARAMETERS)
    assert (back.stability_days, back.difficulty) == (same.stability_days, same.difficulty)


def test_other_parameters_have_another_fingerprint() -> None:
    changed = (*DEFAULT_PARAMETERS[:20], 0.2)
    assert fingerprint(changed) != fingerprint(DEFAULT_PARAMETERS)
    assert fingerprint(tuple(changed)) == fingerprint(changed)
