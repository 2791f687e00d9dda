"""Reviews and cards as columns, read as a whole and brought up to date review by review."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import Connection

from studyapp.statistics.columns import NO_DAY, UNKNOWN, Cards, Ints, Log
from studyapp.statistics.weakness import TagCards
from studyapp.store.driver import driver

_AT_ONCE = 10_000
"""Rows; more would keep other threads waiting for longer than a frame."""
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
    FROM cards AS c JOIN notes AS n ON n.id = c.note_id
"""  # noqa: S608 - our own words
_MEMORIES = """
    SELECT m.id, m.review_id, CAST(m.difficulty * 10 AS INTEGER)
    FROM cards AS c CROSS JOIN memories AS m ON m.id = c.id WHERE c.deck_id = ? AND m.model = ?
"""


_STEPS = """
    SELECT
        (SELECT count(*) FROM cards), (SELECT count(*) FROM undo_steps WHERE undone = 1),
        s.id, s.done_at
    FROM (SELECT 1) LEFT JOIN (
        SELECT id, done_at FROM undo_steps WHERE name NOT LIKE 'grade %' ORDER BY id DESC LIMIT 1
    ) AS s
"""
_OF_IDS = " WHERE c.id IN (SELECT value FROM json_each(?))"
_IN_ORDER = " ORDER BY c.id"


Steps: TypeAlias = tuple[int | None, ...]
"""How many cards there are, how many steps are undone, and the last step that was no grade: its
number and its instant."""


def version(connection: Connection) -> int:
    """Another number after another connection has changed anything; of one connection only."""
    found: int = driver(connection).execute("PRAGMA data_version").fetchone()[0]
    return found


def steps(connection: Connection) -> Steps:
    """As long as they are the same, nothing but grades can have come, or gone by undo.

    Then the reviews up to one that was known are the same if they are as many.
    """
    found: Steps = driver(connection).execute(_STEPS).fetchone()
    return found


def count_until(connection: Connection, last: int) -> int:
    """How many reviews there are up to one, counted in the pages of an index; 0 if it is gone."""
    run = driver(connection).execute
    if last >= 0 and run("SELECT 1 FROM reviews WHERE id = ?", (last,)).fetchone() is None:
        return 0
    later: int = run("SELECT count(*) FROM reviews WHERE id > ?", (last,)).fetchone()[0]
    total: int = run("SELECT count(*) FROM reviews").fetchone()[0]
    return total - later


def log_after(connection: Connection, last: int) -> Log:
    """The reviews after an id, in order."""
    return Log(*_columns(connection, _LOG, (last,), 7))


def every_card(connection: Connection, log: Log, models: Mapping[int, str]) -> Cards:
    """All cards, in order; `models`: by deck id, FSRS's where it schedules.

    A difficulty counts if it was reckoned up to the last of the reviews, which `log` has all of.
    """
    columns = _columns(connection, _CARDS + _IN_ORDER, (), 11)
    difficulty = _difficulty(connection, columns[0], log, models)
    return Cards(*(*columns, difficulty))


def cards_of(connection: Connection, log: Log, models: Mapping[int, str]) -> Cards:
    """The cards that these reviews are of, in order; `log` has the last ones of each."""
    ids = json.dumps(np.unique(log.card).tolist())
    columns = _columns(connection, _CARDS + _OF_IDS + _IN_ORDER, (ids,), 11)
    difficulty = _difficulty(connection, columns[0], log, models)
    return Cards(*(*columns, difficulty))


def tag_cards(connection: Connection) -> TagCards:
    """All cards that have tags."""
    sql = "SELECT x.tag_id, c.id FROM note_tags AS x JOIN cards AS c ON c.note_id = x.note_id"
    names = driver(connection).execute("SELECT id, name FROM tags").fetchall()
    tag, card = _columns(connection, sql, (), 2)
    return TagCards(tag, card, dict(names))


def _difficulty(connection: Connection, ids: Ints, log: Log, models: Mapping[int, str]) -> Ints:
    found = np.full(len(ids), UNKNOWN, dtype=np.int64)
    if not models:
        return found
    room = int(max(ids.max(initial=0), log.card.max(initial=0))) + 1
    last = np.zeros(room, dtype=np.int64)
    last[log.card] = log.at  # of equal indices the last one counts, and the log is in order
    for asked in models.items():
        card, review, difficulty = _columns(connection, _MEMORIES, asked, 3)
        known = np.isin(card, ids)
        card, review, difficulty = card[known], review[known], difficulty[known]
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
