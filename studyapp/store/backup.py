"""Copies of the collection, checked, and putting one back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from studyapp.errors import StorageError
from studyapp.store.failures import damaged, told_to_the_user

KEPT = 20
"""Daily backups; those made before an upgrade are never deleted."""

_DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a collection."""

    path: Path
    made_at: int
    """Milliseconds since the epoch."""
    size_bytes: int


def folder_of(collection: Path) -> Path:
    """Where the backups of a collection lie."""
    return collection.parent / "backups"


def make(collection: Path, folder: Path, label: str) -> Backup:
    """Copy a collection while it may be in use, and check the copy.

    Raises DamagedCollection if the collection is damaged, StorageError if the copy can't be
    written; no half a backup is left.
    """
    if not collection.is_file():
        raise StorageError(f"There is no collection at {collection}, so there is nothing to copy.")
    target = folder / f"{collection.stem}-{label}.db"
    part = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(collection, part)
        part.replace(target)
    except OSError as failure:
        raise StorageError(
            f"A backup could not be written to {folder} ({failure.strerror}). Check its "
            "permissions and free space."
        ) from failure
    return _described(target)


def _copy(collection: Path, part: Path) -> None:
    """Raises DamagedCollection, naming the collection, or StorageError; leaves no half a copy."""
    try:
        with told_to_the_user(collection), closing(sqlite3.connect(collection)) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        if not _is_sound(part):
            raise damaged(collection)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def make_daily(collection: Path, day: str) -> Backup | None:
    """The backup of a day (`2026-11-21`), None if there is one already; deletes surplus ones."""
    folder = folder_of(collection)
    label = f"{_DAILY}-{day}"
    if (folder / f"{collection.stem}-{label}.db").exists():
        return None
    made = make(collection, folder, label)
    for old in sorted(folder.glob(f"{collection.stem}-{_DAILY}-*.db"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return made


def found(collection: Path) -> tuple[Backup, ...]:
    """All backups of a collection, the newest first."""
    copies = folder_of(collection).glob(f"{collection.stem}-*.db")
    return tuple(
        sorted((_described(copy) for copy in copies), key=lambda b: b.made_at, reverse=True)
    )


def newest_sound(collection: Path) -> Backup | None:
    """The newest backup that passes SQLite's own check."""
    for copy in found(collection):
        if _is_sound(copy.path):
            return copy
    return None


def restore(collection: Path, copy: Backup, at: int) -> Path:
    """Put a backup in the collection's place; returns where the present file was set aside.

    `at` (now, in ms since the epoch) tells apart what is set aside; nothing is overwritten. The
    caller holds the write lock. Raises DamagedCollection if the backup is damaged, StorageError.
    """
    if not _is_sound(copy.path):
        raise damaged(copy.path)
    aside = collection.with_name(f"{collection.stem}-set-aside-{at}.db")
    part = collection.with_suffix(".part")
    try:
        with part.open("wb") as file:
            file.write(copy.path.read_bytes())
            os.fsync(file.fileno())
        for suffix in ("", "-wal", "-shm"):
            present = collection.with_name(collection.name + suffix)
            if present.exists():
                present.rename(aside.with_name(aside.name + suffix))
        part.replace(collection)
    except OSError as failure:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"{copy.path} could not be put back ({failure.strerror}). The present files are in "
            f"{collection.parent}. Check free space and permissions."
        ) from failure
    return aside


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            found: tuple[str] = copy.execute("PRAGMA quick_check(1)").fetchone()
            return found == ("ok",)
    except sqlite3.DatabaseError:
        return False


def _described(path: Path) -> Backup:
    status = path.stat()
    return Backup(path, int(status.st_mtime * 1000), status.st_size)
