"""Writing many notes, cards and reviews at once, as an import brings them.

Statements go to the driver: there are a million of them, and SQLAlchemy's share would be the most.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection, Table, insert, select, update

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.decks import Deck, parent_names
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, Source
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import LoggedReview
from studyapp.store import decks, incoming_log, indexes, journal, macros, search_upkeep
from studyapp.store.driver import driver
from studyapp.store.incoming_log import Row
from studyapp.store.notes import note_to_json
from studyapp.store.tables import SCHEDULE_COLUMNS, cards, links, note_tags, notes, presets
from studyapp.store.tables import decks as deck_table

_LISTED = "(SELECT value FROM json_each(?))"
_SCHEDULE = ", ".join(SCHEDULE_COLUMNS)
_ADDED = (notes, note_tags, links, cards)
_INSERTS = {
    table.name: f"INSERT INTO {table.name} ({', '.join(column.name for column in table.columns)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(table.columns))})"
    for table in _ADDED
}
_PROGRESS = (
    f"UPDATE cards SET {', '.join(f'{name} = ?' for name in SCHEDULE_COLUMNS)}, suspended = ?,"  # noqa: S608
    " buried_on = ?, flag = ? WHERE id = ?"
)


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


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card that is there."""

    id: int
    note_id: int
    ordinal: int
    deck_id: int
    suspended: bool
    flag: int
    schedule: Schedule


LoggedGrade: TypeAlias = tuple[int, int, int]
"""Its id, the grade and how long it took: what tells one review of a card from another."""


_MANY: Final = 200
"""Notes."""
_VERY_MANY: Final = 2000
_TIMES: Final = 4
"""So many times the notes that are there."""
_CACHE_KIB: Final = 256 * 1024


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


def last_card_id(connection: Connection) -> int:
    """All cards that are added later have higher ids."""
    found = driver(connection).execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'cards'"
    )
    return int(found.fetchone()[0])


def cards_of(connection: Connection, note_ids: Sequence[int]) -> dict[int, dict[int, KnownCard]]:
    """The cards of notes: by the notes' ids, and then by their ordinals."""
    sql = (
        f"SELECT id, note_id, ordinal, deck_id, suspended, flag, {_SCHEDULE} FROM cards"  # noqa: S608
        f" WHERE note_id IN {_LISTED}"
    )
    found: defaultdict[int, dict[int, KnownCard]] = defaultdict(dict)
    for row in driver(connection).execute(sql, (json.dumps(list(note_ids)),)):
        card = _known(row)
        found[card.note_id][card.ordinal] = card
    return found


def cards_by_id(connection: Connection, card_ids: Sequence[int]) -> dict[int, KnownCard]:
    """The cards with these ids."""
    sql = (
        f"SELECT id, note_id, ordinal, deck_id, suspended, flag, {_SCHEDULE} FROM cards"  # noqa: S608
        f" WHERE id IN {_LISTED}"
    )
    rows = driver(connection).execute(sql, (json.dumps(list(card_ids)),))
    return {card.id: card for card in map(_known, rows)}


def _known(row: Sequence[int]) -> KnownCard:
    card_id, note_id, ordinal, deck_id, suspended, flag, state, *rest = row
    schedule = Schedule(CardState(state), *rest)
    return KnownCard(card_id, note_id, ordinal, deck_id, bool(suspended), flag, schedule)


def grades_of(connection: Connection, card_ids: Sequence[int]) -> dict[int, list[LoggedGrade]]:
    """The log of cards, of each in its order."""
    sql = (
        "SELECT card_id, id, grade, took_ms FROM reviews"  # noqa: S608 - our own words
        f" WHERE card_id IN {_LISTED} ORDER BY card_id, id"
    )
    found: defaultdict[int, list[LoggedGrade]] = defaultdict(list)
    for card_id, *grade in driver(connection).execute(sql, (json.dumps(list(card_ids)),)):
        found[card_id].append((grade[0], grade[1], grade[2]))
    return found


def set_progress(connection: Connection, card_id: int, card: NewCard) -> None:
    """Give a card another schedule and marks; its deck stays."""
    marks = (int(card.suspended), card.buried_on, card.flag)
    driver(connection).execute(_PROGRESS, (*card.schedule.values(), *marks, card_id))


def remember_origin(connection: Connection, note_id: int, origin: str, note: Note) -> None:
    """Keep what was imported, unless the note belongs to a deck file."""
    driver(connection).execute(
        "UPDATE notes SET shipped = ?, shipped_by = ? WHERE id = ?"
        " AND (shipped_by IS NULL OR shipped_by = ?)",
        (note_to_json(note), origin, note_id, origin),
    )


def set_changed_at(connection: Connection, note_id: int, at: int) -> None:
    """When the note's content was changed, in ms since the epoch."""
    driver(connection).execute("UPDATE notes SET changed_at = ? WHERE id = ?", (at, note_id))


def missing_decks(connection: Connection, names: Iterable[str]) -> list[str]:
    """Those of the names, and of decks above them, that no deck has; each once, in their order."""
    known = {_folded(deck.name) for deck in decks.every(connection)}
    found: dict[str, str] = {}
    for name in names:
        for each in (*parent_names(name), name):
            if _folded(each) not in known:
                found.setdefault(_folded(each), each)
    return list(found.values())


def _folded(name: str) -> str:
    """As the column's collation compares: only the letters of ASCII have no case."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def add_deck(
    connection: Connection,
    name: str,
    *,
    description: str = "",
    sources: Sequence[Source] = (),
    own_macros: Macros = NO_MACROS,
    preset: Preset | None = None,
) -> Deck:
    """Make a deck, and those above it if they are not there."""
    deck_id = decks.ensure(connection, name)
    values: dict[str, str | int] = {
        "description": description,
        "sources": json.dumps([asdict(source) for source in sources]),
        "macros": macros.to_json(own_macros),
    }
    if preset is not None:
        values["preset_id"] = ensure_preset(connection, preset)
    connection.execute(update(deck_table).where(deck_table.c.id == deck_id).values(values))
    return decks.get(connection, deck_id)


def ensure_preset(connection: Connection, wanted: Preset) -> int:
    """The id of the preset with this name and these options, which is made if need be.

    If one with other options has the name, the new one gets a number behind it.
    """
    options = _options(wanted)
    rows = connection.execute(select(presets)).all()
    taken = {row.name.casefold(): row for row in rows}
    name, number = wanted.name, 1
    while (row := taken.get(name.casefold())) is not None:
        if _options_of(row.options) == _options_of(options):
            return int(row.id)
        number += 1
        name = f"{wanted.name} {number}"
    made = insert(presets).values(name=name, options=options).returning(presets.c.id)
    return int(connection.execute(made).scalar_one())


def _options(preset: Preset) -> str:
    default = Preset()
    return json.dumps(
        {
            field.name: getattr(preset, field.name)
            for field in fields(Preset)
            if field.name != "name" and getattr(preset, field.name) != getattr(default, field.name)
        }
    )


def _options_of(text: str) -> dict[str, object]:
    """What a preset says that our defaults do not."""
    default = Preset()
    values = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in json.loads(text).items()
    }
    return {key: value for key, value in values.items() if value != getattr(default, key, None)}
