"""The database inside a package: an Anki collection of schema 11."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from studyapp.anki.export_values import CopyLog, Progress, unwatched
from studyapp.anki.preset_export import as_json
from studyapp.anki.rows import DeckRow, NoteRow, PresetRow
from studyapp.anki.schedule_export import DAY_ZERO, MOST, MOST_EASE
from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import LOG_LINES

_CREATED_AT: Final = DAY_ZERO * 86_400 + 12 * 3_600
_UNSYNCED: Final = -1
_NEVER_STUDIED: Final = dict.fromkeys(("newToday", "revToday", "lrnToday", "timeToday"), (0, 0))
_UNUSED_DECK: Final = "Empty deck of a package"
_ADD_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')"
_ADD_CARD = """
    INSERT INTO cards (
        -- A `CardRow` as it is, and the id and the time of its note.
        id, did, ord, due, queue, flags, type, ivl, factor, reps, lapses, left, data, nid, mod,
        usn, odue, odid
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1, 0, 0)
"""
_IDS = "CREATE TEMP TABLE exported (card_id INTEGER PRIMARY KEY, in_anki INTEGER NOT NULL)"
_ADD_ID = "INSERT INTO exported VALUES (?, ?)"
_ADD_LOG = f"""
    INSERT INTO made.revlog
    SELECT l.id, e.in_anki, -1, l.grade, max(min(l.interval, {MOST}), -{MOST}),
        max(min(l.last_interval, {MOST}), -{MOST}), min(l.ease_permille, {MOST_EASE}), l.took_ms,
        l.kind
    FROM {LOG_LINES} AS l CROSS JOIN exported AS e ON e.card_id = l.card_id ORDER BY l.id
"""  # noqa: S608 - our own names and numbers
_PAGES: Final = -65_536
"""Of the cache, in KiB."""
_AT_ONCE: Final = 1000
"""Notes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a collection has beside notes, cards and log."""

    decks: Sequence[DeckRow]
    presets: Sequence[PresetRow]
    at: int
    """Now, in ms since the epoch."""
    options: DayOptions


def write_collection(
    path: Path,
    head: Head,
    notes: Iterator[NoteRow],
    *,
    log: CopyLog | None = None,
    card_ids: Mapping[int, int] | None = None,
    progress: Progress = unwatched,
) -> None:
    """Make a collection; `log` and `card_ids` are asked for when all notes are written.

    `card_ids` has the ids of cards here by those that the log has. `progress` is told how far the
    rest is when the notes are written. Takes some notes at a time. Raises sqlite3.Error when the
    disk refuses to be written.
    """
    with closing(sqlite3.connect(path)) as database:
        cursor = database.cursor()
        _begin(cursor, head)
        indexes = _taken_indexes(cursor)
        while some := list(islice(notes, _AT_ONCE)):
            cursor.executemany(_ADD_NOTE, map(_note_values, some))
            cursor.executemany(_ADD_CARD, chain.from_iterable(map(_card_values, some)))
        database.commit()
        if log is not None:
            _add_log(path, log, card_ids or {})
        for done, sql in enumerate(indexes, 1):
            progress(done, len(indexes))
            cursor.execute(sql)
        database.commit()


def _begin(cursor: sqlite3.Cursor, head: Head) -> None:
    """Lay out an empty collection."""
    # genanki takes a while to be imported, and is needed for nothing else.
    from studyapp.anki.blank_collection import lay_out  # noqa: PLC0415

    # The file is of no use before it is complete, so it needs no journal.
    cursor.execute("PRAGMA journal_mode = OFF")
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.execute(f"PRAGMA cache_size = {_PAGES}")
    lay_out(cursor)
    _write_head(cursor, head)


def _add_log(path: Path, log: CopyLog, card_ids: Mapping[int, int]) -> None:
    """Without reviews of cards that are not in the package."""
    with log(path) as run:
        run.execute(_IDS)
        run.execute("BEGIN")
        run.executemany(_ADD_ID, card_ids.items())
        run.execute(_ADD_LOG)
        run.execute("COMMIT")


def _taken_indexes(cursor: sqlite3.Cursor) -> list[str]:
    """Drop the indexes; returns their SQL. They are made sooner when all rows are there."""
    found = list(cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _write_head(cursor: sqlite3.Cursor, head: Head) -> None:
    """What genanki leaves out or fills with a stranger's values.

    Without `schedVer` 2 Anki takes a package with a suspended or studied card for one of its old
    scheduler, and rewrites the cards.
    """
    conf, decks, presets = map(
        json.loads, cursor.execute("SELECT conf, decks, dconf FROM col").fetchone()
    )
    scheduler = {
        "schedVer": 2,
        "sched2021": True,
        # One switch for all presets there.
        "fsrs": any(row.preset.scheduler == "fsrs" for row in head.presets),
        "creationOffset": 0,
        "rollover": head.options.rollover_hour,
        "collapseTime": head.options.learn_ahead_ms // 1000,
    }
    values = (conf | scheduler, _decks(decks["1"], head), _presets(presets, head))
    cursor.execute(
        "UPDATE col SET crt = ?, mod = ?, scm = ?, conf = ?, decks = ?, dconf = ?",
        (_CREATED_AT, head.at, head.at, *map(json.dumps, values)),
    )


def _decks(template: dict[str, object], head: Head) -> dict[str, dict[str, object]]:
    ours = {**template, "md": False, "mod": head.at // 1000, **_NEVER_STUDIED}
    # Every collection has the first one; our own decks may have its usual name.
    every = {"1": {**ours, "id": 1, "name": _UNUSED_DECK, "desc": ""}}
    for deck in head.decks:
        values = {"id": deck.id, "name": deck.name, "desc": deck.description}
        every[str(deck.id)] = {**ours, **values, "conf": deck.preset_id}
    return every


def _presets(every: dict[str, dict[str, object]], head: Head) -> dict[str, dict[str, object]]:
    template = every["1"]
    return every | {str(row.id): as_json(row, template, head.at) for row in head.presets}


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


def _card_values(note: NoteRow) -> Iterator[tuple[int | str, ...]]:
    """Each card as it is, then what it has of its note."""
    for card in note.cards:
        yield card + (note.id, note.changed_at)  # noqa: RUF005 - takes a third of the time
