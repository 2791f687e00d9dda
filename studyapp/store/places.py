"""Where notes lie on the map, and all that this follows from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from studyapp.domain.query_text import fold, heading, words
from studyapp.landscape.facts import Fact, Terrain
from studyapp.store import journal, tables
from studyapp.store.driver import driver
from studyapp.store.held_back import IS_OFFERED

_FACTS = """
    SELECT n.id, n.key, n.front, n.back, coalesce((
        SELECT d.name FROM cards AS c JOIN decks AS d ON d.id = c.deck_id
        WHERE c.note_id = n.id ORDER BY c.ordinal LIMIT 1
    ), '') FROM notes AS n ORDER BY n.id
"""
_LINKS = """
    SELECT l.note_id, n.id FROM links AS l JOIN notes AS n ON n.key = l.target_key
    ORDER BY l.note_id, l.id
"""
_TAGS = """
    SELECT x.note_id, g.name FROM note_tags AS x JOIN tags AS g ON g.id = x.tag_id
    ORDER BY x.note_id, g.name
"""
_TITLES = """
    SELECT n.id, n.kind = 'cloze', substr(n.front, 1, 500), p.x, p.y
    FROM notes AS n JOIN places AS p ON p.id = n.id ORDER BY n.id
"""
_STATES = f"""
    SELECT c.id, c.note_id, c.deck_id, c.state = 0, c.suspended = 1,
        c.suspended = 0 AND c.buried_on IS NOT :day
        AND (c.due_at < :day_ends_at OR c.due_on <= :day AND {IS_OFFERED})
    FROM cards AS c ORDER BY c.note_id, c.ordinal
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Titled:
    """A note that has a place."""

    note_id: int
    x: int
    y: int
    title: str
    """Its front in one line, still Markdown."""


@dataclass(frozen=True, slots=True)
class CardState:
    """A card, as far as the map shows it."""

    card_id: int
    note_id: int
    deck_id: int
    is_new: bool
    is_suspended: bool
    is_due: bool
    """Today or before, and neither suspended, buried nor held back."""


def known(connection: Connection) -> dict[int, tuple[int, int]]:
    """Places by note ids; among them those of notes that were deleted and may come back."""
    rows = driver(connection).execute("SELECT id, x, y FROM places")
    return {note_id: (x, y) for note_id, x, y in rows}


def of_notes(connection: Connection, note_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Places of those notes that have one."""
    sql = "SELECT id, x, y FROM places WHERE id IN (SELECT value FROM json_each(?))"
    rows = driver(connection).execute(sql, (json.dumps(list(note_ids)),))
    return {note_id: (x, y) for note_id, x, y in rows}


def of_tag(connection: Connection, name: str) -> list[tuple[int, int]]:
    """Places of the notes that have a tag, as far as they have one."""
    sql = """
        SELECT p.x, p.y FROM tags AS g JOIN note_tags AS x ON x.tag_id = g.id
        JOIN places AS p ON p.id = x.note_id WHERE g.name = ?
    """
    return driver(connection).execute(sql, (name,)).fetchall()


def has_unplaced(connection: Connection) -> bool:
    """Whether a note has no place yet."""
    sql = "SELECT EXISTS (SELECT 1 FROM notes WHERE id NOT IN (SELECT id FROM places))"
    return bool(driver(connection).execute(sql).fetchone()[0])


def put(connection: Connection, rows: Iterable[tuple[int, int, int]]) -> None:
    """Give notes places: id, x, y; those that have one keep it."""
    driver(connection).executemany(
        "INSERT INTO places (id, x, y) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows
    )


def move(connection: Connection, rows: Iterable[tuple[int, int, int]]) -> None:
    """Give all notes other places: id, x, y; the step that is under way takes that back.

    Notes that are deleted have none any more.
    """
    with journal.including(connection, tables.places):
        driver(connection).executemany(
            "INSERT INTO places (id, x, y) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET x = excluded.x, y = excluded.y",
            rows,
        )
        driver(connection).execute("DELETE FROM places WHERE id NOT IN (SELECT id FROM notes)")


def terrain(connection: Connection) -> Terrain:
    """All that a map is made from; 100,000 notes of usual length take some seconds."""
    tags = tags_of_all(connection)
    facts = [
        Fact(note_id, key, deck, tuple(tags.get(note_id, ())), frozenset(words(fold(text))))
        for note_id, key, deck, text in _texts(connection)
    ]
    place_of = {fact.note_id: place for place, fact in enumerate(facts)}
    pairs = [(place_of[first], place_of[second]) for first, second in links(connection)]
    return Terrain(facts, pairs)


def _texts(connection: Connection) -> Iterator[tuple[int, str, str, str]]:
    for note_id, key, front, back, deck in driver(connection).execute(_FACTS):
        yield note_id, key, deck, f"{front} {back}"


def links(connection: Connection) -> list[tuple[int, int]]:
    """Ids of notes, of which the first links to the second; links to nothing are left out."""
    return driver(connection).execute(_LINKS).fetchall()


def tags_of_all(connection: Connection) -> dict[int, list[str]]:
    """Names of the tags of all notes that have any."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for note_id, name in driver(connection).execute(_TAGS):
        found[note_id].append(name)
    return found


def titles(connection: Connection) -> list[Titled]:
    """All notes that have a place, in the order of their ids."""
    return [
        Titled(note_id, x, y, heading(front, bool(is_cloze)))
        for note_id, is_cloze, front, x, y in driver(connection).execute(_TITLES)
    ]


def states(connection: Connection, day: int, day_ends_at: int) -> list[CardState]:
    """All cards on a study day; the first card of each note first."""
    rows = driver(connection).execute(_STATES, {"day": day, "day_ends_at": day_ends_at})
    return [
        CardState(card_id, note_id, deck_id, bool(is_new), bool(is_suspended), bool(is_due))
        for card_id, note_id, deck_id, is_new, is_suspended, is_due in rows
    ]
