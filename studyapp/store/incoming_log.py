"""Adding very many reviews at once, as an import brings them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final, TypeAlias

from sqlalchemy import Connection

from studyapp.store import journal
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


def copy(connection: Connection, count: int) -> None:
    """Log all reviews of the database beside, of which there are so many, as `add` does."""
    run = driver(connection).execute
    with journal.without(connection, reviews):
        run("SAVEPOINT many_reviews")
        is_done = run(_COPY).rowcount == count
        if not is_done:
            run("ROLLBACK TO many_reviews")
        run("RELEASE many_reviews")
    if is_done:
        ids = [row[0] for row in run("SELECT id FROM beside.reviews ORDER BY id")]
        journal.added(connection, reviews, ids)
        return
    for rows in _theirs(connection):
        add(connection, rows)


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
