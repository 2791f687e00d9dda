"""Linked folders, and what the collection and their deck files had in common last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from studyapp.domain.linking import Head, Placed
from studyapp.domain.notes import Source
from studyapp.store import macros
from studyapp.store.driver import driver
from studyapp.store.notes import note_from_json, note_to_json
from studyapp.store.tables import linked_decks, linked_folders, linked_notes


@dataclass(frozen=True, slots=True)
class LinkedFolder:
    """A folder that is linked."""

    id: int
    path: Path


@dataclass(frozen=True, slots=True)
class LinkedDeck:
    """A deck file as it was last."""

    file: str
    """Its name in the folder."""
    head: Head


def folders(connection: Connection) -> list[LinkedFolder]:
    """In the order in which they were linked."""
    rows = connection.execute(select(linked_folders).order_by(linked_folders.c.id))
    return [LinkedFolder(row.id, Path(row.path)) for row in rows]


def add_folder(connection: Connection, path: Path, at: int) -> int:
    """Returns the folder's id."""
    statement = insert(linked_folders).values(path=str(path), linked_at=at)
    made: int = connection.execute(statement.returning(linked_folders.c.id)).scalar_one()
    return made


def remove_folder(connection: Connection, folder_id: int) -> None:
    """Forget a folder and what is known of it."""
    for table in (linked_notes, linked_decks):
        connection.execute(delete(table).where(table.c.folder_id == folder_id))
    connection.execute(delete(linked_folders).where(linked_folders.c.id == folder_id))


def decks(connection: Connection, folder_id: int) -> dict[str, LinkedDeck]:
    """By their keys."""
    rows = connection.execute(select(linked_decks).where(linked_decks.c.folder_id == folder_id))
    return {row.deck_key: LinkedDeck(row.file, _head(row.head)) for row in rows}


def notes(connection: Connection, folder_id: int) -> dict[str, Placed]:
    """By their keys."""
    rows = connection.execute(select(linked_notes).where(linked_notes.c.folder_id == folder_id))
    return {row.note_key: Placed(note_from_json(row.note), row.deck_key) for row in rows}


def remember_decks(connection: Connection, folder_id: int, known: Mapping[str, LinkedDeck]) -> None:
    """Keep what deck files say besides their notes, by their keys."""
    for key, deck in known.items():
        values = {"file": deck.file, "head": _head_to_json(deck.head)}
        statement = insert(linked_decks).values(folder_id=folder_id, deck_key=key, **values)
        connection.execute(
            statement.on_conflict_do_update(index_elements=[linked_decks.c.deck_key], set_=values)
        )


_REMEMBER: Final = """
    INSERT INTO linked_notes (folder_id, note_key, deck_key, note) VALUES (?, ?, ?, ?)
    ON CONFLICT (note_key) DO UPDATE SET deck_key = excluded.deck_key, note = excluded.note
"""


def remember_notes(connection: Connection, folder_id: int, known: Sequence[Placed]) -> None:
    """Keep what notes are on both sides now."""
    driver(connection).executemany(
        _REMEMBER,
        [(folder_id, each.note.key, each.deck_key, note_to_json(each.note)) for each in known],
    )


def forget_notes(connection: Connection, keys: Sequence[str]) -> None:
    """The notes are on neither side any more."""
    driver(connection).executemany(
        "DELETE FROM linked_notes WHERE note_key = ?", [(key,) for key in keys]
    )


def forget_decks(connection: Connection, keys: Sequence[str]) -> None:
    """Their files are not there any more, nor any note of them."""
    driver(connection).executemany(
        "DELETE FROM linked_decks WHERE deck_key = ?", [(key,) for key in keys]
    )


def _head_to_json(head: Head) -> str:
    values = {
        "description": head.description,
        "sources": [asdict(source) for source in head.sources],
        "macros": head.macros.bodies(),
    }
    return json.dumps(values, ensure_ascii=False)


def _head(text: str) -> Head:
    values = json.loads(text)
    sources = tuple(Source(**source) for source in values["sources"])
    return Head(values["description"], sources, macros.from_json(json.dumps(values["macros"])))
