"""Sentences on a session and a week: true, useful, and silent on what is not known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studyapp.domain.study_day import MS_PER_DAY, Instant, StudyMoment
from studyapp.scheduling.time_budget import Pace
from studyapp.statistics.columns import Cards, Log
from studyapp.statistics.done import Done
from studyapp.statistics.forecast import ComingDay, Forecast
from studyapp.statistics.page import Page, material, page, totals
from studyapp.statistics.promises import promises
from studyapp.statistics.retention import Region, Retention, weakest
from studyapp.statistics.reviews import dated
from studyapp.statistics.telling import of_today, of_week

DAY = 20_000
MOMENT = StudyMoment(DAY * MS_PER_DAY, DAY, DAY * MS_PER_DAY + MS_PER_DAY)
MINUTE = 60_000
STEADY = Region("Circuits", 200, 184)
WEAK = Region("Interpretability::Gradient routing", 100, 78)


def nothing() -> Page:
    """Of an empty collection."""
    none = np.zeros(0, dtype=np.int64)
    log, cards = Log(*[none] * 7), Cards(*[none] * 12)
    reviews = dated(log, promises(cards, {}), Instant(MOMENT.at), MOMENT)
    made = material(log, reviews, totals(reviews), cards, (), closed=frozenset(), moment=MOMENT)
    return page(made, MOMENT, 30)


def retained(due: int, passed: int) -> Retention:
    return Retention("today", due, passed, 0, 0, 0.9)


def coming(tomorrow: int, new: int) -> Forecast:
    days = [ComingDay(ahead, tomorrow, tomorrow, new, 0) for ahead in range(8)]
    return Forecast(0, tuple(days))


@pytest.mark.parametrize(
    ("due", "passed", "regions", "tomorrow", "sentence"),
    [
        pytest.param(
            *(100, 91, (STEADY, WEAK), (30, 8)),
            "Retention 91 % of 90 % aimed at; Interpretability › Gradient routing is your weakest"
            " deck (78 % in 30 days); tomorrow 38 cards, about 9 minutes.",
            id="all",
        ),
        pytest.param(
            *(3, 2, (STEADY,), (1, 0)),
            "2 of 3 due cards recalled; tomorrow 1 card, about 1 minute.",
            id="few",
        ),
        pytest.param(0, 0, (), (0, 0), "Tomorrow no cards.", id="nothing"),
    ],
)
def test_after_a_session(
    due: int, passed: int, regions: tuple[Region, ...], tomorrow: tuple[int, int], sentence: str
) -> None:
    found = nothing()
    told = replace(
        found,
        retention=(retained(due, passed), *found.retention[1:]),
        regions=regions,
        forecast=coming(*tomorrow),
        pace=Pace(8_000, 40_000),
    )
    assert of_today(told) == sentence


def test_a_week() -> None:
    done = Done(412, 80 * MINUTE, 380, (0, 0, 300, 112, 0), 112, 100)
    week = replace(nothing(), span=done, retained=retained(400, 360), forecast=coming(30, 0))
    assert of_week(week) == (
        "In the last 7 days 412 reviews in 1 h 20 min; retention 90 % of 90 % aimed at; the next"
        " 7 days bring 210 cards, about 35 minutes."
    )
    assert of_week(nothing()) == "No reviews in the last 7 days; the next 7 days bring no cards."


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        pytest.param((STEADY, WEAK), WEAK, id="surely"),
        pytest.param((STEADY, Region("B", 100, 90)), None, id="perhaps by chance"),
        pytest.param((STEADY, Region("B", 20, 5)), None, id="too few reviews"),
        pytest.param((WEAK,), None, id="nothing to compare with"),
        pytest.param((), None, id="none"),
    ],
)
def test_the_weakest_deck_is_named_if_it_surely_is(
    regions: tuple[Region, ...], found: Region | None
) -> None:
    assert weakest(regions) == found
