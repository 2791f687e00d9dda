"""FSRS: equal to the package of its authors, with the app's own steps, fuzz and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling import sm2
from studyapp.scheduling.choice import scheduler_of
from studyapp.scheduling.fsrs import Fsrs
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.recall import days_at

PRESET = Preset(scheduler="fsrs")
START = datetime(2024, 1, 1, tzinfo=UTC)
DAY = 19_723
AGAIN, HARD, GOOD, EASY = Grade


def on(day: int) -> StudyMoment:
    return StudyMoment(day * MS_PER_DAY, day, (day + 1) * MS_PER_DAY)


def history(grades: Sequence[Grade], preset: Preset = PRESET) -> list[str]:
    """Grades, each given when the card is due: what comes after them."""
    schedule, memory, day, told = NEW_SCHEDULE, None, DAY, []
    for grade in grades:
        day = max(day, schedule.due_on or 0)
        scheduler = Fsrs(memory)
        schedule = scheduler.answer(schedule, grade, preset, on(day))
        memory = scheduler.remembered(grade, preset, on(day))
        told.append("step" if schedule.due_on is None else f"{schedule.interval_days} d")
    return told


def test_a_whole_history() -> None:
    grades = [GOOD, GOOD, GOOD, GOOD, AGAIN, GOOD, HARD, EASY]
    assert history(grades) == ["step", "2 d", "11 d", "46 d", "step", "3 d", "6 d", "18 d"]


def test_who_wants_to_remember_more_is_asked_more_often() -> None:
    grades = [EASY, GOOD, GOOD]
    assert history(grades, replace(PRESET, desired_retention_permille=970)) == ["2 d", "4 d", "8 d"]
    assert history(grades) == ["8 d", "39 d", "153 d"]


@given(
    reviews=st.lists(st.tuples(st.sampled_from(Grade), st.integers(0, 200)), max_size=30),
    retention=st.integers(700, 990),
)
def test_memory_and_interval_equal_the_packages(
    reviews: list[tuple[Grade, int]], retention: int
) -> None:
    """The package knows no least interval, which ours has for hard, good and easy reviews."""
    package = fsrs.Scheduler(desired_retention=retention / 1000, enable_fuzzing=False)
    preset = replace(PRESET, desired_retention_permille=retention)
    card = fsrs.Card(card_id=1, due=START)
    schedule, memory, day = NEW_SCHEDULE, None, DAY
    for second, (grade, days) in enumerate(reviews):
        day += days
        has_least = schedule.state is CardState.REVIEW or grade is EASY
        scheduler = Fsrs(memory)
        schedule = scheduler.answer(schedule, grade, preset, on(day))
        memory = scheduler.remembered(grade, preset, on(day))
        at = START + timedelta(days=day - DAY, seconds=second)
        card, _ = package.review_card(card, fsrs.Rating(grade), at)
        assert (memory.stability_days, memory.difficulty) == (card.stability, card.difficulty)
        assert (schedule.state is CardState.REVIEW) == (card.state is fsrs.State.Review)
        if schedule.state is CardState.REVIEW:
            exact = days_at(retention / 1000, memory.stability_days, DEFAULT_PARAMETERS)
            assert (card.due - at).days == min(max(round(exact), 1), 36_500)
            least = (card.due - at).days
            assert schedule.interval_days >= least if has_least else schedule.interval_days == least


memories = st.builds(Memory, st.floats(0.01, 3000), st.floats(1, 10), st.integers(DAY - 3000, DAY))


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[Schedule, Memory]:
    memory = draw(memories)
    interval = draw(st.integers(1, 3000))
    ease = draw(st.integers(1300, 4000))
    due_on = memory.reviewed_on + interval
    return Schedule(CardState.REVIEW, None, due_on, interval, ease, 0, 5, 1), memory


@given(card=reviewed(), most=st.integers(1, 500), card_id=st.integers(1, 2**40))
def test_better_grades_never_come_sooner_and_the_maximum_holds(
    card: tuple[Schedule, Memory], most: int, card_id: int
) -> None:
    schedule, memory = card
    preset = replace(PRESET, maximum_interval_days=most)
    after = Fsrs(memory).answers(schedule, preset, on(DAY), fuzz_of(card_id, schedule.reps))
    days = [after[grade].interval_days for grade in (HARD, GOOD, EASY)]
    assert days == sorted(days)
    assert all(1 <= each <= most for each in days)
    assert len(set(days)) == 3 or days[-1] == most
    assert all(after[grade].due_on == DAY + after[grade].interval_days for grade in (HARD, GOOD))


@given(card=reviewed(), grade=st.sampled_from(Grade))
def test_all_but_the_interval_goes_on_as_with_sm2(
    card: tuple[Schedule, Memory], grade: Grade
) -> None:
    schedule, memory = card
    by_fsrs = Fsrs(memory).answer(schedule, grade, PRESET, on(DAY))
    by_sm2 = sm2.answer(schedule, grade, PRESET, on(DAY))
    assert by_sm2 == replace(
        by_fsrs, interval_days=by_sm2.interval_days, due_on=by_sm2.due_on, due_at=by_sm2.due_at
    )
    assert by_fsrs.due_at == by_sm2.due_at


@given(card=reviewed(), grade=st.sampled_from(Grade), card_id=st.integers(1, 2**40))
def test_the_same_question_has_the_same_answer(
    card: tuple[Schedule, Memory], grade: Grade, card_id: int
) -> None:
    schedule, memory = card
    fuzz = fuzz_of(card_id, schedule.reps)
    first, second = (Fsrs(memory).answer(schedule, grade, PRESET, on(DAY), fuzz) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("steps", "grade", "expected"),
    [
        pytest.param((), AGAIN, "1 d", id="no-steps-again"),
        pytest.param((), GOOD, "2 d", id="no-steps-good"),
        pytest.param((60,), GOOD, "2 d", id="one-step-good"),
        pytest.param((60, 600), GOOD, "step", id="two-steps-good"),
        pytest.param((60, 600), EASY, "8 d", id="easy-graduates-at-once"),
    ],
)
def test_steps_are_the_presets(steps: tuple[int, ...], grade: Grade, expected: str) -> None:
    assert history([grade], replace(PRESET, learning_steps_s=steps)) == [expected]


def test_a_lapse_without_relearning_steps_comes_back_after_days() -> None:
    preset = replace(PRESET, relearning_steps_s=())
    assert history([EASY, GOOD, AGAIN], preset)[-1] == "3 d"


def test_a_preset_has_the_scheduler_that_it_names() -> None:
    assert scheduler_of(PRESET, None) == Fsrs(None)
    assert scheduler_of(Preset(), None) is sm2
