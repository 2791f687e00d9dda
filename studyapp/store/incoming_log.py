"""Adding very many reviews at once, as an import brings them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from typing import Final, TypeAlias

from sqlalchemy import Connection

from studyapp.errors import Cancelled
from studyapp.store import indexes, journal
from studyapp.store.driver import driver
from studyapp.store.tables import reviews

Row: TypeAlias = "tuple[int | str | None, ...]"
"""The columns of the table, in its order."""
AT_ONCE: Final = 50_000
"""Take some 40 MB."""
_COLUMNS = ", ".join(column.name for column in reviews.columns)
_INSERT = f"INSERT INTO main.reviews ({_COLUMNS})"
_ADD = f"{_INSERT} VALUES ({', '.join('?' * len(reviews.columns))}) ON CONFLICT (id) DO NOTHING"
_COPY = (
    f"{_INSERT} SELECT {_COLUMNS} FROM beside.reviews WHERE true ORDER BY id"  # noqa: S608
    " ON CONFLICT (id) DO NOTHING"
)
_THEIRS = f"SELECT {_COLUMNS} FROM beside.reviews ORDER BY id"  # noqa: S608
_THEIR_IDS = "SELECT id FROM beside.review_ids ORDER BY id"
BETWEEN_LOOKS: Final = 700
"""Reviews, about, that are copied between two looks at whether to go on."""
_STEPS_OF_A_REVIEW: Final = 300
"""Instructions of SQLite."""
_ID = itemgetter(0)


def add(connection: Connection, rows: list[Row]) -> None:
    """Log reviews, each by its id or the next that is free."""
    # In the order of the table, so that a page is written once and not for each card.
    rows.sort(key=_ID)
    run = driver(connection)
    with journal.without(connection, reviews):
        run.execute("SAVEPOINT many_reviews")
        added = run.executemany(_ADD, rows).rowcount
        if added < len(rows):
            run.execute("ROLLBACK TO many_reviews")
            rows = _with_free_ids(connection, rows)
        run.execute("RELEASE many_reviews")
    journal.added(connection, reviews, [int(row[0] or 0) for row in rows])


def copy(connection: Connection, count: int, go_on: Callable[[], bool] = lambda: True) -> None:
    """Log all reviews of the database beside, of which there are so many, as `add` does.

    They are its `reviews`, which may be made as they are read, and `review_ids` their ids. `go_on`
    is asked now and then; when it is False, this raises Cancelled, and all of the transaction was
    rolled back.
    """
    run = driver(connection).execute
    (last,) = run("SELECT max(id) FROM main.reviews").fetchone()
    with journal.without(connection, reviews):
        run("SAVEPOINT many_reviews")
        with _stoppable(driver(connection), go_on):
            is_done = _copied(connection, is_first=last is None) == count
        if not is_done:
            run("ROLLBACK TO many_reviews")
        run("RELEASE many_reviews")
    if is_done:
        _write_down(connection, last or 0, count)
        return
    for rows in _theirs(connection):
        add(connection, rows)


def _copied(connection: Connection, *, is_first: bool) -> int:
    """How many rows were added; `is_first`: there were none."""
    with indexes.made_afterwards(connection, [reviews] if is_first else []):
        return driver(connection).execute(_COPY).rowcount


def _write_down(connection: Connection, last: int, count: int) -> None:
    """For undo; `last` is the last review before so many were added."""
    run = driver(connection).execute
    (above,) = run("SELECT count(*) FROM main.reviews WHERE id > ?", (last,)).fetchone()
    if above == count:
        journal.added_above(connection, reviews, last)
    else:
        journal.added(connection, reviews, [row[0] for row in run(_THEIR_IDS)])


@contextmanager
def _stoppable(database: sqlite3.Connection, go_on: Callable[[], bool]) -> Iterator[None]:
    database.set_progress_handler(lambda: not go_on(), BETWEEN_LOOKS * _STEPS_OF_A_REVIEW)
    try:
        yield
    except sqlite3.OperationalError as failure:
        if failure.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise Cancelled("That was cancelled; nothing was changed.") from failure
    finally:
        database.set_progress_handler(None, 0)


def _theirs(connection: Connection) -> Iterator[list[Row]]:
    found = driver(connection).execute(_THEIRS)
    while rows := list(islice(found, AT_ONCE)):
        yield rows


def _with_free_ids(connection: Connection, rows: Sequence[Row]) -> list[Row]:
    """Add reviews one by one, each by its id or the next that is free after that."""
    run = driver(connection).execute
    added = []
    last: defaultdict[object, int] = defaultdict(int)
    for at, card_id, *rest in rows:
        free = max(int(at or 0), last[card_id] + 1)
        while not run(_ADD, (free, card_id, *rest)).rowcount:
            free += 1
        last[card_id] = free
        added.append((free, card_id, *rest))
    return added
