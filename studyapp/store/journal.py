"""The journal: triggers write down every change of a row, and rows are put back by it.

The triggers live in the connection (TEMP), are made from the tables' columns, and so never need a
migration.

Where very many rows are added at once, `added` writes down their ids alone: nobody can have changed
them when they are taken away again, and what they hold is written down just before that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

from sqlalchemy import Connection, Table

from studyapp.store.driver import driver
from studyapp.store.tables import DERIVED, JOURNALED, METADATA

Value: TypeAlias = str | int | None
_Single: TypeAlias = "tuple[str, int, bool, dict[str, Value] | list[Value] | None]"
"""Table, row id, whether the row is there, and what it shall be; None: it shall go."""
Change: TypeAlias = tuple[str, int, str | None, str | None]
"""Table, row id, what the row is and what it shall be, as JSON; None: it is not there.

A list of lists stands for many rows that were added; of each, the first of its values that are
known, at least its id.
"""
_MANY = "[["
_AT_ONCE: Final = 2000
"""Rows of one list."""


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
    """Write down no changes meanwhile, since they are put back, or told to `added`."""
    driver(connection).execute("INSERT INTO undo_paused VALUES (1)")
    yield
    driver(connection).execute("DELETE FROM undo_paused")


@contextmanager
def without(connection: Connection, table: Table) -> Iterator[None]:
    """As `paused`, for the adding of very many rows to one table, faster by a quarter.

    If the transaction is rolled back, so is what this does.
    """
    run = driver(connection).execute
    run(f"DROP TRIGGER temp.undo_insert_{table.name}")
    yield
    run(_triggers(table)[0])


@contextmanager
def including(connection: Connection, table: Table) -> Iterator[None]:
    """Write down the changes of a derived table too, where they are the user's wish.

    If the transaction is rolled back, so is what this does.
    """
    run = driver(connection).execute
    for trigger in _triggers(table):
        run(trigger)
    yield
    for event in ("insert", "update", "delete"):
        run(f"DROP TRIGGER temp.undo_{event}_{table.name}")


def added(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    """Write down that rows were added while the journal was paused; the step is under way."""
    starts = range(0, len(ids), _AT_ONCE)
    lists = ((ids[at], "],[".join(map(str, ids[at : at + _AT_ONCE]))) for at in starts)
    _write_down(connection, table, lists)


def added_above(connection: Connection, table: Table, row_id: int) -> None:
    """As `added`, of all rows with higher ids, of which there may be very many."""
    _write_down(connection, table, _ids_above(connection, table, row_id))


def _ids_above(connection: Connection, table: Table, row_id: int) -> Iterator[tuple[int, str]]:
    sql = (
        "SELECT min(id), max(id), group_concat(id, '],[')"  # noqa: S608 - our own names
        f" FROM (SELECT id FROM main.{table.name} WHERE id > ? ORDER BY id LIMIT {_AT_ONCE})"
    )
    while True:
        first, last, listed = driver(connection).execute(sql, (row_id,)).fetchone()
        if first is None:
            return
        yield first, listed
        row_id = last


def _write_down(connection: Connection, table: Table, lists: Iterable[tuple[int, str]]) -> None:
    """Each list by its first id, and all of its ids with brackets between them."""
    run = driver(connection).execute
    step_id, number = run(
        "SELECT id, (SELECT coalesce(max(number), 0) FROM undo_changes WHERE step_id = s.id)"
        " FROM undo_steps AS s ORDER BY id DESC LIMIT 1"
    ).fetchone()
    for first, listed in lists:
        number += 1
        run(
            "INSERT INTO undo_changes VALUES (?, ?, ?, ?, NULL, ?)",
            (step_id, number, table.name, first, f"[[{listed}]]"),
        )


def read(
    connection: Connection, step_id: int, at: int, count: int, *, forward: bool
) -> list[Change]:
    """Changes of a step in the order of making them: above the number `at`, or from it downwards.

    At most `count`, and none behind one of many rows.
    """
    columns, order = ("before, after", "") if forward else ("after, before", "DESC")
    rows = driver(connection).execute(
        f"SELECT table_name, row_id, {columns} FROM undo_changes"  # noqa: S608 - our own words
        f" WHERE step_id = ? AND number {'>' if forward else '<='} ? ORDER BY number {order}"
        " LIMIT ?",
        (step_id, at, count),
    )
    found: list[Change] = []
    for change in rows:
        found.append(change)
        if _is_many(change[2]) or _is_many(change[3]):
            break
    return found


def put(connection: Connection, changes: Sequence[Change]) -> None:
    """Make changes, those of the same kind that follow each other at once."""
    run = driver(connection).executemany
    single = (each for change in changes for each in _single(change))
    for sql, group in groupby(map(_statement, single), key=itemgetter(0)):
        run(sql, [values for _, values in group])


def complete(connection: Connection, step_id: int) -> None:
    """Write down what rows hold of which a step only has the ids; they are about to go."""
    run = driver(connection).execute
    where = "step_id = ? AND before IS NULL AND substr(after, 1, 2) = ?"
    names = run(f"SELECT DISTINCT table_name FROM undo_changes WHERE {where}", (step_id, _MANY))  # noqa: S608
    for (name,) in names.fetchall():
        columns = ", ".join(f"t.{column}" for column in _column_names(name))
        run(
            "UPDATE undo_changes SET after = ("  # noqa: S608 - our own names
            f" SELECT json_group_array(json_array({columns}))"
            " FROM json_each(undo_changes.after) AS j"
            f" CROSS JOIN {name} AS t ON t.id = j.value ->> 0"
            f") WHERE {where} AND table_name = ?",
            (step_id, _MANY, name),
        )


def _is_many(rows: str | None) -> bool:
    """None of many that were added may be left."""
    return rows is not None and (rows.startswith(_MANY) or rows == "[]")


def _single(change: Change) -> Iterable[_Single]:
    """The changes of single rows, decoded."""
    table_name, row_id, was, becomes = change
    if was is not None and _is_many(was):
        return [(table_name, row[0], True, None) for row in reversed(json.loads(was))]
    if becomes is not None and _is_many(becomes):
        return [(table_name, row[0], False, row) for row in json.loads(becomes)]
    values = None if becomes is None else json.loads(becomes)
    return [(table_name, row_id, was is not None, values)]


def _statement(change: _Single) -> tuple[str, tuple[Value, ...]]:
    """SQL that turns one row into another."""
    table_name, row_id, is_there, values = change
    if values is None:
        return f"DELETE FROM {table_name} WHERE id = ?", (row_id,)  # noqa: S608 - our own names
    if isinstance(values, list):
        # What an older version wrote down has fewer: columns are only ever added at the end.
        names = _column_names(table_name)[: len(values)]
    else:
        names, values = tuple(values), list(values.values())
    if not is_there:
        return _insert(table_name, names), tuple(values)
    # Not delete and insert: that would take the row's children along.
    return _update(table_name, names), (*values, row_id)


@lru_cache
def _column_names(table_name: str) -> tuple[str, ...]:
    return tuple(column.name for column in METADATA.tables[table_name].columns)


@lru_cache
def _insert(table_name: str, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    # What is derived may have been made again since the journal last knew of it.
    verb = "INSERT OR REPLACE" if METADATA.tables[table_name] in DERIVED else "INSERT"
    return f"{verb} INTO {table_name} ({', '.join(names)}) VALUES ({marks})"


@lru_cache
def _update(table_name: str, names: tuple[str, ...]) -> str:
    marks = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {table_name} SET {marks} WHERE id = ?"  # noqa: S608 - our own names
