"""Changes of many cards and notes at once; callers pass some thousand ids at a time.

Each function takes the ids of cards or notes, passes over those that are gone, and answers with
what it did change: what is as it should be already costs nothing, in the journal of undo neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.query import Listed
from studyapp.store.driver import driver
from studyapp.store.tables import SCHEDULE_COLUMNS

CardColumn: TypeAlias = Literal["deck_id", "suspended", "flag", "position"]

_LISTED = "(SELECT value FROM json_each(?))"
_SCHEDULE = ", ".join(SCHEDULE_COLUMNS)
_SET_SCHEDULE = (
    f"UPDATE cards SET {', '.join(f'{name} = ?' for name in SCHEDULE_COLUMNS)}"  # noqa: S608
    ", suspended = 0, buried_on = NULL WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A card, its deck, and what the scheduler remembers of it."""

    card_id: int
    note_id: int
    deck_id: int
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Texts:
    """A note and what stands in it."""

    note_id: int
    is_cloze: bool
    front: str
    back: str
    source: str


def card_ids(connection: Connection, ids: Sequence[int], listed: Listed) -> list[int]:
    """Ids of the cards, or of all cards of the notes, in the order of `ids`."""
    owner = "c.id" if listed is Listed.CARDS else "c.note_id"
    sql = (
        f"SELECT c.id FROM json_each(?) AS j CROSS JOIN cards AS c ON {owner} = j.value"  # noqa: S608
        " ORDER BY j.key, c.ordinal"
    )
    return [row[0] for row in driver(connection).execute(sql, (_json(ids),))]


def not_suspended(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Those of the cards that are asked at all, in the order of `ids`."""
    sql = (
        "SELECT c.id FROM json_each(?) AS j CROSS JOIN cards AS c ON c.id = j.value"
        " WHERE NOT c.suspended ORDER BY j.key"
    )
    return [row[0] for row in driver(connection).execute(sql, (_json(ids),))]


def note_ids(connection: Connection, ids: Sequence[int], listed: Listed) -> list[int]:
    """Ids of the notes, or of the notes of the cards, each once, in the order of `ids`."""
    column, table = ("c.note_id", "cards") if listed is Listed.CARDS else ("c.id", "notes")
    sql = (
        f"SELECT {column} FROM json_each(?) AS j CROSS JOIN {table} AS c ON c.id = j.value"  # noqa: S608
        " ORDER BY j.key"
    )
    return list(dict.fromkeys(row[0] for row in driver(connection).execute(sql, (_json(ids),))))


def set_column(connection: Connection, ids: Sequence[int], column: CardColumn, value: int) -> int:
    """Give cards another value; returns how many had another one."""
    sql = f"UPDATE cards SET {column} = ? WHERE id IN {_LISTED} AND {column} IS NOT ?"  # noqa: S608
    return driver(connection).execute(sql, (value, _json(ids), value)).rowcount


def bury(connection: Connection, ids: Sequence[int], day: int) -> int:
    """Do not ask cards on a study day; those that are suspended are not asked anyway."""
    sql = (
        f"UPDATE cards SET buried_on = ? WHERE id IN {_LISTED}"  # noqa: S608 - our own words
        " AND suspended = 0 AND buried_on IS NOT ?"
    )
    return driver(connection).execute(sql, (day, _json(ids), day)).rowcount


def unbury(connection: Connection, ids: Sequence[int]) -> int:
    """Ask cards again that were buried."""
    sql = f"UPDATE cards SET buried_on = NULL WHERE id IN {_LISTED} AND buried_on IS NOT NULL"  # noqa: S608
    return driver(connection).execute(sql, (_json(ids),)).rowcount


def schedules(connection: Connection, ids: Sequence[int]) -> list[Scheduled]:
    """Of the cards that exist, in no order."""
    sql = f"SELECT id, note_id, deck_id, {_SCHEDULE} FROM cards WHERE id IN {_LISTED}"  # noqa: S608
    return [
        Scheduled(card_id, note_id, deck_id, Schedule(CardState(state), *rest))
        for card_id, note_id, deck_id, state, *rest in driver(connection).execute(
            sql, (_json(ids),)
        )
    ]


def set_schedules(connection: Connection, changed: Iterable[tuple[int, Schedule]]) -> None:
    """Give cards, told by their ids, other schedules; they are not suspended or buried then."""
    driver(connection).executemany(
        _SET_SCHEDULE, ((*schedule.values(), card_id) for card_id, schedule in changed)
    )


def new_cards(connection: Connection, ids: Sequence[int]) -> list[tuple[int, int]]:
    """Ids of those cards that are new, each with its note's, in the order of `ids`."""
    sql = (
        "SELECT c.id, c.note_id FROM json_each(?) AS j CROSS JOIN cards AS c ON c.id = j.value"
        " WHERE c.state = 0 ORDER BY j.key"
    )
    return driver(connection).execute(sql, (_json(ids),)).fetchall()


def set_positions(connection: Connection, positions: Iterable[tuple[int, int]]) -> None:
    """Give new cards other places in the order of learning: pairs of card id and position."""
    driver(connection).executemany(
        "UPDATE cards SET position = ?2 WHERE id = ?1 AND position <> ?2", positions
    )


def make_room(connection: Connection, start: int, by: int, ids: Sequence[int]) -> None:
    """Move all new cards from a position on further back, but not those with these ids."""
    driver(connection).execute(
        "UPDATE cards SET position = position + ? WHERE state = 0 AND position >= ?"  # noqa: S608
        f" AND id NOT IN {_LISTED}",
        (by, start, _json(ids)),
    )


def add_tags(connection: Connection, ids: Sequence[int], tag_ids: Sequence[int], at: int) -> int:
    """Give notes tags; returns how many lacked one of them."""
    lacking = driver(connection).execute(
        "SELECT id FROM notes AS n WHERE id IN (SELECT value FROM json_each(?)) AND ("
        " SELECT count(*) FROM note_tags WHERE note_id = n.id"
        " AND tag_id IN (SELECT value FROM json_each(?))) < ?",
        (_json(ids), _json(tag_ids), len(tag_ids)),
    )
    changed = [row[0] for row in lacking]
    driver(connection).execute(
        "INSERT INTO note_tags (note_id, tag_id) SELECT n.value, t.value"
        " FROM json_each(?) AS n CROSS JOIN json_each(?) AS t"
        " WHERE true ON CONFLICT (note_id, tag_id) DO NOTHING",
        (_json(changed), _json(tag_ids)),
    )
    return _touch(connection, changed, at)


def remove_tags(connection: Connection, ids: Sequence[int], tag_ids: Sequence[int], at: int) -> int:
    """Take tags from notes; returns how many had one of them."""
    having = f"note_id IN {_LISTED} AND tag_id IN {_LISTED}"
    lists = (_json(ids), _json(tag_ids))
    run = driver(connection).execute
    found = run(f"SELECT DISTINCT note_id FROM note_tags WHERE {having}", lists)  # noqa: S608
    changed = [row[0] for row in found]
    run(f"DELETE FROM note_tags WHERE {having}", lists)  # noqa: S608
    return _touch(connection, changed, at)


def _touch(connection: Connection, ids: Sequence[int], at: int) -> int:
    """The content of notes was changed now, in ms since the epoch."""
    driver(connection).execute(
        f"UPDATE notes SET changed_at = ? WHERE id IN {_LISTED}",  # noqa: S608
        (at, _json(ids)),
    )
    return len(ids)


def tags_of(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The tags of notes: names by ids."""
    sql = (
        "SELECT id, name FROM tags WHERE id IN"  # noqa: S608
        f" (SELECT tag_id FROM note_tags WHERE note_id IN {_LISTED})"
    )
    return dict(driver(connection).execute(sql, (_json(ids),)).fetchall())


def ensure_tags(connection: Connection, names: Iterable[str]) -> list[int]:
    """Ids of tags, which are made if they are not there; capitals do not matter."""
    run = driver(connection).execute
    ids = []
    for name in names:
        run("INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
        ids.append(int(run("SELECT id FROM tags WHERE name = ?", (name,)).fetchone()[0]))
    return list(dict.fromkeys(ids))


def known_tags(connection: Connection, names: Iterable[str]) -> list[int]:
    """Ids of those tags that there are; capitals do not matter."""
    sql = f"SELECT id FROM tags WHERE name COLLATE NOCASE IN {_LISTED}"  # noqa: S608
    return [row[0] for row in driver(connection).execute(sql, (json.dumps(list(names)),))]


def texts(connection: Connection, ids: Sequence[int]) -> list[Texts]:
    """What stands in notes, in the order of their ids."""
    sql = (
        "SELECT id, kind = 'cloze', front, back, source FROM notes"  # noqa: S608
        f" WHERE id IN {_LISTED} ORDER BY id"
    )
    rows = driver(connection).execute(sql, (_json(ids),))
    return [Texts(note_id, bool(is_cloze), *fields) for note_id, is_cloze, *fields in rows]


def set_texts(connection: Connection, changed: Iterable[Texts], at: int) -> None:
    """Give notes other texts that ask for the same cards."""
    driver(connection).executemany(
        "UPDATE notes SET front = ?, back = ?, source = ?, changed_at = ? WHERE id = ?",
        ((each.front, each.back, each.source, at, each.note_id) for each in changed),
    )


def delete_notes(connection: Connection, ids: Sequence[int]) -> int:
    """Delete notes with their cards, tags and links; returns how many there were.

    Their reviews stay in the log.
    """
    run = driver(connection).execute
    for table in ("cards", "note_tags", "links"):
        run(f"DELETE FROM {table} WHERE note_id IN {_LISTED}", (_json(ids),))  # noqa: S608
    return run(f"DELETE FROM notes WHERE id IN {_LISTED}", (_json(ids),)).rowcount  # noqa: S608


def note_ids_in(connection: Connection, deck_ids: Sequence[int]) -> list[int]:
    """Ids of the notes that would have no card, or fewer, without these decks."""
    sql = (
        f"SELECT note_id FROM cards WHERE deck_id IN {_LISTED} UNION SELECT id FROM notes AS n"  # noqa: S608
        " WHERE NOT EXISTS (SELECT 1 FROM cards WHERE note_id = n.id) ORDER BY 1"
    )
    return [row[0] for row in driver(connection).execute(sql, (_json(deck_ids),))]


def delete_cards_in(connection: Connection, ids: Sequence[int], deck_ids: Sequence[int]) -> int:
    """Delete those cards of notes that are in some decks; returns how many there were."""
    sql = f"DELETE FROM cards WHERE note_id IN {_LISTED} AND deck_id IN {_LISTED}"  # noqa: S608
    return driver(connection).execute(sql, (_json(ids), _json(deck_ids))).rowcount


def without_cards(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Ids of those notes that have no card."""
    sql = (
        f"SELECT id FROM notes AS n WHERE id IN {_LISTED}"  # noqa: S608
        " AND NOT EXISTS (SELECT 1 FROM cards WHERE note_id = n.id)"
    )
    return [row[0] for row in driver(connection).execute(sql, (_json(ids),))]


def _json(ids: Sequence[int]) -> str:
    return json.dumps(list(ids))
