"""The log of reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, select

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.reviews import Grade, Review
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.scheduling.limits import Spent
from studyapp.scheduling.queue import Kind, Seen
from studyapp.store.driver import driver
from studyapp.store.tables import SCHEDULE_COLUMNS, cards, reviews

# After the card's last review, also when the clock was set back: ids are the order of the log.
_INSERT = """
    INSERT INTO reviews SELECT
        max(?, coalesce((SELECT max(id) + 1 FROM reviews WHERE card_id = ?), 0)), VALUES
    WHERE true ON CONFLICT (id) DO NOTHING
""".replace("VALUES", ", ".join("?" * (3 + 2 * len(SCHEDULE_COLUMNS))))


def add(connection: Connection, review: Review) -> None:
    """Log a review by its id, or the next that is free and after the card's last review."""
    rest = (review.card_id, review.card_id, int(review.grade), review.took_ms)
    schedules = (*review.before.values(), *review.after.values())
    review_id = review.id
    while not driver(connection).execute(_INSERT, (review_id, *rest, *schedules)).rowcount:
        review_id += 1


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
    """All reviews of a card, in order."""
    rows = connection.execute(
        select(reviews).where(reviews.c.card_id == card_id).order_by(reviews.c.id)
    )
    return _in_order(rows)


def spent_on(connection: Connection, start: int) -> Spent:
    """What was studied on the study day that began at `start` (ms since the epoch).

    Not what comes after it in the log, where the clock was set back.
    """
    rows = connection.exec_driver_sql(
        """
        SELECT c.deck_id, sum(r.state_before = 0), sum(r.due_on_before IS NOT NULL)
        FROM reviews AS r CROSS JOIN cards AS c ON c.id = r.card_id
        WHERE r.id >= ? AND r.id < ? GROUP BY c.deck_id
        """,
        (start, start + MS_PER_DAY),
    ).all()
    return Spent(
        new=Counter({deck_id: new for deck_id, new, _ in rows}),
        reviews=Counter({deck_id: due for deck_id, _, due in rows}),
    )


def seen_since(connection: Connection, start: int) -> dict[int, dict[int, Seen]]:
    """By note id and card id: the cards reviewed from `start` (ms since the epoch) on.

    Where the clock was set back, also those that are ahead by up to a week.
    """
    rows = connection.exec_driver_sql(
        # CROSS JOIN keeps this order; else SQLite may scan all cards to find a few reviews.
        "SELECT c.note_id, c.id, c.deck_id, r.state_before, r.due_at_before FROM reviews AS r"
        " CROSS JOIN cards AS c ON c.id = r.card_id WHERE r.id >= ? AND r.id < ? ORDER BY r.id",
        (start, start + SEEN_MS),
    )
    seen: defaultdict[int, dict[int, Seen]] = defaultdict(dict)
    for note_id, card_id, deck_id, state, due_at in rows:
        # The last one counts: whoever was new this morning may be in its steps by now.
        seen[note_id][card_id] = Seen(deck_id, _kind(state, due_at))
    return seen


def _kind(state: int, due_at: int | None) -> Kind:
    if due_at is not None:
        return Kind.LEARNING
    if state in (CardState.LEARNING, CardState.RELEARNING):
        return Kind.INTERDAY
    return Kind.REVIEW if state == CardState.REVIEW else Kind.NEW


SEEN_MS = 8 * MS_PER_DAY
"""A day, and a week: so long Anki keeps siblings buried after the clock was set back."""

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
