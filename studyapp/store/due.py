"""Which cards a day could bring: candidates for the queue, and how many there are in each deck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import BindParameter, Connection, TextClause, bindparam, func, select, text

from studyapp.scheduling.limits import Load
from studyapp.scheduling.queue import Candidate, Kind
from studyapp.store.tables import cards

# The conditions stand in the SQL as literals: SQLite uses a partial index only if it can see that
# a query's condition implies the index's.
_AVAILABLE = "suspended = 0 AND buried_on IS NOT :day"

_NEW = text(f"""
    SELECT id, note_id, deck_id FROM cards
    WHERE deck_id = :deck_id AND state = 0 AND {_AVAILABLE}
    ORDER BY position, id
""")  # noqa: S608

_IN_DECKS: BindParameter[list[int]] = bindparam("deck_ids", expanding=True)


def _on_day(states: str) -> TextClause:
    """Cards that wait for a day; shuffled within it, but alike whenever they are asked for."""
    return text(f"""
        SELECT id, note_id, deck_id FROM cards
        WHERE deck_id IN :deck_ids AND due_on <= :day AND {states} AND {_AVAILABLE}
        ORDER BY due_on, (id * 2654435761 + :day * 40503) & 1073741823, id
    """).bindparams(_IN_DECKS)  # noqa: S608


_REVIEWS = _on_day("state = 2")
_INTERDAY = _on_day("state <> 2")

_STEPS = text(f"""
    SELECT id, note_id, deck_id, due_at FROM cards
    WHERE deck_id IN :deck_ids AND due_at IS NOT NULL AND {_AVAILABLE}
    ORDER BY due_at, id
""").bindparams(_IN_DECKS)  # noqa: S608

_COUNT_NEW = text(f"""
    SELECT deck_id, count(*) FROM cards WHERE state = 0 AND {_AVAILABLE} GROUP BY deck_id
""")  # noqa: S608
_COUNT_ON_DAY = text(f"""
    SELECT deck_id, sum(state = 2), sum(state <> 2) FROM cards
    WHERE due_on <= :day AND {_AVAILABLE} GROUP BY deck_id
""")  # noqa: S608
_COUNT_STEPS = text(f"""
    SELECT deck_id, count(*) FROM cards
    WHERE due_at IS NOT NULL AND {_AVAILABLE} GROUP BY deck_id
""")  # noqa: S608


def new(connection: Connection, deck_ids: Sequence[int], day: int) -> Iterator[Candidate]:
    """New cards, deck by deck in the given order, each by position; read as they are taken."""
    for deck_id in deck_ids:
        for row in connection.execute(_NEW, {"deck_id": deck_id, "day": day}):
            yield Candidate(row.id, row.note_id, row.deck_id, Kind.NEW)


def reviews(connection: Connection, deck_ids: Sequence[int], day: int) -> Iterator[Candidate]:
    """Review cards due on `day` or before, the longest overdue first."""
    for row in connection.execute(_REVIEWS, {"deck_ids": list(deck_ids), "day": day}):
        yield Candidate(row.id, row.note_id, row.deck_id, Kind.REVIEW)


def interday(connection: Connection, deck_ids: Sequence[int], day: int) -> Iterator[Candidate]:
    """Cards in a step that crossed a rollover, due on `day` or before."""
    for row in connection.execute(_INTERDAY, {"deck_ids": list(deck_ids), "day": day}):
        yield Candidate(row.id, row.note_id, row.deck_id, Kind.INTERDAY)


def steps(connection: Connection, deck_ids: Sequence[int], day: int) -> Iterator[Candidate]:
    """Cards in their intraday steps."""
    for row in connection.execute(_STEPS, {"deck_ids": list(deck_ids), "day": day}):
        yield Candidate(row.id, row.note_id, row.deck_id, Kind.LEARNING, row.due_at)


def waiting(connection: Connection, day: int) -> Load:
    """How many cards a day could bring to each deck, before limits."""
    at = {"day": day}
    on_day = connection.execute(_COUNT_ON_DAY, at).all()
    new = connection.execute(_COUNT_NEW, at).all()
    steps = connection.execute(_COUNT_STEPS, at).all()
    return Load(
        new=Counter({row[0]: row[1] for row in new}),
        reviews=Counter({deck_id: count for deck_id, count, _ in on_day}),
        interday=Counter({deck_id: count for deck_id, _, count in on_day}),
        steps=Counter({row[0]: row[1] for row in steps}),
    )


def count_on(connection: Connection, deck_ids: Sequence[int], day: int) -> int:
    """How many cards of these decks wait for exactly this day."""
    counted = select(func.count()).where(
        cards.c.deck_id.in_(list(deck_ids)), cards.c.due_on == day, cards.c.suspended == 0
    )
    return connection.scalar(counted) or 0
