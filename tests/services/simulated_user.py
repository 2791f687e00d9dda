"""A user whose forgetting is known: FSRS's own, with parameters that the test chooses."""

from __future__ import annotations

import random
from collections.abc import Iterator

from studyapp.domain.cards import NEW_SCHEDULE, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, StudyMoment
from studyapp.scheduling import sm2
from studyapp.scheduling.fsrs_memory import after
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS, Parameters
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.recall import recall_of
from studyapp.store import cards, reviews
from tests.services.conftest import Desk, basic

STRONG: Parameters = (2.0, 6.0, 12.0, 30.0, *DEFAULT_PARAMETERS[4:])
"""Of somebody who remembers what is new about five times as long as most."""

LAST_DAY = 20_000
_SPAN_DAYS = 900
_MS_APART = 7


def study(desk: Desk, count: int, truth: Parameters = STRONG, seed: int = 1) -> None:
    """Fill a collection with so many cards that were studied by SM-2 for some years."""
    desk.install([basic(number) for number in range(count)])
    deck_id = desk.deck_id()
    with desk.database.read() as tx:
        ids = [place.card.id for place in cards.in_decks(tx, [deck_id])]
    chance = random.Random(seed)  # noqa: S311
    with desk.database.maintain(0) as tx:
        for card_id in ids:
            for review in life(card_id, truth, chance):
                reviews.add(tx, review)
                cards.set_schedule(tx, card_id, review.after)


def life(card_id: int, truth: Parameters, chance: random.Random) -> Iterator[Review]:
    """The reviews of one card until today, each when it is due."""
    schedule, memory = NEW_SCHEDULE, None
    day = LAST_DAY - _SPAN_DAYS + chance.randrange(_SPAN_DAYS // 2)
    number = 0
    while day < LAST_DAY:
        at = day * MS_PER_DAY + 9 * MS_PER_HOUR + (card_id * 20 + number % 20) * _MS_APART
        end = (day + 1) * MS_PER_DAY + 4 * MS_PER_HOUR
        grade = _grade(memory, day, truth, chance)
        becomes = _answered(card_id, schedule, grade, StudyMoment(at, day, end))
        yield Review(at, card_id, grade, 9_000, schedule, becomes)
        memory, schedule = after(memory, grade, day, truth), becomes
        day = max(day, schedule.due_on or 0)
        number += 1


def _answered(card_id: int, schedule: Schedule, grade: Grade, moment: StudyMoment) -> Schedule:
    return sm2.answer(schedule, grade, Preset(), moment, fuzz_of(card_id, schedule.reps))


def _grade(memory: Memory | None, day: int, truth: Parameters, chance: random.Random) -> Grade:
    if memory is None:
        return chance.choices(list(Grade), (2, 1, 6, 1))[0]
    if chance.random() >= recall_of(memory, truth, day):
        return Grade.AGAIN
    return chance.choices((Grade.HARD, Grade.GOOD, Grade.EASY), (2, 7, 1))[0]
