"""One undo for everything: triggers write down every change of a row, by step.

A step is one user action. Undoing it puts back the rows as they were before it, redoing as they
were after it; no action has undo code of its own. The triggers live in the connection (TEMP), are
made from the tables' columns, and so never need a migration.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, exists, insert, select, update

from studyapp.store.driver import driver
from studyapp.store.tables import JOURNALED, METADATA, undo_changes, undo_steps

KEPT_STEPS = 1000
"""Older steps are forgotten when a collection is opened."""


@dataclass(frozen=True, slots=True)
class Step:
    """One user action that can be undone, or redone if it was undone."""

    id: int
    name: str
    """What the user did, to be read after "Undo": "grade good"."""


def _triggers(table: Table) -> tuple[str, ...]:
    columns = [column.name for column in table.columns]
    old, new = (
        f"json_array({', '.join(f'{row}.{name}' for name in columns)})" for row in ("old", "new")
    )
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    return (
        _trigger(table, "INSERT", row_id="new.id", before="NULL", after=new),
        _trigger(table, "UPDATE", row_id="new.id", before=old, after=new, condition=f"({changed})"),
        _trigger(table, "DELETE", row_id="old.id", before=old, after="NULL"),
    )


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


def forget_undone_steps(connection: Connection) -> None:
    """What was undone can't be redone once something new is done."""
    connection.exec_driver_sql("DELETE FROM undo_steps WHERE undone = 1")


TRIGGERS = "CREATE TEMP TABLE undo_paused (yes INTEGER);" + "".join(
    trigger for table in JOURNALED for trigger in _triggers(table)
)
"""A script that makes a connection write down what it changes; to be run once for each."""


def begin_step(connection: Connection, name: str, at: int) -> int:
    """Start a step; all further changes belong to it."""
    cursor = driver(connection).execute(
        "INSERT INTO undo_steps (name, done_at) VALUES (?, ?)", (name, at)
    )
    return int(cursor.lastrowid or 0)


def has_changes(connection: Connection, step_id: int) -> bool:
    """Whether a step changed anything; one that did not is passed over by undo and redo."""
    found = connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM undo_changes WHERE step_id = ?)", (step_id,)
    )
    return bool(found.scalar())


def next_undo(connection: Connection) -> Step | None:
    """The step that undo would take back."""
    return _step(connection, undone=0, newest=True)


def next_redo(connection: Connection) -> Step | None:
    """The step that redo would do again."""
    return _step(connection, undone=1, newest=False)


def undo(connection: Connection) -> Step | None:
    """Take back the newest step; None if there is none."""
    step = next_undo(connection)
    if step is not None:
        _replay(connection, step, forward=False)
    return step


def redo(connection: Connection) -> Step | None:
    """Do the step again that was undone last; None if there is none."""
    step = next_redo(connection)
    if step is not None:
        _replay(connection, step, forward=True)
    return step


def forget_under(connection: Connection, step_id: int) -> None:
    """Forget a step, and those up to the last one that changed a row which it changed too."""
    connection.exec_driver_sql(
        """
        DELETE FROM undo_steps WHERE id <= (
            SELECT max(earlier.step_id) FROM undo_changes AS earlier
            JOIN undo_changes AS later USING (table_name, row_id)
            WHERE later.step_id = ? AND earlier.step_id < later.step_id
        )
        """,
        (step_id,),
    )
    connection.exec_driver_sql("DELETE FROM undo_steps WHERE id = ?", (step_id,))


def forget_old_steps(connection: Connection) -> None:
    """Keep the newest steps only, so that the journal stays bounded."""
    connection.exec_driver_sql(
        "DELETE FROM undo_steps WHERE id <="
        " (SELECT id FROM undo_steps ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (KEPT_STEPS,),
    )


def changed_rows(connection: Connection, step: Step, table_name: str) -> tuple[int, ...]:
    """Ids of the rows of one table that a step changed."""
    found = select(undo_changes.c.row_id).where(
        undo_changes.c.step_id == step.id, undo_changes.c.table_name == table_name
    )
    return tuple(connection.scalars(found.distinct()))


_CHANGED = exists().where(undo_changes.c.step_id == undo_steps.c.id)


def _step(connection: Connection, *, undone: int, newest: bool) -> Step | None:
    order = undo_steps.c.id.desc() if newest else undo_steps.c.id
    row = connection.execute(
        select(undo_steps.c.id, undo_steps.c.name)
        .where(undo_steps.c.undone == undone, _CHANGED)
        .order_by(order)
        .limit(1)
    ).first()
    return None if row is None else Step(row.id, row.name)


def _replay(connection: Connection, step: Step, *, forward: bool) -> None:
    # Rows come back in the journal's order, so a child may be there before its parent.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    connection.exec_driver_sql("INSERT INTO undo_paused VALUES (1)")
    order = undo_changes.c.number if forward else undo_changes.c.number.desc()
    changes = select(undo_changes).where(undo_changes.c.step_id == step.id).order_by(order)
    for change in connection.execute(changes).all():
        was, becomes = (change.before, change.after) if forward else (change.after, change.before)
        _apply(connection, METADATA.tables[change.table_name], change.row_id, was, becomes)
    connection.exec_driver_sql("DELETE FROM undo_paused")
    connection.execute(
        update(undo_steps).where(undo_steps.c.id == step.id).values(undone=int(not forward))
    )


def _apply(
    connection: Connection, table: Table, row_id: int, was: str | None, becomes: str | None
) -> None:
    """Turn one row from one JSON array of values into another; None: the row is not there."""
    if becomes is None:
        connection.execute(delete(table).where(table.c.id == row_id))
        return
    names = (column.name for column in table.columns)
    # What an older version wrote down has fewer values: columns are only ever added at the end.
    values = dict(zip(names, json.loads(becomes), strict=False))
    if was is None:
        connection.execute(insert(table).values(values))
    else:
        # Not delete and insert: that would take the row's children along.
        connection.execute(update(table).where(table.c.id == row_id).values(values))
