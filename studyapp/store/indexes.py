"""Doing without indexes while very many rows are added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Table

from studyapp.store.driver import driver

_OWN = (
    "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    " AND tbl_name IN (SELECT value FROM json_each(?))"
)
"""All but those that keep values unique."""


@contextmanager
def made_afterwards(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """An index is made sooner of all rows than row by row, where few rows were there before.

    If the transaction is rolled back, so is what this does.
    """
    run = driver(connection).execute
    indexes = run(_OWN, (json.dumps([table.name for table in tables]),)).fetchall()
    for name, _ in indexes:
        run(f"DROP INDEX main.{name}")
    yield
    for _, sql in indexes:
        run(sql)
