"""The review in a real terminal."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no such terminals on Windows", allow_module_level=True)

import pexpect

DECK = "Alignment::1 TASM Notes 003: Gradient hacking"


@pytest.fixture
def terminal(home: Path) -> Iterator[pexpect.spawn[str]]:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "studyapp", "review", DECK],
        encoding="utf-8",
        dimensions=(40, 100),
        timeout=20,
    )
    yield child
    child.close(force=True)


def grades(home: Path) -> list[int]:
    with closing(sqlite3.connect(home / "collection.db")) as collection:
        return [grade for (grade,) in collection.execute("SELECT grade FROM reviews ORDER BY id")]


def test_cards_are_shown_graded_and_undone(terminal: pexpect.spawn[str], home: Path) -> None:
    for key, hint in (("3", "10 min"), (" ", "10 min"), ("1", "1 min")):
        terminal.expect("Space show")
        terminal.send(" ")
        terminal.expect(f"good {hint}" if key != "1" else f"again {hint}")
        terminal.send(key)
    terminal.expect("Space show")
    terminal.send("u")
    terminal.expect("Undone: grade again")
    terminal.expect("Space show")
    terminal.send("q")
    terminal.expect("2 reviews in")
    terminal.expect(pexpect.EOF)
    assert grades(home) == [3, 3]


def test_formulas_are_unicode_text(terminal: pexpect.spawn[str]) -> None:
    shown = ""
    for _ in range(12):
        terminal.expect("Space show")
        shown += terminal.before or ""
        terminal.send(" ")
        terminal.expect("4 easy")
        shown += terminal.before or ""
        terminal.send("4")
    assert "\\mathbb" not in shown
    assert "ℝ" in shown


def test_ctrl_c_ends_the_review_and_keeps_the_grades(
    terminal: pexpect.spawn[str], home: Path
) -> None:
    terminal.expect("Space show")
    terminal.send(" ")
    terminal.expect("4 easy")
    terminal.send("4")
    terminal.expect("Space show")
    terminal.sendintr()
    terminal.expect("1 reviews? in")
    terminal.expect(pexpect.EOF)
    assert grades(home) == [4]
