"""The log of reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.reviews import Grade, Review
from studyapp.scheduling.limits import Spent
from studyapp.store.tables import SCHEDULE_COLUMNS, cards, reviews

_INSERT = (
    f"INSERT INTO reviews VALUES ({', '.join('?' * (4 + 2 * len(SCHEDULE_COLUMNS)))})"  # noqa: S608
    " ON CONFLICT (id) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was studied on a day."""

    spent: Spent
    seen: dict[int, frozenset[int]]
    """Ids of the cards reviewed, by note id."""


def add(connection: Connection, review: Review) -> int:
    """Returns the review's id: its own, or the next one that is free."""
    rest = (review.card_id, int(review.grade), review.took_ms)
    schedules = (*review.before.values(), *review.after.values())
    review_id = review.id
    while not connection.exec_driver_sql(_INSERT, (review_id, *rest, *schedules)).rowcount:
        review_id += 1
    return review_id


def in_decks(connection: Connection, deck_ids: Sequence[int], start: int) -> list[Review]:
    """Reviews of the decks' cards given from `start` (ms since the epoch) on, in order."""
    rows = connection.execute(
        select(reviews)
        .join(cards, cards.c.id == reviews.c.card_id)
        .where(reviews.c.id >= start, cards.c.deck_id.in_(list(deck_ids)))
        .order_by(reviews.c.id)
    )
    return _in_order(rows)


def of_card(connection: Connection, card_id: int) -> list[Review]:
    """In order."""
    rows = connection.execute(
        select(reviews).where(reviews.c.card_id == card_id).order_by(reviews.c.id)
    )
    return _in_order(rows)


def done_since(connection: Connection, start: int) -> Done:
    """What was studied from `start` (ms since the epoch) on."""
    rows = connection.exec_driver_sql(
        """
        SELECT c.deck_id, c.note_id, c.id, r.state_before, r.due_on_before IS NOT NULL
        FROM reviews AS r JOIN cards AS c ON c.id = r.card_id
        WHERE r.id >= ?
        """,
        (start,),
    )
    new: Counter[int] = Counter()
    due: Counter[int] = Counter()
    seen: defaultdict[int, set[int]] = defaultdict(set)
    for deck_id, note_id, card_id, state, was_due_on_day in rows:
        new[deck_id] += state == CardState.NEW
        due[deck_id] += was_due_on_day
        seen[note_id].add(card_id)
    return Done(Spent(new, due), {note_id: frozenset(ids) for note_id, ids in seen.items()})


_PACE_REVIEWS = 200
_PACE_AT_FIRST_MS = 10_000


def pace(connection: Connection, at: int) -> int:
    """Milliseconds that a review takes, by the last ones before `at`; a guess without any."""
    took = connection.exec_driver_sql(
        "SELECT avg(took_ms) FROM"
        " (SELECT took_ms FROM reviews WHERE id <= ? ORDER BY id DESC LIMIT ?)",
        (at, _PACE_REVIEWS),
    ).scalar()
    return _PACE_AT_FIRST_MS if took is None else round(took)


def totals(connection: Connection, start: int, end: int) -> tuple[int, int]:
    """Number of reviews from `start` on and before `end`, and how many ms they took."""
    row = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(took_ms), 0) FROM reviews WHERE id >= ? AND id < ?",
        (start, end),
    ).one()
    return row[0], row[1]


def last_id(connection: Connection) -> int | None:
    """The newest review's id."""
    return connection.exec_driver_sql("SELECT max(id) FROM reviews").scalar()


def _in_order(rows: Iterable[Row[*tuple[int, ...]]]) -> list[Review]:
    return [_review(tuple(row)) for row in rows]


def _review(values: tuple[int, ...]) -> Review:
    review_id, card_id, grade, took_ms, *schedules = values
    middle = len(SCHEDULE_COLUMNS)
    return Review(
        review_id,
        card_id,
        Grade(grade),
        took_ms,
        _schedule(*schedules[:middle]),
        _schedule(*schedules[middle:]),
    )


def _schedule(state: int, *rest: int) -> Schedule:
    return Schedule(CardState(state), *rest)
