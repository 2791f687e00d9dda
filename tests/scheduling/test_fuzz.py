"""Fuzz: its ranges are Anki's, its choice is stable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling.fuzz import fuzz_of, learning_delay, review_interval

ALMOST_ONE = 1 - 2**-24


@pytest.mark.parametrize(
    ("days", "lower", "upper"),
    [
        pytest.param(1, 1, 1, id="no-fuzz-below-2.5"),
        pytest.param(2, 2, 2, id="two-days"),
        pytest.param(3, 2, 4, id="three-days"),
        pytest.param(7, 5, 9, id="end-of-first-range"),
        pytest.param(20, 17, 23, id="end-of-second-range"),
        pytest.param(100, 93, 107, id="hundred"),
        pytest.param(36_500, 34_673, 36_500, id="clamped-at-the-maximum"),
    ],
)
def test_ranges(days: int, lower: int, upper: int) -> None:
    assert review_interval(days, 0.0, 1, 36_500) == lower
    assert review_interval(days, ALMOST_ONE, 1, 36_500) == upper
    assert review_interval(days, None, 1, 36_500) == days


@given(st.integers(1, 50_000), st.floats(0, ALMOST_ONE), st.integers(1, 400))
def test_an_interval_stays_within_its_bounds(days: int, fuzz: float, minimum: int) -> None:
    assert minimum <= review_interval(days, fuzz, minimum, 36_500) <= 36_500


@given(st.integers(0, 100_000), st.floats(0, ALMOST_ONE))
def test_a_learning_delay_grows_by_a_quarter_or_five_minutes_at_most(
    seconds: int, fuzz: float
) -> None:
    assert seconds <= learning_delay(seconds, fuzz) <= seconds + min(seconds / 4, 300)


def test_the_choice_is_the_same_for_a_repetition_and_differs_between_them() -> None:
    assert fuzz_of(7, 3) == fuzz_of(7, 3)
    choices = {fuzz_of(card, reps).review for card in range(20) for reps in range(20)}
    assert len(choices) == 400
