"""The macros of the user and of decks, and which of them count where."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, or_, select

from studyapp.domain.decks import parent_names
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.store import settings
from studyapp.store.tables import cards, decks, notes

_USER = "macros"
_NONE = "{}"


def of_user(connection: Connection) -> Macros:
    """Those that count in every deck."""
    value = settings.get(connection, _USER)
    return NO_MACROS if value is None else from_json(value)


def set_of_user(connection: Connection, macros: Macros) -> None:
    """Give the user other macros."""
    settings.put(connection, _USER, to_json(macros))


def in_decks(connection: Connection, deck_ids: Sequence[int]) -> dict[int, Macros]:
    """What counts in each of the decks: its own before those of decks above, then the user's."""
    rows = connection.execute(
        select(decks.c.id, decks.c.name, decks.c.macros).where(
            or_(decks.c.macros != _NONE, decks.c.id.in_(deck_ids))
        )
    ).all()
    own = {row.name.casefold(): from_json(row.macros) for row in rows if row.macros != _NONE}
    user = of_user(connection)
    names = {row.id: row.name for row in rows}
    return {each: _in_deck(names[each], own, user) for each in deck_ids if each in names}


def of_notes(connection: Connection, keys: Sequence[str]) -> dict[str, Macros]:
    """What counts in the notes with these keys, each of which is in the deck of its first card."""
    if not keys:
        return {}
    rows = connection.execute(
        select(notes.c.key, cards.c.deck_id)
        .join(cards, cards.c.note_id == notes.c.id)
        .where(notes.c.key.in_(keys))
        .order_by(cards.c.ordinal.desc())
    )
    deck_of = {row.key: row.deck_id for row in rows}
    found = in_decks(connection, sorted(set(deck_of.values())))
    return {key: found[deck_id] for key, deck_id in deck_of.items()}


def _in_deck(name: str, own: Mapping[str, Macros], user: Macros) -> Macros:
    found = user
    for each in (*parent_names(name), name):
        found = own.get(each.casefold(), NO_MACROS).over(found)
    return found


def to_json(macros: Macros) -> str:
    return json.dumps(macros.bodies(), ensure_ascii=False)


def from_json(text: str) -> Macros:
    return Macros.of(json.loads(text))
