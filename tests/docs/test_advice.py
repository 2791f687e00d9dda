"""The page on advice tells all rules, their limits, and how often they are right."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from studyapp.advice.answers import MAX_WORDS
from studyapp.advice.catalogue import RULES
from studyapp.advice.clozes import MAX_HIDDEN, MAX_NUMBERS
from studyapp.advice.front_index import LIKENESS
from studyapp.cli.commands import main
from studyapp.environment import HOME_VARIABLE
from tests.advice.scoring import HALVES, labelled, table

PAGE = (Path(__file__).parents[2] / "docs" / "advice.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    studyapp (.*)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", list(RULES))
def test_each_rule_is_explained(name: str) -> None:
    rule = RULES[name]
    assert f"\n| `{name}` | {rule.title} | {rule.reason} | {rule.source} |\n" in PAGE


def test_figures_are_those_that_are_measured() -> None:
    assert f"\n{table()}\n" in PAGE
    counts = [len(labelled(half)) for half in HALVES]
    assert f"holds {sum(counts)} cards" in PAGE
    assert f"one half of them ({counts[0]}), the other ({counts[1]})" in PAGE


def test_limits() -> None:
    assert f"more than {MAX_WORDS} words" in PAGE
    assert f"more than {MAX_HIDDEN} words in a mark" in PAGE
    assert f"at least {LIKENESS:.0%}".replace("%", " %") in PAGE
    assert "more than five cards from one paragraph" in PAGE
    assert MAX_NUMBERS == 5


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_work(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(shlex.split(command)) == 0


def test_there_are_commands() -> None:
    assert len(COMMANDS) == 3
