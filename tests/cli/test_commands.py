"""The commands, as they are typed."""

from __future__ import annotations

import json
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from studyapp.cli.commands import main
from studyapp.environment import care_of

DECK = "Alignment::1 TASM Notes 003: Gradient hacking"
Output = pytest.CaptureFixture[str]


def test_decks_lists_the_shipped_decks_with_counts(home: Path, capsys: Output) -> None:
    assert main(["decks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["New", "Learning", "Due"]
    assert lines[1].split() == ["Alignment", "20", "0", "0"]
    assert any("Gradient hacking" in line for line in lines)
    assert lines[-1].startswith("Left today: 20 cards")


def test_decks_can_be_read_by_a_program(home: Path, capsys: Output) -> None:
    assert main(["decks", "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["left"] == {"new": 20, "learning": 0, "due": 0}
    assert DECK in [deck["name"] for deck in read["decks"]]


def test_the_data_folder_can_be_chosen(home: Path, capsys: Output) -> None:
    assert main(["--data-dir", str(home / "other"), "decks"]) == 0
    assert (home / "other" / "collection.db").is_file()
    assert not (home / "collection.db").exists()


def test_export_writes_a_package(home: Path, capsys: Output) -> None:
    target = home / "deck.apkg"
    assert main(["export", "Alignment", str(target)]) == 0
    assert "Exported" in capsys.readouterr().out
    assert "collection.anki2" in zipfile.ZipFile(target).namelist()


def test_export_never_writes_over_another_kind_of_file(home: Path, capsys: Output) -> None:
    main(["decks"])
    assert main(["export", "Alignment", str(home / "collection.db")]) == 0
    assert (home / "collection.db.apkg").is_file()
    assert main(["decks"]) == 0


def test_export_of_an_unknown_deck_names_those_there_are(home: Path, capsys: Output) -> None:
    assert main(["export", "Algnment", str(home / "deck.apkg")]) == 1
    error = capsys.readouterr().err
    assert "no deck “Algnment”" in error
    assert DECK in error
    assert not (home / "deck.apkg").exists()


def test_export_to_a_folder_that_is_not_there_says_so(home: Path, capsys: Output) -> None:
    assert main(["export", "Alignment", str(home / "no" / "deck.apkg")]) == 1
    assert str(home / "no") in capsys.readouterr().err


def test_reading_commands_work_while_another_process_writes(home: Path, capsys: Output) -> None:
    with closing(care_of(home).open("the window")):
        pass
    assert main(["decks"]) == 0
    with closing(care_of(home).open("the window")):
        assert main(["decks"]) == 0


def test_without_a_display_the_day_is_told_and_other_ways_offered(
    home: Path, capsys: Output
) -> None:
    assert main([]) == 0
    output = capsys.readouterr().out
    assert "no display" in output
    assert "studyapp review" in output
    assert "Left today" in output


def test_a_display_where_nobody_answers_counts_as_none(
    home: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7777")
    assert main([]) == 0
    assert "no display" in capsys.readouterr().out


def test_a_clock_that_was_set_back_is_told(home: Path, capsys: Output) -> None:
    main(["decks"])
    in_ten_days = int(time.time() * 1000) + 10 * 86_400_000 + 60_000
    with closing(sqlite3.connect(home / "collection.db")) as collection:
        collection.execute(
            f"INSERT INTO reviews VALUES ({in_ten_days}, 1, 3, 0, {', '.join('0' * 16)})"
        )
        collection.commit()
    assert main(["decks"]) == 0
    assert "10 days before your last review" in capsys.readouterr().err


def test_review_without_a_terminal_tells_the_days_state(home: Path, capsys: Output) -> None:
    assert main(["review"]) == 0
    assert "Left today" in capsys.readouterr().out


def test_a_backup_is_made_listed_and_put_back(home: Path, capsys: Output) -> None:
    main(["decks"])
    assert main(["backup"]) == 0
    assert main(["backup", "--list"]) == 0
    path = capsys.readouterr().out.split()[-1]
    with closing(sqlite3.connect(home / "collection.db")) as collection:
        collection.execute("UPDATE decks SET description = 'changed'")
        collection.commit()
    assert main(["backup", "--restore", path]) == 0
    aside = list(home.glob("collection-set-aside-*.db"))
    assert len(aside) == 1
    assert str(aside[0]) in capsys.readouterr().out
    with closing(sqlite3.connect(home / "collection.db")) as collection:
        found = collection.execute("SELECT count(*) FROM decks WHERE description = 'changed'")
        assert found.fetchone() == (0,)


def test_a_backup_that_is_none_is_refused(home: Path, capsys: Output) -> None:
    assert main(["backup", "--restore", "nothing.db"]) == 1
    assert "none of the backups" in capsys.readouterr().err


def test_a_damaged_backup_is_not_put_in_place(home: Path, capsys: Output) -> None:
    main(["decks"])
    main(["backup"])
    (copy,) = (home / "backups").glob("*on-demand*.db")
    copy.write_bytes(copy.read_bytes()[:5000] + b"x" * 5000)
    assert main(["backup", "--restore", str(copy)]) == 1
    assert str(copy) in capsys.readouterr().err
    assert main(["decks"]) == 0


def test_without_a_file_the_newest_sound_backup_is_put_back(home: Path, capsys: Output) -> None:
    main(["decks"])
    main(["backup"])
    (home / "collection.db").write_bytes(b"damaged" * 1000)
    assert main(["decks"]) == 1
    assert main(["backup", "--restore"]) == 0
    assert main(["decks"]) == 0


def test_there_is_nothing_to_back_up_before_the_first_start(home: Path, capsys: Output) -> None:
    assert main(["backup"]) == 1
    assert "no collection" in capsys.readouterr().err
    assert not (home / "collection.db").exists()


def test_a_damaged_collection_is_told_and_left_alone(home: Path, capsys: Output) -> None:
    (home / "collection.db").write_bytes(b"not a database" * 100)
    assert main(["decks"]) == 1
    assert "left as it is" in capsys.readouterr().err
    assert (home / "collection.db").read_bytes() == b"not a database" * 100


def test_a_wrong_call_is_misuse(home: Path, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["frobnicate"])
    assert stop.value.code == 2
