"""The probability of recall, by either scheduler."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.recall import days_until, recall, recall_by_interval, recall_by_stability

DAY = 20_000
NOW = StudyMoment(DAY * MS_PER_DAY, DAY, (DAY + 1) * MS_PER_DAY)
START = datetime(2024, 1, 1, tzinfo=UTC)


@given(stability=st.floats(0.01, 1000), elapsed=st.integers(0, 3000))
def test_the_curve_is_the_packages(stability: float, elapsed: int) -> None:
    card = fsrs.Card(1, fsrs.State.Review, None, stability, 5.0, START, START)
    expected = fsrs.Scheduler().get_card_retrievability(card, START + timedelta(days=elapsed))
    assert recall_by_stability(stability, elapsed, 0.1542) == pytest.approx(expected)


@given(wanted=st.floats(0.5, 0.99), stability=st.floats(0.01, 1000), decay=st.floats(0.1, 0.8))
def test_days_until_is_the_inverse(wanted: float, stability: float, decay: float) -> None:
    days = days_until(wanted, stability, decay)
    assert recall_by_stability(stability, days, decay) == pytest.approx(wanted)


def test_sm2_promises_ninety_percent_at_the_end_of_the_interval() -> None:
    told = [round(recall_by_interval(10, days), 3) for days in (0, 5, 10, 20)]
    assert told == [1.0, 0.949, 0.9, 0.81]


def review(interval: int, due_in: int) -> Schedule:
    return Schedule(CardState.REVIEW, None, DAY + due_in, interval, 2500, 0, 5)


@pytest.mark.parametrize(
    ("schedule", "memory", "preset", "expected"),
    [
        pytest.param(review(10, 0), None, Preset(), 0.9, id="sm2-on-time"),
        pytest.param(review(10, -10), None, Preset(), 0.81, id="sm2-late"),
        pytest.param(review(10, 20), None, Preset(), 1.0, id="sm2-put-off"),
        pytest.param(review(0, 0), None, Preset(), 1.0, id="sm2-no-interval"),
        pytest.param(NEW_SCHEDULE, None, Preset(), None, id="sm2-new"),
        pytest.param(Schedule(CardState.LEARNING, 5), None, Preset(), None, id="sm2-learning"),
        pytest.param(
            review(10, 0), Memory(20.0, 5.0, DAY - 20), Preset(scheduler="fsrs"), 0.9, id="fsrs"
        ),
        pytest.param(
            review(10, 0), Memory(20.0, 5.0, DAY + 9), Preset(scheduler="fsrs"), 1.0, id="clock"
        ),
        pytest.param(NEW_SCHEDULE, None, Preset(scheduler="fsrs"), None, id="fsrs-new"),
    ],
)
def test_recall_now(
    schedule: Schedule, memory: Memory | None, preset: Preset, expected: float | None
) -> None:
    told = recall(schedule, memory, preset, NOW)
    assert told == (None if expected is None else pytest.approx(expected))
