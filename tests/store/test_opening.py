"""Opening collections that are in use, damaged, newer, foreign, or cannot be written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import DeckText
from studyapp.errors import (
    CollectionInUse,
    DamagedCollection,
    NewerCollection,
    StorageError,
)
from studyapp.store import backup, decks, history, schema
from studyapp.store.database import Database
from studyapp.store.snapshot import Snapshot
from tests.store.conftest import MIGRATIONS

NOBODY = 65_534


def open_collection(path: Path) -> Database:
    return Database.open(path, MIGRATIONS, "a test")


def make_collection(path: Path, deck: str = "Deck") -> None:
    with closing(open_collection(path)) as database, database.change("add", 1) as tx:
        decks.ensure(tx, deck)


def deck_names(path: Path) -> set[str]:
    with closing(open_collection(path)) as database, database.read() as tx:
        return {deck.name for deck in decks.every(tx)}


def test_a_second_writer_is_told_who_holds_the_collection(path: Path) -> None:
    with (
        closing(Database.open(path, MIGRATIONS, "the window")),
        pytest.raises(CollectionInUse, match=rf"the window \(process {os.getpid()}\)"),
    ):
        open_collection(path)
    open_collection(path).close()


def test_another_process_that_died_holds_nothing(path: Path) -> None:
    code = (
        "import os, pathlib, sys; from studyapp.store.database import Database;"
        "Database.open(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 'the dead');"
        "os._exit(9)"
    )
    words = [sys.executable, "-c", code, str(path), str(MIGRATIONS)]
    assert subprocess.run(words, check=False).returncode == 9
    open_collection(path).close()


def test_reading_goes_on_beside_a_writer(path: Path) -> None:
    with closing(open_collection(path)) as writer:
        with writer.change("add", 1) as tx:
            decks.ensure(tx, "Before")
        with closing(Snapshot(path)) as snapshot, snapshot.read() as tx:
            assert len(decks.every(tx)) == 1
            with writer.change("add", 2) as other:
                decks.ensure(other, "After")
            assert [deck.name for deck in decks.every(tx)] == ["Before"]


def test_a_snapshot_cannot_write(path: Path) -> None:
    make_collection(path)
    with (
        closing(Snapshot(path)) as snapshot,
        pytest.raises(StorageError, match="cannot be written"),
        snapshot.read() as tx,
    ):
        tx.exec_driver_sql("DELETE FROM decks")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"These are my holiday notes.\n" * 200, id="text"),
        pytest.param(b"SQLite", id="short"),
        pytest.param(b"SQLite format 3\x00" + bytes(range(256)) * 40, id="header-then-noise"),
    ],
)
def test_a_file_that_is_no_collection_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DamagedCollection, match="left as it is"):
        open_collection(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_stays_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE cards (question TEXT)")
        other.commit()
    content = path.read_bytes()
    with pytest.raises(DamagedCollection):
        open_collection(path)
    assert path.read_bytes()[100:] == content[100:]


def test_a_newer_collection_is_left_untouched(path: Path) -> None:
    make_collection(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    content = path.read_bytes()
    with pytest.raises(NewerCollection, match="9999"):
        open_collection(path)
    assert path.read_bytes() == content


def damage(path: Path) -> None:
    """Overwrite everything behind the file's header."""
    content = bytearray(path.read_bytes())
    content[1024:] = bytes(255 - (index % 251) for index in range(len(content) - 1024))
    path.write_bytes(bytes(content))


def test_a_damaged_collection_is_kept_aside_and_the_newest_sound_backup_put_back(
    path: Path,
) -> None:
    make_collection(path, "Old")
    backup.make(path, backup.folder_of(path), "one")
    make_collection(path, "New")
    sound = backup.make(path, backup.folder_of(path), "two")
    os.utime(sound.path, (2e9, 2e9))
    broken = backup.make(path, backup.folder_of(path), "three")
    os.utime(broken.path, (3e9, 3e9))
    damage(broken.path)
    damage(path)
    content = path.read_bytes()

    with pytest.raises(DamagedCollection):
        open_collection(path)
    newest = backup.newest_sound(path)
    assert newest is not None
    assert newest.path == sound.path
    aside = backup.restore(path, newest, at=1)
    assert aside.read_bytes() == content
    assert deck_names(path) == {"Old", "New"}


def test_a_backup_of_a_damaged_collection_is_refused(path: Path) -> None:
    make_collection(path)
    damage(path)
    with pytest.raises(DamagedCollection):
        backup.make(path, backup.folder_of(path), "one")
    assert list(backup.folder_of(path).iterdir()) == []


def test_there_is_one_backup_a_day_and_surplus_ones_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "KEPT", 2)
    make_collection(path)
    backup.make(path, backup.folder_of(path), "before-upgrade-from-0001")
    made = [backup.make_daily(path, f"2026-11-{day:02}") for day in (1, 2, 2, 3)]
    assert [each is None for each in made] == [False, False, True, False]
    assert sorted(each.path.name for each in backup.found(path)) == [
        "collection-before-upgrade-from-0001.db",
        "collection-daily-2026-11-02.db",
        "collection-daily-2026-11-03.db",
    ]


def test_an_upgrade_makes_a_backup_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_collection(path)
    newest = schema.VERSIONS[-1]
    monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, "later"))
    open_collection(path).close()
    assert [each.path.name for each in backup.found(path)] == [
        f"collection-before-upgrade-from-{newest}.db"
    ]


def test_a_collection_of_the_first_version_is_upgraded_with_its_decks(path: Path) -> None:
    first = Config()
    first.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        first.attributes["connection"] = connection
        with connection.begin():
            command.upgrade(first, "0001")
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.exec_driver_sql("INSERT INTO decks (name, preset_id) VALUES ('Old', 1)")
    engine.dispose()
    with closing(open_collection(path)) as database:
        with database.read() as tx:
            (deck,) = decks.every(tx)
        assert (deck.name, deck.macros) == ("Old", NO_MACROS)
        with database.change("add", 1) as tx:
            decks.describe(tx, deck.id, DeckText("Old", "k", macros=Macros.of({r"\R": "x"})), "1")
        with database.rewind() as tx:
            history.undo(tx)
        with database.read() as tx:
            assert decks.get(tx, deck.id) == deck
    assert [each.path.name for each in backup.found(path)] == [
        "collection-before-upgrade-from-0001.db"
    ]


def add_many_decks(database: Database) -> None:
    with database.change("add", 2) as tx:
        for number in range(1000):
            decks.ensure(tx, f"Too much {number}")


def test_a_full_disk_loses_only_the_change_that_did_not_fit(path: Path) -> None:
    make_collection(path, "Kept")
    with closing(open_collection(path)) as database:
        with database.read() as tx:
            pages = tx.exec_driver_sql("PRAGMA page_count").scalar()
            tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageError, match=r"is full.*not saved"):
            add_many_decks(database)
        with database.read() as tx:
            assert [deck.name for deck in decks.every(tx)] == ["Kept"]
            tx.exec_driver_sql("PRAGMA max_page_count = 100000")
        with database.change("add", 3) as tx:
            decks.ensure(tx, "Later")
    assert deck_names(path) == {"Kept", "Later"}


@contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Root may write everywhere, so stop being root for a while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_an_unwritable_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with bound_by_permissions(), pytest.raises(StorageError, match="--data-dir"):
        open_collection(tmp_path / "sub" / "collection.db")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_read_only_collection_is_named_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "collection.db"
    make_collection(path)
    tmp_path.chmod(0o500)
    path.chmod(0o400)
    with bound_by_permissions(), pytest.raises(StorageError, match="--data-dir"):
        open_collection(path)


def test_a_folder_that_is_a_file_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="--data-dir"):
        open_collection(tmp_path / "file" / "collection.db")


def test_a_collection_locked_by_another_program_is_named(path: Path) -> None:
    make_collection(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            closing(open_collection(path)) as database,
            pytest.raises(CollectionInUse, match="locked"),
            database.change("add", 1) as tx,
        ):
            decks.ensure(tx, "Refused")
        other.execute("ROLLBACK")
    assert deck_names(path) == {"Deck"}
