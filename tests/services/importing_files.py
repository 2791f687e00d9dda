"""Packages for import tests, made row by row: what real ones hold, and what strangers put there."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

CREATED_S = 1_700_000_000
BASIC, REVERSED, CLOZE, ODD = 1001, 1002, 1003, 1004
DECK = 2001
TABLES = """
    CREATE TABLE col (id integer PRIMARY KEY, crt, mod, scm, ver, dty, usn, ls, conf, models, decks,
        dconf, tags);
    CREATE TABLE notes (id integer PRIMARY KEY, guid, mid, mod, usn, tags, flds, sfld, csum, flags,
        data);
    CREATE TABLE cards (id integer PRIMARY KEY, nid, did, ord, mod, usn, type, queue, due, ivl,
        factor, reps, lapses, left, odue, odid, flags, data);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid, usn, ease, ivl, lastIvl, factor, time, type);
    CREATE TABLE graves (usn, oid, type);
"""


def _note_type(
    type_id: int,
    name: str,
    fields: Iterable[str],
    templates: Iterable[tuple[str, str]],
    kind: int = 0,
) -> dict[str, object]:
    return {
        "id": type_id,
        "name": name,
        "type": kind,
        "css": "",
        "flds": [{"name": each, "ord": index} for index, each in enumerate(fields)],
        "tmpls": [
            {"name": f"Card {index + 1}", "ord": index, "qfmt": question, "afmt": answer}
            for index, (question, answer) in enumerate(templates)
        ],
    }


def _answer(name: str) -> str:
    return f"{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{{{{{name}}}}}"


MODELS = {
    str(each["id"]): each
    for each in (
        _note_type(BASIC, "Basic", ("Front", "Back"), [("{{Front}}", _answer("Back"))]),
        _note_type(
            REVERSED,
            "Both",
            ("Front", "Back"),
            [("{{Front}}", _answer("Back")), ("{{Back}}", _answer("Front"))],
        ),
        _note_type(
            CLOZE,
            "Cloze",
            ("Text", "Extra"),
            [("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Extra}}")],
            kind=1,
        ),
        _note_type(
            ODD,
            "Odd",
            ("One", "Two", "Three"),
            [("{{One}}?", "{{One}} {{Two}}"), ("{{hint:Three}}{{Two}}", "{{text:One}}")],
        ),
    )
}


@dataclass
class Row:
    """A note with its cards."""

    guid: str | bytes
    fields: tuple[str | bytes, ...] = ("Front", "Back")
    note_type: int = BASIC
    tags: str = ""
    changed_s: int = CREATED_S
    cards: list[Mapping[str, object]] = field(default_factory=lambda: [{}])
    log: Sequence[tuple[int, ...]] = ()
    """Instant, grade, interval, last interval, factor, duration and type; of the first card."""


CARD: dict[str, object] = {
    **dict.fromkeys(("did", "ord", "mod", "usn", "type", "queue", "due", "ivl", "factor"), 0),
    **dict.fromkeys(("reps", "lapses", "left", "odue", "odid", "flags"), 0),
    "did": DECK,
    "data": "",
}


@dataclass
class Package:
    """What is put into a package, or changed before it is."""

    rows: Iterable[Row] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    sql: str = ""
    """Run at the end."""
    decks: Mapping[str, object] = field(
        default_factory=lambda: {str(DECK): {"id": DECK, "name": "Deck", "desc": "", "conf": 1}}
    )
    models: Mapping[str, object] = field(default_factory=lambda: MODELS)
    more: Mapping[str, bytes] = field(default_factory=dict)
    """Other files in the archive."""

    def write(self, path: Path) -> Path:
        database = path.with_suffix(".db")
        self._write_database(database)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(database, "collection.anki2")
            names = dict(enumerate(self.media))
            archive.writestr("media", json.dumps(names))
            for number, name in names.items():
                archive.writestr(str(number), self.media[name])
            for name, content in self.more.items():
                archive.writestr(name, content)
        database.unlink()
        return path

    def _write_database(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(TABLES)
            conf = {"creationOffset": 0, "schedVer": 2}
            texts = [json.dumps(each) for each in (conf, self.models, self.decks, {})]
            database.execute(
                "INSERT INTO col VALUES (1, ?, ?, 0, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
                (CREATED_S, CREATED_S * 1000, *texts),
            )
            for index, row in enumerate(self.rows):
                self._write_row(database, CREATED_S * 1000 + 100 * index, row)
            database.executescript(self.sql)
            database.commit()

    def _write_row(self, database: sqlite3.Connection, note_id: int, row: Row) -> None:
        flds = b"\x1f".join(
            each if isinstance(each, bytes) else each.encode() for each in row.fields
        )
        database.execute(
            "INSERT INTO notes VALUES"
            " (?, CAST(? AS TEXT), ?, ?, -1, ?, CAST(? AS TEXT), '', 0, 0, '')",
            (note_id, row.guid, row.note_type, row.changed_s, row.tags, flds),
        )
        for ordinal, given in enumerate(row.cards):
            values = {**CARD, "ord": ordinal, **given, "id": note_id + ordinal, "nid": note_id}
            marks = ", ".join("?" * len(values))
            sql = f"INSERT INTO cards ({', '.join(values)}) VALUES ({marks})"
            database.execute(sql, tuple(values.values()))
        for at, *rest in row.log:
            database.execute(
                "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", (at, note_id, *rest)
            )
