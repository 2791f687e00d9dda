"""Logs and cards of any kind, put into a real collection past the services."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.store.database import Database
from studyapp.store.driver import driver
from studyapp.store.tables import SCHEDULE_COLUMNS

DECKS = ("A", "A::B", "C")
TAGS = ("even", "odd")


@dataclass(frozen=True, slots=True)
class AnyCard:
    """A card of a note of its own, which has the same id."""

    id: int
    deck: int
    """Its place in `DECKS`."""
    schedule: Schedule
    suspended: bool
    added_at: int


@dataclass(frozen=True, slots=True)
class AnyHistory:
    """Cards, and reviews of these and of cards that are gone."""

    cards: tuple[AnyCard, ...]
    reviews: tuple[Review, ...]


def any_history(chance: Random, moment: StudyMoment, cards: int, reviews: int) -> AnyHistory:
    """So many of both; days reach back more than a year, and forward half a year."""
    ids = sorted(chance.sample(range(1, 5 * cards + 1), cards))
    made = tuple(_card(each, chance, moment) for each in ids)
    span = 500 * MS_PER_DAY if chance.random() < 0.8 else 20 * MS_PER_DAY
    times = sorted({moment.at - int(span * chance.random() ** 3) - 1 for _ in range(reviews)})
    asked = [*ids, 5 * cards + 7]
    return AnyHistory(
        made, tuple(_review(at, chance.choice(asked), chance, moment) for at in times)
    )


def study_day_of(at: int, moment: StudyMoment) -> int:
    """Counted back from the end of today, day by day."""
    day, end = moment.day, moment.day_ends_at
    while at < end - MS_PER_DAY:
        day, end = day - 1, end - MS_PER_DAY
    return day


def _card(card_id: int, chance: Random, moment: StudyMoment) -> AnyCard:
    added = moment.at - chance.randrange(400 * MS_PER_DAY)
    return AnyCard(
        card_id,
        chance.randrange(len(DECKS)),
        _schedule(chance, moment),
        chance.random() < 0.1,
        added,
    )


def _schedule(chance: Random, moment: StudyMoment) -> Schedule:
    state = chance.choice(list(CardState))
    if state is CardState.NEW:
        return Schedule()
    known = Schedule(
        state,
        interval_days=chance.choice((1, 3, 20, 21, 22, 90, 400)),
        ease_permille=chance.choice((1300, 2150, 2500, 2655)),
        reps=chance.randrange(1, 30),
        lapses=chance.choice((0, 0, 1, 2, 8, 9)),
    )
    if state is CardState.LEARNING:
        known = replace(known, interval_days=0, ease_permille=0, lapses=0)
    if state is CardState.REVIEW or chance.random() < 0.5:
        return replace(known, due_on=moment.day + chance.randrange(-20, 180))
    return replace(known, due_at=moment.at + chance.randrange(-600_000, 600_000))


def _review(at: int, card_id: int, chance: Random, moment: StudyMoment) -> Review:
    before = _schedule(chance, moment)
    if before.due_on is not None:
        # Early, in time, or late.
        due_on = study_day_of(at, moment) + chance.choice((0, 0, 0, -1, -40, 3))
        is_early = due_on > study_day_of(at, moment) and before.state is not CardState.REVIEW
        before = replace(before, due_on=due_on - 3 if is_early else due_on)
    grade = chance.choice(list(Grade))
    return Review(at, card_id, grade, chance.randrange(60_000), before, before)


def fill(database: Database, made: AnyHistory) -> dict[str, int]:
    """Put it into an empty collection; returns the ids of the decks."""
    with database.maintain(0) as tx:
        run = driver(tx)
        run.executemany(
            "INSERT INTO decks (name, preset_id) VALUES (?, 1)", [(name,) for name in DECKS]
        )
        ids = dict(run.execute("SELECT name, id FROM decks"))
        run.executemany("INSERT INTO tags (id, name) VALUES (?, ?)", list(enumerate(TAGS, 1)))
        run.executemany(
            "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
            " VALUES (?, 'n' || ?1, 'basic', 'front ' || ?1, 'back', ?, 0)",
            [(card.id, card.added_at) for card in made.cards],
        )
        run.executemany(
            "INSERT INTO note_tags (note_id, tag_id) VALUES (?, 1 + ?1 % 2)",
            [(card.id,) for card in made.cards],
        )
        run.executemany(
            f"INSERT INTO cards (id, note_id, ordinal, deck_id, position, suspended,"
            f" {', '.join(SCHEDULE_COLUMNS)}) VALUES (?, ?1, 0, ?, ?1, ?, {_marks(8)})",
            [
                (each.id, ids[DECKS[each.deck]], each.suspended, *each.schedule.values())
                for each in made.cards
            ],
        )
        log(run, made.reviews)
    return ids


def log(connection: sqlite3.Connection, reviews: Sequence[Review]) -> None:
    """Add reviews as they are."""
    connection.executemany(
        f"INSERT INTO reviews VALUES ({_marks(4 + 16)})",
        [
            (r.id, r.card_id, int(r.grade), r.took_ms, *r.before.values(), *r.after.values())
            for r in reviews
        ],
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
