"""`studyapp import`, as it is typed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.cli.commands import main
from tests.services.importing_files import CREATED_S, Package, Row

Output = pytest.CaptureFixture[str]


def fronts(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "collection.db")) as database:
        rows = database.execute("SELECT front FROM notes WHERE key IN ('a', 'b') ORDER BY key")
        return [row[0] for row in rows]


@pytest.fixture
def package(home: Path) -> Path:
    return Package([Row("a", ("One", "x")), Row("b", ("Two", "y"))]).write(home / "Words.apkg")


def test_a_dry_run_says_what_would_be_done(home: Path, package: Path, capsys: Output) -> None:
    assert main(["import", "--dry-run", str(package)]) == 0
    told = capsys.readouterr().out
    assert "2 new notes, 0 updated" in told
    assert "New decks: Deck" in told
    assert fronts(home) == []


def test_an_import_says_what_was_done(home: Path, package: Path, capsys: Output) -> None:
    assert main(["import", str(package)]) == 0
    assert capsys.readouterr().out.startswith("Imported.\n  2 new notes")
    assert fronts(home) == ["One", "Two"]
    assert main(["import", str(package)]) == 0
    assert capsys.readouterr().out.startswith("Nothing to import")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param([], "Mine", id="later"),
        pytest.param(["--conflicts", "mine"], "Mine", id="mine"),
        pytest.param(["--conflicts", "theirs"], "Theirs", id="theirs"),
    ],
)
def test_conflicts_are_chosen(
    home: Path, package: Path, capsys: Output, options: list[str], expected: str
) -> None:
    main(["import", str(package)])
    with closing(sqlite3.connect(home / "collection.db")) as database, database:
        database.execute("UPDATE notes SET front = 'Mine' WHERE key = 'a'")
    newer = Row("a", ("Theirs", "x"), changed_s=CREATED_S + 9)
    Package([newer]).write(package)
    assert main(["import", *options, str(package)]) == 0
    assert fronts(home) == [expected, "Two"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("p.apkg", b"PK", "is no package of Anki's", id="no-zip"),
        pytest.param("p.doc", b"", "ends in none of .apkg", id="ending"),
        pytest.param("p.md", b"hello", "p.md:1:", id="deck-file"),
        pytest.param("p.csv", b"\xff", "p.csv:1: the text is not UTF-8", id="text"),
    ],
)
def test_errors_are_told(
    home: Path, capsys: Output, name: str, content: bytes, message: str
) -> None:
    (home / name).write_bytes(content)
    assert main(["import", str(home / name)]) == 1
    assert message in capsys.readouterr().err
