"""How many new cards a day has time for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.scheduling.time_budget import (
    ENOUGH,
    NEW_CARD_MS,
    REVIEW_MS,
    Pace,
    new_cards_within,
    pace_of,
)


@pytest.mark.parametrize(
    ("minutes", "reviews", "new_cards"),
    [
        pytest.param(15, 0, 22, id="no-reviews"),
        pytest.param(15, 60, 7, id="some-reviews"),
        pytest.param(15, 90, 0, id="just-done"),
        pytest.param(15, 500, 0, id="too-many-reviews"),
        pytest.param(0, 0, 0, id="no-time"),
    ],
)
def test_reviews_come_first(minutes: int, reviews: int, new_cards: int) -> None:
    assert new_cards_within(minutes, reviews, Pace()) == new_cards


def test_the_pace_is_the_median_of_enough_samples() -> None:
    slow = [5_000] * ENOUGH + [60_000] * (ENOUGH - 1)
    assert pace_of(slow, [30_000] * ENOUGH) == Pace(5_000, 30_000)
    assert pace_of(slow[: ENOUGH - 1], [1] * (ENOUGH - 1)) == Pace(REVIEW_MS, NEW_CARD_MS)
    assert pace_of([0] * ENOUGH, [0] * ENOUGH).new_card_ms > 0


@given(st.integers(0, 1440), st.integers(0, 5000), st.integers(1, 100_000), st.integers(1, 100_000))
def test_the_day_is_kept_within_its_minutes(
    minutes: int, reviews: int, review_ms: int, new_ms: int
) -> None:
    new = new_cards_within(minutes, reviews, Pace(review_ms, new_ms))
    spent = reviews * review_ms + new * new_ms
    assert new == 0 or spent <= minutes * 60_000 < spent + new_ms
