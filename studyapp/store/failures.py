"""SQLite's failures, told as errors that a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from studyapp.errors import CollectionInUse, DamagedCollection, StorageError, StudyAppError

_PRIMARY_CODE = 0xFF


@contextmanager
def told_to_the_user(path: Path) -> Iterator[None]:
    """Turn failures of the disk or the file into StudyAppErrors; bugs of ours pass through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as failure:
        cause = failure.orig if isinstance(failure, DBAPIError) else failure
        error = _explained(cause, path)
        if error is None:
            raise
        raise error from failure


def _explained(cause: BaseException | None, path: Path) -> StudyAppError | None:
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY_CODE
    match code:
        case sqlite3.SQLITE_FULL:
            return StorageError(
                f"The disk that holds {path} is full. The last change was not saved; everything "
                "before it was. Free some space and try again."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return StorageError(
                f"{path} cannot be written. Nothing was changed. Check the permissions of the "
                "file and its folder, or choose another folder with --data-dir."
            )
        case sqlite3.SQLITE_IOERR:
            return StorageError(
                f"Reading or writing {path} failed ({cause}). The last change was not saved. "
                "Check the disk, then start again."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CollectionInUse(
                f"Another program has {path} locked. Nothing was changed. Close it and try again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path)
    return None


def damaged(path: Path) -> DamagedCollection:
    """The error for a file that SQLite cannot make sense of."""
    return DamagedCollection(
        f"{path} is damaged or is no collection of this app. It was left as it is. "
        "`studyapp backup --restore` puts the newest sound backup in its place."
    )
