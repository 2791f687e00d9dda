"""A map from nothing: what belongs together lies together, and it is always the same map."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from math import dist
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.landscape import UNIT
from studyapp.landscape.facts import Fact, Terrain
from studyapp.landscape.layout import KEPT_APART, arranged

PART = 25


def fact(number: int, deck: str = "Deck", *tags: str, words: str = "") -> Fact:
    return Fact(number, f"note-{number:04}", deck, tags, frozenset(words.split()))


def village() -> Terrain:
    """Four decks below two others; notes are linked in chains and tagged in fives."""
    decks = ["A::One", "A::Two", "B::One", "B::Two"]
    facts = [
        fact(number, decks[number // PART], f"tag-{number // 5}") for number in range(4 * PART)
    ]
    links = [(number, number - 1) for number in range(1, 4 * PART) if number % PART]
    return Terrain(facts, links)


def shuffled(terrain: Terrain, seed: int) -> Terrain:
    """The same notes with other ids, in another order."""
    order = list(range(len(terrain.facts)))
    random.Random(seed).shuffle(order)  # noqa: S311
    place_of = {index: place for place, index in enumerate(order)}
    facts = [
        Fact(1000 + place, old.key, old.deck, old.tags, old.words)
        for place, old in enumerate(terrain.facts[index] for index in order)
    ]
    links = [(place_of[first], place_of[second]) for first, second in terrain.links]
    return Terrain(facts, links[::-1])


def by_key(terrain: Terrain) -> dict[str, tuple[int, int]]:
    return {each.key: point for each, point in zip(terrain.facts, arranged(terrain), strict=True)}


def digest() -> str:
    return hashlib.sha256(repr(sorted(by_key(village()).items())).encode()).hexdigest()


def middle(points: list[tuple[int, int]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def test_linked_notes_are_near_each_other() -> None:
    terrain = village()
    points = arranged(terrain)
    linked = median(dist(points[first], points[second]) for first, second in terrain.links)
    any_two = median(dist(one, other) for one in points[::3] for other in points[1::3])
    assert linked < 2 * UNIT
    assert any_two > 4 * linked


def test_decks_are_regions_of_their_own_and_below_the_same_deck_they_are_nearer() -> None:
    points = arranged(village())
    decks = [points[start : start + PART] for start in range(0, 4 * PART, PART)]
    middles = [middle(deck) for deck in decks]
    for own, deck in enumerate(decks):
        nearest = [min(range(4), key=lambda each: dist(at, middles[each])) for at in deck]
        assert nearest == [own] * PART
    siblings = dist(middles[0], middles[1]) + dist(middles[2], middles[3])
    cousins = dist(middles[0], middles[2]) + dist(middles[1], middles[3])
    assert siblings < cousins


def test_notes_without_links_lie_by_their_tags() -> None:
    facts = [fact(number, "Deck", f"tag-{number % 5}") for number in range(50)]
    points = arranged(Terrain(facts))
    same = [dist(points[a], points[b]) for a in range(50) for b in range(a) if (a - b) % 5 == 0]
    others = [dist(points[a], points[b]) for a in range(50) for b in range(a) if (a - b) % 5]
    assert median(same) < median(others) / 1.5


def test_notes_without_links_and_tags_lie_by_their_rare_words() -> None:
    facts = [
        fact(number, words=f"every note has these rare{number % 10} odd{number % 10}")
        for number in range(40)
    ]
    points = arranged(Terrain(facts))
    same = [dist(points[a], points[b]) for a in range(40) for b in range(a) if (a - b) % 10 == 0]
    others = [dist(points[a], points[b]) for a in range(40) for b in range(a) if (a - b) % 10]
    assert median(same) < median(others) / 2


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"seed-{seed}") for seed in range(3)])
def test_neither_ids_nor_their_order_matter(seed: int) -> None:
    assert by_key(shuffled(village(), seed)) == by_key(village())


@pytest.mark.parametrize("hash_seed", [pytest.param(seed, id=f"hashes-{seed}") for seed in "12"])
def test_another_process_makes_the_same_map(hash_seed: str) -> None:
    program = "from tests.landscape.test_layout import digest; print(digest())"
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest()


def test_a_deck_of_more_notes_than_one_disc_holds_is_parted() -> None:
    facts = [fact(number) for number in range(400)]
    links = [(number, number - 1) for number in range(1, 400) if number % 40]
    points = arranged(Terrain(facts, links))
    assert median(dist(points[a], points[b]) for a, b in links) < 2 * UNIT


@st.composite
def terrains(draw: st.DrawFn) -> Terrain:
    count = draw(st.integers(0, 30))
    decks = st.sampled_from(["", "A", "a", "A::B", "A::B::C", "D", "::", "A::"])
    tags = st.lists(st.sampled_from(["x", "y", "z"]), unique=True)
    words = st.frozensets(st.sampled_from(["one", "two", "three", "four", "five"]))
    facts = [
        Fact(number, f"key-{number}", draw(decks), tuple(draw(tags)), draw(words))
        for number in range(count)
    ]
    ends = st.integers(0, max(count - 1, 0))
    links = draw(st.lists(st.tuples(ends, ends), max_size=60)) if count else []
    return Terrain(facts, links)


@settings(max_examples=60, deadline=None)
@given(terrains())
def test_every_note_has_a_place_of_its_own(terrain: Terrain) -> None:
    points = arranged(terrain)
    assert len(points) == len(terrain.facts)
    apart = [dist(one, points[b]) for a, one in enumerate(points) for b in range(a)]
    assert all(each >= KEPT_APART - 2 for each in apart)
