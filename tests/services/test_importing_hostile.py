"""Packages that strangers made to do harm, and broken ones: a clear message, nothing changed."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import zstandard

from studyapp.anki import package_bounds
from studyapp.anki.incoming import KEPT_REMARKS
from studyapp.domain.presets import DayOptions
from studyapp.errors import PackageError, StorageError
from studyapp.services.importing import Importing, Report
from tests.services.conftest import Desk, basic
from tests.services.importing_files import BASIC, CREATED_S, MODELS, Package, Row

EMPTY_NOTES = int(os.environ.get("STUDYAPP_EMPTY_NOTES", "5000"))

MB = 1024 * 1024


@pytest.fixture
def importing(desk: Desk) -> Importing:
    desk.install([basic(1)])
    return Importing(desk.database, desk.clock, DayOptions(), lambda: "key")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "p.apkg"


def take(importing: Importing, path: Path) -> Report:
    return importing.apply(importing.preview(path))


def rows(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with desk.database.read() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(sql)]


def archive(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return path


def entry(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as made:
        return made.read(name)


def zip_bomb(path: Path) -> Path:
    return archive(path, **{"collection.anki2": bytes(200 * MB)})


def zstd_bomb(path: Path) -> Path:
    bomb = zstandard.ZstdCompressor().compress(bytes(200 * MB))
    return archive(path, **{"meta": b"\x08\x03", "collection.anki21b": bomb})


def zstd_window(path: Path) -> Path:
    """A frame that wants 2 GB of memory to be unpacked."""
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=1)
    made = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    bomb = made.compress(b"x") + made.flush()
    return archive(path, **{"meta": b"\x08\x03", "collection.anki21b": bomb})


def media_list_bomb(path: Path) -> Path:
    package = Package([Row("a")]).write(path)
    database = entry(package, "collection.anki2")
    return archive(path, **{"collection.anki2": database, "media": b" " * (40 * MB) + b"{}"})


def medium_bomb(path: Path) -> Path:
    return Package([Row("a")], {"a.png": bytes(100 * MB)}).write(path)


def many_entries(path: Path) -> Path:
    """The archive says that it lists more files than there are people in most towns."""
    package = Package([Row("a")]).write(path)
    data = package.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    end_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9**9, 9**9, 9**10, 0)
    small = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(data[:end] + end_64 + locator + small)
    return path


def doubled_entry(path: Path) -> Path:
    Package([Row("a")]).write(path)
    with zipfile.ZipFile(path, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("collection.anki2", b"another")
    return path


def cut_off(path: Path) -> Path:
    Package([Row("a")]).write(path)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def cut_database(path: Path) -> Path:
    database = entry(Package([Row(str(n)) for n in range(200)]).write(path), "collection.anki2")
    return archive(path, **{"collection.anki2": database[: len(database) // 2]})


def no_database(path: Path) -> Path:
    return archive(path, **{"collection.anki2": b"this is no database, but a longer text" * 99})


def from_the_future(path: Path) -> Path:
    return archive(path, **{"meta": b"\x08\x09", "collection.anki99": b""})


def without_collection(path: Path) -> Path:
    return archive(path, readme=b"hello")


def changed(sql: str) -> Callable[[Path], Path]:
    return lambda path: Package([Row("a")], sql=sql).write(path)


REFUSED = [
    pytest.param(zip_bomb, "unfolds to more than 500 times", id="zip-bomb"),
    pytest.param(zstd_bomb, "unfolds to more than 500 times", id="zstd-bomb"),
    pytest.param(zstd_window, "damaged", id="zstd-window"),
    pytest.param(media_list_bomb, "larger than this app unpacks", id="media-list-bomb"),
    pytest.param(medium_bomb, "unfolds to more than 500 times", id="medium-bomb"),
    pytest.param(many_entries, "holds 387,420,489 files", id="many-entries"),
    pytest.param(doubled_entry, "two files called", id="doubled-entry"),
    pytest.param(cut_off, "the end of a zip archive is missing", id="cut-off"),
    pytest.param(cut_database, "is damaged", id="cut-database"),
    pytest.param(no_database, "is damaged", id="no-database"),
    pytest.param(from_the_future, "has version 9 of Anki's packages", id="future"),
    pytest.param(without_collection, "holds no collection", id="no-collection"),
    pytest.param(changed("DROP TABLE cards"), "“cards” is missing", id="missing-table"),
    pytest.param(
        changed("ALTER TABLE notes DROP COLUMN flds"), "no column “flds”", id="missing-column"
    ),
    pytest.param(changed("DELETE FROM col"), "“col” has no rows", id="no-head"),
    pytest.param(
        changed("INSERT INTO col SELECT 2, crt, mod, scm, ver, dty, usn, ls, conf, models, decks,"
                " dconf, tags FROM col"),
        "“col” has 2 rows",
        id="two-heads",
    ),
    pytest.param(changed("UPDATE col SET ver = 12"), "its schema is 12", id="other-schema"),
    pytest.param(changed("UPDATE col SET ver = 'x'"), "its schema is x", id="schema-of-text"),
    pytest.param(changed("UPDATE col SET models = '[]'"), "cannot be read", id="models-a-list"),
    pytest.param(changed("UPDATE col SET models = '{'"), "cannot be read", id="models-cut"),
    pytest.param(changed("UPDATE col SET crt = 1e999"), "cannot be read", id="created-never"),
    pytest.param(
        changed(f"UPDATE col SET decks = '{'[' * 100_000}'"), "cannot be read", id="deep-json"
    ),
    pytest.param(
        changed("ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT * FROM n"),
        "“notes” is no plain table",
        id="view",
    ),
    pytest.param(
        changed(
            "DROP TABLE revlog; CREATE VIEW revlog AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL"
            " SELECT id + 1 FROM r) SELECT id, 1 cid, 1 ease, 1 ivl, 1 lastIvl, 1 factor, 1 time,"
            " 1 type FROM r"
        ),
        "“revlog” is no plain table",
        id="view-without-end",
    ),
    pytest.param(
        changed("DROP TABLE graves; DROP TABLE revlog; CREATE VIRTUAL TABLE revlog USING fts5(id,"
                " cid, ease, ivl, lastIvl, factor, time, type)"),
        "“revlog” is no plain table",
        id="virtual-table",
    ),
    pytest.param(
        changed("ALTER TABLE revlog ADD COLUMN slow AS (hex(zeroblob(400000000)))"),
        "computed columns",
        id="computed-column",
    ),
]  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("build", "message"), REFUSED)
def test_refused(
    desk: Desk, importing: Importing, file: Path, build: Callable[[Path], Path], message: str
) -> None:
    path = build(file)
    before = desk.path.read_bytes()
    there = sorted(desk.path.parent.rglob("*"))
    with pytest.raises(PackageError, match=re.escape(message)):
        importing.preview(path)
    assert desk.path.read_bytes() == before
    assert sorted(desk.path.parent.rglob("*")) == there


def test_bounds_of_a_medium(importing: Importing, file: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(package_bounds, "MAX_FILE", 1000)
    media = {"a.png": bytes(range(256)) * 5}
    with pytest.raises(PackageError, match=r"“a\.png” in .* is larger than this app unpacks"):
        importing.preview(Package([Row("a")], media).write(file))


def test_bounds_of_all_media(importing: Importing, file: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(package_bounds, "MAX_MEDIA", 1000)
    media = {f"{number}.png": bytes([number]) * 300 for number in range(4)}
    with pytest.raises(PackageError, match=r"All media of .* larger than this app unpacks"):
        importing.preview(Package([Row("a")], media).write(file))


def test_triggers_and_checks_do_not_run(desk: Desk, importing: Importing, file: Path) -> None:
    sql = """
        CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END;
        CREATE TABLE slow (x CHECK (length(hex(zeroblob(300000000))) > 0));
        PRAGMA ignore_check_constraints = ON;
        INSERT INTO slow VALUES (1), (2), (3), (4), (5), (6), (7), (8);
        CREATE INDEX i ON notes (hex(flds));
        CREATE VIEW v AS SELECT load_extension('x');
    """
    assert take(importing, Package([Row("a")], sql=sql).write(file)).numbers.new == 1


def test_bytes_that_are_no_text(desk: Desk, importing: Importing, file: Path) -> None:
    odd = [Row(b"\xff\xfe", (b"a\xffb", "back")), Row("b", tags="x")]
    report = take(importing, Package(odd).write(file))
    assert report.numbers.new == 2
    assert "1 notes with bytes that are no text, in whose place � stands." in report.remarks
    assert tuple(rows(desk, "SELECT front, back FROM notes WHERE front LIKE 'a%'")) == (
        ("a\ufffdb", "back"),
    )


def test_a_huge_note_is_left_out(importing: Importing, file: Path) -> None:
    report = take(importing, Package([Row("a", ("x" * 3_000_000, "y")), Row("b")]).write(file))
    assert report.numbers.new == 1
    assert report.skipped[0].reason == "it has more than 1,000,000 characters"


def test_a_template_that_multiplies_is_left_out(importing: Importing, file: Path) -> None:
    models = json.loads(json.dumps(MODELS))
    models["1001"]["tmpls"][0]["qfmt"] = "{{Front}}" * 10_000
    rows_there = [Row("a", ("x" * 900_000, "y"))]
    report = take(importing, Package(rows_there, models=models).write(file))
    assert report.skipped[0].reason == "its templates make more of it than this app takes"


def test_cards_without_notes(importing: Importing, file: Path) -> None:
    sql = f"""
        INSERT INTO cards (id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left,
            odue, odid, flags) VALUES (1, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            (2, {CREATED_S * 1000 + 999}, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            (3, 'x', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        INSERT INTO revlog VALUES (5, 2, 0, 3, 1, 1, 2500, 1, 1);
    """
    report = take(importing, Package([Row("a")], sql=sql).write(file))
    assert (report.numbers.new, report.numbers.reviews) == (1, 0)
    assert "3 cards without a note." in report.remarks
    assert "1 reviews of cards that are not in the file." in report.remarks


def test_very_many_empty_notes(importing: Importing, file: Path) -> None:
    sql = f"""
        INSERT INTO notes WITH RECURSIVE n (x) AS (
            SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {EMPTY_NOTES}
        ) SELECT x, 'g' || x, {BASIC}, 0, 0, '', char(31), '', 0, 0, '' FROM n;
    """
    plan = importing.preview(Package([Row("a")], sql=sql).write(file))
    assert (plan.numbers.new, plan.numbers.skipped) == (1, EMPTY_NOTES)
    assert len(plan.skipped) == KEPT_REMARKS
    assert plan.skipped[0].reason == "it asks nothing: what its cards show first is empty"


def test_doubled_guids_become_two_notes(desk: Desk, importing: Importing, file: Path) -> None:
    package = Package([Row("a", ("1", "x")), Row("a", ("2", "x")), Row("a", ("3", "x"))])
    report = take(importing, package.write(file))
    assert report.numbers.new == 3
    assert rows(desk, "SELECT front FROM notes WHERE key = 'a'") == [("1",)]
    assert importing.preview(file).numbers.is_nothing


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"due": 365_000_000}, id="day"),
        pytest.param({"due": -(10**9)}, id="long-ago"),
        pytest.param({"type": 1, "queue": 1, "due": 31_556_952_000_000}, id="instant"),
        pytest.param({"due": 2**61}, id="overflow"),
        pytest.param({"type": 9}, id="type"),
    ],
)
def test_dates_that_no_calendar_has(
    desk: Desk, importing: Importing, file: Path, values: dict[str, int]
) -> None:
    card = {"type": 2, "queue": 2, "ivl": 5, "factor": 2500, **values}
    report = take(importing, Package([Row("a", cards=[card])]).write(file))
    assert report.numbers.new == 1
    assert report.skipped[0].what == "the schedule of a card of “Front”"
    states = "SELECT state FROM cards AS c JOIN notes AS n ON n.id = c.note_id WHERE key = 'a'"
    assert rows(desk, states) == [(0,)]


def test_numbers_beyond_all_bounds(desk: Desk, importing: Importing, file: Path) -> None:
    card = {"type": 2, "queue": 2, "ivl": 2**60, "factor": -5, "reps": 2**60, "lapses": -3}
    card |= {"left": 2**60, "flags": 2**60 + 9, "due": 5}
    log = [(CREATED_S * 1000, 3, 2**60, -(2**60), 2**60, 2**60, 1)]
    take(importing, Package([Row("a", cards=[card], log=log)]).write(file))
    (found,) = rows(
        desk,
        "SELECT interval_days, ease_permille, reps, lapses, flag FROM cards WHERE state = 2",
    )
    assert found == (1_000_000, 1300, 1_000_000, 0, 1)
    assert rows(desk, "SELECT took_ms FROM reviews") == [(86_400_000,)]


def test_rows_that_cannot_be_read(importing: Importing, file: Path) -> None:
    sql = """
        UPDATE notes SET mid = 'x' WHERE guid = 'b';
        UPDATE notes SET flds = x'ff00' WHERE guid = 'c';
        UPDATE cards SET due = 'x' WHERE nid = (SELECT id FROM notes WHERE guid = 'd');
        UPDATE notes SET mid = 77 WHERE guid = 'e';
    """
    report = take(importing, Package([Row(guid) for guid in "abcde"], sql=sql).write(file))
    assert (report.numbers.new, report.numbers.skipped) == (2, 3)
    assert "1 cards that cannot be read or are there twice." in report.remarks


def test_a_table_without_keys_and_order(importing: Importing, file: Path) -> None:
    sql = """
        CREATE TABLE other AS SELECT * FROM notes; INSERT INTO other SELECT * FROM notes;
        DROP TABLE notes; ALTER TABLE other RENAME TO notes;
        CREATE TABLE more AS SELECT * FROM cards; INSERT INTO more SELECT * FROM cards;
        DROP TABLE cards; ALTER TABLE more RENAME TO cards;
    """
    report = take(importing, Package([Row("a"), Row("b")], sql=sql).write(file))
    assert (report.numbers.new, report.numbers.cards, report.numbers.skipped) == (2, 2, 2)


def test_the_package_is_not_written_to(importing: Importing, file: Path) -> None:
    folder = file.parent / "elsewhere"
    folder.mkdir()
    path = Package([Row("a")], {"a.png": b"x"}).write(folder / file.name)
    before = path.read_bytes()
    take(importing, path)
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_a_bomb_takes_little_memory(importing: Importing, file: Path) -> None:
    import tracemalloc  # noqa: PLC0415 - it slows down all that runs after it is started

    zip_bomb(file)
    tracemalloc.start()
    try:
        with pytest.raises(PackageError):
            importing.preview(file)
        assert tracemalloc.get_traced_memory()[1] < 16 * MB
    finally:
        tracemalloc.stop()


def test_a_medium_that_cannot_be_written_takes_all_back(
    desk: Desk, importing: Importing, file: Path
) -> None:
    folder = desk.path.parent / "media"
    (folder / "b.png").mkdir(parents=True)
    before = rows(desk, "SELECT * FROM notes")
    plan = importing.preview(Package([Row("a")], {"a.png": b"a", "b.png": b"b"}).write(file))
    with pytest.raises(StorageError):
        importing.apply(plan)
    assert [path.name for path in folder.iterdir()] == ["b.png"]
    assert rows(desk, "SELECT * FROM notes") == before


def test_a_collection_in_the_write_ahead_mode(importing: Importing, file: Path) -> None:
    database = entry(Package([Row("a")]).write(file), "collection.anki2")
    path = file.with_suffix(".sqlite")
    path.write_bytes(database)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    archive(file, **{"collection.anki2": path.read_bytes()})
    assert take(importing, file).numbers.new == 1
