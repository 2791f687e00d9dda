"""Connections to a collection's file, and transactions on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from studyapp.errors import StorageError
from studyapp.store.driver import driver
from studyapp.store.failures import damaged

_MAGIC = b"SQLite format 3\x00"
_BUSY_MS = 3000


def engine(path: Path, pragmas: tuple[str, ...]) -> Engine:
    """Makes connections that leave transactions to us, each with these pragmas."""
    made = create_engine(URL.create("sqlite+pysqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(made, "connect")
    def connected(dbapi: sqlite3.Connection, _record: object) -> None:
        # The driver's own transaction control would commit before DDL; BEGIN comes from us.
        dbapi.isolation_level = None
        dbapi.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        for pragma in pragmas:
            dbapi.execute(pragma)

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        driver(connection).execute("BEGIN")

    return made


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commits at the end, rolls back on any error, also one of the commit itself.

    SQLite keeps a transaction open whose commit failed, and SQLAlchemy does not roll it back then.
    """
    try:
        with connection.begin():
            yield
    finally:
        if driver(connection).in_transaction:
            driver(connection).rollback()


def check_magic(path: Path) -> None:
    """Refuse a file that is no database before SQLite could write to it."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as failure:
        raise StorageError(
            f"{path} cannot be read ({failure.strerror}). Check its permissions."
        ) from failure
    if start not in (b"", _MAGIC):
        raise damaged(path)
