"""Reading many cards and reviews at once, as an export takes them.

Statements go to the driver: there may be a million reviews, and SQLAlchemy's share would be
the most.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from studyapp.domain.cards import Card, CardState, Schedule
from studyapp.domain.reviews import Grade, Review
from studyapp.store.driver import driver
from studyapp.store.media import Medium
from studyapp.store.tables import SCHEDULE_COLUMNS

_LISTED = "(SELECT value FROM json_each(?))"
_COLUMNS = ", ".join(f"c.{name}" for name in SCHEDULE_COLUMNS)
_CARDS = f"""
    SELECT c.id, c.note_id, c.deck_id, c.ordinal, c.position, c.suspended, c.buried_on, c.flag,
        (SELECT max(r.id) FROM reviews AS r WHERE r.card_id = c.id), {_COLUMNS}
    FROM cards AS c
"""  # noqa: S608 - our own names
_ORDER = "ORDER BY c.position, c.id"
_IN_DECKS = f"{_CARDS} WHERE c.deck_id IN {_LISTED} {_ORDER}"
_OF_NOTES = f"{_CARDS} WHERE c.note_id IN {_LISTED} {_ORDER}"
_REVIEWS = "SELECT * FROM reviews"
_SPLIT = 4 + len(SCHEDULE_COLUMNS)


@dataclass(frozen=True, slots=True)
class OutgoingCard:
    """A card and all that is known of it."""

    card: Card
    position: int
    """New cards are learned in this order."""
    suspended: bool
    buried_on: int | None
    """The study day on which it is not asked."""
    flag: int
    """0 none, 1 to 7 the colours."""
    last_review_at: int | None
    """Milliseconds since the epoch; None: there is no review."""


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


def _card(row: Sequence[int]) -> OutgoingCard:
    card_id, note_id, deck_id, ordinal, position, suspended, buried_on, flag, last = row[:9]
    schedule = _schedule(row[9:])
    card = Card(card_id, note_id, deck_id, ordinal, schedule)
    return OutgoingCard(card, position, bool(suspended), buried_on, flag, last)


def _review(row: Sequence[int]) -> Review:
    before, after = row[4:_SPLIT], row[_SPLIT:]
    grade = Grade(row[2])
    return Review(row[0], row[1], grade, row[3], _schedule(before), _schedule(after))


def _schedule(values: Sequence[int]) -> Schedule:
    state, *rest = values
    return Schedule(CardState(state), *rest)


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
