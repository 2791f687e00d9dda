"""Options of presets: their bounds, and how they are written down."""

from __future__ import annotations

import pytest

from studyapp.domain.preset_bounds import BOUNDS, check_limits, check_preset
from studyapp.domain.presets import (
    DEFAULT_PRESET,
    DeckLimits,
    LeechAction,
    Preset,
    ReviewOrder,
    options_of,
    preset_of,
)
from studyapp.errors import ContentError


@pytest.mark.parametrize("name", BOUNDS)
def test_bounds_are_part_of_what_is_allowed(name: str) -> None:
    bounds = BOUNDS[name]
    for value in (bounds.least, bounds.most):
        check_preset(preset_of("Mine", {name: value}))
    for value in (bounds.least - 1, bounds.most + 1):
        with pytest.raises(ContentError, match=bounds.title):
            check_preset(preset_of("Mine", {name: value}))


@pytest.mark.parametrize(
    ("preset", "message"),
    [
        pytest.param(
            Preset(starting_ease_permille=1000),
            "Starting ease: 1 is out of bounds. Choose 1.31 to 5.",
            id="permille",
        ),
        pytest.param(
            Preset(maximum_interval_days=0),
            "Maximum interval: 0 days is out of bounds. Choose 1 days to 36500 days.",
            id="days",
        ),
        pytest.param(Preset(name=" "), "A preset needs a name.", id="name"),
        pytest.param(
            Preset(learning_steps_s=(60, 0)),
            "Learning steps: 0 s are out of bounds. Choose a second to 36500 days.",
            id="step",
        ),
        pytest.param(
            Preset(easy_days_percent=(100,) * 6),
            "Easy days are seven, Monday first, and each is normal, reduced or minimum.",
            id="six-days",
        ),
    ],
)
def test_what_is_out_of_bounds_is_named(preset: Preset, message: str) -> None:
    with pytest.raises(ContentError) as raised:
        check_preset(preset)
    assert str(raised.value) == message


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ContentError) as raised:
        check_preset(Preset(new_per_day=-1, leech_threshold=0))
    assert len(str(raised.value).splitlines()) == 2


def test_a_decks_own_limits_have_bounds() -> None:
    check_limits(DeckLimits(0, 9999, 5, None, None))
    with pytest.raises(ContentError, match="New cards today: 10000 cards"):
        check_limits(DeckLimits(new_today=10_000))


def test_options_are_kept_through_writing_and_reading() -> None:
    preset = Preset(
        "Mine",
        learning_steps_s=(),
        review_order=ReviewOrder.ADDED,
        leech_action=LeechAction.SUSPEND,
        easy_days_percent=(100, 100, 100, 100, 100, 50, 0),
        bury_new_siblings=False,
    )
    options = options_of(preset, {"from_the_future": [1, 2], "new_per_day": 3})
    assert options["from_the_future"] == [1, 2]
    assert "new_per_day" not in options
    assert preset_of("Mine", options) == preset


def test_what_a_newer_version_wrote_does_not_stop_this_one() -> None:
    preset = preset_of("Mine", {"review_order": "by_the_moon", "tides": 4, "new_per_day": 7})
    assert preset == Preset("Mine", new_per_day=7)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        pytest.param(DeckLimits(), (20, 200), id="the-presets"),
        pytest.param(DeckLimits(5, 0), (5, 0), id="the-decks"),
        pytest.param(DeckLimits(5, 50, 8, 1, None), (1, 50), id="todays"),
        pytest.param(DeckLimits(None, 50, 7, 1, 2), (20, 50), id="another-days"),
    ],
)
def test_the_nearest_limit_counts(limits: DeckLimits, expected: tuple[int, int]) -> None:
    assert limits.on(8, DEFAULT_PRESET) == expected
