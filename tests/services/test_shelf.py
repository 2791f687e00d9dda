"""Decks can be removed whole, be had back by undo, and be installed again when they are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyapp.domain.reviews import Grade
from studyapp.errors import NotFound
from studyapp.services.shelf import PassedOver, Removal, Shelf
from studyapp.services.study_values import Prompt
from studyapp.store import decks
from tests.services.conftest import Desk, basic
from tests.services.test_installing import DECK_FILE
from tests.store.test_history import contents


@pytest.fixture
def shelf(desk: Desk, tmp_path: Path) -> Shelf:
    (tmp_path / "sample.md").write_text(DECK_FILE, encoding="utf-8")
    desk.installer.install(tmp_path)
    desk.install([basic(1)])
    return Shelf(desk.database, desk.clock)


def names(desk: Desk) -> set[str]:
    with desk.database.read() as tx:
        return {deck.name for deck in decks.every(tx)}


def test_a_deck_goes_with_its_sub_decks_and_comes_back_by_undo(desk: Desk, shelf: Shelf) -> None:
    desk.study.start(desk.deck_id("Alignment"))
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.GOOD, 1000)
    before = contents(desk.database)
    assert shelf.remove(desk.deck_id("Alignment")) == Removal("Alignment", 2, 3)
    after = contents(desk.database)
    assert names(desk) == {"Deck"}
    assert after["reviews"] == before["reviews"]
    assert len(after["notes"]) == 1
    assert desk.study.undo() == "remove a deck"
    assert contents(desk.database) == before
    assert desk.study.redo() == "remove a deck"
    assert contents(desk.database) == after


def test_notes_with_a_card_elsewhere_stay(desk: Desk, shelf: Shelf) -> None:
    other = desk.deck_id()
    with desk.database.change("move", 1) as tx:
        tx.exec_driver_sql(
            "UPDATE cards SET deck_id = ? WHERE id = (SELECT max(id) FROM cards WHERE ordinal = 1)",
            (other,),
        )
    assert shelf.remove(desk.deck_id("Alignment::Sample")) == Removal("Alignment::Sample", 1, 2)
    assert len(contents(desk.database)["notes"]) == 2


def test_a_removed_deck_is_not_installed_again_until_it_is_wanted(
    desk: Desk, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.remove(desk.deck_id("Alignment::Sample"))
    assert shelf.passed_over() == (PassedOver("sample", "Alignment::Sample"),)
    for text in (DECK_FILE, DECK_FILE + "\n"):
        (tmp_path / "sample.md").write_text(text, encoding="utf-8")
        assert desk.installer.install(tmp_path) == ()
        assert "Alignment::Sample" not in names(desk)
    shelf.want_again("sample")
    assert shelf.passed_over() == ()
    assert desk.installer.install(tmp_path) == ()
    assert "Alignment::Sample" in names(desk)


def test_undo_after_a_deck_was_brought_back_makes_no_second_one(
    desk: Desk, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.remove(desk.deck_id("Alignment::Sample"))
    shelf.want_again("sample")
    desk.installer.install(tmp_path)
    before = contents(desk.database)
    assert desk.study.undo() is None
    assert contents(desk.database) == before


def test_a_deck_that_is_gone_already_is_told(desk: Desk, shelf: Shelf) -> None:
    deck_id = desk.deck_id()
    shelf.remove(deck_id)
    with pytest.raises(NotFound, match="does not exist any more"):
        shelf.remove(deck_id)
