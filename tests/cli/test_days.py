"""Plans for a backlog, and other sessions than the day's, in a terminal."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from studyapp.cli.commands import main
from studyapp.domain.study_day import study_day
from studyapp.environment import OPTIONS, system_clock

if sys.platform == "win32":
    pytest.skip("there are no such terminals on Windows", allow_module_level=True)

import pexpect

Output = pytest.CaptureFixture[str]


@contextmanager
def collection(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "collection.db")) as connection, connection:
        yield connection


def make_due(home: Path, count: int, ahead_days: int = 0) -> None:
    assert main(["decks"]) == 0
    due_on = study_day(system_clock(), OPTIONS.rollover_hour) + ahead_days
    with collection(home) as connection:
        connection.execute(
            "UPDATE cards SET state = 2, due_on = ?, interval_days = 10 + id % 40,"
            " ease_permille = 2500, reps = 3 WHERE id <= ?",
            (due_on, count),
        )


def test_a_plan_is_shown_accepted_and_dropped(home: Path, capsys: Output) -> None:
    make_due(home, 64)
    assert main(["backlog", "--per-day", "10"]) == 0
    out = capsys.readouterr().out
    assert "You have 64 due. At 10 a day this is done in 7 days.\nday   1     64 →    10" in out
    assert main(["backlog", "--days", "4", "--accept"]) == 0
    assert "this is done in 4 days." in capsys.readouterr().out
    assert main(["backlog"]) == 0
    assert "a day, 4 days left, " in capsys.readouterr().out
    assert main(["backlog", "--drop"]) == 0
    assert "cards are due at once." in capsys.readouterr().out
    assert main(["backlog", "--drop"]) == 0
    assert capsys.readouterr().out == "There was no plan.\n"


def test_what_cannot_be_planned(home: Path, capsys: Output) -> None:
    assert main(["backlog", "--accept"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    make_due(home, 5)
    for arguments, said in (
        (["--days", "0"], "1 to 365 days"),
        (["--per-day", "0", "--accept"], "at least one review"),
        (["No such deck"], "There is no deck “No such deck”"),
    ):
        assert main(["backlog", *arguments]) == 1
        assert said in capsys.readouterr().err


def start(*arguments: str) -> pexpect.spawn[str]:
    return pexpect.spawn(
        sys.executable,
        ["-m", "studyapp", "review", *arguments],
        encoding="utf-8",
        dimensions=(40, 100),
        timeout=20,
    )


def answer(terminal: pexpect.spawn[str], key: str, hint: str) -> None:
    terminal.expect("Space show")
    terminal.send(" ")
    terminal.expect(hint)
    terminal.expect("q quit")
    terminal.send(key)


def grades(home: Path) -> list[int]:
    with collection(home) as connection:
        return [grade for (grade,) in connection.execute("SELECT grade FROM reviews ORDER BY id")]


def test_cards_are_reviewed_ahead_then_the_forgotten_ones_without_a_trace(home: Path) -> None:
    make_due(home, 2, ahead_days=2)
    with closing(start("Alignment", "--ahead", "3")) as terminal:
        terminal.expect("Alignment, 3 days ahead")
        answer(terminal, "1", "again 10 min")
        answer(terminal, "3", "good .* d")
        terminal.expect("Space show")
        terminal.send("q")
        terminal.expect(pexpect.EOF)
    assert grades(home) == [1, 3]
    with closing(start("--forgotten")) as terminal:
        terminal.expect("Forgotten today: 1 cards. Nothing is logged.")
        answer(terminal, "3", "good done")
        terminal.expect("1 review in .*nothing was logged")
        terminal.expect(pexpect.EOF)
    assert grades(home) == [1, 3]


def test_a_search_is_crammed_again_repeats_and_undo_stays_within(home: Path) -> None:
    make_due(home, 3)
    with closing(start("--cram=-is:new", "--order", "hardest")) as terminal:
        terminal.expect("-is:new: 3 cards. Nothing is logged.")
        answer(terminal, "1", "again 1 min")
        terminal.expect("1 learning")
        terminal.expect("Space show")
        terminal.send("u")
        terminal.expect(r"Undone: grade again \(not logged\)")
        for _ in range(3):
            answer(terminal, "4", "easy done")
        terminal.expect("nothing was logged")
        terminal.expect(pexpect.EOF)
    assert grades(home) == []
