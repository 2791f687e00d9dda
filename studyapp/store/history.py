"""One undo for everything, by the journal of all changes of rows.

A step is one user action. Undoing it puts back the rows as they were before it, redoing as they
were after it; no action has undo code of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection, exists, select

from studyapp.store import journal
from studyapp.store.driver import driver
from studyapp.store.tables import undo_changes, undo_steps

KEPT_STEPS = 1000
"""Older steps are forgotten."""
KEPT_BYTES = 256 * 1024 * 1024
"""Of the rows that all steps wrote down; the oldest beyond are forgotten, but never the newest.

A change of 100,000 notes or cards takes 5 to 55 MB.
"""
_BYTES_OF_A_ROW = 32
"""Besides its values."""
_AT_ONCE = 2000
"""Rows that are put back between two reports of progress."""

Report: TypeAlias = Callable[[int, int], None]
"""Is told how many rows of how many are put back; stops by raising an error of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One user action that can be undone, or redone if it was undone."""

    id: int
    name: str
    """What the user did, to be read after "Undo": "grade good"."""
    changes: int = 0
    """Rows that it changed: some 100,000 are put back in a second."""


def forget_undone_steps(connection: Connection) -> None:
    """What was undone can't be redone once something new is done."""
    connection.exec_driver_sql("DELETE FROM undo_steps WHERE undone = 1")


def begin_step(connection: Connection, name: str, at: int) -> int:
    """Start a step; all further changes belong to it."""
    cursor = driver(connection).execute(
        "INSERT INTO undo_steps (name, done_at) VALUES (?, ?)", (name, at)
    )
    return int(cursor.lastrowid or 0)


def rename_step(connection: Connection, step_name: str) -> None:
    """Call the step that is under way by another name: how much it changes may show at its end."""
    driver(connection).execute(
        "UPDATE undo_steps SET name = ? WHERE id = (SELECT max(id) FROM undo_steps)", (step_name,)
    )


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


def undo(connection: Connection, report: Report | None = None) -> Step | None:
    """Take back the newest step; None if there is none."""
    step = next_undo(connection)
    if step is not None:
        _replay(connection, step, forward=False, report=report)
    return step


def redo(connection: Connection, report: Report | None = None) -> Step | None:
    """Do the step again that was undone last; None if there is none."""
    step = next_redo(connection)
    if step is not None:
        _replay(connection, step, forward=True, report=report)
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
    """Keep the newest steps only, so that the journal stays bounded in their number and size."""
    run = driver(connection).execute
    run(
        """
        UPDATE undo_steps SET size_bytes = (
            SELECT coalesce(sum(
                coalesce(length(CAST(before AS BLOB)), 0)
                + coalesce(length(CAST(after AS BLOB)), 0) + ?
            ), 0) FROM undo_changes WHERE step_id = undo_steps.id
        ) WHERE size_bytes IS NULL
        """,
        (_BYTES_OF_A_ROW,),
    )
    run(
        """
        DELETE FROM undo_steps WHERE id < (SELECT max(id) FROM undo_steps) AND id <= (
            SELECT max(id) FROM (
                SELECT id, row_number() OVER newest AS place, sum(size_bytes) OVER newest AS size
                FROM undo_steps WINDOW newest AS (ORDER BY id DESC)
            ) WHERE place > ? OR size > ?
        )
        """,
        (KEPT_STEPS, KEPT_BYTES),
    )


def changed_rows(connection: Connection, step: Step, table_name: str) -> tuple[int, ...]:
    """Ids of the rows of one table that a step changed; of many that it added, some."""
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
    return None if row is None else Step(row.id, row.name, _changes(connection, row.id))


def _changes(connection: Connection, step_id: int) -> int:
    found: tuple[int] = (
        driver(connection)
        .execute("SELECT max(number) FROM undo_changes WHERE step_id = ?", (step_id,))
        .fetchone()
    )
    return found[0]


def _replay(connection: Connection, step: Step, *, forward: bool, report: Report | None) -> None:
    # Rows come back in the journal's order, so a child may be there before its parent.
    run = driver(connection).execute
    run("PRAGMA defer_foreign_keys = ON")
    with journal.paused(connection):
        if not forward:
            journal.complete(connection, step.id)
        at, way = (0, 1) if forward else (step.changes, -1)
        while changes := journal.read(connection, step.id, at, _AT_ONCE, forward=forward):
            if report is not None:
                report(at if forward else step.changes - at, step.changes)
            journal.put(connection, changes)
            at += way * len(changes)
    # What is written down may have become more, or less.
    run(
        "UPDATE undo_steps SET undone = ?, size_bytes = NULL WHERE id = ?",
        (int(not forward), step.id),
    )
