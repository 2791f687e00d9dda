"""SM-2: single answers against rows that Anki computed, and whole histories."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.sm2 import MINIMUM_EASE_PERMILLE, answer, answers

TODAY = 20_000
DAY_ENDS_AT = (TODAY + 1) * MS_PER_DAY
NOON = StudyMoment(at=DAY_ENDS_AT - MS_PER_DAY // 2, day=TODAY, day_ends_at=DAY_ENDS_AT)
AGAIN, HARD, GOOD, EASY = Grade


def review_card(interval: int, ease: int, late: int = 0) -> Schedule:
    return Schedule(
        CardState.REVIEW, due_on=TODAY - late, interval_days=interval, ease_permille=ease, reps=5
    )


@pytest.mark.parametrize(
    ("interval", "late", "ease", "expected"),
    [
        pytest.param(1, 0, 2500, (2, 3, 4), id="one-day"),
        pytest.param(3, 0, 1300, (4, 5, 6), id="lowest-ease"),
        pytest.param(10, 0, 2500, (12, 25, 33), id="rounds-half-up"),
        pytest.param(10, 5, 2500, (12, 31, 49), id="late"),
        pytest.param(10, 20, 1300, (12, 26, 51), id="very-late"),
        pytest.param(10, 0, 1300, (12, 13, 17), id="good-above-hard"),
        pytest.param(100, 0, 2500, (120, 250, 325), id="long"),
        pytest.param(100, 7, 2350, (120, 243, 327), id="long-and-late"),
    ],
)
def test_passing_intervals_equal_ankis(
    interval: int, late: int, ease: int, expected: tuple[int, int, int]
) -> None:
    after = answers(review_card(interval, ease, late), Preset(), NOON)
    assert tuple(after[grade].interval_days for grade in (HARD, GOOD, EASY)) == expected


def test_a_new_card_gets_ankis_first_steps() -> None:
    after = answers(NEW_SCHEDULE, Preset(), NOON)
    seconds = [((after[grade].due_at or 0) - NOON.at) // 1000 for grade in (AGAIN, HARD, GOOD)]
    assert seconds == [60, 330, 600]
    assert after[EASY].due_on == TODAY + 4


def play(grades: list[Grade], preset: Preset = Preset()) -> list[Schedule]:  # noqa: B008
    """The schedules that a card has after each grade when it is always answered on time."""
    schedule, moment, history = NEW_SCHEDULE, NOON, []
    for grade in grades:
        schedule = answer(schedule, grade, preset, moment)
        history.append(schedule)
        if schedule.due_on is not None:
            passed = schedule.due_on - moment.day
            moment = StudyMoment(
                moment.at + passed * MS_PER_DAY,
                schedule.due_on,
                moment.day_ends_at + passed * MS_PER_DAY,
            )
        elif schedule.due_at is not None:
            moment = replace(moment, at=schedule.due_at)
    return history


@pytest.mark.parametrize(
    ("grades", "intervals"),
    [
        pytest.param([GOOD] * 6, [0, 1, 3, 8, 20, 50], id="always-good"),
        pytest.param([EASY] * 4, [4, 13, 45, 164], id="always-easy"),
        pytest.param([GOOD, GOOD, HARD, HARD, HARD], [0, 1, 2, 3, 4], id="always-hard"),
        pytest.param([GOOD, GOOD, GOOD, AGAIN, GOOD, GOOD], [0, 1, 3, 1, 1, 3], id="lapse"),
        pytest.param([AGAIN, HARD, GOOD, AGAIN, EASY], [0, 0, 0, 0, 4], id="learning"),
    ],
)
def test_histories(grades: list[Grade], intervals: list[int]) -> None:
    assert [schedule.interval_days for schedule in play(grades)] == intervals


def test_ease_moves_by_ankis_steps_and_never_below_its_minimum() -> None:
    grades = [GOOD, GOOD, EASY, HARD, AGAIN, GOOD, *[HARD] * 9]
    eases = [schedule.ease_permille for schedule in play(grades)]
    assert eases[:6] == [0, 2500, 2650, 2500, 2300, 2300]
    assert eases[-1] == MINIMUM_EASE_PERMILLE


def test_again_while_relearning_costs_no_ease_but_applies_the_lapse_multiplier_again() -> None:
    preset = Preset(lapse_multiplier_permille=500)
    lapsed = answer(review_card(100, 2500), AGAIN, preset, NOON)
    again = answer(lapsed, AGAIN, preset, NOON)
    assert (lapsed.interval_days, lapsed.ease_permille, lapsed.lapses) == (50, 2300, 1)
    assert (again.interval_days, again.ease_permille, again.lapses) == (25, 2300, 1)
    assert again.state is CardState.RELEARNING


def test_relearning_ends_with_the_interval_fixed_at_the_lapse() -> None:
    preset = Preset(lapse_multiplier_permille=500)
    lapsed = answer(review_card(100, 2500), AGAIN, preset, NOON)
    assert answer(lapsed, GOOD, preset, NOON).interval_days == 50
    assert answer(lapsed, EASY, preset, NOON).interval_days == 51


def test_a_lapse_without_relearning_steps_stays_in_review() -> None:
    after = answer(review_card(100, 2500), AGAIN, Preset(relearning_steps_s=()), NOON)
    assert (after.state, after.interval_days, after.due_on) == (CardState.REVIEW, 1, TODAY + 1)


def test_without_learning_steps_a_new_card_graduates_at_once() -> None:
    after = answers(NEW_SCHEDULE, Preset(learning_steps_s=()), NOON)
    assert [after[grade].interval_days for grade in Grade] == [1, 1, 1, 4]


@pytest.mark.parametrize(
    ("step_s", "due_on"),
    [
        pytest.param(12 * 3600 - 1, None, id="ends-before-the-rollover"),
        pytest.param(12 * 3600, TODAY + 1, id="ends-at-the-rollover"),
        pytest.param(36 * 3600, TODAY + 2, id="crosses-two"),
    ],
)
def test_a_step_that_crosses_the_rollover_waits_for_a_day(step_s: int, due_on: int | None) -> None:
    after = answer(NEW_SCHEDULE, AGAIN, Preset(learning_steps_s=(step_s,)), NOON)
    assert after.due_on == due_on
    assert (after.due_at is None) == (due_on is not None)
    assert after.state is CardState.LEARNING


def test_hard_on_an_only_step_is_half_longer_but_at_most_a_day() -> None:
    def delay(step_s: int) -> int:
        after = answer(NEW_SCHEDULE, HARD, Preset(learning_steps_s=(step_s,)), NOON)
        return (after.due_at or 0) - NOON.at

    assert delay(600) == 900_000
    three_days = answer(NEW_SCHEDULE, HARD, Preset(learning_steps_s=(3 * 86_400,)), NOON)
    assert three_days.due_on == TODAY + 4


def test_steps_that_a_preset_no_longer_has_are_clamped() -> None:
    learning = Schedule(CardState.LEARNING, due_at=NOON.at, steps_left=7)
    after = answer(learning, GOOD, Preset(), NOON)
    assert (after.state, after.steps_left) == (CardState.LEARNING, 1)


def test_an_early_review_is_not_rewarded_for_days_that_did_not_pass() -> None:
    after = answers(review_card(100, 2500, late=-60), Preset(), NOON)
    assert [after[grade].interval_days for grade in (HARD, GOOD, EASY)] == [60, 100, 115]


def test_the_maximum_interval_caps_every_grade() -> None:
    after = answers(review_card(100, 2500), Preset(maximum_interval_days=90), NOON)
    assert [after[grade].interval_days for grade in (HARD, GOOD, EASY)] == [90, 90, 90]


grades = st.sampled_from(list(Grade))
schedules = st.builds(
    review_card, st.integers(1, 36_500), st.integers(1300, 5000), st.integers(-400, 4000)
)


@given(schedules, grades, st.integers(1), st.integers(0, 1000))
def test_an_answered_card_is_due_later_and_its_ease_never_too_low(
    schedule: Schedule, grade: Grade, card_id: int, reps: int
) -> None:
    after = answer(schedule, grade, Preset(), NOON, fuzz_of(card_id, reps))
    assert after.ease_permille >= MINIMUM_EASE_PERMILLE
    assert after.reps == schedule.reps + 1
    assert (after.due_at or 0) > NOON.at or (after.due_on or 0) > TODAY


@given(schedules, st.integers(1), st.integers(0, 1000))
def test_better_grades_never_give_shorter_intervals(
    schedule: Schedule, card_id: int, reps: int
) -> None:
    after = answers(schedule, Preset(), NOON, fuzz_of(card_id, reps))
    hard, good, easy = (after[grade].interval_days for grade in (HARD, GOOD, EASY))
    assert hard <= good <= easy
