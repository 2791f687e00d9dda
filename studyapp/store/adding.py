"""Writing many notes, cards and reviews at once, as an import brings them.

Statements go to the driver: there are a million of them, and SQLAlchemy's share would be the most.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, NamedTuple

from sqlalchemy import Connection, Table

from studyapp.domain.cards import Schedule
from studyapp.domain.notes import Note
from studyapp.domain.reviews import LoggedReview
from studyapp.store import incoming_log, indexes, journal, search_upkeep
from studyapp.store.driver import driver
from studyapp.store.incoming_log import Row
from studyapp.store.notes import note_to_json
from studyapp.store.tables import cards, links, note_tags, notes

_ADDED = (notes, note_tags, links, cards)
_INSERTS = {
    table.name: f"INSERT INTO {table.name} ({', '.join(column.name for column in table.columns)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(table.columns))})"
    for table in _ADDED
}

_MANY: Final = 200
"""Notes."""
_VERY_MANY: Final = 2000
_TIMES: Final = 4
"""So many times the notes that are there."""
_CACHE_KIB: Final = 256 * 1024


class NewCard(NamedTuple):
    """A card to be added."""

    ordinal: int
    deck_id: int
    position: int | None
    """None: after all others."""
    schedule: Schedule
    suspended: bool
    buried_on: int | None
    flag: int


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Gives the transaction a cache for what an import writes.

    The log of all cards goes everywhere into its table; a page that does not find room until the
    end is written, and looked for, many times. Rows of 100,000 notes and 1,000,000 reviews take
    170 MB.
    """
    run = driver(connection).execute
    usual = run("PRAGMA cache_size").fetchone()[0]
    run(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        run(f"PRAGMA cache_size = {usual}")


@contextmanager
def many(connection: Connection, count: int) -> Iterator[None]:
    """While so many notes are added, as far as they are new: indexes may be made at the end."""
    (known,) = driver(connection).execute("SELECT count(*) FROM notes").fetchone()
    tables = _ADDED if count > max(_VERY_MANY, _TIMES * known) else ()
    with indexes.made_afterwards(connection, tables):
        yield


class _Pending:
    """Rows of one table that are not in it yet."""

    def __init__(self, run: sqlite3.Connection, table: Table) -> None:
        self._run = run
        self.table = table
        self.rows: list[Row] = []
        self._next_id = 0

    def add(self, *values: int | str | None) -> int:
        """Returns the row's id."""
        row_id = self.next_id()
        self._next_id = row_id + 1
        self.rows.append((row_id, *values))
        return row_id

    def next_id(self) -> int:
        if not self._next_id:
            name = self.table.name
            found = self._run.execute(
                f"SELECT max(coalesce((SELECT max(id) FROM {name}), 0), coalesce("  # noqa: S608
                "(SELECT max(seq) FROM sqlite_sequence WHERE name = ?), 0))",
                (name,),
            ).fetchone()
            self._next_id = int(found[0]) + 1
        return self._next_id

    def ids(self) -> list[int]:
        return [int(row[0] or 0) for row in self.rows]

    def write(self) -> None:
        self._run.executemany(_INSERTS[self.table.name], self.rows)

    def clear(self) -> None:
        """Others may add to the table from here on."""
        self.rows.clear()
        self._next_id = 0


class Adding:
    """Adds notes, cards and reviews within one transaction, many at once.

    They are in the database after `flush`. Between the first of them and `flush`, nothing else may
    be added to these tables.
    """

    def __init__(self, connection: Connection, origin: str | None) -> None:
        """`origin` is remembered with what was imported; without one the notes are the user's."""
        self._connection = connection
        self._run = driver(connection)
        self._origin = origin
        self._tags: dict[str, int] = {}
        self._reviews: list[Row] = []
        self._pending = tuple(_Pending(self._run, table) for table in _ADDED)
        self._notes, self._note_tags, self._links, self._cards = self._pending

    def note(self, note: Note, created_at: int, changed_at: int) -> int:
        """Returns the note's id; with an origin it remembers this text, to tell edits of it."""
        content = (note.key, note.kind.value, note.front, note.back, note.source)
        origin = (note_to_json(note), self._origin) if self._origin else (None, None)
        note_id = self._notes.add(*content, *origin, 0, created_at, changed_at, None, "")
        for tag_id in dict.fromkeys([self._tag(name) for name in note.tags]):
            self._note_tags.add(note_id, tag_id)
        for target in dict.fromkeys(note.links):
            self._links.add(note_id, target)
        return note_id

    def card(self, note_id: int, card: NewCard) -> int:
        """Returns the card's id."""
        ordinal, deck_id, position, schedule, suspended, buried_on, flag = card
        if position is None:
            position = self._cards.next_id() - 1
        marks = (int(suspended), buried_on, flag)
        return self._cards.add(note_id, ordinal, deck_id, position, *schedule.values(), *marks)

    def reviews(self, card_id: int, reviews: Iterable[LoggedReview]) -> None:
        """Log reviews of a card in their order, each by its id or the next that is free."""
        last = 0
        for at, grade, took_ms, before, after in reviews:
            last = at if at > last else last + 1
            self._reviews.append((last, card_id, grade, took_ms, *before, *after))
        if len(self._reviews) >= incoming_log.AT_ONCE:
            self._flush_reviews()

    def flush(self) -> None:
        """Write what was added, and write down for undo that it was."""
        if self._notes.rows or self._cards.rows:
            with self._unseen():
                for each in self._pending:
                    each.write()
            for each in self._pending:
                journal.added(self._connection, each.table, each.ids())
        for each in self._pending:
            each.clear()
        self._flush_reviews()

    @contextmanager
    def _unseen(self) -> Iterator[None]:
        """Without triggers, which take a third of the time; or for a few rows without a fuss."""
        with ExitStack() as stack:
            if len(self._notes.rows) < _MANY:
                stack.enter_context(journal.paused(self._connection))
            else:
                for table in _ADDED:
                    stack.enter_context(journal.without(self._connection, table))
                stack.enter_context(search_upkeep.without(self._connection, self._notes.ids()))
            yield

    def _flush_reviews(self) -> None:
        rows, self._reviews = self._reviews, []
        if rows:
            incoming_log.add(self._connection, rows)

    def _tag(self, name: str) -> int:
        if name not in self._tags:
            run = self._run.execute
            run("INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
            found = run("SELECT id FROM tags WHERE name = ?", (name,)).fetchone()
            self._tags[name] = int(found[0])
        return self._tags[name]
