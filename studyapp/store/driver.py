"""The SQLite connection below SQLAlchemy's, for the few statements between a key and the next card.

There SQLAlchemy's own share, some 20 µs a statement, is a third of the time that a grade takes.
The statements belong to the transaction that SQLAlchemy began all the same.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's connection of an open connection."""
    below = connection.connection.driver_connection
    assert isinstance(below, sqlite3.Connection)  # noqa: S101 - for the type checker
    return below
