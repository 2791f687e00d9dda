"""`studyapp check`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.cli.commands import main

Output = pytest.CaptureFixture[str]


def test_faults_are_told_then_mended(home: Path, capsys: Output) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Nothing is wrong with the collection.\n"
    with closing(sqlite3.connect(home / "collection.db")) as connection, connection:
        connection.execute("UPDATE cards SET ease_permille = 7 WHERE id = 1")
    assert main(["check", "--dry-run"]) == 1
    told = "1 card: are new but have an interval, an ease or steps."
    assert told in capsys.readouterr().out
    assert main(["check"]) == 0
    assert told in capsys.readouterr().out
    assert main(["check", "--dry-run"]) == 0
