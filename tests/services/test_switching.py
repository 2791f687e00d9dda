"""A preset changes its scheduler: the log counts at once, and nothing is lost on the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studyapp.domain.cards import NEW_SCHEDULE, Card, CardState, Schedule
from studyapp.domain.presets import DayOptions, Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import study_moment
from studyapp.errors import Cancelled, ContentError, NotFound
from studyapp.scheduling.fsrs_memory import from_sm2, replay
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS, fingerprint
from studyapp.services.remembering import remembered
from studyapp.services.study import Study
from studyapp.services.study_values import Prompt
from studyapp.services.switching import Choice, Switched, Switching
from studyapp.store import cards, decks, memories
from studyapp.store.decks import DEFAULT_PRESET_ID
from tests.services.conftest import Desk, MovableClock, basic
from tests.services.simulated_user import STRONG, study

FSRS = Choice("fsrs")
MODEL = fingerprint(DEFAULT_PARAMETERS)


@pytest.fixture
def switching(desk: Desk, clock: MovableClock) -> Switching:
    return Switching(desk.database, clock, DayOptions())


def preset_of(desk: Desk) -> Preset:
    with desk.database.read() as tx:
        return decks.every(tx)[0].preset


def all_cards(desk: Desk) -> list[Card]:
    deck_id = desk.deck_id()
    with desk.database.read() as tx:
        return [place.card for place in cards.in_decks(tx, [deck_id])]


def prompt_of(study: Study) -> Prompt:
    current = study.current()
    assert isinstance(current, Prompt)
    return current


def test_years_of_sm2_count_at_once(desk: Desk, switching: Switching) -> None:
    study(desk, 20)
    assert switching.switch(DEFAULT_PRESET_ID, FSRS) == Switched(remembered=20, moved=0)
    moment, studied = study_moment(desk.clock(), 4), all_cards(desk)
    with desk.database.read() as tx:
        for card in studied:
            expected = replay(memories.past_of(tx, card.id), DEFAULT_PARAMETERS, moment)
            assert memories.get(tx, card.id, MODEL) == expected


def test_switching_back_loses_nothing(desk: Desk, switching: Switching) -> None:
    study(desk, 10)
    before = all_cards(desk)
    switching.switch(DEFAULT_PRESET_ID, FSRS)
    assert switching.switch(DEFAULT_PRESET_ID, Choice("sm2")) == Switched(0, 0)
    assert all_cards(desk) == before


def test_a_card_without_a_log_is_remembered_by_interval_and_ease(
    desk: Desk, switching: Switching
) -> None:
    desk.install([basic(1)])
    card = all_cards(desk)[0]
    known = Schedule(CardState.REVIEW, None, 20_010, 30, 2300, 0, 9, 1)
    with desk.database.change("import", 1) as tx:
        cards.set_schedule(tx, card.id, known)
    assert switching.switch(DEFAULT_PRESET_ID, FSRS).remembered == 1
    moment, preset = study_moment(desk.clock(), 4), preset_of(desk)
    with desk.database.read() as tx:
        told = remembered(tx, replace(card, schedule=known), preset, moment)
    assert told == from_sm2(30, 2300, 19_980, DEFAULT_PARAMETERS)


def test_cards_are_moved_only_if_asked_and_undo_moves_them_back(
    desk: Desk, switching: Switching
) -> None:
    study(desk, 30)
    before = all_cards(desk)
    done = switching.switch(DEFAULT_PRESET_ID, replace(FSRS, moves_cards=True))
    after = all_cards(desk)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert done == Switched(remembered=30, moved=len(changed))
    assert len(changed) > 10
    assert [card.schedule.ease_permille for card in after] == [
        card.schedule.ease_permille for card in before
    ]
    assert desk.study.undo() == "change of scheduler"
    assert all_cards(desk) == before
    assert preset_of(desk).scheduler == "sm2"


def test_who_wants_to_remember_more_gets_cards_sooner(desk: Desk, switching: Switching) -> None:
    study(desk, 30)
    due = []
    for retention in (970, 800):
        choice = Choice("fsrs", desired_retention_permille=retention, moves_cards=True)
        switching.switch(DEFAULT_PRESET_ID, choice)
        due.append(sum(card.schedule.due_on or 0 for card in all_cards(desk)))
    assert due[0] < due[1]


def test_cancelling_changes_nothing(desk: Desk, switching: Switching) -> None:
    study(desk, 10)
    with pytest.raises(Cancelled):
        switching.switch(DEFAULT_PRESET_ID, FSRS, progress=lambda done, total: False)
    assert preset_of(desk).scheduler == "sm2"
    ids = [card.id for card in all_cards(desk)]
    with desk.database.read() as tx:
        assert memories.known(tx, ids, MODEL) == {}


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        pytest.param(Choice("fsrs", 699), "Desired retention", id="too-little"),
        pytest.param(Choice("fsrs", 991), "Desired retention", id="too-much"),
        pytest.param(Choice("fsrs", 900, (1.0,)), "21 parameters", id="parameters"),
    ],
)
def test_what_cannot_be_is_refused(switching: Switching, choice: Choice, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        switching.switch(DEFAULT_PRESET_ID, choice)


def test_an_unknown_preset_is_told(switching: Switching) -> None:
    with pytest.raises(NotFound):
        switching.switch(99, FSRS)


def test_studying_keeps_the_memory_and_undo_takes_it_back(desk: Desk, switching: Switching) -> None:
    desk.install([basic(1)])
    switching.switch(DEFAULT_PRESET_ID, FSRS)
    desk.study.start(desk.deck_id())
    seen = []
    for grade in (Grade.GOOD, Grade.GOOD, Grade.GOOD):
        prompt = prompt_of(desk.study)
        seen.append((prompt.memory, list(prompt.labels.values())))
        desk.study.grade(prompt, grade, 1000)
        desk.clock.move(days=2 if len(seen) > 1 else 0, minutes=11)
    assert seen[0] == (None, ["1 min", "6 min", "10 min", "9 d"])
    card = all_cards(desk)[0]
    moment = study_moment(desk.clock(), 4)
    with desk.database.read() as tx:
        kept = memories.get(tx, card.id, MODEL)
        assert kept == replay(memories.past_of(tx, card.id), DEFAULT_PARAMETERS, moment)
    desk.study.undo()
    with desk.database.read() as tx:
        assert memories.get(tx, card.id, MODEL) is None
    assert prompt_of(desk.study).memory == seen[2][0]


def test_a_card_that_was_reset_begins_anew(desk: Desk, switching: Switching) -> None:
    study(desk, 1)
    switching.switch(DEFAULT_PRESET_ID, FSRS)
    card = all_cards(desk)[0]
    with desk.database.change("reset", 1) as tx:
        cards.set_schedule(tx, card.id, NEW_SCHEDULE)
    desk.study.start(desk.deck_id())
    prompt = prompt_of(desk.study)
    assert prompt.memory is None
    desk.study.grade(prompt, Grade.EASY, 1000)
    with desk.database.read() as tx:
        kept = memories.get(tx, card.id, MODEL)
    assert kept is not None
    assert kept.stability_days == DEFAULT_PARAMETERS[3]


def test_with_other_parameters_the_log_counts_anew(desk: Desk, switching: Switching) -> None:
    study(desk, 5)
    switching.switch(DEFAULT_PRESET_ID, FSRS)
    by_default = [(card.id, _stability(desk, card.id, MODEL)) for card in all_cards(desk)]
    switching.switch(DEFAULT_PRESET_ID, Choice("fsrs", fsrs_parameters=STRONG))
    for card_id, stability in by_default:
        assert _stability(desk, card_id, fingerprint(STRONG)) > stability


def _stability(desk: Desk, card_id: int, model: str) -> float:
    with desk.database.read() as tx:
        memory = memories.get(tx, card_id, model)
    assert memory is not None
    return memory.stability_days
