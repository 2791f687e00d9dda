"""Cards that are held back for some days, though they are due, and cards as a plan sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from studyapp.domain.cards import CardState, Schedule
from studyapp.store.bulk import Scheduled
from studyapp.store.driver import driver
from studyapp.store.tables import SCHEDULE_COLUMNS

Reason: TypeAlias = Literal["backlog", "vacation"]

IS_OFFERED = """(
    NOT EXISTS (SELECT 1 FROM held_back) OR NOT EXISTS (
        SELECT 1 FROM held_back AS h
        WHERE h.id = c.id AND h.due_on = c.due_on AND h.held_until > :day
    )
)"""
"""SQL: the card `c` is not held back on `:day`.

Whether there are such cards at all is asked only once for all `c`. Rows of values instead of this,
`(c.id, c.due_on) NOT IN (…)`, compare each card with each that is held back: 20,000 take seconds.
"""

_SCHEDULE = ", ".join(f"c.{name}" for name in SCHEDULE_COLUMNS)
_DUE = f"""
    SELECT c.id, c.note_id, c.deck_id, {_SCHEDULE}
    FROM json_each(:decks) AS d CROSS JOIN cards AS c INDEXED BY cards_due_on
        ON c.deck_id = d.value
    WHERE c.due_on BETWEEN :first AND :last AND c.state = 2 AND c.suspended = 0 ORDER BY c.id
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Held:
    """A card that waits although it is due."""

    card_id: int
    due_on: int
    """The study day on which it is due."""
    held_until: int
    """The study day on which it is asked."""


def due_between(
    connection: Connection, deck_ids: Sequence[int], first: int, last: int
) -> list[Scheduled]:
    """Review cards due on these study days, both included, by their ids; also those held back."""
    values = {"decks": json.dumps(list(deck_ids)), "first": first, "last": last}
    return [
        Scheduled(card_id, note_id, deck_id, Schedule(CardState(state), *rest))
        for card_id, note_id, deck_id, state, *rest in driver(connection).execute(_DUE, values)
    ]


def put(connection: Connection, held: Iterable[Held], reason: Reason) -> None:
    """Hold cards back, in place of what held them before; those that do not wait are let go."""
    rows = [(each.card_id, each.due_on, each.held_until, reason) for each in held]
    run = driver(connection).executemany
    # Not INSERT OR REPLACE: its deletions would not be written down for undo.
    run("DELETE FROM held_back WHERE id = ?", ((row[0],) for row in rows))
    run("INSERT INTO held_back VALUES (?, ?, ?, ?)", (row for row in rows if row[2] > row[1]))


def let_go(connection: Connection, reason: Reason) -> int:
    """Hold no card back for this reason any more; returns how many were."""
    return (
        driver(connection).execute("DELETE FROM held_back WHERE held_for = ?", (reason,)).rowcount
    )


def by_day(
    connection: Connection, deck_ids: Sequence[int], reason: Reason, day: int
) -> dict[int, int]:
    """How many due cards of decks are still held back on `day`, by the study day they come on."""
    sql = """
        SELECT h.held_until, count(*) FROM held_back AS h CROSS JOIN cards AS c ON c.id = h.id
        WHERE h.held_for = ? AND h.held_until > ? AND c.due_on = h.due_on AND c.suspended = 0
            AND c.deck_id IN (SELECT value FROM json_each(?))
        GROUP BY h.held_until ORDER BY h.held_until
    """
    rows = driver(connection).execute(sql, (reason, day, json.dumps(list(deck_ids))))
    return dict(rows)
