"""Sentences on a session and a week: true, useful, and silent on what is not known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studyapp.domain.landscape import RegionKind
from studyapp.domain.study_day import MS_PER_DAY, Instant, StudyMoment
from studyapp.scheduling.time_budget import Pace
from studyapp.statistics.columns import Cards, Log
from studyapp.statistics.done import Done
from studyapp.statistics.forecast import ComingDay, Forecast
from studyapp.statistics.page import Page, material, page, totals
from studyapp.statistics.promises import promises
from studyapp.statistics.retention import Retention
from studyapp.statistics.reviews import Dated, dated
from studyapp.statistics.telling import of_today, of_week
from studyapp.statistics.weakness import Region, TagCards, by_tag, weak

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
    weakest = next(iter(weak(regions, (), 0.9)), None)
    assert of_today(told, weakest) == sentence


def test_a_week() -> None:
    done = Done(412, 80 * MINUTE, 380, (0, 0, 300, 112, 0), 112, 100)
    week = replace(nothing(), span=done, retained=retained(400, 360), forecast=coming(30, 0))
    assert of_week(week, None) == (
        "In the last 7 days 412 reviews in 1 h 20 min; retention 90 % of 90 % aimed at; the next"
        " 7 days bring 210 cards, about 35 minutes."
    )
    told = of_week(nothing(), None)
    assert told == "No reviews in the last 7 days; the next 7 days bring no cards."
    assert "; a › b is your weakest region (50 % in 30 days); " in of_week(
        week, Region("a::b", 60, 30, RegionKind.TAG)
    )


SMALL = Region("Superposition", 40, 24, RegionKind.TAG)


@pytest.mark.parametrize(
    ("decks", "tags", "aim", "found"),
    [
        pytest.param((STEADY, WEAK), (), 0.9, [WEAK], id="surely"),
        pytest.param((STEADY, WEAK), (), 0.7, [], id="better than wanted"),
        pytest.param((STEADY, Region("B", 100, 90)), (), 0.95, [], id="perhaps by chance"),
        pytest.param((STEADY, Region("B", 20, 5)), (), 0.9, [], id="too few reviews"),
        pytest.param((WEAK,), (), 0.9, [], id="nothing to compare with"),
        pytest.param((), (), 0.9, [], id="none"),
        pytest.param((STEADY, WEAK), (SMALL,), 0.9, [SMALL, WEAK], id="the weakest first"),
        pytest.param((STEADY,), (SMALL,), 0.9, [SMALL], id="a tag within one deck"),
        pytest.param((Region("All", 100, 0),), (SMALL,), 0.9, [], id="nothing is recalled"),
    ],
)
def test_what_is_weak_surely_is(
    decks: tuple[Region, ...], tags: tuple[Region, ...], aim: float, found: list[Region]
) -> None:
    assert weak(decks, tags, aim) == found


def test_of_many_regions_one_is_weak_by_chance_and_not_named() -> None:
    """A difference that two decks would have to have is expected of one of fifty."""
    low = Region("Low", 100, 81)
    assert weak((low, Region("Rest", 4900, 4410)), (), 0.9) == [low]
    others = [Region(str(number), 100, 90) for number in range(49)]
    assert weak((low, *others), (), 0.9) == []


def test_a_card_counts_for_each_of_its_tags() -> None:
    """Two reviews of card 1, the second forgotten; one of card 3, which has no tag."""
    due, forgotten = 0b0001_10_10, 0b0001_00_10
    reviews = Dated(
        card=np.array([1, 1, 3], np.int32),
        deck=np.array([1, 1, 1], np.int32),
        day=np.array([5, 5, 5], np.int32),
        code=np.array([due, forgotten, due], np.uint8),
        hour=np.zeros(3, np.uint8),
        took_ms=np.zeros(3, np.int32),
        aim=np.ones(3, np.float32),
        predicted=np.ones(3, np.float32),
    )
    tagged = TagCards(np.array([1, 2, 2]), np.array([1, 1, 2]), {1: "b", 2: "a", 3: "none"})
    tag = RegionKind.TAG
    assert by_tag(reviews, tagged) == (Region("a", 2, 1, tag), Region("b", 2, 1, tag))
