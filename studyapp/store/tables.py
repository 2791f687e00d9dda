"""The tables as SQLAlchemy sees them; their SQL, with checks and indexes, is in migrations/.

A test holds both against each other.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

METADATA = MetaData()


def _table(name: str, *columns: Column[int] | Column[str]) -> Table:
    return Table(name, METADATA, Column("id", Integer, primary_key=True), *columns)


def _int(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


SCHEDULE_COLUMNS = (
    "state",
    "due_at",
    "due_on",
    "interval_days",
    "ease_permille",
    "steps_left",
    "reps",
    "lapses",
)
"""In the order of `domain.cards.Schedule`'s fields."""

_NULLABLE = ("due_at", "due_on")


def _schedule(suffix: str = "") -> list[Column[int]]:
    return [_int(name + suffix, null=name in _NULLABLE) for name in SCHEDULE_COLUMNS]


presets = _table("presets", _text("name"), _text("options"))
decks = _table(
    "decks",
    _text("name"),
    _text("key", null=True),
    _text("description"),
    _text("sources"),
    _int("preset_id"),
    _text("shipped_digest", null=True),
    _text("macros"),
)
notes = _table(
    "notes",
    _text("key"),
    _text("kind"),
    _text("front"),
    _text("back"),
    _text("source"),
    _text("shipped", null=True),
    _text("shipped_by", null=True),
    _int("retired"),
    _int("created_at"),
    _int("changed_at"),
    _text("offered", null=True),
    _text("retired_because"),
)
tags = _table("tags", _text("name"))
note_tags = _table("note_tags", _int("note_id"), _int("tag_id"))
links = _table("links", _int("note_id"), _text("target_key"))
cards = _table(
    "cards",
    _int("note_id"),
    _int("ordinal"),
    _int("deck_id"),
    _int("position"),
    *_schedule(),
    _int("suspended"),
    _int("buried_on", null=True),
    _int("flag"),
)
reviews = _table(
    "reviews",
    _int("card_id"),
    _int("grade"),
    _int("took_ms"),
    *_schedule("_before"),
    *_schedule("_after"),
)
media = _table("media", _text("name"), _text("sha256"), _int("size_bytes"), _int("added_at"))
settings = _table("settings", _text("name"), _text("value"))

JOURNALED = (presets, decks, notes, tags, note_tags, links, cards, reviews, media, settings)
"""What undo covers."""

undo_steps = _table("undo_steps", _text("name"), _int("done_at"), _int("undone"))
undo_changes = Table(
    "undo_changes",
    METADATA,
    Column("step_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("table_name"),
    _int("row_id"),
    _text("before", null=True),
    _text("after", null=True),
)
