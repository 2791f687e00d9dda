"""Names of regions at any zoom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.landscape import Label, Region, RegionKind, View
from studyapp.landscape.labels import labels


def width_of(text: str, height: float) -> float:
    return len(text) * height / 2


def deck(name: str, x: int, y: int, radius: int, notes: int = 10) -> Region:
    return Region(RegionKind.DECK, name, name.count("::"), x, y, radius, notes)


def tag(name: str, x: int, y: int, radius: int) -> Region:
    return Region(RegionKind.TAG, name, 1, x, y, radius, 5)


REGIONS = [
    deck("Sciences", 0, 0, 50_000, 100),
    deck("Sciences::Physics", -20_000, 0, 15_000),
    deck("Sciences::Biology", 20_000, 0, 15_000),
    tag("optics", -22_000, 6_000, 1_500),
]


def view(x: float, y: float, scale: float) -> View:
    """Around a point of the map."""
    return View(x - 400 / scale, y - 300 / scale, scale, 800, 600)


def names(found: list[Label]) -> list[str]:
    return [label.region.title for label in found]


@pytest.mark.parametrize(
    ("scale", "shown"),
    [
        pytest.param(0.0002, [], id="too-far-for-any"),
        pytest.param(0.0008, ["Sciences"], id="far"),
        pytest.param(0.006, ["Sciences", "Physics", "Biology"], id="nearer"),
        pytest.param(0.012, ["Sciences", "Physics", "Biology", "optics"], id="near"),
    ],
)
def test_the_nearer_the_more_names(scale: float, shown: list[str]) -> None:
    assert names(labels(REGIONS, view(0, 0, scale), width_of)) == shown


def test_within_a_region_its_name_stands_at_the_top() -> None:
    found = labels(REGIONS, view(-25_000, -5_000, 0.2), width_of)
    assert names(found) == ["Physics"]
    assert found[0].top < 10


def test_a_less_important_name_gives_way_or_goes() -> None:
    one, other = deck("Mathematics", 0, 0, 9_000, 20), deck("Linguistics", 500, 0, 9_000, 10)
    found = labels([one, other], view(0, 0, 0.03), width_of)
    assert names(found) == ["Mathematics", "Linguistics"]
    assert found[0].top + found[0].height / 2 == pytest.approx(300)
    crowd = [deck(f"Deck {number}", number, 0, 2_300, 20 - number) for number in range(9)]
    assert names(labels(crowd, view(0, 0, 0.012), width_of)) == ["Deck 0"]


@pytest.mark.parametrize(
    ("scale", "heights"),
    [
        pytest.param(0.008, [21.0], id="usual"),
        pytest.param(0.0065, [21 * 0.85], id="smaller"),
        pytest.param(0.0055, [15.0], id="smallest"),
        pytest.param(0.005, [], id="not-at-all"),
    ],
)
def test_a_long_name_is_set_smaller_before_it_goes(scale: float, heights: list[float]) -> None:
    region = deck("A::" + 40 * "x", 0, 0, 10_000)
    assert [label.height for label in labels([region], view(0, 0, scale), width_of)] == heights


regions = st.builds(
    Region,
    st.sampled_from(RegionKind),
    st.text("abc:", min_size=1, max_size=12),
    st.integers(0, 3),
    st.integers(-50_000, 50_000),
    st.integers(-50_000, 50_000),
    st.integers(1, 60_000),
    st.integers(1, 500),
)


@given(st.lists(regions, max_size=25), st.floats(0.0005, 0.5), st.integers(-30_000, 30_000))
def test_no_name_covers_another(every: list[Region], scale: float, x: int) -> None:
    found = labels(every, view(x, 0, scale), width_of)
    for index, one in enumerate(found):
        for other in found[:index]:
            beside = one.left >= other.left + other.width or other.left >= one.left + one.width
            above = one.top >= other.top + other.height or other.top >= one.top + one.height
            assert beside or above
