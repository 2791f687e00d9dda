"""Simulated learners: the same from the same seed, and as their parameters have it."""

from __future__ import annotations

from dataclasses import replace

import fsrs_rs_python
import pytest

from studyapp.domain.presets import Preset
from studyapp.scheduling.simulation import DAYS, Habits, workload

PRESET = Preset(scheduler="fsrs")
USUAL = Habits()


def test_the_same_seed_gives_the_same_learners() -> None:
    first, second = (workload(PRESET, USUAL, 1, 900) for _ in range(2))
    assert first == second
    assert workload(PRESET, USUAL, 2, 900) != first


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"seed-{seed}") for seed in (1, 2)])
def test_who_wants_to_remember_more_works_more_and_does(seed: int) -> None:
    little, much = (workload(PRESET, USUAL, seed, each) for each in (750, 950))
    assert little.reviews < much.reviews
    assert little.minutes < much.minutes
    assert 0.7 < little.remembered < much.remembered < 1


def test_habits_of_others_are_the_librarys() -> None:
    library = fsrs_rs_python.default_simulator_config()
    assert list(USUAL.first) == pytest.approx(library.first_rating_prob)
    assert list(USUAL.passing) == pytest.approx(library.review_rating_prob)


def test_who_always_grades_easy_has_no_steps() -> None:
    habits = replace(USUAL, first=(0.0, 0.0, 0.0, 1.0))
    told = workload(PRESET, habits, 1, 900)
    again = workload(PRESET, replace(USUAL, first=(1.0, 0.0, 0.0, 0.0)), 1, 900)
    assert told.lapses < again.lapses
    assert again.lapses >= 1


def test_the_maximum_interval_holds() -> None:
    told = workload(replace(PRESET, maximum_interval_days=10), USUAL, 1, 900)
    assert told.reviews > DAYS / 10


def test_time_is_that_of_the_reviews() -> None:
    habits = replace(USUAL, recalled_ms=60_000, forgotten_ms=60_000)
    told = workload(PRESET, habits, 1, 900)
    assert told.minutes == pytest.approx(told.reviews)
