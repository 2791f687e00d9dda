"""The pictures of decks: put beside the collection, kept up to date, never over the user's."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from studyapp.services.exchange import Exchange, OfDeck, Request
from studyapp.store import media
from tests.anki.building import rows
from tests.services.conftest import Desk
from tests.services.test_installing import DECK_FILE

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>"
WITH_PICTURE = DECK_FILE.replace("A: What is answered.", "A: ![a plane](plane.svg)")


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    (folder / "media").mkdir(parents=True)
    (folder / "sample.md").write_text(WITH_PICTURE, encoding="utf-8")
    (folder / "media" / "plane.svg").write_text(PICTURE)
    return folder


def picture(desk: Desk) -> Path:
    return media.folder_of(desk.path) / "plane.svg"


def test_pictures_come_with_their_deck_and_newer_ones_later(desk: Desk, decks: Path) -> None:
    assert desk.installer.install(decks) == ()
    assert picture(desk).read_text() == PICTURE
    (decks / "media" / "plane.svg").write_text("<svg/>")
    assert desk.installer.install(decks) == ()
    assert picture(desk).read_text() == "<svg/>"
    with desk.database.read() as tx:
        row = tx.exec_driver_sql("SELECT name, size_bytes FROM media").one()
    assert tuple(row) == ("plane.svg", 6)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_file_of_the_user_stays(desk: Desk, decks: Path, when: str) -> None:
    if when == "after":
        desk.installer.install(decks)
        (decks / "media" / "plane.svg").write_text("<svg/>")
    picture(desk).parent.mkdir(exist_ok=True)
    picture(desk).write_text("mine")
    (told,) = desk.installer.install(decks)
    assert f"{picture(desk)} is a file of yours" in told
    assert picture(desk).read_text() == "mine"
    assert desk.deck_id("Alignment::Sample")


def test_what_cannot_be_written_is_told_and_the_deck_is_installed(desk: Desk, decks: Path) -> None:
    media.folder_of(desk.path).write_text("a file where the folder should be")
    (told,) = desk.installer.install(decks)
    assert "plane.svg could not be written" in told
    assert desk.deck_id("Alignment::Sample")


def test_pictures_go_to_anki_with_their_notes(desk: Desk, decks: Path, tmp_path: Path) -> None:
    desk.installer.install(decks)
    package = tmp_path / "sample.apkg"
    exchange = Exchange(desk.path, desk.clock)
    exchange.write(Request(OfDeck("Alignment::Sample")), package)
    assert '<img alt="a plane" src="plane.svg">' in str(rows(package, "notes")[0]["flds"])
    with zipfile.ZipFile(package) as contents:
        assert contents.read("media") == b'{"0": "plane.svg"}'
        assert contents.read("0").decode() == PICTURE
