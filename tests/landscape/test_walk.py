"""A short way through places."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.landscape.walk import length, walk

numbers = st.integers(-1000, 1000)


@given(st.lists(st.tuples(numbers, numbers), max_size=60))
def test_a_walk_goes_to_each_place_once_and_begins_with_the_first(
    points: list[tuple[float, float]],
) -> None:
    way = walk(points)
    assert sorted(way) == list(range(len(points)))
    assert way[:1] == [0][: len(points)]
    assert way == walk(points)


def test_places_on_a_line_are_passed_one_after_the_other() -> None:
    points = [(float(x), 0.0) for x in (0, 5, 1, 4, 2, 3)]
    assert walk(points) == [0, 2, 4, 5, 3, 1]


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"seed-{seed}") for seed in range(5)])
def test_a_walk_of_a_few_places_is_about_as_short_as_can_be(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    points = [(chance.random(), chance.random()) for _ in range(7)]
    best = min(length(points, (0, *rest)) for rest in permutations(range(1, 7)))
    assert length(points, walk(points)) <= 1.3 * best


def test_a_walk_of_many_places_is_near_what_is_known_of_chance() -> None:
    # A shortest way through n places by chance in a square of area A takes 0.7124 √(nA):
    # Johnson and McGeoch, The traveling salesman problem: a case study in local optimization.
    chance = random.Random(1)  # noqa: S311
    points = [(chance.random(), chance.random()) for _ in range(500)]
    assert length(points, walk(points)) < 1.35 * 0.7124 * 500**0.5


def test_of_very_many_the_first_thousand_come_first() -> None:
    points = [(float(number % 7), float(number % 11)) for number in range(1500)]
    assert sorted(walk(points)[:1000]) == list(range(1000))
