"""Putting back what is in the trash."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table

from studyapp.store import bulk
from studyapp.store.decks import DEFAULT_PRESET_ID
from studyapp.store.driver import driver
from studyapp.store.tables import cards, decks, links, note_tags, notes

Values: TypeAlias = Mapping[str, Any]
"""A row by its columns."""
EnsureDeck: TypeAlias = Callable[[str], int]
"""The id of the deck with a name, which is made if it is not there."""


@dataclass(frozen=True, slots=True)
class Content:
    """A note as it was deleted."""

    id: int
    """In the trash."""
    note: Values
    tags: Sequence[str]
    links: Sequence[str]
    cards: Sequence[Values]
    """Each with the name of its deck besides its columns."""


@dataclass(frozen=True, slots=True)
class ReturnedDeck:
    """A deck that was put back."""

    name: str
    key: str | None
    """Of its file, if it has one."""


def contents(connection: Connection, ids: Sequence[int]) -> list[Content]:
    """Notes in the trash, in the order of their ids there."""
    rows = driver(connection).execute(
        "SELECT c.id, c.content FROM trash_contents AS c JOIN trash AS t ON t.id = c.id"
        " WHERE c.id IN (SELECT value FROM json_each(?)) AND c.note_id IS NOT NULL ORDER BY c.id",
        (json.dumps(list(ids)),),
    )
    return [Content(content_id, **json.loads(content)) for content_id, content in rows]


def put_back(connection: Connection, found: Sequence[Content], ensure_deck: EnsureDeck) -> int:
    """Put notes and cards back as they were, with their ids; returns how many notes.

    A note whose key another note has now stays in the trash. One that exists still, since it had
    cards elsewhere, gets those back that it lacks.
    """
    present, taken = _present(connection, found)
    returning = [
        each for each in found if each.note["id"] in present or each.note["key"] not in taken
    ]
    missing = [each for each in returning if each.note["id"] not in present]
    _insert(connection, notes, [each.note for each in missing])
    _put_back_tags(connection, missing)
    _insert(
        connection,
        links,
        [
            {"note_id": each.note["id"], "target_key": target}
            for each in missing
            for target in each.links
        ],
    )
    _put_back_cards(connection, returning, ensure_deck)
    _take_out(connection, [each.id for each in returning])
    return len(returning)


def put_back_decks(connection: Connection, batch_id: int) -> list[ReturnedDeck]:
    """Put the decks of a batch back; those that are there stay as they are."""
    return _put_back_decks(connection, "c.batch_id = ?", (batch_id,))


def put_back_deck(connection: Connection, name: str) -> list[ReturnedDeck]:
    """Put back a deck with this name that is in the trash, if none is there."""
    named = (
        "json_extract(c.content, '$.name') = ?1 COLLATE NOCASE"
        " AND NOT EXISTS (SELECT 1 FROM decks WHERE name = ?1)"
    )
    return _put_back_decks(connection, named, (name,))


def _present(connection: Connection, found: Sequence[Content]) -> tuple[set[int], set[str]]:
    """Which of the notes are there, and which of their keys are another note's."""
    rows = driver(connection).execute(
        "SELECT id, key FROM notes WHERE id IN (SELECT value FROM json_each(?1))"
        " OR key IN (SELECT value FROM json_each(?2))",
        (
            json.dumps([each.note["id"] for each in found]),
            json.dumps([each.note["key"] for each in found]),
        ),
    )
    pairs = rows.fetchall()
    return {row[0] for row in pairs}, {row[1] for row in pairs}


def _put_back_tags(connection: Connection, missing: Sequence[Content]) -> None:
    names = list(dict.fromkeys(name for each in missing for name in each.tags))
    ids = {name: bulk.ensure_tags(connection, [name])[0] for name in names}
    rows = [
        {"note_id": each.note["id"], "tag_id": ids[name]} for each in missing for name in each.tags
    ]
    _insert(connection, note_tags, rows)


def _put_back_cards(
    connection: Connection, returning: Sequence[Content], ensure_deck: EnsureDeck
) -> None:
    names = dict.fromkeys(card["deck"] for each in returning for card in each.cards)
    deck_ids = {name: ensure_deck(name) for name in names}
    rows = [
        {**card, "deck_id": deck_ids[card["deck"]]} for each in returning for card in each.cards
    ]
    _insert(connection, cards, rows)


def _put_back_decks(
    connection: Connection, condition: str, values: tuple[int | str, ...]
) -> list[ReturnedDeck]:
    """The newest first: of two with one name, or one key, the older stays away."""
    rows = driver(connection).execute(
        "SELECT c.id, c.content FROM trash_contents AS c JOIN trash AS t ON t.id = c.id"  # noqa: S608
        f" WHERE c.note_id IS NULL AND {condition} ORDER BY c.id DESC",
        values,
    )
    found = {content_id: json.loads(content) for content_id, content in rows}
    _take_out(connection, list(found))
    return [
        ReturnedDeck(each["name"], each["key"])
        for each in found.values()
        if _put_back_deck(connection, each)
    ]


def _put_back_deck(connection: Connection, values: Values) -> bool:
    run = driver(connection).execute
    preset = run("SELECT id FROM presets WHERE id = ?", (values["preset_id"],)).fetchone()
    preset_id = DEFAULT_PRESET_ID if preset is None else preset[0]
    # Its id may be another deck's by now.
    row = {name: value for name, value in values.items() if name != "id"}
    return _insert(connection, decks, [{**row, "preset_id": preset_id}]) > 0


def _insert(connection: Connection, table: Table, rows: Sequence[Values]) -> int:
    """Rows with the same columns; what is there already stays as it is; returns how many came."""
    if not rows:
        return 0
    # By those of the first: a later version may have more columns, which have defaults.
    names = [column.name for column in table.columns if column.name in rows[0]]
    marks = ", ".join(f":{name}" for name in names)
    cursor = driver(connection).executemany(
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our names
        " ON CONFLICT DO NOTHING",
        rows,
    )
    return cursor.rowcount


def _take_out(connection: Connection, ids: Sequence[int]) -> None:
    driver(connection).execute(
        "DELETE FROM trash WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
