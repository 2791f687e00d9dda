"""What is typed to say when cards shall come next."""

from __future__ import annotations

import pytest

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.due_dates import DueDate, due_in, parse_due_date
from studyapp.errors import ContentError

TODAY = 20_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("0", DueDate(0, 0, False), id="today"),
        pytest.param("3", DueDate(3, 3, False), id="in-three-days"),
        pytest.param("1-7", DueDate(1, 7, False), id="span"),
        pytest.param("7-1", DueDate(1, 7, False), id="span-the-other-way-round"),
        pytest.param("5!", DueDate(5, 5, True), id="with-interval"),
        pytest.param("2-4!", DueDate(2, 4, True), id="span-with-interval"),
        pytest.param(" 36500 ", DueDate(36_500, 36_500, False), id="as-far-as-possible"),
    ],
)
def test_what_can_be_typed(text: str, expected: DueDate) -> None:
    assert parse_due_date(text) == expected


@pytest.mark.parametrize("text", ["", "x", "-1", "1-", "1 - 3", "!", "3!!", "٣", "1.5"])
def test_what_tells_no_day(text: str) -> None:
    with pytest.raises(ContentError, match="tells no day"):
        parse_due_date(text)


def test_a_day_too_far_away() -> None:
    with pytest.raises(ContentError, match="36501 days are too many"):
        parse_due_date("0-36501")


@pytest.mark.parametrize(
    ("before", "interval", "ease"),
    [
        pytest.param(Schedule(), 3, 2300, id="new"),
        pytest.param(Schedule(CardState.LEARNING, due_at=1, steps_left=2), 3, 2300, id="learning"),
        pytest.param(
            Schedule(CardState.REVIEW, due_on=9, interval_days=30, ease_permille=1900),
            30,
            1900,
            id="review",
        ),
        pytest.param(
            Schedule(CardState.RELEARNING, due_at=9, interval_days=12, ease_permille=1700),
            12,
            1700,
            id="relearning",
        ),
    ],
)
def test_an_interval_stays_unless_it_is_set(before: Schedule, interval: int, ease: int) -> None:
    kept = due_in(before, parse_due_date("3"), 3, TODAY, 2300)
    assert (kept.state, kept.due_on) == (CardState.REVIEW, TODAY + 3)
    assert (kept.interval_days, kept.ease_permille) == (interval, ease)
    assert due_in(before, parse_due_date("3!"), 3, TODAY, 2300).interval_days == 3


def test_an_interval_is_at_least_a_day() -> None:
    assert due_in(Schedule(), parse_due_date("0"), 0, TODAY, 2500).interval_days == 1
