"""The log of an import comes from a database beside; each review gets an id, and undo knows it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from studyapp.errors import Cancelled
from studyapp.store import history, incoming_log, tables
from studyapp.store.database import Database

_SCHEDULES = (0, None, None, 0, 0, 0, 0, 0, 1, 60_000, None, 0, 0, 1, 1, 0)


def beside(path: Path, ids: list[tuple[int, int]]) -> Path:
    """A database whose `reviews` have these ids and cards."""
    names = ", ".join(column.name for column in tables.reviews.columns)
    with closing(sqlite3.connect(path)) as made, made:
        made.execute(f"CREATE TABLE reviews ({names})")
        made.execute("CREATE VIEW review_ids AS SELECT id FROM reviews")
        rows = [(review_id, card_id, 3, 5, *_SCHEDULES) for review_id, card_id in ids]
        made.executemany(f"INSERT INTO reviews VALUES ({', '.join('?' * len(rows[0]))})", rows)
    return path


def copied(database: Database, path: Path, count: int) -> None:
    with database.beside(path), database.change("import", 1) as tx:
        incoming_log.copy(tx, count)


def log(database: Database) -> list[tuple[int, int]]:
    with database.read() as tx:
        rows = tx.exec_driver_sql("SELECT id, card_id FROM reviews ORDER BY id")
        return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param([(30, 2), (10, 2)], [(5, 1), (7, 1), (10, 2), (30, 2)], id="free-ids"),
        pytest.param([(3, 2), (10, 2)], [(3, 2), (5, 1), (7, 1), (10, 2)], id="older-ids"),
        pytest.param([(5, 2), (6, 2)], [(5, 1), (6, 2), (7, 1), (8, 2)], id="ids-that-are-taken"),
    ],
)
def test_each_review_gets_an_id(
    database: Database,
    tmp_path: Path,
    second: list[tuple[int, int]],
    expected: list[tuple[int, int]],
) -> None:
    copied(database, beside(tmp_path / "one", [(7, 1), (5, 1)]), 2)
    copied(database, beside(tmp_path / "two", second), 2)
    assert log(database) == expected
    with database.rewind() as tx:
        history.undo(tx)
    assert log(database) == [(5, 1), (7, 1)]
    with database.rewind() as tx:
        history.redo(tx)
    assert log(database) == expected


def test_the_journal_goes_on_after_a_failure(database: Database, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    sqlite3.connect(nothing).close()
    with pytest.raises(sqlite3.OperationalError):
        copied(database, nothing, 1)
    with database.change("log", 2) as tx:
        values = ", ".join("null" if value is None else str(value) for value in _SCHEDULES)
        tx.exec_driver_sql(f"INSERT INTO reviews VALUES (9, 1, 3, 5, {values})")
    with database.rewind() as tx:
        history.undo(tx)
    assert log(database) == []


def test_the_index_is_there_again(database: Database, tmp_path: Path) -> None:
    with database.read() as tx:
        before = inspect(tx).get_indexes("reviews")
    copied(database, beside(tmp_path / "one", [(7, 1), (5, 1)]), 2)
    with database.read() as tx:
        assert inspect(tx).get_indexes("reviews") == before
        assert before


def test_copying_can_be_cancelled(database: Database, tmp_path: Path) -> None:
    copied(database, beside(tmp_path / "one", [(5, 1)]), 1)
    many = beside(tmp_path / "many", [(number, 1) for number in range(10, 10_000)])
    with (
        pytest.raises(Cancelled),
        database.beside(many),
        database.change("import", 1) as tx,
    ):
        incoming_log.copy(tx, 9_990, lambda: False)
    assert log(database) == [(5, 1)]
    with database.rewind() as tx:
        history.undo(tx)
    assert log(database) == []
    copied(database, many, 9_990)
    assert len(log(database)) == 9_990
    with database.rewind() as tx:
        history.undo(tx)
    assert log(database) == []
