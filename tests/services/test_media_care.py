"""Pictures and sounds: kept once, found when missing or unused, and had back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.errors import StorageError
from studyapp.services.media_care import MediaCare, Missing
from tests.services.conftest import Desk, basic


@pytest.fixture
def care(desk: Desk) -> MediaCare:
    return MediaCare(desk.database, desk.clock)


def test_the_same_content_is_kept_once(care: MediaCare) -> None:
    assert care.add("a.png", b"1") == "a.png"
    assert care.add("b.png", b"1") == "a.png"
    assert care.add("A.png", b"2") == "A-d4735e3a265e.png"
    assert (care.folder / "A-d4735e3a265e.png").read_bytes() == b"2"


def test_a_file_that_vanished_is_kept_again(care: MediaCare) -> None:
    care.add("a.png", b"1")
    (care.folder / "a.png").unlink()
    assert care.add("a.png", b"1") == "a.png"
    assert (care.folder / "a.png").read_bytes() == b"1"


def test_missing_and_unused_files_are_found(desk: Desk, care: MediaCare) -> None:
    desk.install([replace(basic(1), front="![a](a.png)", back="[sound:gone.mp3]")])
    care.add("a.png", b"1")
    care.add("unused.png", b"2")
    (care.folder / "_template.css").write_text("")
    assert care.unused() == ("unused.png",)
    assert care.missing() == (Missing("gone.mp3", ("note-1",)),)


def test_what_is_put_away_comes_back_by_undo_or_from_the_trash(desk: Desk, care: MediaCare) -> None:
    care.add("a.png", b"1")
    assert care.put_away(["a.png", "not there"]) == 1
    assert (care.unused(), care.trashed()) == ((), ("a.png",))
    assert desk.study.undo() == "put files away"
    assert (care.folder / "a.png").read_bytes() == b"1"
    care.put_away(["a.png"])
    assert care.restore(["a.png"]) == 1
    assert care.unused() == ("a.png",)
    care.put_away(["a.png"])
    assert care.empty_trash() == 1
    assert care.restore(["a.png"]) == 0


def test_a_folder_that_cannot_be_written_is_told(care: MediaCare, tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match=r"a\.png could not be written"):
        care.add("a.png", b"1")


def test_a_file_that_lay_there_by_itself_comes_back_by_undo_too(
    desk: Desk, care: MediaCare
) -> None:
    care.folder.mkdir()
    (care.folder / "by hand.png").write_bytes(b"1")
    assert care.put_away(["by hand.png"]) == 1
    assert desk.study.undo() == "put files away"
    assert (care.unused(), care.trashed()) == (("by hand.png",), ())


def test_redo_puts_away_again_and_nothing_else(desk: Desk, care: MediaCare) -> None:
    care.add("a.png", b"1")
    (care.folder / "by hand.png").write_bytes(b"2")
    care.put_away(["a.png"])
    desk.study.undo()
    assert desk.study.redo() == "put files away"
    assert (care.unused(), care.trashed()) == (("by hand.png",), ("a.png",))
