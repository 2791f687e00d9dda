"""The database inside a package: an Anki collection of schema 11."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from studyapp.anki.rows import DeckRow, NoteRow

DAY_ZERO: Final = 14_610
"""The study day 2010-01-01, from which the collection in a package counts its days."""

_CREATED_AT = DAY_ZERO * 86_400 + 12 * 3_600
_UNSYNCED = -1
_NEVER_STUDIED = dict.fromkeys(("newToday", "revToday", "lrnToday", "timeToday"), (0, 0))
_UNUSED_DECK = "Empty deck of a package"
_ADD_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')"
_ADD_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, '')"


def write_collection(
    path: Path, decks: Iterable[DeckRow], notes: Iterable[NoteRow], at: int, rollover_hour: int
) -> None:
    """Make a collection with these decks and notes; `at` is now, in ms since the epoch.

    Takes the notes one at a time. Raises sqlite3.Error when the disk refuses to be written.
    """
    # genanki takes a while to be imported, and is needed for nothing else.
    from studyapp.anki.blank_collection import lay_out  # noqa: PLC0415

    with closing(sqlite3.connect(path)) as database:
        # The file is of no use before it is complete, so it needs no journal.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        cursor = database.cursor()
        lay_out(cursor, decks)
        _put_right(cursor, at, rollover_hour)
        for note in notes:
            cursor.execute(_ADD_NOTE, _note_values(note))
            cursor.executemany(_ADD_CARD, _card_values(note))
        database.commit()


def _put_right(cursor: sqlite3.Cursor, at: int, rollover_hour: int) -> None:
    """What genanki leaves out or fills with a stranger's values.

    Without `schedVer` 2 Anki takes a package with a suspended or studied card for one of its old
    scheduler, and rewrites the cards.
    """
    conf, decks = cursor.execute("SELECT conf, decks FROM col").fetchone()
    scheduler = {
        "schedVer": 2,
        "sched2021": True,
        "creationOffset": 0,
        "rollover": rollover_hour,
    }
    all_decks = json.loads(decks)
    # Every collection has it; our own decks may have its usual name.
    all_decks["1"]["name"] = _UNUSED_DECK
    ours = {"md": False, "mod": at // 1000, **_NEVER_STUDIED}
    cursor.execute(
        "UPDATE col SET crt = ?, mod = ?, scm = ?, conf = ?, decks = ?",
        (
            _CREATED_AT,
            at,
            at,
            json.dumps(json.loads(conf) | scheduler),
            json.dumps({key: deck | ours for key, deck in all_decks.items()}),
        ),
    )


def _note_values(note: NoteRow) -> tuple[int | str, ...]:
    return (
        note.id,
        note.guid,
        note.note_type_id,
        note.changed_at,
        _UNSYNCED,
        f" {' '.join(note.tags)} " if note.tags else "",
        "\x1f".join(note.fields),
        note.fields[0],
    )


def _card_values(note: NoteRow) -> Iterator[tuple[int, ...]]:
    for card in note.cards:
        yield (
            card.id,
            note.id,
            card.deck_id,
            card.ordinal,
            note.changed_at,
            _UNSYNCED,
            card.type,
            card.queue,
            card.due,
            card.interval_days,
            card.ease_permille,
            card.reps,
            card.lapses,
            card.steps_left,
            card.flag,
        )
