"""How many cards a day could bring, in each deck, and how many each of the coming days has."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection, func, select

from studyapp.domain.decks import Deck
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.scheduling.limits import Load
from studyapp.store import siblings
from studyapp.store.driver import driver
from studyapp.store.held_back import IS_OFFERED
from studyapp.store.tables import cards

# The conditions stand in the SQL as literals: SQLite uses a partial index only if it can see that
# a query's condition implies the index's.
_AVAILABLE = "suspended = 0 AND buried_on IS NOT :day"


def _count(cards_of_deck: str) -> str:
    """Cards of decks, at most `limit` of each: one statement, since there may be hundreds."""
    return f"""
        SELECT d.value, (SELECT count(*) FROM (
            SELECT 1 FROM cards AS c {cards_of_deck} AND c.deck_id = d.value AND {_AVAILABLE}
            LIMIT :limit
        )) FROM json_each(:decks) AS d
    """  # noqa: S608 - our own words


# The indexes are named: for a query with LIMIT SQLite may choose one that scans the whole deck.
_COUNT_NEW = _count("INDEXED BY cards_new WHERE c.state = 0")
_COUNT_REVIEWS = _count(
    f"INDEXED BY cards_due_on WHERE c.due_on <= :day AND c.state = 2 AND {IS_OFFERED}"
)
# Those in steps of minutes, and those whose step crossed a night.
_COUNT_IN_STEPS = """
    SELECT deck_id, sum(due_at < :ends_at), sum(due_on <= :day)
    FROM cards INDEXED BY cards_in_steps
    WHERE state IN (1, 3) AND suspended = 0 AND buried_on IS NOT :day GROUP BY deck_id
"""

_Numbers = Callable[[Sequence[int], int], Counter[int]]
"""Numbers by deck id, of decks and at most so many of each."""


def waiting(connection: Connection, every: Iterable[Deck], day: int, start: int) -> Load:
    """How many cards a day could bring to each deck; counting stops at the deck's own limit.

    Siblings of a card that comes before, or was reviewed since `start` (ms since the epoch), are
    not counted where the deck's preset keeps them apart.
    """
    decks = list(every)
    limits = {deck.id: deck.limits.on(day, deck.preset) for deck in decks}
    new_each: _Numbers = partial(_each, connection, _COUNT_NEW, day)
    reviews_each: _Numbers = partial(_each, connection, _COUNT_REVIEWS, day)
    new_apart, reviews_apart = new_each, reviews_each
    if siblings.there_are(connection):
        apart = siblings.Apart(connection, list(limits), day, start)
        new_apart, reviews_apart = apart.new, apart.reviews
    new = {deck.id: (deck.preset.bury_new_siblings, limits[deck.id][0]) for deck in decks}
    due = {deck.id: (deck.preset.bury_review_siblings, limits[deck.id][1]) for deck in decks}
    in_steps = (
        driver(connection)
        .execute(_COUNT_IN_STEPS, {"day": day, "ends_at": start + MS_PER_DAY})
        .fetchall()
    )
    return Load(
        new=_by_limit(new, new_each, new_apart),
        reviews=_by_limit(due, reviews_each, reviews_apart),
        interday=Counter({deck_id: interday for deck_id, _, interday in in_steps if interday}),
        steps=Counter({deck_id: steps for deck_id, steps, _ in in_steps if steps}),
    )


def _each(
    connection: Connection, sql: str, day: int, deck_ids: Sequence[int], most: int
) -> Counter[int]:
    values = {"decks": json.dumps(deck_ids), "day": day, "limit": most}
    return Counter(dict(driver(connection).execute(sql, values).fetchall()))


def _by_limit(
    decks: Mapping[int, tuple[bool, int]], each: _Numbers, apart: _Numbers
) -> Counter[int]:
    """Decks that keep siblings apart alike, and have one limit, at once."""
    alike: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for deck_id, kind in decks.items():
        alike[kind].append(deck_id)
    found: Counter[int] = Counter()
    for (is_apart, limit), deck_ids in alike.items():
        found.update((apart if is_apart else each)(deck_ids, limit))
    return found


# Deck by deck: the index has the days in order, so that nothing has to be sorted.
_COUNT_DUE = """
    SELECT due_on - :day, count(*) FROM cards INDEXED BY cards_due_on
    WHERE deck_id = :deck_id AND due_on BETWEEN :day AND :day + :days - 1 AND suspended = 0
    GROUP BY due_on
"""
_COUNT_HELD = """
    SELECT h.held_until - :day, count(*) FROM held_back AS h CROSS JOIN cards AS c ON c.id = h.id
    WHERE h.held_until BETWEEN :day + 1 AND :day + :days - 1 AND c.due_on = h.due_on
        AND c.suspended = 0
        AND c.deck_id IN (SELECT value FROM json_each(:decks)) GROUP BY h.held_until
    UNION ALL
    SELECT h.due_on - :day, -count(*) FROM held_back AS h CROSS JOIN cards AS c ON c.id = h.id
    WHERE h.due_on BETWEEN :day AND :day + :days - 1 AND h.held_until > :day
        AND c.due_on = h.due_on AND c.suspended = 0
        AND c.deck_id IN (SELECT value FROM json_each(:decks)) GROUP BY h.due_on
"""


def by_day(connection: Connection, deck_ids: Sequence[int], day: int, days: int) -> list[int]:
    """How many cards of these decks are due on `day` and on each day after it, `days` in all.

    Those that are held back count on the day on which they come.
    """
    counts = [0] * days
    run = driver(connection).execute
    at = {"day": day, "days": days}
    found = [run(_COUNT_HELD, {**at, "decks": json.dumps(list(deck_ids))})]
    found += [run(_COUNT_DUE, {**at, "deck_id": deck_id}) for deck_id in deck_ids]
    for ahead, number in (row for rows in found for row in rows):
        counts[ahead] += number
    return counts


def count_on(connection: Connection, deck_ids: Sequence[int], day: int) -> int:
    """How many cards of these decks wait for exactly this day."""
    counted = select(func.count()).where(
        cards.c.deck_id.in_(list(deck_ids)), cards.c.due_on == day, cards.c.suspended == 0
    )
    return connection.scalar(counted) or 0
