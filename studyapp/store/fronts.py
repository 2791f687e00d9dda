"""The fronts of all notes, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from studyapp.store.driver import driver

_CHUNK = 500

Stamp = tuple[int, int]
"""When a note's content was changed, in milliseconds since the epoch, and its front's length."""


@dataclass(frozen=True, slots=True)
class Front:
    """A note's front by its key."""

    note_id: int
    key: str
    markdown: str


def state(connection: Connection) -> tuple[int, int]:
    """Differs from what it was in the same open connection if anything at all was changed."""
    below = driver(connection)
    (version,) = below.execute("PRAGMA data_version").fetchone()
    return int(version), below.total_changes


def stamps(connection: Connection) -> dict[int, Stamp]:
    """Of all notes by their ids; a note whose front changed has another one."""
    rows = driver(connection).execute("SELECT id, changed_at, length(front) FROM notes")
    return {note_id: (changed_at, length) for note_id, changed_at, length in rows}


def of(connection: Connection, note_ids: Sequence[int]) -> Iterator[Front]:
    """The fronts of the notes with these ids, in no order."""
    for start in range(0, len(note_ids), _CHUNK):
        chunk = note_ids[start : start + _CHUNK]
        places = ", ".join("?" * len(chunk))
        rows = driver(connection).execute(
            f"SELECT id, key, front FROM notes WHERE id IN ({places})",  # noqa: S608 - question marks
            chunk,
        )
        yield from (Front(*row) for row in rows)


def texts(connection: Connection, keys: Sequence[str]) -> tuple[str, ...]:
    """Front and back of the notes with these keys, as far as they exist."""
    found: list[str] = []
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        places = ", ".join("?" * len(chunk))
        rows = driver(connection).execute(
            f"SELECT front, back FROM notes WHERE key IN ({places})",  # noqa: S608 - question marks
            chunk,
        )
        found += (f"{front}\n\n{back}" for front, back in rows)
    return tuple(found)
