"""What a package holds, and what is left when it cannot be written."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from studyapp.anki.decks import ExportDeck
from studyapp.anki.export import ExportCard, ExportNote, ExportReport, write_package
from studyapp.anki.schedule_export import DAY_ZERO
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.errors import ExportError, StorageError
from tests.anki.building import NOON, basic, cloze, config, deck_ids, exported, reversed_, rows

NOTES = [
    exported(basic("b", tags=("x", "y::z")), "A::B", created_at=NOON - 5000, position=7),
    exported(reversed_("r"), "A", created_at=NOON - 5000, position=8),
    exported(cloze("c", "{{c1::a}} {{c3::b}}"), "A::B", changed_at=NOON + 1999, position=10),
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return tmp_path / "package.apkg"


def test_report(package: Path) -> None:
    assert write_package(package, NOTES, at=NOON) == ExportReport(3, 5, 2, (), (), ())


def test_notes_have_their_keys_times_and_tags(package: Path) -> None:
    write_package(package, NOTES, at=NOON + 10**9)
    found = [(row["guid"], row["id"], row["mod"], row["tags"]) for row in rows(package, "notes")]
    seconds = NOON // 1000
    assert found == [
        ("b", NOON - 5000, seconds, " x y::z "),
        ("r", NOON - 4999, seconds, ""),
        ("c", NOON, seconds + 1, ""),
    ]


def test_cards_have_their_places(package: Path) -> None:
    write_package(package, NOTES, at=NOON)
    notes = {row["id"]: row["guid"] for row in rows(package, "notes")}
    cards = rows(package, "cards")
    assert [(notes[int(card["nid"])], card["ord"], card["due"]) for card in cards] == [
        ("b", 0, 7),
        ("r", 0, 8),
        ("r", 1, 9),
        ("c", 0, 10),
        ("c", 2, 11),
    ]
    assert {card["queue"] for card in cards} == {0}


def test_one_note_may_have_cards_in_several_decks(package: Path) -> None:
    cards = (ExportCard(0, "A", 1), ExportCard(1, "B", 2, suspended=True, flag=7))
    write_package(package, [ExportNote(reversed_("r"), NOON, NOON, cards)], at=NOON)
    names = {deck_id: name for name, deck_id in deck_ids(package).items()}
    found = [(names[int(row["did"])], row["queue"], row["flags"]) for row in rows(package, "cards")]
    assert found == [("A", 0, 0), ("B", -1, 7)]


def test_anki_takes_the_collection_for_a_present_one(package: Path) -> None:
    write_package(package, NOTES, at=NOON, options=DayOptions(rollover_hour=3))
    conf = config(package)
    present = {"schedVer": 2, "sched2021": True, "creationOffset": 0, "rollover": 3}
    assert {name: conf[name] for name in present} == present
    (collection,) = rows(package, "col")
    assert int(collection["crt"]) // 86_400 == DAY_ZERO
    assert collection["mod"] == NOON


def test_decks_have_ids_that_stay(package: Path) -> None:
    write_package(package, NOTES, at=NOON)
    ids = {name: deck_id for name, deck_id in deck_ids(package).items() if deck_id != 1}
    assert ids == {"A": 1234844962250, "A::B": 1575177132023}


def test_equal_notes_make_equal_packages(tmp_path: Path) -> None:
    packages = [tmp_path / "1.apkg", tmp_path / "2.apkg"]
    for package in packages:
        write_package(package, NOTES, at=NOON, decks=[ExportDeck("A", "Description")])
    first, second = (package.read_bytes() for package in packages)
    assert first == second


def test_links_become_titles(package: Path) -> None:
    first = basic("1", links=("2", "elsewhere", "unknown"))
    notes = [exported(first), exported(cloze("2", "The {{c1::x < y}} of $a$\n\nMore"))]
    linked = [Note("elsewhere", NoteKind.BASIC, "What is `f`?")]
    write_package(package, notes, at=NOON, linked=linked)
    fields = str(rows(package, "notes")[0]["flds"]).split("\x1f")
    assert fields[3] == (
        '<ul><li data-key="2">The [...] of \\(a\\)</li>'
        '<li data-key="elsewhere">What is f?</li></ul>'
    )


def test_formulas_that_cannot_be_drawn_are_told_and_kept(package: Path) -> None:
    note = basic("bad", r"$\nosuchcommand{x}$ and $x$")
    report = write_package(package, [exported(note)], at=NOON)
    (problem,) = report.problems
    assert (problem.key, problem.latex) == ("bad", r"\nosuchcommand{x}")
    assert r"\nosuchcommand" in problem.reason
    assert str(rows(package, "notes")[0]["sfld"]) == r"\(\nosuchcommand{x}\) and \(x\)"


def test_notes_without_a_card_are_left_out_and_told(package: Path) -> None:
    blank = ExportNote(cloze("blank", "no mark"), NOON, NOON, (ExportCard(0, "A", 0),))
    report = write_package(package, [*NOTES, blank], at=NOON)
    assert (report.notes, report.left_out) == (3, ("blank",))
    assert "blank" not in {row["guid"] for row in rows(package, "notes")}


def test_two_notes_of_one_key_are_refused(package: Path) -> None:
    with pytest.raises(ExportError, match="Two notes have the key b"):
        write_package(package, [*NOTES, exported(basic("b", "Another"))], at=NOON)
    assert not package.exists()


def test_nothing_to_export_is_an_error(package: Path) -> None:
    with pytest.raises(ExportError, match="no card"):
        write_package(package, [], at=NOON)
    assert not package.exists()


def test_progress_rises_to_the_end_of_the_work(package: Path) -> None:
    told: list[float] = []
    existed: list[bool] = []

    def tell(done: int, total: int) -> None:
        told.append(done / total)
        existed.append(package.exists())

    write_package(package, NOTES, at=NOON, progress=tell)
    assert told == sorted(told)
    assert told[0] < told[len(NOTES) - 1] < told[-1] == 1
    assert not any(existed)


def test_progress_of_a_look_counts_the_notes() -> None:
    told: list[tuple[int, int]] = []
    write_package(None, NOTES, at=NOON, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


class Cancelled(Exception):
    """The user pressed Cancel."""


@pytest.mark.parametrize(
    "percent",
    [
        pytest.param(30, id="among-the-notes"),
        pytest.param(80, id="after-the-log"),
        pytest.param(95, id="while-packing"),
    ],
)
def test_cancelling_leaves_the_file_as_it_was(package: Path, percent: int) -> None:
    def cancel(done: int, total: int) -> None:
        if 100 * done >= percent * total:
            raise Cancelled

    package.write_text("an older export")
    with pytest.raises(Cancelled):
        write_package(package, NOTES, at=NOON, progress=cancel)
    assert package.read_text() == "an older export"
    assert list(package.parent.iterdir()) == [package]


def test_an_existing_file_is_replaced(package: Path) -> None:
    package.write_text("an older export")
    write_package(package, NOTES, at=NOON)
    with ZipFile(package) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["collection.anki2", "media"]
        assert json.loads(archive.read("media")) == {}
    assert list(package.parent.iterdir()) == [package]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "package.apkg"
    with pytest.raises(StorageError, match=r"package\.apkg could not be written .*folder"):
        write_package(target, NOTES, at=NOON)


def test_a_folder_in_the_files_place(tmp_path: Path) -> None:
    target = tmp_path / "package.apkg"
    target.mkdir()
    with pytest.raises(StorageError, match="could not be written"):
        write_package(target, NOTES, at=NOON)
    assert list(tmp_path.iterdir()) == [target]


def test_media_that_notes_call_for_are_packed(package: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"{index}.bin" for index, name in enumerate(("a b.png", "c.mp3"))}
    for name, path in files.items():
        path.write_text(f"bytes of {name}")
    media = {**files, "unused.png": tmp_path / "0.bin", "lost.png": tmp_path / "lost"}
    text = "![](<a b.png>) [sound:c.mp3] ![](lost.png) ![](unknown.png)"
    report = write_package(package, [exported(basic("1", text))], at=NOON, media=media)
    assert report.missing_media == ("lost.png", "unknown.png")
    with ZipFile(package) as archive:
        names = json.loads(archive.read("media"))
        assert sorted(names.values()) == ["a b.png", "c.mp3"]
        for number, name in names.items():
            assert archive.read(number).decode() == f"bytes of {name}"
