"""Reads a collection of Anki's, of schema 11 or 18, to plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from studyapp.anki import schema_11, schema_18
from studyapp.anki.anki_values import AnkiCard, AnkiCollection, AnkiNote, AnkiReview
from studyapp.anki.collection_opening import ForeignDatabase, Row
from studyapp.anki.wire_format import BrokenMessage
from studyapp.errors import PackageError

LARGEST: Final = 2**62
"""Of the whole numbers that are taken from a package."""
SEPARATOR = "\x1f"
_ODD = (
    *(BrokenMessage, ValueError, TypeError, KeyError, AttributeError, OverflowError),
    RecursionError,
)
"""What reading raises when something is not what Anki writes."""
_CARD_COLUMNS = (
    *("id", "nid", "did", "ord", "type", "queue", "due", "ivl"),
    *("factor", "reps", "lapses", "left", "odue", "odid", "flags"),
)
_CARDS = f"SELECT {', '.join(_CARD_COLUMNS)} FROM cards ORDER BY nid, ord, id"  # noqa: S608
_NOTES = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
_LOG_COLUMNS = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")
_LOG = f"SELECT {', '.join(_LOG_COLUMNS)} FROM revlog"  # noqa: S608


class Odd:
    """Rows that cannot be read, for the report."""

    def __init__(self) -> None:
        self.cards_without_notes = 0
        self.cards = 0
        self.notes: list[str] = []
        self.reviews = 0


def read_head(database: ForeignDatabase) -> AnkiCollection:
    """All but notes, cards and log; raises PackageError."""
    reading = schema_11.read if database.schema == schema_11.VERSION else schema_18.read
    try:
        return reading(database)
    except _ODD as odd:
        raise PackageError(
            f"The note types, decks or options in {database.package} cannot be read ({odd}). "
            "Nothing was changed. In Anki run Tools → Check Database and export again."
        ) from odd


def count(database: ForeignDatabase, table: str) -> int:
    """The rows of a table."""
    found = database.first(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own words
    return int(found[0]) if found else 0


def read_notes(database: ForeignDatabase, odd: Odd) -> Iterator[AnkiNote]:
    """The notes by their ids, each with its cards; those that cannot be read are told in `odd`."""
    cards = _Cards(database, odd)
    is_odd = _has_odd(database, "notes", ("id", "mid", "mod"))
    seen: int | None = None
    for row in database.rows(_NOTES):
        note_id, guid, note_type_id, changed, tags, fields = row
        if is_odd:
            note_id, note_type_id, changed = map(_whole, (note_id, note_type_id, changed))
        if note_id is None or note_id == seen:
            odd.notes.append(f"the row {str(row[0])[:40]}")
            continue
        seen = note_id
        own = cards.of(note_id)
        if note_type_id is None or changed is None or not isinstance(fields, str):
            odd.notes.append(f"the note {note_id}")
            continue
        yield AnkiNote(
            note_id,
            guid if isinstance(guid, str) else "",
            note_type_id,
            changed,
            tuple(tags.split()) if isinstance(tags, str) else (),
            tuple(fields.split(SEPARATOR)),
            own,
        )
    cards.finish()


class _Cards:
    """All cards, in step with the notes."""

    def __init__(self, database: ForeignDatabase, odd: Odd) -> None:
        self._is_odd = _has_odd(database, "cards", _CARD_COLUMNS)
        self._rows = database.rows(_CARDS)
        self._odd = odd
        self._next = next(self._rows, None)

    def of(self, note_id: int) -> tuple[AnkiCard, ...]:
        """The cards of a note; of notes with lower ids there are none."""
        own: list[AnkiCard] = []
        while self._next is not None and not _is_above(self._next[1], note_id):
            if self._next[1] == note_id:
                card = _card(self._next) if self._is_odd else AnkiCard._make(self._next)
                if card is None or card.ordinal in (each.ordinal for each in own):
                    self._odd.cards += 1
                else:
                    own.append(card)
            else:
                self._odd.cards_without_notes += 1
            self._next = next(self._rows, None)
        return tuple(own)

    def finish(self) -> None:
        rest = 0 if self._next is None else 1 + sum(1 for _ in self._rows)
        self._odd.cards_without_notes += rest


def _is_above(value: object, note_id: int) -> bool:
    """In SQLite's order, which has null first and text behind numbers."""
    return value is not None and (not isinstance(value, int | float) or value > note_id)


def _card(row: Row) -> AnkiCard | None:
    numbers = [_whole(value) for value in row]
    whole = [number for number in numbers if number is not None]
    if len(whole) < len(row):
        return None
    return AnkiCard._make(whole)


def _has_odd(database: ForeignDatabase, table: str, columns: Sequence[str]) -> bool:
    """Whether something in the columns is no number of ours; one look for all of its rows."""
    odd = " OR ".join(
        f"typeof({name}) <> 'integer' OR {name} NOT BETWEEN {1 - LARGEST} AND {LARGEST - 1}"
        for name in columns
    )
    return database.first(f"SELECT 1 FROM {table} WHERE {odd} LIMIT 1") is not None  # noqa: S608


def has_odd_log(database: ForeignDatabase) -> bool:
    """Whether something in the log is no number of ours."""
    return _has_odd(database, "revlog", _LOG_COLUMNS)


def read_log(database: ForeignDatabase, odd: Odd) -> Iterator[AnkiReview]:
    """The rows of the log that can be read; the others are counted in `odd`."""
    for row in database.rows(_LOG):
        numbers = [_whole(value) for value in row]
        whole = [number for number in numbers if number is not None]
        if len(whole) < len(row):
            odd.reviews += 1
        else:
            yield AnkiReview._make(whole)


def _whole(value: object) -> int | None:
    """A number of the database, which other programs may have written as a decimal one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and -LARGEST < value < LARGEST else None
