"""`studyapp stats`."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.cli.commands import main
from tests.services.conftest import Desk, MovableClock
from tests.services.simulated_user import study

Output = pytest.CaptureFixture[str]


@pytest.fixture
def studied(home: Path) -> Path:
    """A data folder with a deck that was studied for some years."""
    with closing(Desk(home, MovableClock())) as desk:
        study(desk, 30)
    return home


def test_figures_as_text(studied: Path, capsys: Output) -> None:
    assert main(["stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith("Cards       0 new")
    names = [line.split("  ")[0] for line in lines[5:12]]
    assert names == ["Retention", "today", "yesterday", "7 days", "30 days", "365 days", "all"]
    assert lines[-1].startswith("No reviews in the last 7 days; the next 7 days bring ")


def test_a_program_can_read_it(studied: Path, capsys: Output) -> None:
    assert main(["stats", "--deck", "Deck", "--search", "is:review", "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert sum(sum(day["reviews"].values()) for day in read["reviews"]) == read["span"]["reviews"]
    assert read["retention"][-1]["name"] == "all"
    assert read["reviews"][0]["day"][:2] == "20"


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        pytest.param(["--deck", "Dek"], 1, "Decks: Deck", id="deck"),
        pytest.param(["--search", "is:nothing"], 1, "is:", id="search"),
    ],
)
def test_what_cannot_be_found_is_told(
    studied: Path, capsys: Output, options: list[str], status: int, said: str
) -> None:
    assert main(["stats", *options]) == status
    assert said in capsys.readouterr().err


def test_a_span_is_a_number_of_days(home: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["stats", "--days", "0"])
    assert "from 1 to 36,500" in capsys.readouterr().err
