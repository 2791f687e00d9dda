"""Notes for export tests, and a look into the packages that are made of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile

from studyapp.anki.export import ExportCard, ExportNote
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind

NOON = 1_750_000_000_000
"""Some moment, in ms since the epoch."""
MINUTE = 60_000

Row: TypeAlias = "dict[str, int | str]"
Json: TypeAlias = "dict[str, object]"


def basic(key: str, front: str = "Front", back: str = "Back", **more: object) -> Note:
    return Note(key, NoteKind.BASIC, front, back, **more)  # type: ignore[arg-type]


def reversed_(key: str, front: str = "Front", back: str = "Back") -> Note:
    return Note(key, NoteKind.REVERSED, front, back)


def cloze(key: str, front: str, back: str = "") -> Note:
    return Note(key, NoteKind.CLOZE, front, back)


def exported(
    note: Note,
    deck: str = "Deck",
    *,
    created_at: int = NOON,
    changed_at: int = NOON,
    position: int = 0,
    suspended: bool = False,
    flag: int = 0,
) -> ExportNote:
    """The note with all of its cards in one deck, at positions that follow each other."""
    cards = tuple(
        ExportCard(ordinal, deck, position + index, suspended, flag)
        for index, ordinal in enumerate(ordinals(note))
    )
    return ExportNote(note, created_at, changed_at, cards)


@contextmanager
def opened(package: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """The database in a package."""
    with ZipFile(package) as archive:
        path = archive.extract("collection.anki2", folder)
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        yield database


def rows(package: Path, table: str) -> list[Row]:
    """A table of the package's database, as dictionaries in the order of ids."""
    with opened(package, package.parent) as database:
        return [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY id")]


def config(package: Path) -> Json:
    """The collection's options."""
    (row,) = rows(package, "col")
    found: Json = json.loads(str(row["conf"]))
    return found


def deck_ids(package: Path) -> dict[str, int]:
    """The ids of the decks by their full names."""
    (row,) = rows(package, "col")
    decks: dict[str, Json] = json.loads(str(row["decks"]))
    return {str(deck["name"]): int(key) for key, deck in decks.items()}
