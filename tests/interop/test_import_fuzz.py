"""Packages with changed bytes: taken, or refused with an error for the user; never half.

`STUDYAPP_FUZZ=10000` in the environment tries that many.
"""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
import zstandard

from studyapp.domain.presets import DayOptions
from studyapp.errors import PackageError
from studyapp.services.importing import Importing
from studyapp.store import history
from studyapp.store.database import Database
from tests.interop.anki_profile import AnkiProfile
from tests.interop.rich_collection import RichCollection
from tests.interop.test_import_from_anki import now
from tests.services.conftest import MIGRATIONS

TRIES = int(os.environ.get("STUDYAPP_FUZZ", "400"))
TABLES = (
    *("presets", "decks", "notes", "tags", "note_tags", "links", "cards", "reviews", "media"),
    "settings",
)
ODD = (
    *(None, -1, 0, 10**6, 3 * 10**11, 2**62, -(2**62), 1.5, float("inf"), "", "x", "\x1f", "{}"),
    *("[]", "null", b"\xff\xfe", "a" * 9999, "<div>" * 99, "{{c1::", "../x"),
)
Mutation = Callable[[bytes, Random], bytes]


def flipped(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def overwritten(data: bytes, chance: Random) -> bytes:
    """Other bytes in a stretch: zeros, ones, or what stands elsewhere."""
    at, length = chance.randrange(len(data)), chance.choice((1, 4, 16, 300))
    other = chance.randrange(len(data))
    filling = chance.choice((bytes(length), b"\xff" * length, data[other : other + length]))
    return data[:at] + filling + data[at + len(filling) :]


def swapped_numbers(data: bytes, chance: Random) -> bytes:
    """Digits of the JSON and text in it become others."""
    changed = bytearray(data)
    places = [at for at, byte in enumerate(changed) if chr(byte).isdecimal()]
    for at in chance.sample(places, min(len(places), 40)):
        changed[at] = chance.choice(b"0123456789-x\xff")
    return bytes(changed)


def repacked(change: Mutation) -> Mutation:
    """Changes the database, or another file in the package, so that the archive itself is sound."""

    def mutate(data: bytes, chance: Random) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            names = old.namelist()
            real = next(
                name for name in names if name in ("collection.anki21b", "collection.anki21")
            )
            chosen = real if chance.random() < 0.8 else chance.choice(names)
            for name in names:
                content = old.read(name)
                if name == chosen and content:
                    content = _changed(content, name, change, chance)
                new.writestr(name, content)
        return out.getvalue()

    return mutate


def _changed(content: bytes, name: str, change: Mutation, chance: Random) -> bytes:
    if content[:4] != b"\x28\xb5\x2f\xfd" or chance.random() < 0.2:
        return change(content, chance)
    plain = zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return zstandard.ZstdCompressor().compress(change(plain, chance))


def values(data: bytes, chance: Random) -> bytes:
    """Other values in the tables of the database, as a stranger's program may write them."""
    if not data.startswith(b"SQLite format 3"):
        return flipped(data, chance)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data[:18] + b"\x01\x01" + data[20:])  # no write-ahead log in memory
        database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        database.text_factory = bytes
        for _ in range(chance.choice((1, 3, 10))):
            table = chance.choice(("notes", "cards", "revlog", "col"))
            columns = [row[1].decode() for row in database.execute(f"PRAGMA table_info({table})")]
            odd = chance.choice(ODD)
            with database:
                try:
                    database.execute(
                        f"UPDATE {table} SET {chance.choice(columns)} = ? WHERE rowid % 3 = ?",
                        (odd, chance.randrange(3)),
                    )
                except sqlite3.IntegrityError:
                    continue
        return database.serialize()


MUTATIONS: tuple[Mutation, ...] = (
    flipped,
    cut,
    overwritten,
    *(repacked(each) for each in (flipped, cut, overwritten, swapped_numbers, values, values)),
)


def contents(database: Database) -> list[list[tuple[object, ...]]]:
    with database.read() as tx:
        return [
            [tuple(row) for row in tx.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")]
            for table in TABLES
        ]


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def packages(anki: AnkiProfile, tmp_path: Path) -> list[bytes]:
    rich = RichCollection(anki)
    rich.fill()
    return [
        rich.export(tmp_path / f"{legacy}.apkg", legacy=legacy).read_bytes()
        for legacy in (True, False)
    ]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(tmp_path / "o" / "collection.db", MIGRATIONS, "test")) as opened:
        yield opened


@pytest.mark.timeout(60 + TRIES)
def test_changed_bytes(packages: list[bytes], database: Database, tmp_path: Path) -> None:
    importing = Importing(database, now, DayOptions(), lambda: "key")
    before, there = contents(database), files(tmp_path)
    taken = refused = 0
    for number in range(TRIES):
        chance = Random(number)  # noqa: S311 - not for secrets
        package = tmp_path / "True.apkg"
        package.write_bytes(chance.choice(MUTATIONS)(chance.choice(packages), chance))
        try:
            importing.apply(importing.preview(package))
        except PackageError:
            refused += 1
        else:
            taken += 1
            assert importing.preview(package).numbers.is_nothing, number
            with database.rewind() as tx:
                history.undo(tx)
            for path in (tmp_path / "o" / "media").glob("*"):
                assert path.parent == tmp_path / "o" / "media"
                path.unlink()
        assert contents(database) == before, number
        assert {name for name in files(tmp_path) if not name.startswith("o/coll")} <= there, number
    assert taken > TRIES // 20
    assert refused > TRIES // 5
