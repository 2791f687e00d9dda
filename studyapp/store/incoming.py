"""What an import looks up of notes and cards that are there, and changes in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.notes import Note
from studyapp.store.adding import NewCard
from studyapp.store.driver import driver
from studyapp.store.notes import note_to_json
from studyapp.store.tables import SCHEDULE_COLUMNS

_LISTED = "(SELECT value FROM json_each(?))"
_SCHEDULE = ", ".join(SCHEDULE_COLUMNS)
_PROGRESS = (
    f"UPDATE cards SET {', '.join(f'{name} = ?' for name in SCHEDULE_COLUMNS)}, suspended = ?,"  # noqa: S608
    " buried_on = ?, flag = ? WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card that is there."""

    id: int
    note_id: int
    ordinal: int
    deck_id: int
    suspended: bool
    flag: int
    schedule: Schedule


LoggedGrade: TypeAlias = tuple[int, int, int]
"""Its id, the grade and how long it took: what tells one review of a card from another."""


def last_card_id(connection: Connection) -> int:
    """All cards that are added later have higher ids."""
    found = driver(connection).execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'cards'"
    )
    return int(found.fetchone()[0])


def cards_of(connection: Connection, note_ids: Sequence[int]) -> dict[int, dict[int, KnownCard]]:
    """The cards of notes: by the notes' ids, and then by their ordinals."""
    sql = (
        f"SELECT id, note_id, ordinal, deck_id, suspended, flag, {_SCHEDULE} FROM cards"  # noqa: S608
        f" WHERE note_id IN {_LISTED}"
    )
    found: defaultdict[int, dict[int, KnownCard]] = defaultdict(dict)
    for row in driver(connection).execute(sql, (json.dumps(list(note_ids)),)):
        card = _known(row)
        found[card.note_id][card.ordinal] = card
    return found


def cards_by_id(connection: Connection, card_ids: Sequence[int]) -> dict[int, KnownCard]:
    """The cards with these ids."""
    sql = (
        f"SELECT id, note_id, ordinal, deck_id, suspended, flag, {_SCHEDULE} FROM cards"  # noqa: S608
        f" WHERE id IN {_LISTED}"
    )
    rows = driver(connection).execute(sql, (json.dumps(list(card_ids)),))
    return {card.id: card for card in map(_known, rows)}


def _known(row: Sequence[int]) -> KnownCard:
    card_id, note_id, ordinal, deck_id, suspended, flag, state, *rest = row
    schedule = Schedule(CardState(state), *rest)
    return KnownCard(card_id, note_id, ordinal, deck_id, bool(suspended), flag, schedule)


def grades_of(connection: Connection, card_ids: Sequence[int]) -> dict[int, list[LoggedGrade]]:
    """The log of cards, of each in its order."""
    sql = (
        "SELECT card_id, id, grade, took_ms FROM reviews"  # noqa: S608 - our own words
        f" WHERE card_id IN {_LISTED} ORDER BY card_id, id"
    )
    found: defaultdict[int, list[LoggedGrade]] = defaultdict(list)
    for card_id, *grade in driver(connection).execute(sql, (json.dumps(list(card_ids)),)):
        found[card_id].append((grade[0], grade[1], grade[2]))
    return found


def set_progress(connection: Connection, card_id: int, card: NewCard) -> None:
    """Give a card another schedule and marks; its deck stays."""
    marks = (int(card.suspended), card.buried_on, card.flag)
    driver(connection).execute(_PROGRESS, (*card.schedule.values(), *marks, card_id))


def remember_origin(connection: Connection, note_id: int, origin: str, note: Note) -> None:
    """Keep what was imported, unless the note belongs to a deck file."""
    driver(connection).execute(
        "UPDATE notes SET shipped = ?, shipped_by = ? WHERE id = ?"
        " AND (shipped_by IS NULL OR shipped_by = ?)",
        (note_to_json(note), origin, note_id, origin),
    )


def set_changed_at(connection: Connection, note_id: int, at: int) -> None:
    """When the note's content was changed, in ms since the epoch."""
    driver(connection).execute("UPDATE notes SET changed_at = ? WHERE id = ?", (at, note_id))
