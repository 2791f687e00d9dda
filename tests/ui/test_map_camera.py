"""Which part of the map is seen, and what lies where."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.landscape import UNIT, Landscape, Link, Place
from studyapp.ui.map.camera import CLOSEST, FARTHEST, Camera
from studyapp.ui.map.survey import Survey

PIXELS = st.floats(0, 1000)
FACTORS = st.floats(0.01, 100)
CAMERA = Camera(300, -200, 0.02, 1000, 700)


def place(x: int, y: int, note_id: int = 1) -> Place:
    return Place(note_id, x, y, "", 1, 0.9, 0.0, False, False, False, True)


def survey(*points: tuple[int, int], links: tuple[tuple[int, int], ...] = ()) -> Survey:
    places = [place(x, y, number) for number, (x, y) in enumerate(points, 1)]
    return Survey(Landscape(places, [Link(*ends) for ends in links]))


@given(PIXELS, PIXELS)
def test_the_way_to_the_map_leads_back(x: float, y: float) -> None:
    assert CAMERA.on_screen(*CAMERA.on_map(x, y)) == pytest.approx((x, y))


@given(FACTORS, PIXELS, PIXELS)
def test_zooming_keeps_what_is_below_the_mouse(factor: float, x: float, y: float) -> None:
    zoomed = CAMERA.zoomed(factor, x, y)
    assert zoomed.on_map(x, y) == pytest.approx(CAMERA.on_map(x, y))
    assert FARTHEST <= zoomed.scale <= CLOSEST


@given(PIXELS, PIXELS)
def test_dragging_takes_the_map_along(x: float, y: float) -> None:
    assert CAMERA.moved(x, y).on_screen(300, -200) == pytest.approx((500 + x, 350 + y))


def test_everything_is_to_be_seen() -> None:
    camera = CAMERA.showing((-50 * UNIT, -10 * UNIT, 90 * UNIT, 40 * UNIT))
    for corner in ((-50 * UNIT, -10 * UNIT), (90 * UNIT, 40 * UNIT)):
        x, y = camera.on_screen(*corner)
        assert 0 <= x <= 1000
        assert 0 <= y <= 700


def test_the_map_moves_only_for_what_is_out_of_sight() -> None:
    assert CAMERA.reaching(*CAMERA.on_map(500, 300)) == CAMERA
    moved = CAMERA.reaching(10**6, 10**6)
    assert moved.on_screen(10**6, 10**6) == pytest.approx((500, 350))


def test_nobody_gets_lost() -> None:
    camera = CAMERA.moved(10**6, 10**6).within((-UNIT, -UNIT, UNIT, UNIT))
    assert (camera.x, camera.y) == (-UNIT, -UNIT)


def test_the_nearest_place_within_reach() -> None:
    found = survey((0, 0), (100, 0))
    assert found.nearest(60, 0, within=50) == 1
    assert found.nearest(60, 30, within=50) == 1
    assert found.nearest(60, 40, within=50) is None
    assert survey().nearest(0, 0, within=50) is None


@given(st.integers(0, 10_000))
def test_places_by_nearness(seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    points = [(chance.randrange(50), chance.randrange(50)) for _ in range(30)]
    order = survey(*points).by_nearness(20, 20).tolist()
    away = [(points[index][0] - 20) ** 2 + (points[index][1] - 20) ** 2 for index in order]
    assert away == sorted(away)
    assert sorted(order) == list(range(30))


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        pytest.param([(-1, -1), (5, -1), (5, 5), (-1, 5)], [0, 1], id="square"),
        pytest.param([(-1, -1), (11, -1), (11, 11), (8, 11), (8, 1), (-1, 1)], [0, 2, 3], id="L"),
        pytest.param([(-1, -1), (11, 11)], [], id="no-area"),
        pytest.param([(20, 20), (30, 20), (30, 30)], [], id="elsewhere"),
    ],
)
def test_what_a_line_encloses(outline: list[tuple[float, float]], expected: list[int]) -> None:
    assert survey((0, 0), (3, 3), (10, 0), (10, 10)).inside(outline) == expected


@pytest.mark.parametrize(
    ("right", "down", "expected"),
    [
        pytest.param(1, 0, 1, id="right"),
        pytest.param(-1, 0, None, id="left"),
        pytest.param(0, 1, 3, id="down"),
        pytest.param(0, -1, 4, id="up"),
    ],
)
def test_the_next_place_in_a_direction(right: int, down: int, expected: int | None) -> None:
    found = survey((0, 0), (10, 2), (9, 8), (1, 20), (5, -30))
    assert found.towards(0, right, down) == expected


def test_links_that_may_be_seen() -> None:
    found = survey((0, 0), (100, 0), (100, 100), links=((0, 1), (1, 2), (2, 0)))
    assert found.links_within(90, 40, 110, 60).tolist() == [1, 2]
    assert found.links_within(40, -10, 60, 10).tolist() == [0, 2]
    assert found.links_of(1).tolist() == [0, 1]
