"""`studyapp add`."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.cli.commands import FAILED, main


def stored(home: Path) -> list[tuple[object, ...]]:
    """The notes that were added, with their decks and cards."""
    with closing(sqlite3.connect(home / "collection.db")) as file:
        return file.execute(
            "SELECT n.kind, n.front, n.back, n.source, d.name, count(*) FROM notes AS n"
            " JOIN cards AS c ON c.note_id = n.id JOIN decks AS d ON d.id = c.deck_id"
            " WHERE n.shipped IS NULL GROUP BY n.id"
        ).fetchall()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(
            ["Own", "What is $x$?", "A *sign*."],
            ("basic", "What is $x$?", "A *sign*.", "", "Own", 1),
            id="basic",
        ),
        pytest.param(
            ["Own::Deeper", "term", "meaning", "--kind", "reversed", "--source", "A book"],
            ("reversed", "term", "meaning", "A book", "Own::Deeper", 2),
            id="reversed",
        ),
        pytest.param(
            ["Own", "{{c1::a}} and {{c2::b}}"],
            ("cloze", "{{c1::a}} and {{c2::b}}", "", "", "Own", 2),
            id="cloze-by-its-marks",
        ),
        pytest.param(
            ["Own", "{{c1::a}}?", "b", "--kind", "basic"],
            ("basic", "{{c1::a}}?", "b", "", "Own", 1),
            id="marks-that-are-meant",
        ),
    ],
)
def test_a_note_is_added(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: object
) -> None:
    assert main(["add", *arguments]) == 0
    assert stored(home) == [expected]
    assert f"Added to {arguments[0]}" in capsys.readouterr().out


def test_a_field_is_read_from_the_input(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Two\nlines\n"))
    assert main(["add", "Own", "Why?", "-", "--tag", "one", "--tag", "two"]) == 0
    assert stored(home) == [("basic", "Why?", "Two\nlines", "", "Own", 1)]


def test_the_same_front_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", "Own", "What is entropy?", "Disorder.", "--json"])
    first = json.loads(capsys.readouterr().out)
    assert (first["cards"], first["deck"], first["same_front"]) == (1, "Own", [])
    main(["add", "Own", "What is entropy?", "Again."])
    assert f"The note {first['key']} has the same front." in capsys.readouterr().out
    assert len(stored(home)) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["Own", " "], "front", id="nothing-asked"),
        pytest.param(["Own", "-", "-"], "cannot both be read", id="both-from-the-input"),
        pytest.param(["", "a", "b"], "deck", id="no-deck"),
    ],
)
def test_what_is_no_note_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["add", *arguments]) == FAILED
    assert message in capsys.readouterr().err
    assert stored(home) == []
