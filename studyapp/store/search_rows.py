"""What a table shows of the cards that a search found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.notes import NoteKind
from studyapp.domain.query import Listed
from studyapp.domain.query_text import heading
from studyapp.store.driver import driver
from studyapp.store.tables import SCHEDULE_COLUMNS

_SELECT = f"""
    SELECT c.id, c.note_id, c.ordinal, n.kind, n.front, d.name, (
        SELECT group_concat(name, ' ') FROM (
            SELECT g.name FROM note_tags AS x JOIN tags AS g ON g.id = x.tag_id
            WHERE x.note_id = n.id ORDER BY x.id
        )
    ), n.created_at, n.changed_at, c.position, c.suspended, c.buried_on, c.flag,
    (SELECT count(*) FROM cards AS s WHERE s.note_id = n.id),
    {", ".join(f"c.{name}" for name in SCHEDULE_COLUMNS)}
    FROM cards AS c JOIN notes AS n ON n.id = c.note_id JOIN decks AS d ON d.id = c.deck_id
"""  # noqa: S608 - our own names
_CARDS = f"{_SELECT} WHERE c.id IN (SELECT value FROM json_each(?))"  # noqa: S608
_OF_NOTES = "c.note_id IN (SELECT value FROM json_each(?)) ORDER BY c.ordinal DESC"
_NOTES = f"{_SELECT} WHERE {_OF_NOTES}"


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card in a table; of a note in a table of notes, its first card."""

    card_id: int
    note_id: int
    ordinal: int
    kind: NoteKind
    title: str
    """The front in one line, Markdown."""
    deck: str
    """Full name."""
    tags: tuple[str, ...]
    added_at: int
    """Of the note, in ms since the epoch; so is `edited_at`."""
    edited_at: int
    position: int
    suspended: bool
    buried_on: int | None
    """The study day on which it is not asked."""
    flag: int
    cards: int
    """Of its note."""
    schedule: Schedule


def rows(connection: Connection, ids: Sequence[int], listed: Listed) -> dict[int, FoundCard]:
    """Rows by the ids of cards, or of notes; without those that are gone."""
    sql = _CARDS if listed is Listed.CARDS else _NOTES
    found = map(_row, driver(connection).execute(sql, (json.dumps(list(ids)),)))
    if listed is Listed.CARDS:
        return {row.card_id: row for row in found}
    return {row.note_id: row for row in found}


def _row(values: Sequence[Any]) -> FoundCard:
    card_id, note_id, ordinal, kind, front, deck, tags, added_at, edited_at = values[:9]
    position, suspended, buried_on, flag, cards, state, *schedule = values[9:]
    return FoundCard(
        card_id,
        note_id,
        ordinal,
        NoteKind(kind),
        heading(front, kind == NoteKind.CLOZE),
        deck,
        tuple(tags.split(" ")) if tags else (),
        added_at,
        edited_at,
        position,
        bool(suspended),
        buried_on,
        flag,
        cards,
        Schedule(CardState(state), *schedule),
    )
