"""Presets, which decks share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from studyapp.domain.presets import DeckLimits, Preset, options_of, preset_of
from studyapp.errors import NotFound
from studyapp.store.decks import DEFAULT_PRESET_ID
from studyapp.store.tables import decks, presets


@dataclass(frozen=True, slots=True)
class StoredPreset:
    """A preset as a collection keeps it."""

    id: int
    preset: Preset
    deck_ids: tuple[int, ...]
    """The decks that use it."""


def every(connection: Connection) -> list[StoredPreset]:
    """All presets in the order of the alphabet."""
    users: dict[int, list[int]] = {}
    for row in connection.execute(select(decks.c.id, decks.c.preset_id).order_by(decks.c.id)):
        users.setdefault(row.preset_id, []).append(row.id)
    found = [
        StoredPreset(
            row.id, preset_of(row.name, json.loads(row.options)), tuple(users.get(row.id, ()))
        )
        for row in connection.execute(select(presets))
    ]
    return sorted(found, key=lambda each: each.preset.name.casefold())


def get(connection: Connection, preset_id: int) -> Preset:
    """Raises NotFound."""
    row = connection.execute(select(presets).where(presets.c.id == preset_id)).first()
    if row is None:
        raise NotFound("This preset does not exist any more.")
    return preset_of(row.name, json.loads(row.options))


def id_of(connection: Connection, name: str) -> int | None:
    """Of the preset with this name; capitals do not matter."""
    return connection.scalar(select(presets.c.id).where(presets.c.name == name))


def add(connection: Connection, preset: Preset, like: int | None = None) -> int:
    """A new preset's id; `like`: takes over what this version does not know of that one."""
    options = json.dumps(options_of(preset, _options(connection, like)))
    made = insert(presets).values(name=preset.name, options=options).returning(presets.c.id)
    return int(connection.execute(made).scalar_one())


def put(connection: Connection, preset_id: int, preset: Preset) -> None:
    """Name and options; what this version does not know stays."""
    options = json.dumps(options_of(preset, _options(connection, preset_id)))
    connection.execute(
        update(presets).where(presets.c.id == preset_id).values(name=preset.name, options=options)
    )


def remove(connection: Connection, preset_id: int) -> int:
    """Delete a preset; its decks use the default one then; returns how many these were."""
    moved = connection.execute(
        update(decks).where(decks.c.preset_id == preset_id).values(preset_id=DEFAULT_PRESET_ID)
    )
    connection.execute(delete(presets).where(presets.c.id == preset_id))
    return moved.rowcount


def assign(connection: Connection, deck_ids: Sequence[int], preset_id: int) -> int:
    """Have decks use a preset; returns how many did not."""
    ids = func.json_each(json.dumps(list(deck_ids))).table_valued("value")
    changed = connection.execute(
        update(decks)
        .where(decks.c.id.in_(select(ids.c.value)), decks.c.preset_id != preset_id)
        .values(preset_id=preset_id)
    )
    return changed.rowcount


def set_limits(connection: Connection, deck_id: int, limits: DeckLimits) -> None:
    """Raises NotFound."""
    values = {name: value for name, value in asdict(limits).items() if value is not None}
    changed = connection.execute(
        update(decks).where(decks.c.id == deck_id).values(limits=json.dumps(values))
    )
    if not changed.rowcount:
        raise NotFound("This deck does not exist any more.")


def _options(connection: Connection, preset_id: int | None) -> dict[str, object]:
    found = connection.scalar(select(presets.c.options).where(presets.c.id == preset_id))
    options: dict[str, object] = json.loads(found or "{}")
    return options
