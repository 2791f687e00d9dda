"""Plans for a backlog: every card once, no day too full, and as little forgotten as can be."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.scheduling.backlog import MOST_DAYS, Overdue, Plan, least_per_day, lost, plan

FSRS_DECAY = 0.1542


def card(
    card_id: int,
    interval: int = 10,
    elapsed: int = 12,
    decay: float | None = None,
    back: int = MOST_DAYS,
) -> Overdue:
    return Overdue(card_id, interval, elapsed, decay, back)


@st.composite
def backlogs(draw: st.DrawFn, most: int = 60) -> list[Overdue]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(1, 400),
                st.integers(0, 800),
                st.sampled_from((None, 0.1, FSRS_DECAY, 0.8)),
                st.integers(1, 400),
            ),
            max_size=most,
        )
    )
    return [card(number, *row) for number, row in enumerate(rows)]


coming = st.lists(st.integers(0, 12), max_size=30)
closed = st.frozensets(st.integers(0, 20), max_size=6)


def planned(made: Plan | None) -> Plan:
    assert made is not None
    return made


@given(backlogs(), coming, st.integers(13, 40), closed)
def test_each_card_comes_once_and_no_day_has_too_many(
    overdue: list[Overdue], others: list[int], per_day: int, off: frozenset[int]
) -> None:
    made = planned(plan(overdue, others, per_day, off))
    cards = [each.card_id for day in made.days for each in day.cards]
    assert sorted(cards) == [each.card_id for each in overdue]
    for ahead, day in enumerate(made.days):
        assert day.total <= per_day or not day.cards
        assert not (day.cards and ahead in off)
        assert day.others >= (others[ahead] if ahead < len(others) else 0)
    assert made.held_back == {
        each.card_id: ahead for ahead, day in enumerate(made.days) if ahead for each in day.cards
    }


@given(backlogs(), coming, st.integers(13, 40))
def test_a_day_has_room_left_only_when_nothing_waits(
    overdue: list[Overdue], others: list[int], per_day: int
) -> None:
    made = planned(plan(overdue, others, per_day))
    assert all(day.total >= per_day for day in made.days[:-1])
    if made.days:
        assert made.days[-1].cards


NAIVE = {
    "due date": lambda each: each.elapsed_days - each.stability_days,
    "reverse due date": lambda each: each.stability_days - each.elapsed_days,
    "shortest interval": lambda each: each.stability_days,
    "longest interval": lambda each: -each.stability_days,
    "most likely forgotten": lambda each: each.recall(0),
    "best remembered": lambda each: -each.recall(0),
    "overdue by the part": lambda each: -each.elapsed_days / each.stability_days,
    "by chance": lambda each: Random(each.card_id).random(),  # noqa: S311 - the same in every run
}


@settings(deadline=None)
@given(backlogs(), coming, st.integers(13, 20))
def test_no_naive_order_loses_less(overdue: list[Overdue], others: list[int], per_day: int) -> None:
    made = planned(plan(overdue, others, per_day))
    for name, key in NAIVE.items():
        waiting = sorted(overdue, key=key)
        days = [[waiting.pop(0) for _ in day.cards] for day in made.days]
        assert made.lost <= sum(lost(days)) + 1e-6, name


def test_small_plans_are_the_best_there_are() -> None:
    chance = Random(5)  # noqa: S311 - the same in every run
    decays = (None, 0.1, FSRS_DECAY, 0.8)
    for _ in range(60):
        overdue = [
            card(number, chance.randint(1, 40), chance.randint(0, 80), chance.choice(decays))
            for number in range(7)
        ]
        made = planned(plan(overdue, [], 1))
        places = [ahead for ahead, day in enumerate(made.days) for _ in day.cards]
        losses = [
            {ahead: each.recall(0) - each.recall(ahead) for ahead in places} for each in overdue
        ]
        best = min(sum(map(dict.__getitem__, losses, order)) for order in permutations(places))
        assert made.lost == pytest.approx(best, abs=1e-9)


@given(backlogs(most=25), coming, closed)
def test_the_same_backlog_gives_the_same_plan(
    overdue: list[Overdue], others: list[int], off: frozenset[int]
) -> None:
    assert plan(overdue, others, 15, off) == plan(list(overdue), list(others), 15, set(off))


@given(backlogs(), coming, st.integers(1, 40), closed)
def test_the_fewest_reviews_a_day_that_are_enough(
    overdue: list[Overdue], others: list[int], days: int, off: frozenset[int]
) -> None:
    least = least_per_day(overdue, others, days, off)
    assert len(planned(plan(overdue, others, least, off)).days) <= max(days, 22)
    if not all(ahead in off for ahead in range(days)):
        assert len(planned(plan(overdue, others, least, off)).days) <= days
    if least > 1:
        fewer = plan(overdue, others, least - 1, off)
        assert fewer is None or len(fewer.days) > days or not set(range(days)) - off


def test_what_is_soon_forgotten_comes_first_and_what_lasts_waits() -> None:
    young = [card(number, interval=3, elapsed=3) for number in range(5)]
    old = [card(number, interval=300, elapsed=310) for number in range(5, 10)]
    made = planned(plan([*old, *young], [], 5))
    assert [Counter(int(each.stability_days) for each in day.cards) for day in made.days] == [
        {3: 5},
        {300: 5},
    ]


def test_what_is_forgotten_already_has_nothing_to_lose() -> None:
    gone = card(1, interval=1, elapsed=200)
    fresh = card(2, interval=4, elapsed=5)
    made = planned(plan([gone, fresh], [], 1))
    assert [day.cards for day in made.days] == [(fresh,), (gone,)]


def test_cards_that_come_due_meanwhile_take_their_room() -> None:
    known = [card(number, interval=400, elapsed=1) for number in range(10)]
    made = planned(plan(known, [4, 0, 5, 9], 5))
    assert [len(day.cards) for day in made.days] == [1, 5, 0, 0, 4]
    assert [day.total for day in made.days] == [5, 5, 5, 9, 4]


def test_cards_that_come_back_take_room_too() -> None:
    known = [card(number, interval=400, elapsed=1, back=2) for number in range(12)]
    made = planned(plan(known, [], 4))
    assert [day.others for day in made.days] == [0, 0, 4, 4, 4, 0]
    assert [len(day.cards) for day in made.days] == [4, 4, 0, 0, 0, 4]


def test_forgotten_cards_come_back_on_the_next_day() -> None:
    gone = [card(number, interval=1, elapsed=400) for number in range(12)]
    made = planned(plan(gone, [], 4))
    assert [day.others for day in made.days] == [0, 4, 4, 4, 0, 0]
    assert [len(day.cards) for day in made.days] == [4, 0, 0, 0, 4, 4]


def test_a_plan_that_would_never_end_is_none() -> None:
    assert plan([card(1)], [5] * MOST_DAYS, 5) is None
    assert planned(plan([card(1)], [5] * MOST_DAYS, 6)).held_back == {}
    assert plan([card(1)], [], 5, frozenset(range(MOST_DAYS))) is None


def test_nothing_due_needs_no_day() -> None:
    assert planned(plan([], [3], 5)).days == ()
