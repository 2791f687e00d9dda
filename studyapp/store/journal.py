"""The journal: triggers write down every change of a row, and rows are put back by it.

The triggers live in the connection (TEMP), are made from the tables' columns, and so never need a
migration.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from sqlalchemy import Connection, Table

from studyapp.store.driver import driver
from studyapp.store.tables import JOURNALED, METADATA

Value: TypeAlias = str | int | None
Change: TypeAlias = tuple[str, int, str | None, str | None]
"""Table, row id, what the row is and what it shall be, as JSON; None: it is not there."""


def _triggers(table: Table) -> tuple[str, ...]:
    columns = [column.name for column in table.columns]
    old, new = (
        f"json_array({', '.join(f'{row}.{name}' for name in columns)})" for row in ("old", "new")
    )
    was, becomes = (_changed_values(row, columns) for row in ("old", "new"))
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    return (
        _trigger(table, "INSERT", row_id="new.id", before="NULL", after=new),
        _trigger(
            table, "UPDATE", row_id="new.id", before=was, after=becomes, condition=f"({changed})"
        ),
        _trigger(table, "DELETE", row_id="old.id", before=old, after="NULL"),
    )


def _changed_values(row: str, columns: Iterable[str]) -> str:
    """SQL for a JSON object of the columns that an update changed, with their values in `row`."""
    pairs = " || ".join(
        f"CASE WHEN old.{name} IS new.{name} THEN ''"
        f" ELSE ',\"{name}\":' || json_quote({row}.{name}) END"
        for name in columns
    )
    return f"'{{' || substr({pairs}, 2) || '}}'"


def _trigger(
    table: Table, event: str, *, row_id: str, before: str, after: str, condition: str = "1"
) -> str:
    return f"""
        CREATE TEMP TRIGGER undo_{event.lower()}_{table.name} AFTER {event} ON main.{table.name}
        WHEN {condition} AND NOT EXISTS (SELECT 1 FROM undo_paused)
        BEGIN
            INSERT INTO undo_changes
            SELECT step.id, 1 + coalesce(
                (SELECT max(number) FROM undo_changes WHERE step_id = step.id), 0
            ), '{table.name}', {row_id}, {before}, {after}
            FROM (SELECT max(id) AS id FROM undo_steps) AS step;
        END;
    """  # noqa: S608 - names of our own tables and columns


TRIGGERS = "CREATE TEMP TABLE undo_paused (yes INTEGER);" + "".join(
    trigger for table in JOURNALED for trigger in _triggers(table)
)
"""A script that makes a connection write down what it changes; to be run once for each."""


@contextmanager
def paused(connection: Connection) -> Iterator[None]:
    """Write down no changes meanwhile; within a transaction of `Database.rewind`."""
    driver(connection).execute("INSERT INTO undo_paused VALUES (1)")
    yield
    driver(connection).execute("DELETE FROM undo_paused")


def read(
    connection: Connection, step_id: int, first: int, count: int, *, forward: bool
) -> list[Change]:
    """Some changes of a step from a number on, in the order in which they are to be made."""
    columns, order = ("before, after", "") if forward else ("after, before", "DESC")
    return (
        driver(connection)
        .execute(
            f"SELECT table_name, row_id, {columns} FROM undo_changes"  # noqa: S608 - our own words
            f" WHERE step_id = ? AND number BETWEEN ? AND ? ORDER BY number {order}",
            (step_id, first, first + count - 1),
        )
        .fetchall()
    )


def put(connection: Connection, changes: Sequence[Change]) -> None:
    """Make changes, those of the same kind that follow each other at once."""
    run = driver(connection).executemany
    for sql, group in groupby(map(_statement, changes), key=itemgetter(0)):
        run(sql, [values for _, values in group])


def _statement(change: Change) -> tuple[str, tuple[Value, ...]]:
    """SQL that turns one row into another."""
    table_name, row_id, was, becomes = change
    if becomes is None:
        return f"DELETE FROM {table_name} WHERE id = ?", (row_id,)  # noqa: S608 - our own names
    values: dict[str, Value] | list[Value] = json.loads(becomes)
    if isinstance(values, list):
        # What an older version wrote down has fewer: columns are only ever added at the end.
        names = _column_names(table_name)[: len(values)]
    else:
        names, values = tuple(values), list(values.values())
    if was is None:
        return _insert(table_name, names), tuple(values)
    # Not delete and insert: that would take the row's children along.
    return _update(table_name, names), (*values, row_id)


@lru_cache
def _column_names(table_name: str) -> tuple[str, ...]:
    return tuple(column.name for column in METADATA.tables[table_name].columns)


@lru_cache
def _insert(table_name: str, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table_name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our names


@lru_cache
def _update(table_name: str, names: tuple[str, ...]) -> str:
    marks = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {table_name} SET {marks} WHERE id = ?"  # noqa: S608 - our own names
