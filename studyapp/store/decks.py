"""Decks and their presets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from studyapp.domain.decks import Deck, parent_names
from studyapp.domain.linking import Head
from studyapp.domain.notes import DeckText, Source
from studyapp.domain.presets import DeckLimits, Preset, preset_of
from studyapp.errors import NotFound
from studyapp.store import macros, settings
from studyapp.store.driver import driver
from studyapp.store.tables import decks, presets

DEFAULT_PRESET_ID = 1
_REMOVED = "removed_decks"

_SELECT = select(decks, presets.c.name.label("preset_name"), presets.c.options).join(
    presets, presets.c.id == decks.c.preset_id
)
_EVERY = str(_SELECT)


def every(connection: Connection) -> list[Deck]:
    """All decks, in no order."""
    return [_deck(row) for row in driver(connection).execute(_EVERY)]


def get(connection: Connection, deck_id: int) -> Deck:
    """Raises NotFound."""
    row = connection.execute(_SELECT.where(decks.c.id == deck_id)).first()
    if row is None:
        raise NotFound("This deck does not exist any more.")
    return _deck(tuple(row))


def by_name(connection: Connection, name: str) -> Deck:
    """Raises NotFound, naming the decks that there are."""
    row = connection.execute(_SELECT.where(decks.c.name == name)).first()
    if row is None:
        names = sorted(connection.scalars(select(decks.c.name)))
        raise NotFound(f"There is no deck “{name}”. Decks: {'; '.join(names) or 'none'}.")
    return _deck(tuple(row))


def ensure(connection: Connection, name: str) -> int:
    """The id of a deck, which is made, with those above it, if it is not there."""
    for parent in parent_names(name):
        _ensure_one(connection, parent)
    return _ensure_one(connection, name)


def shipped_digests(connection: Connection) -> dict[str, str]:
    """For each deck that came from a deck file: its key and the digest of that file."""
    rows = connection.execute(
        select(decks.c.key, decks.c.shipped_digest).where(decks.c.shipped_digest.is_not(None))
    )
    return {row.key: row.shipped_digest for row in rows}


def id_by_key(connection: Connection, key: str) -> int | None:
    """Of the deck that came from the deck file with this key, whatever its name is now."""
    return connection.scalar(select(decks.c.id).where(decks.c.key == key))


def describe(connection: Connection, deck_id: int, text: DeckText, digest: str) -> None:
    """Take over what a deck file says of the deck; its name stays."""
    connection.execute(
        update(decks)
        .where(decks.c.id == deck_id)
        .values(
            key=text.key,
            description=text.description,
            sources=json.dumps([asdict(source) for source in text.sources]),
            macros=macros.to_json(text.macros),
            shipped_digest=digest,
        )
    )


def set_head(connection: Connection, deck_id: int, key: str, head: Head) -> None:
    """Give a deck the key of a linked file and what that says besides its notes."""
    connection.execute(
        update(decks)
        .where(decks.c.id == deck_id)
        .values(
            key=key,
            description=head.description,
            sources=json.dumps([asdict(source) for source in head.sources]),
            macros=macros.to_json(head.macros),
        )
    )


def delete_all(connection: Connection, deck_ids: Sequence[int]) -> None:
    """Delete decks, whose cards must be gone."""
    connection.execute(delete(decks).where(decks.c.id.in_(list(deck_ids))))


@dataclass(frozen=True, slots=True)
class RemovedDeck:
    """A deck that came from a deck file, which the user does not want."""

    name: str
    digest: str
    """Of the file when it was removed, or of the newest that was passed over."""


def removed(connection: Connection) -> dict[str, RemovedDeck]:
    """By the keys of their files."""
    value = settings.get(connection, _REMOVED)
    table = {} if value is None else json.loads(value)
    return {key: RemovedDeck(**values) for key, values in table.items()}


def remember_removed(connection: Connection, keys: Mapping[str, RemovedDeck]) -> None:
    """The decks that are not to be installed again; all others are."""
    value = json.dumps({key: asdict(each) for key, each in sorted(keys.items())})
    settings.put(connection, _REMOVED, value)


def _ensure_one(connection: Connection, name: str) -> int:
    deck_id: int | None = connection.scalar(select(decks.c.id).where(decks.c.name == name))
    if deck_id is not None:
        return deck_id
    statement = insert(decks).values(
        name=name,
        description="",
        sources="[]",
        preset_id=DEFAULT_PRESET_ID,
        macros="{}",
    )
    made: int = connection.execute(statement.returning(decks.c.id)).scalar_one()
    return made


# The deck tree is read again and again, with hundreds of decks that seldom change.
@lru_cache(maxsize=4096)
def _deck(row: tuple[Any, ...]) -> Deck:
    """Of a row of `_SELECT`."""
    deck_id, name, key, description, sources, preset_id, _, own_macros, limits, *preset = row
    return Deck(
        id=deck_id,
        name=name,
        preset=_preset(*preset),
        key=key,
        description=description,
        sources=_sources(sources),
        macros=macros.from_json(own_macros),
        limits=_limits(limits),
        preset_id=preset_id,
    )


@lru_cache
def _sources(text: str) -> tuple[Source, ...]:
    return tuple(Source(**source) for source in json.loads(text))


@lru_cache
def _preset(name: str, options: str) -> Preset:
    return preset_of(name, json.loads(options))


@lru_cache
def _limits(text: str) -> DeckLimits:
    return DeckLimits(**json.loads(text))
