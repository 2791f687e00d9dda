"""New notes settle beside their neighbours, and nothing else moves."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.landscape import UNIT
from studyapp.landscape.facts import Fact, Terrain
from studyapp.landscape.layout import KEPT_APART, arranged
from studyapp.landscape.settling import settled
from tests.landscape.test_layout import PART, fact, terrains, village

KNOWN = {
    each.note_id: point for each, point in zip(village().facts, arranged(village()), strict=True)
}
MOST = len(KNOWN)


def with_more(facts: list[Fact], links: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    terrain = village()
    return settled(Terrain([*terrain.facts, *facts], [*terrain.links, *links]), KNOWN)


@pytest.mark.parametrize("other", [pytest.param(each, id=f"note-{each}") for each in (0, 40, 99)])
def test_a_linked_note_comes_beside_its_neighbour(other: int) -> None:
    found = with_more([fact(MOST, "B::Two")], [(MOST, other)])
    assert list(found) == [MOST]
    assert KEPT_APART - 2 <= dist(found[MOST], KNOWN[other]) < 1.5 * UNIT


def test_of_neighbours_far_apart_it_takes_a_side() -> None:
    found = with_more([fact(MOST, "A::One")], [(MOST, 0), (MOST, 1), (MOST, 99)])
    assert min(dist(found[MOST], KNOWN[0]), dist(found[MOST], KNOWN[1])) < 1.5 * UNIT


def test_a_note_without_links_comes_to_those_of_its_deck_with_its_tag() -> None:
    found = with_more([fact(MOST, "A::One", "tag-2")], [])
    assert dist(found[MOST], KNOWN[12]) < 5 * UNIT


def test_notes_that_are_linked_to_new_ones_only_follow_them() -> None:
    chain = [fact(MOST + number, "A::One") for number in range(3)]
    found = with_more(chain, [(MOST, 0), (MOST + 1, MOST), (MOST + 2, MOST + 1)])
    assert all(dist(found[MOST + number], KNOWN[0]) < 4 * UNIT for number in range(3))


def test_a_new_deck_is_laid_out_beside_the_others() -> None:
    new = [fact(MOST + number, "C") for number in range(30)]
    found = with_more(new, [(MOST + number, MOST + number - 1) for number in range(1, 30)])
    assert all(dist(at, other) > UNIT for at in found.values() for other in KNOWN.values())
    steps = [dist(found[MOST + number], found[MOST + number - 1]) for number in range(1, 30)]
    assert sorted(steps)[15] < 2 * UNIT


def test_a_map_of_nothing_is_laid_out_whole() -> None:
    assert settled(village(), {}) == KNOWN


def test_notes_that_are_gone_keep_their_place_free() -> None:
    rest = village().facts[:-1]
    gone = KNOWN[village().facts[-1].note_id]
    found = settled(Terrain([*rest, fact(MOST, "B::Two")], [(MOST - 1, MOST - 2)]), KNOWN)
    assert dist(found[MOST], gone) >= KEPT_APART - 2


@settings(max_examples=40, deadline=None)
@given(terrains(), st.integers(0, 30))
def test_what_is_there_stays_and_each_new_note_has_a_place_of_its_own(
    terrain: Terrain, count: int
) -> None:
    start = 1_000_000 * PART
    known = {each.note_id: (start + 700 * each.note_id, 0) for each in terrain.facts[:count]}
    found = settled(terrain, known)
    assert found == settled(terrain, known)
    assert found.keys() == {each.note_id for each in terrain.facts} - known.keys()
    every = [*found.values(), *known.values()]
    apart = [dist(one, every[b]) for a, one in enumerate(every) for b in range(a)]
    assert all(each >= KEPT_APART - 2 for each in apart)
