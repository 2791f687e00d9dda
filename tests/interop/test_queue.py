"""The day's queue has the cards that Anki's has, in its order, under any options."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studyapp.domain.reviews import Grade
from studyapp.services.study_values import Prompt
from tests.interop.anki_queue import AnkiQueue
from tests.interop.any_collection import any_collection, any_memories, with_fsrs, without_burying
from tests.interop.our_queue import Desk

CASES = int(os.environ.get("STUDYAPP_QUEUE_CASES", "80"))


@pytest.fixture(scope="module")
def anki_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnkiQueue]:
    with closing(AnkiQueue(tmp_path_factory.mktemp("anki") / "collection.anki2")) as queue:
        yield queue


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("ours") / "collection.db")
    with closing(desk.database):
        yield desk


pytestmark = pytest.mark.timeout(3600 if CASES > 1000 else 120)
any_time = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_same_cards_in_the_same_order(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = any_collection(chance, by_chance=False)
    anki_queue.fill(made)
    desk.fill(made)
    assert desk.queue() == anki_queue.queue(), made


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_same_cards_if_chance_orders_them(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = without_burying(any_collection(chance, by_chance=True))
    anki_queue.fill(made)
    desk.fill(made)
    assert sorted(desk.queue()) == sorted(anki_queue.queue()), made


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_same_order_by_what_fsrs_remembers(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = with_fsrs(any_collection(chance, by_chance=False), chance)
    memories = any_memories(made, chance)
    anki_queue.fill(made)
    anki_queue.remember(made, memories)
    anki_queue.study(made)
    desk.fill(made)
    desk.remember(made, memories)
    assert desk.queue() == anki_queue.queue(), made


@any_time
@given(st.integers(0, 2**32).map(Random))
def test_the_deck_tree_counts_the_same_cards(
    anki_queue: AnkiQueue, desk: Desk, chance: Random
) -> None:
    made = without_burying(any_collection(chance, by_chance=False))  # Anki's tree buries nothing
    anki_queue.fill(made)
    desk.fill(made)
    assert desk.tree() == anki_queue.tree(), made


@any_time
# A sibling that a graded card keeps away keeps no other one away.
@example(Random(1655), 1)  # noqa: S311 - the same every time
@given(st.integers(0, 2**32).map(Random), st.integers(1, 6))
def test_the_same_cards_are_left_after_some_were_graded(
    anki_queue: AnkiQueue, desk: Desk, chance: Random, number: int
) -> None:
    made = any_collection(chance, by_chance=False)
    anki_queue.fill(made)
    desk.fill(made)
    for _ in range(number):
        prompt = desk.study.current()
        assert (prompt.card.id if isinstance(prompt, Prompt) else None) == anki_queue.answer_easy()
        if isinstance(prompt, Prompt):
            desk.study.grade(prompt, Grade.EASY, took_ms=1)
    anki_queue.study(made)
    desk.study.start(made.studied + 1)
    assert desk.queue() == anki_queue.queue(), made
