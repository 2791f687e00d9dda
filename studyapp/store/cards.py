"""Cards and their schedules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from studyapp.domain.cards import NEW_SCHEDULE, Card, CardState, Schedule
from studyapp.errors import NotFound
from studyapp.store.driver import driver
from studyapp.store.tables import SCHEDULE_COLUMNS, cards

_COLUMNS = ("id", "note_id", "deck_id", "ordinal", *SCHEDULE_COLUMNS)
_CARD = [cards.c[name] for name in _COLUMNS]
_GET = f"SELECT {', '.join(_COLUMNS)} FROM cards WHERE id = ?"  # noqa: S608 - our own names
_SET_SCHEDULE = (
    f"UPDATE cards SET {', '.join(f'{name} = ?' for name in SCHEDULE_COLUMNS)} WHERE id = ?"  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class Place:
    """A card and where it stands among others."""

    card: Card
    position: int
    """New cards are learned in this order."""
    suspended: bool
    flag: int
    """0 none, 1 to 7 the colours."""


def get(connection: Connection, card_id: int) -> Card:
    """Raises NotFound."""
    row = driver(connection).execute(_GET, (card_id,)).fetchone()
    if row is None:
        raise NotFound("This card does not exist any more.")
    return _card(row)


def of_note(connection: Connection, note_id: int) -> list[Card]:
    """In the order of their ordinals."""
    rows = connection.execute(
        select(*_CARD).where(cards.c.note_id == note_id).order_by(cards.c.ordinal)
    )
    return [_card(row) for row in rows]


def in_decks(connection: Connection, deck_ids: Sequence[int]) -> list[Place]:
    """In the order in which new cards are learned."""
    return _places(connection, cards.c.deck_id.in_(list(deck_ids)))


def of_notes(connection: Connection, note_ids: Sequence[int]) -> list[Place]:
    """All cards of notes, in the order in which new cards are learned."""
    ids = func.json_each(json.dumps(list(note_ids))).table_valued("value")
    return _places(connection, cards.c.note_id.in_(select(ids.c.value)))


def _places(connection: Connection, condition: ColumnElement[bool]) -> list[Place]:
    rows = connection.execute(
        select(*_CARD, cards.c.position, cards.c.suspended, cards.c.flag)
        .where(condition)
        .order_by(cards.c.position, cards.c.id)
    )
    return [Place(_card(row), row.position, bool(row.suspended), row.flag) for row in rows]


def count_studied(connection: Connection, deck_ids: Sequence[int]) -> int:
    """How many cards of decks are not new."""
    found = select(func.count()).where(
        cards.c.deck_id.in_(list(deck_ids)), cards.c.state != CardState.NEW
    )
    return connection.scalar(found) or 0


def set_schedule(connection: Connection, card_id: int, schedule: Schedule) -> None:
    driver(connection).execute(_SET_SCHEDULE, (*schedule.values(), card_id))


def set_schedules(connection: Connection, changed: Iterable[tuple[int, Schedule]]) -> None:
    """Give cards, told by their ids, other schedules; whether they are suspended stays."""
    driver(connection).executemany(
        _SET_SCHEDULE, ((*schedule.values(), card_id) for card_id, schedule in changed)
    )


def add(connection: Connection, note_id: int, deck_id: int, ordinals: Iterable[int]) -> None:
    """New cards, to be learned after all that are there."""
    # By the ids that were given, not by a search for the last position: ids only grow.
    first = connection.scalar(select(func.max(cards.c.id))) or 0
    rows = [
        {
            "note_id": note_id,
            "deck_id": deck_id,
            "ordinal": ordinal,
            "position": first + index,
            **_NEW,
        }
        for index, ordinal in enumerate(ordinals)
    ]
    if rows:
        connection.execute(insert(cards), rows)


_NEW = {**asdict(NEW_SCHEDULE), "suspended": 0, "flag": 0}


def suspend(connection: Connection, card_ids: Sequence[int]) -> None:
    """They are not asked any more; their schedules stay."""
    _set_suspended(connection, card_ids, 1)


def unsuspend(connection: Connection, card_ids: Sequence[int]) -> None:
    """They are asked again."""
    _set_suspended(connection, card_ids, 0)


def move(connection: Connection, note_id: int, deck_id: int) -> None:
    """Put all cards of a note into a deck."""
    connection.execute(update(cards).where(cards.c.note_id == note_id).values(deck_id=deck_id))


def _set_suspended(connection: Connection, card_ids: Sequence[int], value: int) -> None:
    connection.execute(update(cards).where(cards.c.id.in_(list(card_ids))).values(suspended=value))


def _card(row: Sequence[Any]) -> Card:
    """From a row that begins with `_COLUMNS`."""
    card_id, note_id, deck_id, ordinal, state, *rest = row[: len(_COLUMNS)]
    return Card(card_id, note_id, deck_id, ordinal, Schedule(CardState(state), *rest))
