"""Due dates, resets and positions come out as in the real Anki."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from anki.cards import Card

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Listed
from studyapp.domain.study_day import study_day
from studyapp.services.changing import Changing, Positions
from studyapp.services.chosen import Chosen
from studyapp.store import bulk, cards
from tests.interop.anki_profile import AnkiProfile
from tests.services.conftest import Desk, MovableClock, basic

Outcome = tuple[int, int, int, int, int, int, bool]
"""State, due in days or position, interval, ease, reps, lapses, whether it is suspended."""

TODAY = study_day(MovableClock()(), DayOptions().rollover_hour)
CARDS = (
    (Schedule(), False),
    (Schedule(), True),
    (Schedule(CardState.LEARNING, due_at=1, steps_left=2, reps=1), False),
    (Schedule(CardState.REVIEW, None, TODAY - 5, 30, 1900, reps=7, lapses=2), False),
    (Schedule(CardState.REVIEW, None, TODAY + 9, 12, 2500, reps=3), True),
    (Schedule(CardState.RELEARNING, 1, None, 12, 1700, 1, 4, 1), False),
)
"""Schedules, and whether the card is suspended."""
ALL = Chosen(range(1, len(CARDS) + 1), Listed.CARDS)
_SUSPENDED = -1


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Desk(tmp_path, MovableClock())) as desk:
        desk.install([basic(number) for number in range(len(CARDS))])
        with desk.database.change("set up", 1) as tx:
            bulk.set_schedules(tx, [(n, schedule) for n, (schedule, _) in enumerate(CARDS, 1)])
            cards.suspend(tx, [n for n, (_, suspended) in enumerate(CARDS, 1) if suspended])
        yield desk


@pytest.fixture
def changing(desk: Desk) -> Changing:
    return Changing(desk.database, desk.clock, DayOptions(), Random(1))  # noqa: S311


@pytest.fixture
def anki_ids(anki: AnkiProfile) -> list[int]:
    """Of the same cards in Anki."""
    return [add_to_anki(anki, *each) for each in CARDS]


def add_to_anki(anki: AnkiProfile, schedule: Schedule, suspended: bool) -> int:
    model = anki.collection.models.by_name("Basic")
    assert model is not None
    note = anki.collection.new_note(model)
    note["Front"] = "front"
    anki.collection.add_note(note, anki.collection.decks.get_current_id())
    card = note.cards()[0]
    if schedule.state is not CardState.NEW:
        fill(anki, card, schedule)
        anki.collection.update_card(card)
    if suspended:
        anki.collection.sched.suspend_cards([card.id])
    return card.id


def fill(anki: AnkiProfile, card: Card, schedule: Schedule) -> None:
    in_steps = schedule.state in (CardState.LEARNING, CardState.RELEARNING)
    card.type = schedule.state  # type: ignore[assignment]
    card.queue = 1 if in_steps else 2  # type: ignore[assignment]
    card.due = int(time.time())
    if schedule.due_on is not None:
        card.due = anki.collection.sched.today + schedule.due_on - TODAY
    card.ivl, card.factor = schedule.interval_days, schedule.ease_permille
    card.reps, card.lapses, card.left = schedule.reps, schedule.lapses, schedule.steps_left


def in_anki(anki: AnkiProfile, card_id: int) -> Outcome:
    card = anki.collection.get_card(card_id)  # type: ignore[arg-type]
    due = card.due - (anki.collection.sched.today if int(card.type) == CardState.REVIEW else 0)
    values = (card.type, due, card.ivl, card.factor, card.reps, card.lapses)
    return (*values, card.queue == _SUSPENDED)


def here(desk: Desk) -> list[Outcome]:
    with desk.database.read() as tx:
        places = cards.in_decks(tx, [1, 2])
    return [outcome(place) for place in sorted(places, key=lambda place: place.card.id)]


def outcome(place: cards.Place) -> Outcome:
    now = place.card.schedule
    # Anki counts positions from 1.
    due = place.position + 1 if now.due_on is None else now.due_on - TODAY
    values = (int(now.state), due, now.interval_days, now.ease_permille, now.reps, now.lapses)
    return (*values, place.suspended)


@pytest.mark.parametrize("text", ["0", "3", "4!", "0!", "200"])
def test_due_dates(
    desk: Desk, changing: Changing, anki: AnkiProfile, anki_ids: list[int], text: str
) -> None:
    changing.set_due(ALL, text)
    anki.collection.sched.set_due_date(anki_ids, text)  # type: ignore[arg-type]
    assert here(desk) == [in_anki(anki, each) for each in anki_ids]


@pytest.mark.parametrize("keep_counts", [True, False])
def test_resets(
    desk: Desk, changing: Changing, anki: AnkiProfile, anki_ids: list[int], keep_counts: bool
) -> None:
    changing.reset(ALL, keep_counts=keep_counts)
    anki.collection.sched.schedule_cards_as_new(
        anki_ids,  # type: ignore[arg-type]
        restore_position=True,
        reset_counts=not keep_counts,
    )
    # Where Anki puts those that it has no old place of is its own affair.
    without_due = [(each[0], *each[2:]) for each in here(desk)]
    theirs = [in_anki(anki, each) for each in anki_ids]
    assert without_due == [(each[0], *each[2:]) for each in theirs]


@pytest.mark.parametrize("make_room", [True, False])
def test_positions(desk: Desk, changing: Changing, anki: AnkiProfile, make_room: bool) -> None:
    anki_ids = [add_to_anki(anki, Schedule(), False) for _ in CARDS]
    changing.reset(ALL, keep_counts=False)
    picked = [4, 2, 3]
    changing.reposition(Chosen(picked, Listed.CARDS), Positions(3 - 1, 5, make_room=make_room))
    anki.collection.sched.reposition_new_cards(
        [anki_ids[n - 1] for n in picked],  # type: ignore[misc]
        starting_from=3,
        step_size=5,
        randomize=False,
        shift_existing=make_room,
    )
    assert here(desk) == [in_anki(anki, each) for each in anki_ids]
