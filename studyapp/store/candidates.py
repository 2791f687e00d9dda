"""Candidates for the day's queue, in the orders that a preset can ask for."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from sqlalchemy import Connection

from studyapp.domain.presets import NewGather, ReviewOrder
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fuzz import salt_of
from studyapp.scheduling.ordering import Waiting
from studyapp.scheduling.queue import Candidate, Kind
from studyapp.store.driver import driver
from studyapp.store.held_back import IS_OFFERED

# The conditions stand in the SQL as literals: SQLite uses a partial index only if it can see that
# a query's condition implies the index's.
_AVAILABLE = "suspended = 0 AND buried_on IS NOT :day"


def _by_chance(column: str) -> str:
    """An order by chance, the same all day: the multiplier belongs to the day."""
    return f"{column} * :salt & 2147483647"


_BY_CHANCE = _by_chance("c.id")
_LATENESS = "(:day - c.due_on + 0.001) / max(c.interval_days, 1)"
"""As a part of the interval. With FSRS, which makes intervals from it, retrievability falls alike;
with SM-2 this is what comes nearest."""

_REVIEW_ORDERS = {
    ReviewOrder.DAY: "c.due_on",
    ReviewOrder.DAY_THEN_DECK: "c.due_on, d.key",
    ReviewOrder.DECK_THEN_DAY: "d.key, c.due_on",
    ReviewOrder.INTERVALS_ASCENDING: "c.interval_days",
    ReviewOrder.INTERVALS_DESCENDING: "c.interval_days DESC",
    ReviewOrder.EASE_ASCENDING: "c.ease_permille",
    ReviewOrder.EASE_DESCENDING: "c.ease_permille DESC",
    ReviewOrder.RETRIEVABILITY_ASCENDING: f"{_LATENESS} DESC",
    ReviewOrder.RETRIEVABILITY_DESCENDING: _LATENESS,
    ReviewOrder.RELATIVE_OVERDUENESS: f"{_LATENESS} DESC",
    ReviewOrder.RANDOM: _BY_CHANCE,
    ReviewOrder.ADDED: "c.note_id, c.ordinal",
    ReviewOrder.REVERSE_ADDED: "c.note_id DESC, c.ordinal",
}


_FIRST = 1000
"""Of the cards that wait for a day so many are put in order at first: that is enough for most days,
and much faster than to sort them all."""
_AT_ONCE = 250


def _on_day(states: str, order: str) -> str:
    """Cards that wait for a day; `d` has the decks in the tree's order.

    Without their notes: what the index has is read many times faster than the cards.
    """
    return f"""
        SELECT c.id, c.deck_id
        FROM json_each(:decks) AS d
        CROSS JOIN cards AS c INDEXED BY cards_due_on ON c.deck_id = d.value
        WHERE c.due_on <= :day AND {states} AND {_AVAILABLE}
        ORDER BY {order}, {_BY_CHANCE}, c.id LIMIT :most OFFSET :past
    """  # noqa: S608 - our own words


_REVIEWS = {
    order: _on_day(f"c.state = 2 AND {IS_OFFERED}", sql) for order, sql in _REVIEW_ORDERS.items()
}
_INTERDAY = {order: _on_day("c.state <> 2", sql) for order, sql in _REVIEW_ORDERS.items()}

_AHEAD = f"""
    SELECT c.id, c.note_id, c.deck_id, 0
    FROM json_each(:decks) AS d
    CROSS JOIN cards AS c INDEXED BY cards_due_on ON c.deck_id = d.value
    WHERE c.due_on > :day AND c.due_on <= :until AND {_AVAILABLE}
        AND NOT EXISTS (SELECT 1 FROM reviews AS r WHERE r.card_id = c.id AND r.id >= :start)
    ORDER BY c.due_on, {_BY_CHANCE}, c.id
"""  # noqa: S608 - our own words

_STEPS = f"""
    SELECT c.id, c.note_id, c.deck_id, c.due_at
    FROM json_each(:decks) AS d
    CROSS JOIN cards AS c INDEXED BY cards_in_steps ON c.deck_id = d.value
    WHERE c.state IN (1, 3) AND c.due_at < :ends_at AND {_AVAILABLE} ORDER BY c.due_at, c.id
"""  # noqa: S608 - our own words


def _new(place: str) -> str:
    """New cards of one deck; `place`: what they are ordered by."""
    return f"""
        SELECT {place} AS place, id, note_id, deck_id, ordinal FROM cards
        WHERE deck_id = :deck_id AND state = 0 AND {_AVAILABLE}
    """  # noqa: S608 - our own words


_BY_POSITION = f"{_new('position')} ORDER BY position, id"
_BY_POSITION_BACK = f"{_new('-position')} ORDER BY position DESC, id"
_BY_NOTE = f"{_new(_by_chance('note_id'))} ORDER BY place, note_id, ordinal"
_BY_CARD = f"{_new(_by_chance('id'))} ORDER BY place, id"

# The SQL, and whether the decks come one after the other.
_NEW_ORDERS = {
    NewGather.DECK: (_BY_POSITION, True),
    NewGather.DECK_THEN_RANDOM_NOTES: (_BY_NOTE, True),
    NewGather.LOWEST_POSITION: (_BY_POSITION, False),
    NewGather.HIGHEST_POSITION: (_BY_POSITION_BACK, False),
    NewGather.RANDOM_NOTES: (_BY_NOTE, False),
    NewGather.RANDOM_CARDS: (_BY_CARD, False),
}


Resorted: TypeAlias = Callable[[Iterator[tuple[int, int]]], Iterator[tuple[int, int]]]
"""Puts ids of cards, each with that of its deck, in another order."""


def waiting(
    connection: Connection,
    deck_ids: Sequence[int],
    moment: StudyMoment,
    review_order: ReviewOrder = ReviewOrder.DAY,
    new_gather: NewGather = NewGather.DECK,
    *,
    resorted: Resorted = iter,
) -> Waiting:
    """Each kind in its order, read as it is taken; decks in the given order, the tree's.

    `resorted` may put cards that wait for a day in another order; they come in `review_order`.
    """
    values = _values(deck_ids, moment)

    def on_day(sql: str, kind: Kind) -> Iterator[Candidate]:
        return _waiting_for_a_day(connection, resorted(_in_order(connection, sql, values)), kind)

    run = driver(connection).execute
    return Waiting(
        steps=_candidates(run(_STEPS, values), Kind.LEARNING),
        interday=on_day(_INTERDAY[review_order], Kind.INTERDAY),
        reviews=on_day(_REVIEWS[review_order], Kind.REVIEW),
        new=new(connection, deck_ids, moment.day, new_gather),
    )


def _waiting_for_a_day(
    connection: Connection, rows: Iterator[tuple[int, int]], kind: Kind
) -> Iterator[Candidate]:
    while some := list(islice(rows, _AT_ONCE)):
        ids = json.dumps([card_id for card_id, _ in some])
        notes = dict(driver(connection).execute(_NOTES, (ids,)).fetchall())
        for card_id, deck_id in some:
            yield Candidate(card_id, notes[card_id], deck_id, kind)


def _in_order(
    connection: Connection, sql: str, values: Mapping[str, str | int]
) -> Iterator[tuple[int, int]]:
    run = driver(connection).execute
    first = run(sql, {**values, "most": _FIRST, "past": 0}).fetchall()
    yield from first
    if len(first) == _FIRST:
        yield from run(sql, {**values, "most": -1, "past": _FIRST})


_NOTES = "SELECT id, note_id FROM cards WHERE id IN (SELECT value FROM json_each(?))"


def ahead(
    connection: Connection, deck_ids: Sequence[int], moment: StudyMoment, until: int
) -> Waiting:
    """Cards that come due after today and up to `until`, the soonest first, and steps under way.

    What was graded today does not come a second time.
    """
    values = _values(deck_ids, moment)
    run = driver(connection).execute
    start = moment.day_ends_at - MS_PER_DAY
    later = run(_AHEAD, {**values, "until": until, "start": start})
    return Waiting(
        steps=_candidates(run(_STEPS, values), Kind.LEARNING),
        reviews=_candidates(later, Kind.REVIEW),
    )


def _values(deck_ids: Sequence[int], moment: StudyMoment) -> dict[str, str | int]:
    """A step that ends later than the day does not come: the clock was set back since."""
    return {
        "decks": json.dumps(list(deck_ids)),
        "day": moment.day,
        "ends_at": moment.day_ends_at,
        "salt": salt_of(moment.day),
    }


def _candidates(rows: Iterable[tuple[int, ...]], kind: Kind) -> Iterator[Candidate]:
    for card_id, note_id, deck_id, due_at in rows:
        yield Candidate(card_id, note_id, deck_id, kind, due_at)


def new(
    connection: Connection, deck_ids: Sequence[int], day: int, gather: NewGather = NewGather.DECK
) -> Iterator[Candidate]:
    """New cards, read as they are taken."""
    sql, is_by_deck = _NEW_ORDERS[gather]
    found = (_rows(connection, sql, deck_id, day) for deck_id in deck_ids)
    rows = (row for deck in found for row in deck) if is_by_deck else heapq.merge(*found)
    for _place, card_id, note_id, deck_id, ordinal in rows:
        yield Candidate(card_id, note_id, deck_id, Kind.NEW, ordinal=ordinal)


def _rows(connection: Connection, sql: str, deck_id: int, day: int) -> Iterator[tuple[int, ...]]:
    """When the first is asked for, so that decks past the limits are not even looked into."""
    yield from driver(connection).execute(
        sql, {"deck_id": deck_id, "day": day, "salt": salt_of(day)}
    )
