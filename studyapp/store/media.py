"""Pictures and sounds: files in a folder beside the collection, and what is known of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from studyapp.errors import StorageError
from studyapp.store import settings
from studyapp.store.tables import media

_SHIPPED = "shipped_media"
_AWAY = "media_put_away"


@dataclass(frozen=True, slots=True)
class Medium:
    """What the collection knows of a file."""

    name: str
    sha256: str
    """In hexadecimal."""
    size_bytes: int


def folder_of(collection: Path) -> Path:
    """Where the media of a collection lie."""
    return collection.parent / "media"


def files(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names; links are left out, since they may lead anywhere."""
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name: Path(entry.path)
                for entry in entries
                if entry.is_file(follow_symlinks=False)
            }
    except (FileNotFoundError, NotADirectoryError):
        return {}


def described(name: str, content: bytes) -> Medium:
    return Medium(name, sha256(content).hexdigest(), len(content))


def write(folder: Path, name: str, content: bytes) -> None:
    """Put a file into the folder, whole or not at all; raises StorageError."""
    target = folder / name
    part = folder / f".{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(target)
    except OSError as failure:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StorageError(
            f"{target} could not be written ({failure.strerror}). Check the folder's permissions "
            "and free space."
        ) from failure


def remember(connection: Connection, medium: Medium, at: int) -> None:
    """Note what a file holds now."""
    values = {"sha256": medium.sha256, "size_bytes": medium.size_bytes}
    statement = insert(media).values(name=medium.name, added_at=at, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[media.c.name], set_=values))


def name_of(connection: Connection, digest: str) -> str | None:
    """The name of the file with this content."""
    found: str | None = connection.scalar(
        select(media.c.name).where(media.c.sha256 == digest).order_by(media.c.id).limit(1)
    )
    return found


def forget(connection: Connection, gone: Sequence[str]) -> None:
    """The files are not in the folder any more."""
    for name in gone:
        connection.execute(delete(media).where(media.c.name == name))


def put_away(connection: Connection) -> frozenset[str]:
    """Names of files that were put away and not had back."""
    return frozenset(json.loads(settings.get(connection, _AWAY) or "[]"))


def remember_away(connection: Connection, put_away: Iterable[str]) -> None:
    """Keep which files are away: undoing this tells that they shall be back."""
    settings.put(connection, _AWAY, json.dumps(sorted(put_away)))


def shipped(connection: Connection) -> dict[str, str]:
    """Which files came with decks: their digests by their names."""
    value = settings.get(connection, _SHIPPED)
    return {} if value is None else dict(json.loads(value))


def remember_shipped(connection: Connection, digests: Mapping[str, str]) -> None:
    """Keep which files came with decks, so that they can be told from the user's."""
    settings.put(connection, _SHIPPED, json.dumps(dict(sorted(digests.items()))))
