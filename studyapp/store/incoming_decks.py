"""Decks and presets that an import brings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, insert, select, update

from studyapp.domain.decks import Deck, parent_names
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Source
from studyapp.domain.presets import Preset
from studyapp.store import decks, macros
from studyapp.store.tables import decks as deck_table
from studyapp.store.tables import presets


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
