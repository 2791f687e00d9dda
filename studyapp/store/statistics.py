"""Reviews and cards as columns, read as a whole and brought up to date review by review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import Connection

from studyapp.statistics.columns import NO_DAY, UNKNOWN, Cards, Ints, Log
from studyapp.store.driver import driver

_AT_ONCE = 50_000
_LOG = f"""
    SELECT id, card_id, grade, took_ms, state_before, interval_days_before,
        coalesce(due_on_before, {NO_DAY})
    FROM reviews WHERE id > ? ORDER BY id
"""  # noqa: S608 - our own words
_CARDS = f"""
    SELECT c.id, c.deck_id, c.state,
        coalesce(
            (SELECT h.held_until FROM held_back AS h WHERE h.id = c.id AND h.due_on = c.due_on),
            c.due_on, {NO_DAY}
        ),
        coalesce(c.due_at, 0), c.interval_days, c.ease_permille, c.lapses, c.suspended,
        coalesce(c.buried_on, {NO_DAY}), n.created_at
    FROM cards AS c JOIN notes AS n ON n.id = c.note_id ORDER BY c.id
"""  # noqa: S608 - our own words
_MEMORIES = """
    SELECT m.id, m.review_id, CAST(m.difficulty * 10 AS INTEGER)
    FROM cards AS c CROSS JOIN memories AS m ON m.id = c.id WHERE c.deck_id = ? AND m.model = ?
"""


@dataclass(frozen=True, slots=True)
class Extent:
    """Which reviews there are; they never change, so equal extents mean equal logs."""

    count: int
    id_sum: int
    last: int


def version(connection: Connection) -> int:
    """Another number after another connection has changed anything; of one connection only."""
    found: int = driver(connection).execute("PRAGMA data_version").fetchone()[0]
    return found


def extent(connection: Connection, until: int) -> Extent:
    """Of the reviews up to an id, read from an index."""
    sql = "SELECT count(*), coalesce(sum(id), 0), coalesce(max(id), 0) FROM reviews WHERE id <= ?"
    # Sums of a million ids stay far below 2⁶³; SQLite would raise an error above it.
    return Extent(*driver(connection).execute(sql, (until,)).fetchone())


def extent_of(log: Log) -> Extent:
    """The same of columns."""
    return Extent(len(log), int(log.at.sum()), int(log.at[-1]) if len(log) else 0)


def log_after(connection: Connection, last: int) -> Log:
    """The reviews after an id, in order."""
    return Log(*_columns(connection, _LOG, (last,), 7))


def every_card(connection: Connection, log: Log, models: Mapping[int, str]) -> Cards:
    """All cards, in order; `models`: by deck id, FSRS's where it schedules.

    A difficulty counts if it was reckoned up to the last of the reviews, which `log` has all of.
    """
    columns = _columns(connection, _CARDS, (), 11)
    difficulty = _difficulty(connection, columns[0], log, models)
    return Cards(*(*columns, difficulty))


def _difficulty(connection: Connection, ids: Ints, log: Log, models: Mapping[int, str]) -> Ints:
    found = np.full(len(ids), UNKNOWN, dtype=np.int64)
    if not models:
        return found
    room = int(max(ids.max(initial=0), log.card.max(initial=0))) + 1
    last = np.zeros(room, dtype=np.int64)
    last[log.card] = log.at  # of equal indices the last one counts, and the log is in order
    for asked in models.items():
        card, review, difficulty = _columns(connection, _MEMORIES, asked, 3)
        is_current = last[card] == review
        found[np.searchsorted(ids, card[is_current])] = difficulty[is_current]
    return found


def _columns(
    connection: Connection, sql: str, values: Sequence[Any], width: int
) -> tuple[Ints, ...]:
    """The rows of a query as columns."""
    cursor = driver(connection).execute(sql, values)
    parts = [np.empty((0, width), dtype=np.int64)]
    while rows := cursor.fetchmany(_AT_ONCE):
        flat = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * width)
        parts.append(flat.reshape(-1, width))
    table = np.concatenate(parts)
    return tuple(np.ascontiguousarray(table[:, column]) for column in range(width))
