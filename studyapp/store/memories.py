"""What FSRS remembers of cards, and the logs that it follows from.

A row counts as long as it was reckoned up to the card's last review, with the parameters that are
asked for; else it is as good as none. So nothing has to be done when reviews are undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from studyapp.domain.cards import CardState
from studyapp.domain.memory import Memory
from studyapp.domain.reviews import Grade
from studyapp.scheduling.fsrs_memory import Past
from studyapp.store.driver import driver

_VALUES = "m.stability_days, m.difficulty, m.reviewed_on"
_COUNTS = "m.model = ? AND m.review_id = (SELECT max(id) FROM reviews WHERE card_id = m.id)"
_GET = f"SELECT {_VALUES} FROM memories AS m WHERE m.id = ? AND {_COUNTS}"  # noqa: S608
_GET_MANY = (
    f"SELECT m.id, {_VALUES}, m.review_id FROM json_each(?) AS j"  # noqa: S608 - our own words
    f" CROSS JOIN memories AS m ON m.id = j.value WHERE {_COUNTS}"
)
_PUT = (
    "INSERT OR REPLACE INTO memories"
    " (id, review_id, model, stability_days, difficulty, reviewed_on) VALUES (?, ?, ?, ?, ?, ?)"
)
_PAST = (
    "r.id, r.grade, r.state_before, r.due_on_before, r.interval_days_before, r.ease_permille_before"
)
_GRADES = {int(grade): grade for grade in Grade}
_STATES = {int(state): state for state in CardState}


@dataclass(frozen=True, slots=True)
class Graded:
    """Reviews that were graded alike."""

    was_new: bool
    """Whether the cards were new before."""
    was_due: bool
    """Whether they were in review before."""
    grade: Grade
    count: int
    took_ms: int
    """All of them together, in milliseconds."""


def get(connection: Connection, card_id: int, model: str) -> Memory | None:
    """A card's memory, if it is known up to its last review."""
    row = driver(connection).execute(_GET, (card_id, model)).fetchone()
    return None if row is None else Memory(*row)


def known(connection: Connection, card_ids: Sequence[int], model: str) -> dict[int, Memory]:
    """The memories of those cards whose memory is known up to their last review."""
    found = known_since(connection, card_ids, model)
    return {card_id: memory for card_id, (memory, _) in found.items()}


def known_since(
    connection: Connection, card_ids: Sequence[int], model: str
) -> dict[int, tuple[Memory, int]]:
    """As `known`, each with the instant of the card's last review, in ms since the epoch."""
    rows = driver(connection).execute(_GET_MANY, (json.dumps(list(card_ids)), model))
    return {card_id: (Memory(*values), last) for card_id, *values, last in rows}


def put(connection: Connection, model: str, rows: Iterable[tuple[int, int, Memory]]) -> None:
    """Keep memories: card id, id of the last review that was counted, memory."""
    driver(connection).executemany(
        _PUT,
        (
            (card_id, review_id, model, it.stability_days, it.difficulty, it.reviewed_on)
            for card_id, review_id, it in rows
        ),
    )


def put_after_last_review(connection: Connection, card_id: int, model: str, memory: Memory) -> None:
    """Keep the memory of a card that was just reviewed."""
    found = driver(connection).execute("SELECT max(id) FROM reviews WHERE card_id = ?", (card_id,))
    put(connection, model, [(card_id, found.fetchone()[0], memory)])


def past_of(connection: Connection, card_id: int) -> list[Past]:
    """A card's log, in order."""
    sql = f"SELECT {_PAST} FROM reviews AS r WHERE r.card_id = ? ORDER BY r.id"  # noqa: S608
    return [_past(row) for row in driver(connection).execute(sql, (card_id,))]


def pasts(connection: Connection, card_ids: Sequence[int]) -> Iterator[tuple[int, list[Past]]]:
    """The logs of cards that have one: card id and reviews, both in order."""
    sql = (
        f"SELECT r.card_id, {_PAST} FROM json_each(?) AS j"  # noqa: S608 - our own words
        " CROSS JOIN reviews AS r ON r.card_id = j.value ORDER BY r.card_id, r.id"
    )
    rows = driver(connection).execute(sql, (json.dumps(list(card_ids)),))
    for card_id, group in groupby(rows, key=itemgetter(0)):
        yield card_id, [_past(row[1:]) for row in group]


def studied_cards(connection: Connection, deck_ids: Sequence[int]) -> list[int]:
    """Ids of the cards of decks that are not new, in order."""
    sql = (
        "SELECT id FROM cards WHERE deck_id IN (SELECT value FROM json_each(?))"
        " AND state <> 0 ORDER BY id"
    )
    return [row[0] for row in driver(connection).execute(sql, (json.dumps(list(deck_ids)),))]


def reviewed_cards(connection: Connection, deck_ids: Sequence[int]) -> list[int]:
    """Ids of the cards of decks that have a log, in order."""
    sql = (
        "SELECT id FROM cards AS c WHERE deck_id IN (SELECT value FROM json_each(?))"
        " AND EXISTS (SELECT 1 FROM reviews WHERE card_id = c.id) ORDER BY id"
    )
    return [row[0] for row in driver(connection).execute(sql, (json.dumps(list(deck_ids)),))]


def grades(connection: Connection, deck_ids: Sequence[int]) -> list[Graded]:
    """How the cards of decks were graded."""
    sql = (
        "SELECT r.state_before = 0, r.state_before = 2, r.grade, count(*), sum(r.took_ms)"
        " FROM cards AS c CROSS JOIN reviews AS r ON r.card_id = c.id"
        " WHERE c.deck_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3"
    )
    rows = driver(connection).execute(sql, (json.dumps(list(deck_ids)),))
    return [
        Graded(bool(was_new), bool(was_due), _GRADES[grade], count, took_ms)
        for was_new, was_due, grade, count, took_ms in rows
    ]


def newest_from(connection: Connection, deck_ids: Sequence[int], part: float) -> int:
    """The instant (ms since the epoch) from which on the newest part, 0 to 1, of the log lies."""
    log = (
        "FROM cards AS c CROSS JOIN reviews AS r ON r.card_id = c.id"
        " WHERE c.deck_id IN (SELECT value FROM json_each(?))"
    )
    listed = json.dumps(list(deck_ids))
    run = driver(connection).execute
    count = run(f"SELECT count(*) {log}", (listed,)).fetchone()[0]
    row = run(
        f"SELECT r.id {log} ORDER BY r.id DESC LIMIT 1 OFFSET ?",
        (listed, int(count * part)),
    ).fetchone()
    return 0 if row is None else int(row[0])


def _past(row: Sequence[Any]) -> Past:
    at, grade, state, *rest = row
    return Past(at, _GRADES[grade], _STATES[state], *rest)
