"""How many cards a day could bring, in each deck, and how many each of the coming days has."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select

from studyapp.domain.decks import Deck
from studyapp.scheduling.limits import Load
from studyapp.store.driver import driver
from studyapp.store.held_back import IS_OFFERED
from studyapp.store.tables import cards

# The conditions stand in the SQL as literals: SQLite uses a partial index only if it can see that
# a query's condition implies the index's.
_AVAILABLE = "suspended = 0 AND buried_on IS NOT :day"

# One of siblings has an ordinal above 0, so a small index tells of most cards that they have none.
_FURTHER = "SELECT 1 FROM cards AS f INDEXED BY cards_further WHERE f.ordinal > 0"

# No sibling comes before: in its steps, due on this day, or reviewed today.
_IS_APART = f"""
    NOT (
        EXISTS ({_FURTHER} AND f.note_id = c.note_id)
        AND EXISTS (
            SELECT 1 FROM cards AS s
            WHERE s.note_id = c.note_id AND s.id <> c.id AND s.suspended = 0
              AND (s.due_at IS NOT NULL OR EARLIER
                   OR EXISTS (
                       SELECT 1 FROM reviews AS r WHERE r.card_id = s.id AND r.id >= :start LATER
                   ))
        )
    )
"""  # noqa: S608 - our own words
_NO_SIBLING_DUE = _IS_APART.replace(
    "EARLIER", f"(s.due_on <= :day AND {IS_OFFERED.replace('c.', 's.')})"
).replace("LATER", "")
_NO_SIBLING_LEARNING = _IS_APART.replace("EARLIER", "(s.due_on <= :day AND s.state <> 2)").replace(
    "LATER", "AND r.state_before <> 0"
)


def _of_decks(counted: str) -> str:
    """Decks with a number of their cards each: one statement, since there may be hundreds."""
    return f"SELECT d.value, ({counted}) FROM json_each(:decks) AS d"  # noqa: S608


def _count(cards_of_deck: str, apart: str) -> tuple[str, str]:
    """Cards of decks, at most `limit` of each: each for itself, or one for each note kept apart."""
    found = f"FROM cards AS c {cards_of_deck} AND c.deck_id = d.value AND {_AVAILABLE}"
    each = f"SELECT count(*) FROM (SELECT 1 {found} LIMIT :limit)"  # noqa: S608
    one = f"SELECT DISTINCT c.note_id {found} AND {apart} LIMIT :limit"
    return _of_decks(each), _of_decks(f"SELECT count(*) FROM ({one})")  # noqa: S608


# The indexes are named: for a query with LIMIT SQLite may choose one that scans the whole deck.
_COUNT_NEW = _count("INDEXED BY cards_new WHERE c.state = 0", _NO_SIBLING_DUE)
_COUNT_REVIEWS = _count(
    f"INDEXED BY cards_due_on WHERE c.due_on <= :day AND c.state = 2 AND {IS_OFFERED}",
    _NO_SIBLING_LEARNING,
)
_COUNT_INTERDAY = _of_decks(f"""
    SELECT count(*) FROM cards AS c INDEXED BY cards_due_on
    WHERE c.deck_id = d.value AND c.due_on <= :day AND c.state <> 2 AND {_AVAILABLE}
""")  # noqa: S608
_COUNT_STEPS = f"""
    SELECT deck_id, count(*) FROM cards INDEXED BY cards_due_at
    WHERE due_at IS NOT NULL AND {_AVAILABLE} GROUP BY deck_id
"""  # noqa: S608

_Numbers = Callable[[str, Iterable[int], int], Counter[int]]
"""Numbers by deck id, of a statement, decks and a limit."""


def waiting(connection: Connection, every: Iterable[Deck], day: int, start: int) -> Load:
    """How many cards a day could bring to each deck; counting stops at the deck's own limit.

    Siblings of a card that comes before, or was reviewed since `start` (ms since the epoch), are
    not counted where the deck's preset keeps them apart.
    """

    def numbers(sql: str, deck_ids: Iterable[int], limit: int = 0) -> Counter[int]:
        ids = json.dumps(list(deck_ids))
        values = {"decks": ids, "day": day, "start": start, "limit": limit}
        return Counter(dict(driver(connection).execute(sql, values).fetchall()))

    decks = list(every)
    siblings = driver(connection).execute(f"{_FURTHER} LIMIT 1").fetchone() is not None
    limits = {deck.id: deck.limits.on(day, deck.preset) for deck in decks}
    presets = {deck.id: deck.preset for deck in decks}
    new = {
        deck_id: (siblings and presets[deck_id].bury_new_siblings, most)
        for deck_id, (most, _) in limits.items()
    }
    due = {
        deck_id: (siblings and presets[deck_id].bury_review_siblings, most)
        for deck_id, (_, most) in limits.items()
    }
    return Load(
        new=_by_limit(_COUNT_NEW, new, numbers),
        reviews=_by_limit(_COUNT_REVIEWS, due, numbers),
        interday=numbers(_COUNT_INTERDAY, limits),
        steps=numbers(_COUNT_STEPS, ()),
    )


def _by_limit(
    sql: tuple[str, str], decks: Mapping[int, tuple[bool, int]], numbers: _Numbers
) -> Counter[int]:
    """Decks that keep siblings apart alike, and have one limit, at once."""
    alike: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for deck_id, kind in decks.items():
        alike[kind].append(deck_id)
    found: Counter[int] = Counter()
    for (is_apart, limit), deck_ids in alike.items():
        found.update(numbers(sql[is_apart], deck_ids, limit))
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
