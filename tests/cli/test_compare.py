"""`studyapp compare-schedulers`."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.cli.commands import main
from studyapp.cli.compare import NOTHING
from tests.services.conftest import Desk, MovableClock
from tests.services.simulated_user import study

Output = pytest.CaptureFixture[str]


@pytest.fixture
def studied(home: Path) -> Path:
    """A data folder with a deck that was studied for some years."""
    with closing(Desk(home, MovableClock())) as desk:
        study(desk, 40)
    return home


def test_both_schedulers_are_told_apart(studied: Path, capsys: Output) -> None:
    assert main(["compare-schedulers"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("reviews of 40 cards, by the default parameters.")
    assert [line.split()[0] for line in lines[3:5]] == ["SM-2", "FSRS"]
    assert [line.split()[0] for line in lines[-7:]] == [
        *("70%", "75%", "80%", "85%", "90%", "95%", "97%")
    ]


def test_a_program_can_read_it(studied: Path, capsys: Output) -> None:
    assert main(["compare-schedulers", "Deck", "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["cards"] == 40
    assert read["sm2"]["reviews"] == read["fsrs"]["reviews"]
    assert len(read["workloads"]) == 7


def test_without_history_it_says_so(home: Path, capsys: Output) -> None:
    Desk(home, MovableClock()).close()
    assert main(["compare-schedulers"]) == 0
    assert capsys.readouterr().out.strip() == NOTHING


def test_an_unknown_deck_is_told(studied: Path, capsys: Output) -> None:
    assert main(["compare-schedulers", "Dek"]) == 1
    assert "Decks: Deck" in capsys.readouterr().err
