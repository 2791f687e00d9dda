"""Load balancing: the lightest day of the range that fuzz leaves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cards import Schedule
from studyapp.domain.presets import Preset
from studyapp.scheduling.balance import DAYS, DueLoad
from studyapp.scheduling.fuzz import fuzz_of, review_interval
from studyapp.scheduling.leeches import is_leech

MONDAY = 4
"""1970-01-05."""


def load(**counts: int) -> DueLoad:
    """Ten cards on every day but these: `d5=3`, three on the fifth from now."""
    numbers = [10] * DAYS
    for name, number in counts.items():
        numbers[int(name[1:])] = number
    return DueLoad(MONDAY, numbers)


def test_the_lightest_day_is_taken() -> None:
    assert load(d12=2).lightest(10, 14, 0.9) == 12


def test_of_days_that_are_alike_chance_decides() -> None:
    empty = DueLoad(MONDAY, [0] * DAYS)
    assert [empty.lightest(10, 14, number / 5) for number in range(5)] == [10, 11, 12, 13, 14]


def test_an_easy_weekday_is_avoided_where_there_is_another() -> None:
    weekends = DueLoad(MONDAY, [10] * DAYS, (100, 100, 100, 100, 100, 50, 0))
    assert weekends.lightest(5, 7, 0.0) == 7
    assert weekends.lightest(5, 6, 0.9) == 5
    assert weekends.lightest(6, 6, 0.0) == 6


def test_easy_weekdays_act_without_counting() -> None:
    assert DueLoad(MONDAY, (), (0, 0, 0, 100, 0, 0, 0)).lightest(1, 5, 0.0) == 3


def test_far_ahead_only_fuzz_acts() -> None:
    assert load().lightest(DAYS - 5, DAYS, 0.0) is None
    assert review_interval(200, 0.0, 1, 36_500, load()) == review_interval(200, 0.0, 1, 36_500)


@given(
    st.integers(1, 120),
    st.lists(st.integers(0, 50), min_size=DAYS, max_size=DAYS),
    st.integers(0, 1000),
)
def test_an_interval_stays_where_fuzz_would_have_it(
    days: int, counts: list[int], card: int
) -> None:
    choice = fuzz_of(card, 1).review
    first, last = (review_interval(days, each, 1, 100) for each in (0.0, 1 - 2**-24))
    balanced = review_interval(days, choice, 1, 100, DueLoad(MONDAY, counts))
    assert first <= balanced <= last
    assert balanced == review_interval(days, choice, 1, 100, DueLoad(MONDAY, counts))


def test_a_leech_is_told_at_the_threshold_and_each_half_of_it_later() -> None:
    def told(threshold: int) -> list[int]:
        preset = Preset(leech_threshold=threshold)
        return [
            lapses
            for lapses in range(1, 20)
            if is_leech(Schedule(lapses=lapses - 1), Schedule(lapses=lapses), preset)
        ]

    assert told(8) == [8, 12, 16]
    assert told(5) == [5, 8, 11, 14, 17]
    assert told(1) == list(range(1, 20))
    assert not is_leech(Schedule(lapses=8), Schedule(lapses=8), Preset())
