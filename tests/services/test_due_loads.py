"""The coming days are counted beside the window, and it makes no difference to what they have."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread

import pytest

from studyapp.domain.cards import Schedule
from studyapp.domain.reviews import Grade
from studyapp.services.due_loads import DueLoads
from studyapp.services.study_values import Prompt
from studyapp.store import decks
from tests.services.conftest import Desk, basic

DAYS = 6


@pytest.fixture
def loads(desk: Desk) -> DueLoads:
    """Of a deck with a card due in four days, and one in five."""
    desk.install([basic(number) for number in range(3)])
    desk.study.start(desk.deck_id())
    for _ in range(2):
        prompt = desk.study.current()
        assert isinstance(prompt, Prompt)
        desk.study.grade(prompt, Grade.EASY, took_ms=1)
    day = desk.clock.at // 86_400_000
    with desk.database.change("set the due date", desk.clock.at) as tx:
        tx.exec_driver_sql("UPDATE cards SET due_on = ? WHERE id = 1", (day + 5,))
        tx.exec_driver_sql("UPDATE cards SET due_on = ? WHERE id = 2", (day + 4,))
        every = decks.every(tx)
    return DueLoads(desk.database, every, day)


def counts(loads: DueLoads, desk: Desk) -> Sequence[int]:
    load = loads.of(desk.deck_id())
    assert load is not None
    return load.counts[:DAYS]


def test_another_thread_counts_while_something_is_being_changed(
    desk: Desk, loads: DueLoads
) -> None:
    deck_id = desk.deck_id()
    with desk.database.change("suspend", desk.clock.at) as tx:
        tx.exec_driver_sql("UPDATE cards SET suspended = 1")
        counting = Thread(target=loads.count, args=(deck_id,))
        counting.start()
        counting.join(timeout=30)
        assert not counting.is_alive()
    assert counts(loads, desk) == [0, 0, 0, 0, 1, 1]  # as it was before the change


def test_without_another_thread_they_are_counted_when_asked_for(
    desk: Desk, loads: DueLoads
) -> None:
    assert counts(loads, desk) == [0, 0, 0, 0, 1, 1]


def test_what_was_counted_follows_the_grades(desk: Desk, loads: DueLoads) -> None:
    deck_id = desk.deck_id()
    loads.count(deck_id)
    day = desk.clock.at // 86_400_000
    loads.move(deck_id, Schedule(due_on=day + 4), Schedule(due_on=day + 1))
    loads.count(deck_id)
    assert counts(loads, desk) == [0, 1, 0, 0, 0, 1]


def test_a_prompt_has_them_counted(desk: Desk, loads: DueLoads) -> None:
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    assert prompt.loads is not None
    prompt.count_loads()
    with desk.database.change("suspend", desk.clock.at) as tx:
        tx.exec_driver_sql("UPDATE cards SET suspended = 1")
    load = prompt.loads.of(desk.deck_id())
    assert load is not None
    assert sum(load.counts) == 2  # and not none, as it would be if it were counted only now
