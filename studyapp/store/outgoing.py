"""Reading many cards and reviews at once, as an export takes them.

Statements go to the driver: there may be a million reviews, and SQLAlchemy's share would be
the most. For the same reason cards and notes are named tuples.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.reviews import Grade, Review
from studyapp.store.driver import driver
from studyapp.store.media import Medium
from studyapp.store.tables import SCHEDULE_COLUMNS

_LISTED = "(SELECT value FROM json_each(?))"
_COLUMNS = ", ".join(f"c.{name}" for name in SCHEDULE_COLUMNS)
_CARDS = f"""
    SELECT c.id, c.note_id, c.deck_id, c.ordinal, c.position, c.suspended, c.buried_on, c.flag,
        (SELECT max(r.id) FROM reviews AS r WHERE r.card_id = c.id),
        (SELECT count(*) FROM reviews AS r WHERE r.card_id = c.id), {_COLUMNS}
    FROM cards AS c
"""  # noqa: S608 - our own names
_ORDER = "ORDER BY c.position, c.id"
_IN_DECKS = f"{_CARDS} WHERE c.deck_id IN {_LISTED} {_ORDER}"
_OF_NOTES = f"{_CARDS} WHERE c.note_id IN {_LISTED} {_ORDER}"
_NOTES = f"""
    SELECT id, key, kind, front, back, source, created_at, changed_at FROM notes
    WHERE id IN {_LISTED}
"""  # noqa: S608 - our own names
_TAGS = f"""
    SELECT n.note_id, t.name FROM note_tags AS n JOIN tags AS t ON t.id = n.tag_id
    WHERE n.note_id IN {_LISTED} ORDER BY n.id
"""  # noqa: S608 - our own names
_LINKS = f"""
    SELECT note_id, target_key FROM links WHERE note_id IN {_LISTED} ORDER BY id
"""  # noqa: S608 - our own names
_STATES = tuple(CardState)
_KINDS = {kind.value: kind for kind in NoteKind}
_CHUNK = 5000
_REVIEWS = "SELECT * FROM reviews"

_SPLIT = 4 + len(SCHEDULE_COLUMNS)


class OutgoingCard(NamedTuple):
    """A card and all that is known of it."""

    id: int
    note_id: int
    deck_id: int
    ordinal: int
    """As of a `domain.cards.Card`."""
    position: int
    """New cards are learned in this order."""
    suspended: bool
    buried_on: int | None
    """The study day on which it is not asked."""
    flag: int
    """0 none, 1 to 7 the colours."""
    last_review_at: int | None
    """Milliseconds since the epoch; None: there is no review."""
    reviews: int
    """How many there are."""
    schedule: Schedule


class OutgoingNote(NamedTuple):
    """A note, without what deck files say of it."""

    id: int
    note: Note
    created_at: int
    """Milliseconds since the epoch."""
    changed_at: int
    """Of its content, in milliseconds since the epoch."""


def notes_with_ids(connection: Connection, ids: Sequence[int]) -> Iterator[OutgoingNote]:
    """The notes with these ids, as far as they exist, in this order."""
    for start in range(0, len(ids), _CHUNK):
        yield from _notes(driver(connection), ids[start : start + _CHUNK])


def every_card(connection: Connection) -> Iterator[OutgoingCard]:
    """In the order in which new cards are learned; so do the next two."""
    return map(_card, driver(connection).execute(f"{_CARDS} {_ORDER}"))


def cards_in_decks(connection: Connection, deck_ids: Sequence[int]) -> Iterator[OutgoingCard]:
    return map(_card, driver(connection).execute(_IN_DECKS, (json.dumps(list(deck_ids)),)))


def cards_of_notes(connection: Connection, note_ids: Sequence[int]) -> Iterator[OutgoingCard]:
    return map(_card, driver(connection).execute(_OF_NOTES, (json.dumps(list(note_ids)),)))


def count_cards(connection: Connection, note_ids: Sequence[int]) -> int:
    """All cards of notes."""
    sql = f"SELECT count(*) FROM cards WHERE note_id IN {_LISTED}"  # noqa: S608 - our own words
    return int(driver(connection).execute(sql, (json.dumps(list(note_ids)),)).fetchone()[0])


def every_review(connection: Connection) -> Iterator[Review]:
    """The whole log, also that of cards which are gone, in its order."""
    return map(_review, driver(connection).execute(f"{_REVIEWS} ORDER BY id"))


def reviews_of(connection: Connection, card_ids: Sequence[int]) -> Iterator[Review]:
    """The log of cards, in its order."""
    sql = f"{_REVIEWS} WHERE card_id IN {_LISTED} ORDER BY id"
    return map(_review, driver(connection).execute(sql, (json.dumps(list(card_ids)),)))


def count_reviews(connection: Connection, card_ids: Sequence[int]) -> int:
    """How long the log of cards is."""
    sql = f"SELECT count(*) FROM reviews WHERE card_id IN {_LISTED}"  # noqa: S608 - our own words
    return int(driver(connection).execute(sql, (json.dumps(list(card_ids)),)).fetchone()[0])


def count_reviews_of_deleted(connection: Connection) -> int:
    """How many reviews there are of cards that are gone."""
    sql = "SELECT count(*) FROM reviews WHERE card_id NOT IN (SELECT id FROM cards)"
    return int(driver(connection).execute(sql).fetchone()[0])


def _notes(run: sqlite3.Connection, ids: Sequence[int]) -> Iterator[OutgoingNote]:
    listed = (json.dumps(ids),)
    found = {row[0]: row for row in run.execute(_NOTES, listed)}
    tags, links = (_grouped(run.execute(sql, listed)) for sql in (_TAGS, _LINKS))
    for note_id in ids:
        if note_id in found:
            _, key, kind, front, back, source, created_at, changed_at = found[note_id]
            own_tags, own_links = tags.get(note_id, ()), links.get(note_id, ())
            note = Note(key, _KINDS[kind], front, back, own_tags, source, own_links)
            yield OutgoingNote(note_id, note, created_at, changed_at)


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    groups: dict[int, tuple[str, ...]] = {}
    for note_id, value in rows:
        groups[note_id] = (*groups.get(note_id, ()), value)
    return groups


def _card(row: Sequence[int]) -> OutgoingCard:
    card_id, note_id, deck_id, ordinal, position, suspended, *more = row
    buried_on, flag, last_review_at, reviews, *schedule = more
    place = (card_id, note_id, deck_id, ordinal, position)
    marks = (bool(suspended), buried_on, flag, last_review_at, reviews)
    return OutgoingCard(*place, *marks, _schedule(schedule))


def _review(row: Sequence[int]) -> Review:
    before, after = row[4:_SPLIT], row[_SPLIT:]
    grade = Grade(row[2])
    return Review(row[0], row[1], grade, row[3], _schedule(before), _schedule(after))


def _schedule(values: Sequence[int]) -> Schedule:
    state, *rest = values
    return Schedule(_STATES[state], *rest)


def ids_without_cards(connection: Connection) -> list[int]:
    """Of the notes that have no card."""
    sql = "SELECT id FROM notes WHERE id NOT IN (SELECT note_id FROM cards) ORDER BY id"
    return [row[0] for row in driver(connection).execute(sql)]


def every_medium(connection: Connection) -> list[Medium]:
    """What is known of the files, by their names."""
    rows = driver(connection).execute("SELECT name, sha256, size_bytes FROM media ORDER BY name")
    return [Medium(*row) for row in rows]


def every_setting(connection: Connection) -> dict[str, str]:
    """All values that belong to the collection, by their names."""
    return dict(driver(connection).execute("SELECT name, value FROM settings ORDER BY name"))


def trash(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """What each action deleted: its name, when that was in ms, and what it was as JSON."""
    return iter(
        driver(connection).execute(
            "SELECT b.name, b.deleted_at, c.content FROM trash AS t"
            " JOIN trash_contents AS c ON c.id = t.id JOIN trash_batches AS b ON b.id = c.batch_id"
            " ORDER BY c.id"
        )
    )
