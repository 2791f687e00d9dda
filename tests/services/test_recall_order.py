"""Reviews in the order of recall: by memories kept, by the log, and by the intervals of SM-2."""

from __future__ import annotations

import json

import pytest

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import ReviewOrder
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR
from studyapp.services.study_values import Prompt
from studyapp.services.switching import Choice, Switching
from studyapp.store import cards, reviews
from tests.services.conftest import MORNING, Desk, basic

TODAY = MORNING // MS_PER_DAY
NEW = Schedule()
ASCENDING, DESCENDING = ReviewOrder.RETRIEVABILITY_ASCENDING, ReviewOrder.RETRIEVABILITY_DESCENDING


def in_review(interval: int, late: int = 0) -> Schedule:
    return Schedule(CardState.REVIEW, None, TODAY - late, interval, 2500, 0, 1, 0)


@pytest.fixture
def fsrs(desk: Desk) -> Desk:
    """A deck that uses FSRS and has six notes."""
    desk.install([basic(number) for number in range(6)])
    Switching(desk.database, desk.clock, desk.study._options).switch(1, Choice("fsrs"))
    return desk


def log(desk: Desk, card_id: int, at: int, grade: Grade, schedule: Schedule) -> None:
    """The first review of a card, which is in review since."""
    with desk.database.change("log", desk.clock.at) as tx:
        reviews.add(tx, Review(at, card_id, grade, 1, NEW, schedule))
        cards.set_schedule(tx, card_id, schedule)


def order(desk: Desk, by: ReviewOrder) -> list[int]:
    """Ids of the cards in review, as the day asks them, without new ones."""
    with desk.database.change("options", desk.clock.at) as tx:
        (text,) = tx.exec_driver_sql("SELECT options FROM presets WHERE id = 1").one()
        options = json.loads(text) | {"review_order": by, "new_per_day": 0}
        tx.exec_driver_sql("UPDATE presets SET options = ? WHERE id = 1", (json.dumps(options),))
    desk.study.start(desk.deck_id())
    found = []
    while isinstance(prompt := desk.study.current(), Prompt):
        found.append(prompt.card.id)
        desk.study._queue.remove(prompt.place)
    return found


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        pytest.param(ASCENDING, [1, 3, 2], id="most-likely-forgotten-first"),
        pytest.param(DESCENDING, [2, 3, 1], id="least-likely-forgotten-first"),
        pytest.param(ReviewOrder.RELATIVE_OVERDUENESS, [1, 3, 2], id="most-overdue-first"),
    ],
)
def test_what_is_remembered_counts_and_not_the_interval(
    fsrs: Desk, by: ReviewOrder, expected: list[int]
) -> None:
    # By lateness as a part of the interval it would be 2, 3, 1.
    log(fsrs, 1, MORNING - 9 * MS_PER_DAY, Grade.AGAIN, in_review(interval=9))
    log(fsrs, 2, MORNING - 9 * MS_PER_DAY, Grade.EASY, in_review(interval=4, late=5))
    log(fsrs, 3, MORNING - 9 * MS_PER_DAY, Grade.GOOD, in_review(interval=7, late=2))
    assert order(fsrs, by) == expected


def test_hours_count(fsrs: Desk) -> None:
    for card_id, hours in ((1, 200), (2, 203), (3, 201)):
        log(fsrs, card_id, MORNING - hours * MS_PER_HOUR, Grade.GOOD, in_review(interval=8))
    assert order(fsrs, ASCENDING) == [2, 3, 1]


def test_what_is_kept_and_what_is_reckoned_stand_among_each_other(fsrs: Desk) -> None:
    for card_id, days in ((1, 9), (2, 12), (3, 10), (4, 11)):
        log(fsrs, card_id, MORNING - days * MS_PER_DAY, Grade.GOOD, in_review(interval=days))
    Switching(fsrs.database, fsrs.clock, fsrs.study._options).switch(1, Choice("fsrs"))
    with fsrs.database.derive() as tx:
        tx.exec_driver_sql("DELETE FROM memories WHERE id IN (2, 4)")
    assert order(fsrs, ASCENDING) == [2, 4, 3, 1]


def test_a_card_without_a_log_is_remembered_by_its_interval(fsrs: Desk) -> None:
    with fsrs.database.change("schedule", fsrs.clock.at) as tx:
        cards.set_schedule(tx, 1, in_review(interval=30))
        cards.set_schedule(tx, 2, in_review(interval=10, late=10))
        cards.set_schedule(tx, 3, in_review(interval=20, late=5))
    assert order(fsrs, ASCENDING) == [2, 3, 1]


def test_cards_of_which_nothing_is_remembered_count_as_forgotten(fsrs: Desk) -> None:
    learning = Schedule(CardState.LEARNING, None, TODAY, 0, 0, 1, 1, 0)
    with fsrs.database.change("schedule", fsrs.clock.at) as tx:
        cards.set_schedule(tx, 1, in_review(interval=10, late=300))
        cards.set_schedule(tx, 2, learning)
        cards.set_schedule(tx, 3, learning)
        tx.exec_driver_sql("UPDATE cards SET state = 3, interval_days = 1 WHERE id = 3")
    with fsrs.database.change("mix", fsrs.clock.at) as tx:
        tx.exec_driver_sql(
            "UPDATE presets SET options = json_set(options, '$.interday_learning_mix', ?)",
            ("before_reviews",),
        )
    assert order(fsrs, ASCENDING) == [2, 3, 1]
    assert order(fsrs, DESCENDING) == [3, 2, 1]


def test_decks_with_either_scheduler_stand_among_each_other(fsrs: Desk) -> None:
    with fsrs.database.change("another deck", fsrs.clock.at) as tx:
        tx.exec_driver_sql("INSERT INTO presets (id, name, options) VALUES (2, 'SM-2', '{}')")
        tx.exec_driver_sql("INSERT INTO decks (id, name, preset_id) VALUES (99, 'Deck::B', 2)")
        tx.exec_driver_sql("UPDATE cards SET deck_id = 99 WHERE id IN (1, 2)")
        cards.set_schedule(tx, 1, in_review(interval=10))  # 90 %
        cards.set_schedule(tx, 2, in_review(interval=10, late=30))  # 66 %
        cards.set_schedule(tx, 3, in_review(interval=10, late=2))  # below 90 %
        cards.set_schedule(tx, 4, in_review(interval=100, late=-60))  # not due
    assert order(fsrs, ASCENDING) == [2, 3, 1]
    assert order(fsrs, DESCENDING) == [1, 3, 2]
    assert order(fsrs, ReviewOrder.RELATIVE_OVERDUENESS) == [2, 3, 1]
