"""What is kept of a card's memory is what its log says, whatever was done."""

from __future__ import annotations

import random

import pytest

from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import study_moment
from studyapp.scheduling.fsrs_memory import memory_of
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS, fingerprint
from studyapp.scheduling.recall import recall
from studyapp.services.remembering import recalls, remembered
from studyapp.services.study_values import Prompt
from studyapp.services.switching import Choice, Switching
from studyapp.store import bulk, cards, decks, memories
from studyapp.store.decks import DEFAULT_PRESET_ID
from tests.services.conftest import Desk, MovableClock, basic
from tests.services.simulated_user import study

MODEL = fingerprint(DEFAULT_PARAMETERS)


def holds(desk: Desk) -> int:
    """Compares what is told of each card with its log; returns how many were kept."""
    deck_id, moment, kept = desk.deck_id(), study_moment(desk.clock(), 4), 0
    with desk.database.read() as tx:
        preset = decks.get(tx, deck_id).preset
        for place in cards.in_decks(tx, [deck_id]):
            card = place.card
            past = memories.past_of(tx, card.id)
            expected = memory_of(card.schedule, past, DEFAULT_PARAMETERS, moment)
            assert remembered(tx, card, preset, moment) == expected
            kept += memories.get(tx, card.id, MODEL) is not None
    return kept


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"seed-{seed}") for seed in range(3)])
def test_grades_undo_and_redo_in_any_order(desk: Desk, clock: MovableClock, seed: int) -> None:
    desk.install([basic(number) for number in range(6)])
    Switching(desk.database, clock, DayOptions()).switch(DEFAULT_PRESET_ID, Choice("fsrs"))
    desk.study.start(desk.deck_id())
    chance = random.Random(seed)  # noqa: S311
    for _ in range(60):
        action = chance.choices(("grade", "undo", "redo", "wait"), (6, 1, 1, 2))[0]
        current = desk.study.current()
        if action == "grade" and isinstance(current, Prompt):
            desk.study.grade(current, chance.choice(list(Grade)), 1000)
        elif action == "undo" and (step := desk.study.next_undo()) and "grade" in step.name:
            desk.study.undo()
        elif action == "redo":
            desk.study.redo()
        else:
            clock.move(days=chance.randrange(9), minutes=20)
        holds(desk)
    assert holds(desk) > 0


@pytest.mark.parametrize("scheduler", ["sm2", "fsrs"])
def test_recall_of_many_cards_is_that_of_each(
    desk: Desk, clock: MovableClock, scheduler: str
) -> None:
    study(desk, 12)
    preset = Preset(scheduler="fsrs" if scheduler == "fsrs" else "sm2")
    clock.move(days=30)
    deck_id, moment = desk.deck_id(), study_moment(clock(), 4)
    with desk.database.read() as tx:
        ids = [place.card.id for place in cards.in_decks(tx, [deck_id])]
        told = recalls(tx, ids, preset, moment)
        for card in bulk.schedules(tx, ids):
            past = memories.past_of(tx, card.card_id)
            memory = memory_of(card.schedule, past, DEFAULT_PARAMETERS, moment)
            assert told.get(card.card_id) == recall(card.schedule, memory, preset, moment)
    assert len(told) > 5
    assert all(0 < each < 1 for each in told.values())


def test_what_was_reckoned_for_reading_is_not_kept(desk: Desk, clock: MovableClock) -> None:
    study(desk, 3)
    deck_id, moment = desk.deck_id(), study_moment(clock(), 4)
    with desk.database.read() as tx:
        ids = [place.card.id for place in cards.in_decks(tx, [deck_id])]
        assert len(recalls(tx, ids, Preset(scheduler="fsrs"), moment)) == 3
        assert memories.known(tx, ids, MODEL) == {}
