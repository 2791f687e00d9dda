"""`studyapp export`, as it is typed."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from studyapp.cli.commands import main
from tests.anki.building import rows

Output = pytest.CaptureFixture[str]
DECK = "Alignment::1 TASM Notes 003: Gradient hacking"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the decks that come with the app."""
    folder = tmp_path_factory.mktemp("installed")
    assert main(["--data-dir", str(folder), "decks"]) == 0
    return folder


@pytest.fixture
def home(home: Path, installed: Path) -> Path:
    shutil.copytree(installed, home, dirs_exist_ok=True)
    return home


@pytest.mark.parametrize(
    ("options", "name", "written"),
    [
        pytest.param([], "a.apkg", "a.apkg", id="ending"),
        pytest.param([], "A.COLPKG", "A.COLPKG", id="ending-in-capitals"),
        pytest.param([], "a.csv", "a.csv", id="text"),
        pytest.param([], "a.json", "a.json", id="json"),
        pytest.param(["--format", "tsv"], "a", "a.tsv", id="format"),
        pytest.param(["--format", "apkg"], "a.json", "a.json.apkg", id="format-before-ending"),
        pytest.param([], "a.txt", "a.txt.apkg", id="unknown-ending"),
    ],
)
def test_the_ending_or_the_format_tells_the_form(
    home: Path, capsys: Output, options: list[str], name: str, written: str
) -> None:
    assert main(["export", *options, str(home / name)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Exported ")
    assert str(home / written) in told
    assert (home / written).is_file()


def test_decks_are_written_into_a_folder(home: Path) -> None:
    assert main(["export", DECK, str(home / "out"), "--format", "decks"]) == 0
    texts = [path.read_text(encoding="utf-8") for path in (home / "out").glob("*.md")]
    assert [f'deck = "{DECK}"' in text for text in texts].count(True) == 1


def test_parts_can_be_chosen(home: Path) -> None:
    assert main(["export", str(home / "all.apkg")]) == 0
    every = {str(row["tags"]) for row in rows(home / "all.apkg", "notes")}
    tag = next(tags.split()[0] for tags in sorted(every) if tags)
    assert main(["export", "--tag", tag, str(home / "tag.apkg")]) == 0
    assert main(["export", "--search", f"tag:{tag}", str(home / "search.apkg")]) == 0
    by_tag, by_search = (
        {row["guid"] for row in rows(home / f"{name}.apkg", "notes")} for name in ("tag", "search")
    )
    assert by_tag == by_search
    assert all(tag in str(row["tags"]) for row in rows(home / "tag.apkg", "notes"))


def test_the_schedule_comes_along_when_asked(home: Path, capsys: Output) -> None:
    target = home / "a.apkg"
    for options, presets in (([], 1), (["--with-schedule"], 2)):
        assert main(["export", *options, str(target)]) == 0
        (collection,) = rows(target, "col")
        assert len(json.loads(str(collection["dconf"]))) == presets
        assert ("Tick “Import any learning progress”" in capsys.readouterr().out) is bool(options)


def test_a_dry_run_tells_what_would_be_lost(home: Path, capsys: Output) -> None:
    assert main(["export", "--dry-run", DECK, str(home / "a.apkg")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("It holds ")
    assert "notes with links to others" in told
    assert not (home / "a.apkg").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--tag", "no-such", "a.apkg"], "no note with the tag no-such", id="tag"),
        pytest.param(["--search", "tag:no-such", "a.apkg"], "finds no card", id="search"),
        pytest.param(["--search", "is:", "a.apkg"], "At character", id="query"),
        pytest.param(["--tag", "x", DECK, "a.apkg"], "not two of them", id="two-choices"),
        pytest.param(["--with-schedule", "a.csv"], "no place for schedules in csv", id="schedule"),
        pytest.param([DECK, "a.colpkg"], "holds a whole collection", id="part-as-colpkg"),
        pytest.param(["no/a.json"], "could not be written", id="folder"),
    ],
)
def test_errors_are_told_and_nothing_is_written(
    home: Path, capsys: Output, arguments: list[str], message: str
) -> None:
    *options, name = arguments
    assert main(["export", *options, str(home / name)]) == 1
    assert message in capsys.readouterr().err
    assert not list(home.glob("a.*"))


def test_a_package_is_complete(home: Path) -> None:
    assert main(["export", DECK, str(home / "a.apkg"), "--with-schedule"]) == 0
    with zipfile.ZipFile(home / "a.apkg") as archive:
        assert archive.testzip() is None
        assert {"collection.anki2", "media"} <= set(archive.namelist())
