"""`studyapp advise`, as it is typed."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.advice.catalogue import RULES
from studyapp.cli.commands import main
from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.environment import care_of, system_clock
from studyapp.services.advising import AdviceSwitches
from studyapp.services.installing import Installer

Output = pytest.CaptureFixture[str]
NOTES = (
    Note("good", NoteKind.BASIC, "What makes bile?", "The liver.", ("t",)),
    Note(
        "list", NoteKind.BASIC, "Which rays are there?", "Rays:\n\n- alpha\n- beta\n- gamma", ("t",)
    ),
    Note("alone", NoteKind.BASIC, "A *riddle*.\nIs it blue?", "No."),
)


@pytest.fixture
def deck(home: Path) -> str:
    with closing(care_of(home).open("a test")) as database:
        Installer(database, system_clock).install_text(DeckText("Mine", "mine", notes=NOTES), "1")
    return "Mine"


def test_says_note_rule_place_and_message(deck: str, capsys: Output) -> None:
    assert main(["advise", deck]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("list: list-answer (back, line 3, column 1): The answer lists 3 ")
    assert lines[1].startswith("alone: yes-no-question (front, line 2, column 1): Yes or no ")
    assert lines[2].startswith("alone: island: This note has no tag")
    assert lines[3:] == ["2 notes of 3 could be better."]


def test_rules_can_be_left_out(deck: str, capsys: Output) -> None:
    assert main(["advise", deck, "--off", "island", "--off", "yes-no-question"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[1] == "1 note of 3 could be better."


def test_rules_that_the_user_switched_off_say_nothing(
    deck: str, home: Path, capsys: Output
) -> None:
    with closing(care_of(home).open("a test")) as database:
        AdviceSwitches(database, system_clock).switch("island", on=False)
    assert main(["advise", deck]) == 0
    assert "island" not in capsys.readouterr().out


def test_can_be_read_by_a_program(deck: str, capsys: Output) -> None:
    assert main(["advise", deck, "--json", "--off", "yes-no-question"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["notes"] == 3
    first, second = read["advice"]
    assert (first["note"], first["rule"], first["field"]) == ("list", "list-answer", "back")
    assert first["place"] == {"line": 3, "column": 1, "start": 7, "end": 29}
    assert first["fix"] == "Make one cloze for each item"
    assert first["reason"] == RULES["list-answer"].reason
    assert first["source"] == RULES["list-answer"].source
    assert (second["rule"], second["field"], second["place"], second["fix"]) == (
        "island", None, None, None,
    )  # fmt: skip


def test_an_unknown_deck_is_an_error(deck: str, capsys: Output) -> None:
    assert main(["advise", "Mind"]) == 1
    assert "no deck “Mind”. Decks: Mine." in capsys.readouterr().err


def test_an_unknown_rule_is_misuse(deck: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["advise", deck, "--off", "lists"])
    assert stop.value.code == 2
    assert "list-answer" in capsys.readouterr().err
