"""The tables as SQLAlchemy sees them; their SQL, with checks and indexes, is in migrations/.

A test holds both against each other.
"""

from __future__ import annotations

from sqlalchemy import REAL, Column, Computed, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()


def _table(name: str, *columns: Column[int] | Column[str] | Column[bytes] | Column[float]) -> Table:
    return Table(name, METADATA, Column("id", Integer, primary_key=True), *columns)


def _int(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _real(name: str) -> Column[float]:
    return Column(name, REAL, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


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
    _text("limits"),
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

held_back = _table("held_back", _int("due_on"), _int("held_until"), _text("held_for"))
"""Cards that wait although they are due; a row counts while the card is due on `due_on`."""

trash = _table("trash")
"""Which of `trash_contents` are in the trash."""

linked_folders = _table("linked_folders", _text("path"), _int("linked_at"))
linked_decks = _table(
    "linked_decks", _int("folder_id"), _text("deck_key"), _text("file"), _text("head")
)
linked_notes = _table(
    "linked_notes", _int("folder_id"), _text("note_key"), _text("deck_key"), _text("note")
)
"""What linked folders and the collection had in common last; undone with what brought them there,
so that the next look shows the difference."""

JOURNALED = (
    presets,
    decks,
    notes,
    tags,
    note_tags,
    links,
    cards,
    reviews,
    media,
    settings,
    held_back,
    trash,
    linked_folders,
    linked_decks,
    linked_notes,
)
"""What undo covers."""

trash_batches = _table("trash_batches", _text("name"), _int("deleted_at"))
trash_contents = _table(
    "trash_contents", _int("batch_id"), _int("note_id", null=True), _text("content")
)

PUT_ASIDE = (trash_batches, trash_contents)
"""What was deleted; it never changes, so undo covers only whether it is in the trash."""

undo_steps = _table(
    "undo_steps", _text("name"), _int("done_at"), _int("undone"), _int("size_bytes", null=True)
)
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

search_texts = _table(
    "search_texts",
    _text("title"),
    _text("tags"),
    _text("front"),
    _text("back"),
    _text("source"),
    Column("beginning", Text, Computed("substr(front, 1, 50)", persisted=False)),
)
search_words = _table("search_words", _text("word"), _int("dense"), _bytes("notes"))
search_loose = _table("search_loose", _text("indexed"))
search_stale = _table("search_stale")
search_state = _table("search_state", _text("folding"), _int("generation"), _bytes("lexicon"))

memories = _table(
    "memories",
    _int("review_id"),
    _text("model"),
    _real("stability_days"),
    _real("difficulty"),
    _int("reviewed_on"),
)

places = _table("places", _int("x"), _int("y"))

DERIVED = (search_texts, search_words, search_loose, search_stale, search_state, memories, places)
"""The index for searches, what FSRS remembers, and the map: made from the rest, and can be made
anew."""
