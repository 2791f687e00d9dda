"""What an export holds and loses, in each form, and what is left when it fails."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from studyapp.anki.losses import LossKind
from studyapp.deckfile.parse import read_deck
from studyapp.domain.notes import DeckText, Note, NoteKind, Source
from studyapp.domain.reviews import Grade
from studyapp.errors import Cancelled, ExportError, NotFound, QueryError, StorageError
from studyapp.services.exchange import (
    Everything,
    Exchange,
    Form,
    OfDeck,
    OfSearch,
    OfTag,
    Request,
    Selection,
)
from studyapp.services.study_values import Prompt
from tests.anki.building import rows
from tests.anki.test_full_disk import files_of_at_most
from tests.services.conftest import MIGRATIONS, Desk, MovableClock, basic

ROOT = MIGRATIONS.parent
NOTES = (
    Note("b", NoteKind.BASIC, "What is $x < y$?", "![](a.png)", ("math::sets",), "A book", ("r",)),
    Note("r", NoteKind.REVERSED, "word", r"$\nosuchcommand$", ("math",)),
    Note("c", NoteKind.CLOZE, "{{c1::a}} and {{c2::b}}", tags=("mathematics",)),
)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A deck with a picture, whose first card was graded, and a deck below it."""
    (desk.path.parent / "media").mkdir()
    (desk.path.parent / "media" / "a.png").write_bytes(b"a picture")
    sources = (Source("A book", "Somebody"),)
    deck = DeckText("Top", "top", "About *it*.", sources, NOTES)
    desk.installer.install_text(deck, "1")
    desk.install([basic(1)], "Top::Below")
    desk.study.start(desk.deck_id("Top"))
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.EASY, 3000)
    return desk


@pytest.fixture
def exchange(filled: Desk, clock: MovableClock) -> Exchange:
    return Exchange(filled.path, clock)


def told(exchange: Exchange, request: Request) -> dict[LossKind, int]:
    return {loss.kind: loss.count for loss in exchange.preview(request).losses}


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("with_schedule", [False, True])
def test_what_is_previewed_is_written(
    exchange: Exchange, tmp_path: Path, form: Form, with_schedule: bool
) -> None:
    before = set(tmp_path.iterdir())
    request = Request(Everything(), form, with_schedule)
    preview = exchange.preview(request)
    assert set(tmp_path.iterdir()) == before, "a preview writes nothing"
    assert exchange.write(request, tmp_path / "out").preview == preview
    assert (preview.notes, preview.cards) == (4, 6)


def test_losses_without_the_schedule(exchange: Exchange) -> None:
    assert told(exchange, Request(Everything())) == {
        LossKind.UNDRAWN: 1,
        LossKind.UNKNOWN_COMMAND: 1,
        LossKind.LINK: 1,
        LossKind.SCHEDULE: 1,
        LossKind.LOG: 1,
    }


def test_losses_with_the_schedule(exchange: Exchange) -> None:
    found = told(exchange, Request(Everything(), with_schedule=True))
    assert set(found) == {LossKind.UNDRAWN, LossKind.UNKNOWN_COMMAND, LossKind.LINK}


def test_a_preview_tells_each_loss_with_its_reason(exchange: Exchange) -> None:
    text = exchange.preview(Request(Everything())).told()
    assert text.startswith("It holds 4 notes, 6 cards, 2 decks, 1 media (0.0 MB).")
    assert "1 card that was studied (b). The schedule is not exported, so it begins as new." in text


def test_a_report_says_what_to_tick(exchange: Exchange, tmp_path: Path) -> None:
    report = exchange.write(Request(Everything(), with_schedule=True), tmp_path / "a.apkg")
    assert "Tick “Import any learning progress”" in report.told()
    report = exchange.write(Request(Everything()), tmp_path / "a.apkg")
    assert "Tick" not in report.told()
    assert "File → Import" in report.told()


@pytest.mark.parametrize(
    ("selection", "keys"),
    [
        pytest.param(Everything(), {"b", "r", "c", "note-1"}, id="everything"),
        pytest.param(OfDeck("top"), {"b", "r", "c", "note-1"}, id="deck"),
        pytest.param(OfDeck("Top::Below"), {"note-1"}, id="sub-deck"),
        pytest.param(OfTag("math"), {"b", "r"}, id="tag-and-those-below"),
        pytest.param(OfSearch("is:review"), {"b"}, id="search-of-schedules"),
        pytest.param(OfSearch("deck:top::below"), {"note-1"}, id="search-of-decks"),
    ],
)
def test_selections(
    exchange: Exchange, tmp_path: Path, selection: Selection, keys: set[str]
) -> None:
    report = exchange.write(Request(selection), tmp_path / "a.apkg")
    assert {row["guid"] for row in rows(report.target, "notes")} == keys


@pytest.mark.parametrize(
    ("request_", "error", "message"),
    [
        pytest.param(Request(OfDeck("No")), NotFound, "No", id="deck"),
        pytest.param(Request(OfTag("no")), ExportError, "no note with the tag no", id="tag"),
        pytest.param(Request(OfSearch("tag:no")), ExportError, "finds no card", id="search"),
        pytest.param(Request(OfSearch("is:")), QueryError, "At character", id="query"),
        pytest.param(
            Request(OfDeck("Top"), Form.COLLECTION), ExportError, "whole collection", id="colpkg"
        ),
    ],
)
def test_what_cannot_be_exported(
    exchange: Exchange,
    tmp_path: Path,
    request_: Request,
    error: type[Exception],
    message: str,
) -> None:
    before = set(tmp_path.iterdir())
    with pytest.raises(error, match=message):
        exchange.write(request_, tmp_path / "out")
    assert set(tmp_path.iterdir()) == before


def test_cards_in_other_decks_stay_and_are_told(filled: Desk, exchange: Exchange) -> None:
    below = filled.deck_id("Top::Below")
    with filled.database.change("move", 1) as tx:
        tx.exec_driver_sql(
            "UPDATE cards SET deck_id = ? WHERE ordinal = 1"
            " AND note_id = (SELECT id FROM notes WHERE key = 'r')",
            (below,),
        )
    preview = exchange.preview(Request(OfDeck("Top::Below")))
    assert (preview.notes, preview.cards) == (2, 2)
    assert LossKind.SIBLINGS_ELSEWHERE in {loss.kind for loss in preview.losses}


def test_json_has_everything(filled: Desk, exchange: Exchange, tmp_path: Path) -> None:
    target = exchange.write(Request(Everything(), Form.JSON), tmp_path / "all.json").target
    found = json.loads(target.read_text(encoding="utf-8"))
    notes = {note["key"]: note for note in found["notes"]}
    assert notes.keys() == {"b", "r", "c", "note-1"}
    assert notes["b"]["front"] == NOTES[0].front
    assert notes["b"]["links"] == ["r"]
    (review,) = found["reviews"]
    after = dict(zip(found["schedule_columns"], review[-1], strict=True))
    assert dict(zip(found["review_columns"], review, strict=True))["grade"] == Grade.EASY
    (card,) = notes["b"]["cards"]
    assert card["schedule"] == list(after.values())
    assert [deck["name"] for deck in found["decks"]] == ["Top", "Top::Below"]
    assert found["presets"][0]["name"] == "Default"


def test_deck_files_read_back_as_they_were(exchange: Exchange, tmp_path: Path) -> None:
    folder = exchange.write(Request(OfDeck("Top"), Form.DECKS), tmp_path / "decks").target
    top, below = (read_deck(folder / name) for name in ("Top.md", "Top - Below.md"))
    assert (top.name, top.key, top.description) == ("Top", "top", "About *it*.")
    assert top.notes == NOTES
    assert top.sources == (Source("A book", "Somebody"),)
    assert below.notes == (basic(1),)
    assert (folder / "media" / "a.png").read_bytes() == b"a picture"
    before = (folder / "Top.md").read_bytes()
    exchange.write(Request(OfDeck("Top"), Form.DECKS), folder)
    assert (folder / "Top.md").read_bytes() == before, "an export is replaced by the next"


def test_deck_files_never_replace_what_is_no_export(exchange: Exchange, tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "Top - Below.md").write_text("my notes")
    with pytest.raises(ExportError, match="is in the way"):
        exchange.write(Request(OfDeck("Top"), Form.DECKS), folder)
    assert [path.name for path in folder.iterdir()] == ["Top - Below.md"]


@pytest.mark.parametrize(("form", "delimiter"), [(Form.CSV, ","), (Form.TSV, "\t")])
def test_texts_have_a_note_a_line(
    exchange: Exchange, tmp_path: Path, form: Form, delimiter: str
) -> None:
    target = exchange.write(Request(OfTag("math"), form), tmp_path / "notes").target
    lines = target.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    assert header[:2] == [f"#separator:{'Comma' if delimiter == ',' else 'Tab'}", "#html:true"]
    first, second = csv.reader(lines[len(header) :], delimiter=delimiter)
    assert first[:4] == ["b", "Basic (studyapp)", "Top", r"What is \(x &lt; y\)?"]
    assert (second[0], second[-1]) == ("r", "math")


@pytest.mark.parametrize("form", Form)
def test_cancelling_leaves_nothing(exchange: Exchange, tmp_path: Path, form: Form) -> None:
    before = set(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        exchange.write(Request(Everything(), form), tmp_path / "out", lambda *_: False)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.DECKS])
def test_a_full_disk_leaves_the_file_as_it_was(
    exchange: Exchange, tmp_path: Path, form: Form
) -> None:
    target = tmp_path / f"out.{form}"
    target.write_text("an older export")
    with files_of_at_most(200), pytest.raises(StorageError, match="free space"):
        exchange.write(Request(Everything(), form), target)
    assert target.read_text() == "an older export"
    assert not list(tmp_path.glob(".*"))


def test_a_disk_that_is_full_at_the_log_leaves_the_file_as_it_was(
    filled: Desk, exchange: Exchange, tmp_path: Path
) -> None:
    with filled.database.change("study", 1) as tx:
        again = "1, 3, 5, 0, NULL, NULL, 0, 0, 0, 0, 0, 2, NULL, 20000, 1, 2500, 0, 1, 0"
        tx.exec_driver_sql(
            "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 9000)"
            f" INSERT INTO reviews SELECT id, {again} FROM n"
        )
    target = tmp_path / "out.apkg"
    exchange.write(Request(Everything()), target)
    older = target.read_bytes()
    with files_of_at_most(200_000), pytest.raises(StorageError, match="free space"):
        exchange.write(Request(Everything(), with_schedule=True), target)
    assert target.read_bytes() == older
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("form", "notes_before"),
    [
        pytest.param(Form.PACKAGE, 1, id="package-soon"),
        pytest.param(Form.PACKAGE, 300, id="package-late"),
        pytest.param(Form.JSON, 100, id="json"),
    ],
)
def test_a_killed_export_leaves_the_file_as_it_was(
    desk: Desk, tmp_path: Path, form: Form, notes_before: int
) -> None:
    desk.install([basic(number) for number in range(300)])
    target = tmp_path / "exports" / f"out.{form}"
    target.parent.mkdir()
    target.write_text("an older export")
    command = [sys.executable, "-m", "tests.services.exporting", str(desk.path), str(target)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(notes_before):
            process.stdout.readline()
        process.kill()
    assert target.read_bytes() == b"an older export" or is_whole(target)
    Exchange(desk.path, MovableClock()).write(Request(Everything(), form), target)
    assert is_whole(target)
    assert list(target.parent.iterdir()) == [target], "the next one takes away what was left"


def is_whole(target: Path) -> bool:
    """Whether an export that was begun also ended."""
    if target.suffix == ".json":
        return "reviews" in json.loads(target.read_text(encoding="utf-8"))
    with ZipFile(target) as archive:
        return archive.testzip() is None
