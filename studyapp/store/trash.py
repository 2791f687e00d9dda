"""What was deleted: notes with their cards, and decks, kept for a while.

A deletion is a batch. Its contents are written once and never change; the table `trash` tells which
of them are in the trash, and it alone is covered by undo: a deletion that is undone takes its
contents out of the trash, and one that is redone puts them in again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table

from studyapp.domain.query_text import heading
from studyapp.store import journal
from studyapp.store.driver import driver
from studyapp.store.tables import cards, decks, notes

KEPT_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Batch:
    """What one action deleted, as far as it is in the trash."""

    id: int
    name: str
    """What the user did: "deletion of 12 notes"."""
    deleted_at: int
    """Milliseconds since the epoch."""
    notes: int
    decks: int


@dataclass(frozen=True, slots=True)
class DeletedNote:
    """A note in the trash."""

    id: int
    """In the trash; not the note's."""
    title: str
    """The front in one line, Markdown."""
    deck: str
    """Full name of the deck of its first card; empty: it had no card."""
    cards: int


def _object(row: str, table: Table) -> str:
    return ", ".join(f"'{column.name}', {row}.{column.name}" for column in table.columns)


_PUT_IN = f"""
    INSERT INTO trash_contents (batch_id, note_id, content)
    SELECT ?, n.id, json_object(
        'note', json_object({_object("n", notes)}),
        'tags', (SELECT json_group_array(name) FROM (
            SELECT g.name FROM note_tags AS x JOIN tags AS g ON g.id = x.tag_id
            WHERE x.note_id = n.id ORDER BY x.id
        )),
        'links', (SELECT json_group_array(target_key) FROM (
            SELECT target_key FROM links WHERE note_id = n.id ORDER BY id
        )),
        'cards', (SELECT json_group_array(json(card)) FROM (
            SELECT json_object('deck', d.name, {_object("c", cards)}) AS card
            FROM cards AS c JOIN decks AS d ON d.id = c.deck_id
            WHERE c.note_id = n.id CONDITION ORDER BY c.ordinal
        ))
    ) FROM notes AS n WHERE n.id IN (SELECT value FROM json_each(?)) ORDER BY n.id
"""  # noqa: S608 - our own names
_PUT_IN_ALL = _PUT_IN.replace("CONDITION", "")
_PUT_IN_SOME = _PUT_IN.replace("CONDITION", "AND c.deck_id IN (SELECT value FROM json_each(?))")


def begin(connection: Connection, name: str, at: int) -> int:
    """Returns the id of a batch for what is deleted next."""
    cursor = driver(connection).execute(
        "INSERT INTO trash_batches (name, deleted_at) VALUES (?, ?)", (name, at)
    )
    return int(cursor.lastrowid or 0)


def put_in(
    connection: Connection, batch_id: int, ids: Sequence[int], deck_ids: Sequence[int] | None = None
) -> None:
    """Write down notes that are about to be deleted, with their cards, or those in some decks."""
    listed = json.dumps(list(ids))
    if deck_ids is None:
        driver(connection).execute(_PUT_IN_ALL, (batch_id, listed))
    else:
        decks_listed = json.dumps(list(deck_ids))
        driver(connection).execute(_PUT_IN_SOME, (batch_id, decks_listed, listed))


def put_in_decks(connection: Connection, batch_id: int, deck_ids: Sequence[int]) -> None:
    """Write down decks that are about to be deleted, without what is in them."""
    driver(connection).execute(
        "INSERT INTO trash_contents (batch_id, content)"  # noqa: S608 - our own names
        f" SELECT ?, json_object({_object('d', decks)}) FROM decks AS d"
        " WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.name",
        (batch_id, json.dumps(list(deck_ids))),
    )


def end(connection: Connection, batch_id: int) -> None:
    """What was written down is in the trash from now on; a batch with nothing in it goes."""
    run = driver(connection).execute
    ids = "SELECT id FROM trash_contents WHERE batch_id = ?"
    if run(f"INSERT INTO trash {ids}", (batch_id,)).rowcount == 0:
        run("DELETE FROM trash_batches WHERE id = ?", (batch_id,))


def batches(connection: Connection) -> list[Batch]:
    """All that have something in the trash, the newest first."""
    rows = driver(connection).execute(
        "SELECT b.id, b.name, b.deleted_at, count(c.note_id), count(*) - count(c.note_id)"
        " FROM trash AS t JOIN trash_contents AS c ON c.id = t.id"
        " JOIN trash_batches AS b ON b.id = c.batch_id GROUP BY b.id ORDER BY b.id DESC"
    )
    return [Batch(*row) for row in rows]


def ids_in(connection: Connection, batch_id: int) -> list[int]:
    """Ids, in the trash, of the notes of a batch."""
    rows = driver(connection).execute(
        "SELECT c.id FROM trash_contents AS c JOIN trash AS t ON t.id = c.id"
        " WHERE c.batch_id = ? AND c.note_id IS NOT NULL ORDER BY c.id",
        (batch_id,),
    )
    return [row[0] for row in rows]


def listed(connection: Connection, ids: Sequence[int]) -> dict[int, DeletedNote]:
    """Notes in the trash by their ids there."""
    rows = driver(connection).execute(
        "SELECT c.id, json_extract(c.content, '$.note.front'),"
        " json_extract(c.content, '$.note.kind'), json_extract(c.content, '$.cards[0].deck'),"
        " json_array_length(c.content, '$.cards')"
        " FROM json_each(?) AS j CROSS JOIN trash_contents AS c ON c.id = j.value"
        " JOIN trash AS t ON t.id = c.id WHERE c.note_id IS NOT NULL",
        (json.dumps(list(ids)),),
    )
    return {
        row_id: DeletedNote(row_id, heading(front, kind == "cloze"), deck or "", number)
        for row_id, front, kind, deck, number in rows
    }


def newest_with_key(connection: Connection, key: str) -> int | None:
    """The id, in the trash, of the note with this key that was deleted last."""
    found: tuple[int | None] = (
        driver(connection)
        .execute(
            "SELECT max(c.id) FROM trash AS t JOIN trash_contents AS c ON c.id = t.id"
            " WHERE c.note_id IS NOT NULL AND json_extract(c.content, '$.note.key') = ?",
            (key,),
        )
        .fetchone()
    )
    return found[0]


def purge(connection: Connection, before: int) -> None:
    """Delete for ever what was deleted before then, in ms since the epoch; undo knows nothing."""
    run = driver(connection).execute
    with journal.paused(connection):
        run("DELETE FROM trash_batches WHERE deleted_at < ?", (before,))
        run("DELETE FROM trash WHERE id NOT IN (SELECT id FROM trash_contents)")


def empty(connection: Connection) -> None:
    """Delete for ever what is in the trash; undo of the deletions brings it back nevertheless."""
    run = driver(connection).execute
    with journal.paused(connection):
        run("DELETE FROM trash_contents WHERE id IN (SELECT id FROM trash)")
        run("DELETE FROM trash")
        run("DELETE FROM trash_batches WHERE id NOT IN (SELECT batch_id FROM trash_contents)")


def oldest(connection: Connection) -> int | None:
    """When the oldest batch was deleted, in ms since the epoch."""
    found: tuple[int | None] = (
        driver(connection).execute("SELECT min(deleted_at) FROM trash_batches").fetchone()
    )
    return found[0]
