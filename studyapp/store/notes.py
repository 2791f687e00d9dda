"""Notes with their tags and links."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, or_, select, update

from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import NotFound
from studyapp.store.driver import driver
from studyapp.store.tables import cards, links, note_tags, notes, tags

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note and what the collection knows of it."""

    id: int
    note: Note
    created_at: int
    """Milliseconds since the epoch."""
    changed_at: int
    """Of its content, in milliseconds since the epoch."""
    shipped: Note | None = None
    """What the deck file said when it was last installed."""
    shipped_by: str | None = None
    """The key of that deck file."""
    retired: bool = False
    """The deck file no longer has it, so its cards were suspended."""
    retired_because: str = ""
    """What the deck file says of that; may be empty."""
    offered: Note | None = None
    """What the deck file says now, while the user has yet to choose between it and own words."""


def get(connection: Connection, note_id: int) -> StoredNote:
    """Raises NotFound."""
    for stored in _stored(connection, [note_id]):
        return stored
    raise NotFound("This note does not exist any more.")


def ids_by_key(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Of the keys that exist."""
    sql = "SELECT key, id FROM notes WHERE key IN (SELECT value FROM json_each(?))"
    return dict(driver(connection).execute(sql, (json.dumps(list(keys)),)).fetchall())


def by_keys(connection: Connection, keys: Sequence[str]) -> dict[str, StoredNote]:
    """The notes with these keys, as far as they exist."""
    ids = list(ids_by_key(connection, keys).values())
    found = (
        stored
        for start in range(0, len(ids), _CHUNK)
        for stored in _stored(connection, ids[start : start + _CHUNK])
    )
    return {stored.note.key: stored for stored in found}


def in_decks(connection: Connection, deck_ids: Sequence[int]) -> Iterator[StoredNote]:
    """Notes with a card in one of the decks, in the order in which new cards are learned."""
    ids = connection.scalars(
        select(cards.c.note_id)
        .where(cards.c.deck_id.in_(list(deck_ids)))
        .group_by(cards.c.note_id)
        .order_by(cards.c.position.asc(), cards.c.note_id)
    ).all()
    yield from with_ids(connection, ids)


def with_ids(connection: Connection, ids: Sequence[int]) -> Iterator[StoredNote]:
    """The notes with these ids, as far as they exist, in this order."""
    for start in range(0, len(ids), _CHUNK):
        yield from _stored(connection, ids[start : start + _CHUNK])


def linked_from(connection: Connection, note_id: int) -> list[Note]:
    """The targets of a note's links, as far as they exist, in the order of the links."""
    ids = connection.scalars(
        select(notes.c.id)
        .join(links, links.c.target_key == notes.c.key)
        .where(links.c.note_id == note_id)
        .order_by(links.c.id)
    ).all()
    return [stored.note for stored in _stored(connection, ids)]


def linking_to(connection: Connection, key: str) -> list[StoredNote]:
    """The notes that link to the note with this key, in the order in which they were added."""
    ids = connection.scalars(
        select(links.c.note_id).where(links.c.target_key == key).order_by(links.c.note_id)
    ).all()
    return [
        stored
        for start in range(0, len(ids), _CHUNK)
        for stored in _stored(connection, ids[start : start + _CHUNK])
    ]


def with_media(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Key, front and back of the notes that may call for a picture or a sound."""
    calls = [
        column.contains(sign, autoescape=True)
        for column in (notes.c.front, notes.c.back)
        for sign in ("![", "src", "[sound:")
    ]
    rows = connection.execute(select(notes.c.key, notes.c.front, notes.c.back).where(or_(*calls)))
    return ((row.key, row.front, row.back) for row in rows.all())


def tag_names(connection: Connection) -> list[str]:
    """Of the tags that notes have, in the order of the alphabet."""
    used = exists().where(note_tags.c.tag_id == tags.c.id)
    return list(connection.scalars(select(tags.c.name).where(used).order_by(tags.c.name)))


def add(connection: Connection, note: Note, at: int, shipped_by: str | None = None) -> int:
    """Returns the note's id. `shipped_by` is the key of the deck file that it comes from."""
    statement = insert(notes).values(
        key=note.key,
        **_content(note),
        shipped=note_to_json(note) if shipped_by else None,
        shipped_by=shipped_by,
        retired=0,
        retired_because="",
        created_at=at,
        changed_at=at,
    )
    note_id: int = connection.execute(statement.returning(notes.c.id)).scalar_one()
    _add_tags(connection, note_id, note.tags)
    _add_links(connection, note_id, note.links)
    return note_id


def change(connection: Connection, stored: StoredNote, note: Note, at: int) -> None:
    """Give a note another content."""
    connection.execute(
        update(notes).where(notes.c.id == stored.id).values(**_content(note), changed_at=at)
    )
    if note.tags != stored.note.tags:
        connection.execute(delete(note_tags).where(note_tags.c.note_id == stored.id))
        _add_tags(connection, stored.id, note.tags)
    if note.links != stored.note.links:
        connection.execute(delete(links).where(links.c.note_id == stored.id))
        _add_links(connection, stored.id, note.links)


def remember_shipped(
    connection: Connection, note_id: int, shipped: Note, by: str, offered: Note | None = None
) -> None:
    """Keep what the deck file with the key `by` says, so that the user's edits can be told.

    `offered` has newer words of it, if the user has yet to choose.
    """
    values = {
        "shipped": note_to_json(shipped),
        "shipped_by": by,
        "retired": 0,
        "retired_because": "",
        "offered": note_to_json(offered) if offered else None,
    }
    connection.execute(update(notes).where(notes.c.id == note_id).values(values))


def make_own(connection: Connection, note_id: int) -> None:
    """Let a note belong to no deck file any more."""
    values = {
        "shipped": None,
        "shipped_by": None,
        "retired": 0,
        "retired_because": "",
        "offered": None,
    }
    connection.execute(update(notes).where(notes.c.id == note_id).values(values))


def retire(connection: Connection, note_id: int, because: str) -> None:
    """Mark a note that its deck file no longer has."""
    values = {"retired": 1, "retired_because": because, "offered": None}
    connection.execute(update(notes).where(notes.c.id == note_id).values(values))


def with_offers(connection: Connection) -> list[StoredNote]:
    """Notes whose deck file has newer words, which the user has yet to choose."""
    return _all_where(connection, notes.c.offered.is_not(None))


def retired(connection: Connection) -> list[StoredNote]:
    """Notes that their deck files no longer have."""
    return _all_where(connection, notes.c.retired == 1)


def _all_where(connection: Connection, condition: ColumnElement[bool]) -> list[StoredNote]:
    ids = connection.scalars(select(notes.c.id).where(condition).order_by(notes.c.id)).all()
    return [
        stored
        for start in range(0, len(ids), _CHUNK)
        for stored in _stored(connection, ids[start : start + _CHUNK])
    ]


def ids_shipped_by(connection: Connection, deck_key: str) -> dict[str, int]:
    """The notes of a deck file that are not retired: their ids by their keys."""
    rows = connection.execute(
        select(notes.c.key, notes.c.id).where(notes.c.shipped_by == deck_key, notes.c.retired == 0)
    )
    return {row.key: row.id for row in rows}


def _content(note: Note) -> dict[str, str]:
    return {
        "kind": note.kind.value,
        "front": note.front,
        "back": note.back,
        "source": note.source,
    }


def _add_tags(connection: Connection, note_id: int, names: Iterable[str]) -> None:
    for name in dict.fromkeys(names):
        tag_id = connection.scalar(select(tags.c.id).where(tags.c.name == name))
        if tag_id is None:
            made = insert(tags).values(name=name).returning(tags.c.id)
            tag_id = connection.execute(made).scalar_one()
        connection.execute(insert(note_tags).values(note_id=note_id, tag_id=tag_id))


def _add_links(connection: Connection, note_id: int, targets: Iterable[str]) -> None:
    rows = [{"note_id": note_id, "target_key": target} for target in dict.fromkeys(targets)]
    if rows:
        connection.execute(insert(links), rows)


def _stored(connection: Connection, ids: Sequence[int]) -> list[StoredNote]:
    """The notes with these ids, in this order; at most `_CHUNK`."""
    rows = {row.id: row for row in connection.execute(select(notes).where(notes.c.id.in_(ids)))}
    tags_of = _grouped(
        connection.execute(
            select(note_tags.c.note_id, tags.c.name)
            .join(tags, tags.c.id == note_tags.c.tag_id)
            .where(note_tags.c.note_id.in_(ids))
            .order_by(note_tags.c.id)
        )
    )
    links_of = _grouped(
        connection.execute(
            select(links.c.note_id, links.c.target_key)
            .where(links.c.note_id.in_(ids))
            .order_by(links.c.id)
        )
    )
    return [
        _note(rows[each], tuple(tags_of[each]), tuple(links_of[each]))
        for each in ids
        if each in rows
    ]


def _grouped(rows: Iterable[Row[int, str]]) -> defaultdict[int, list[str]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for note_id, value in rows:
        groups[note_id].append(value)
    return groups


def _note(
    row: Row[*tuple[Any, ...]], tag_names: tuple[str, ...], targets: tuple[str, ...]
) -> StoredNote:
    note = Note(row.key, NoteKind(row.kind), row.front, row.back, tag_names, row.source, targets)
    return StoredNote(
        row.id,
        note,
        row.created_at,
        row.changed_at,
        note_from_json(row.shipped) if row.shipped else None,
        row.shipped_by,
        bool(row.retired),
        row.retired_because,
        note_from_json(row.offered) if row.offered else None,
    )


_quoted = json.encoder.encode_basestring


def note_to_json(note: Note) -> str:
    """As the columns keep a note that is not the present one."""
    # Not by an encoder, which looks at the type of each value: there may be 100,000 notes.
    tags, links = ", ".join(map(_quoted, note.tags)), ", ".join(map(_quoted, note.links))
    return (
        f'{{"key": {_quoted(note.key)}, "kind": "{note.kind.value}", '
        f'"front": {_quoted(note.front)}, "back": {_quoted(note.back)}, "tags": [{tags}], '
        f'"source": {_quoted(note.source)}, "links": [{links}]}}'
    )


def note_from_json(text: str) -> Note:
    """What `note_to_json` wrote."""
    values = json.loads(text)
    return Note(
        **{
            **values,
            "kind": NoteKind(values["kind"]),
            "tags": tuple(values["tags"]),
            "links": tuple(values["links"]),
        }
    )
