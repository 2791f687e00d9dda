"""Newer versions of a deck: what was edited keeps its words until the user has chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.deckfile.parse import read_deck
from studyapp.deckfile.write import write
from studyapp.domain.cards import Card
from studyapp.domain.notes import Note
from studyapp.domain.reviews import Grade
from studyapp.errors import NotFound
from studyapp.services.study_values import Prompt
from studyapp.services.updates import Updates
from studyapp.store import cards, notes
from tests.services.conftest import Desk, basic
from tests.services.test_installing import ordinals, stored
from tests.store.test_history import contents

DECK = Path(__file__).parents[2] / "decks" / "tasm-notes-003.md"


def edit(desk: Desk, key: str, *, front: str = "", back: str = "") -> Note:
    """What a user does to a note."""
    before = stored(desk, key)
    edited = replace(before.note, front=front or before.note.front, back=back)
    with desk.database.change("edit", desk.clock.at) as tx:
        notes.change(tx, before, edited, desk.clock.at)
    return edited


@pytest.fixture
def updates(desk: Desk) -> Updates:
    """A note that both the user and the deck have changed."""
    desk.install([basic(1), basic(2)])
    edit(desk, "note-1", back="mine")
    desk.install([replace(basic(1), back="theirs", tags=("new",)), basic(2)], digest="2")
    return Updates(desk.database, desk.clock)


def test_both_texts_are_offered(updates: Updates) -> None:
    (offer,) = updates.offers()
    assert (offer.deck_name, offer.mine.back, offer.theirs.back) == ("Deck", "mine", "theirs")
    assert offer.mine.tags == ("new",)


def test_taking_the_decks_words_is_one_step_of_undo(desk: Desk, updates: Updates) -> None:
    before = contents(desk.database)
    (offer,) = updates.offers()
    updates.take_theirs(offer.note_id)
    assert updates.offers() == ()
    assert stored(desk, "note-1").note == stored(desk, "note-1").shipped == offer.theirs
    assert desk.study.undo() == "take the deck's words"
    assert contents(desk.database) == before


def test_own_words_that_are_kept_stay_until_the_deck_changes_again(
    desk: Desk, updates: Updates
) -> None:
    (offer,) = updates.offers()
    updates.keep_mine(offer.note_id)
    assert updates.offers() == ()
    desk.install([replace(basic(1), back="theirs", tags=("new",))], digest="3")
    assert updates.offers() == ()
    desk.install([replace(basic(1), back="even better")], digest="4")
    (offer,) = updates.offers()
    assert (offer.mine.back, offer.theirs.back) == ("mine", "even better")


def test_an_offer_that_the_deck_takes_back_is_gone(desk: Desk, updates: Updates) -> None:
    desk.install([basic(1), basic(2)], digest="3")
    assert updates.offers() == ()
    assert stored(desk, "note-1").note.back == "mine"


def test_a_choice_can_be_made_once(updates: Updates) -> None:
    (offer,) = updates.offers()
    updates.keep_mine(offer.note_id)
    with pytest.raises(NotFound, match="nothing left to choose"):
        updates.take_theirs(offer.note_id)


def test_a_note_of_ones_own_is_left_alone_by_its_deck(desk: Desk, updates: Updates) -> None:
    updates.make_own(stored(desk, "note-1").id)
    desk.install([replace(basic(1), back="even better")], digest="3")
    assert updates.offers() == ()
    assert stored(desk, "note-1").note.back == "mine"
    desk.install([basic(2)], digest="4")
    assert ordinals(desk, "note-1") == [0]


def test_a_retired_note_tells_why_and_can_be_asked_again(desk: Desk, updates: Updates) -> None:
    text = replace(
        read_deck(DECK), name="Deck", key="deck", retired=(("note-2", "Split into two."),)
    )
    desk.installer.install_text(text, "3")
    retired = {each.note.key: each for each in updates.retired()}
    assert {key: each.because for key, each in retired.items()} == {
        "note-1": "",
        "note-2": "Split into two.",
    }
    assert ordinals(desk, "note-2", suspended=True) == [0]
    updates.make_own(retired["note-2"].note_id)
    assert ordinals(desk, "note-2") == [0]
    assert [each.note.key for each in updates.retired()] == ["note-1"]


@pytest.fixture
def real_deck(desk: Desk, tmp_path: Path) -> Path:
    """A folder with a shipped deck, which is installed and has been studied."""
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / DECK.name).write_bytes(DECK.read_bytes())
    assert desk.installer.install(folder) == ()
    desk.study.start(desk.deck_id(read_deck(DECK).name))
    for _ in range(10):
        prompt = desk.study.current()
        assert isinstance(prompt, Prompt)
        desk.study.grade(prompt, Grade.EASY, 1000)
        desk.clock.move(minutes=1)
    return folder


def cards_of(desk: Desk, key: str) -> list[Card]:
    with desk.database.read() as tx:
        return cards.of_note(tx, notes.ids_by_key(tx, [key])[key])


def test_two_versions_of_a_real_deck(desk: Desk, real_deck: Path) -> None:
    deck = read_deck(DECK)
    improved, edited, gone, *others = deck.notes
    edit(desk, edited.key, front="In my words", back="mine")
    progress = {note.key: cards_of(desk, note.key) for note in deck.notes}
    newer = replace(
        deck,
        notes=(
            replace(improved, back="Better said."),
            replace(edited, back="Better said, too."),
            *others,
            basic(1),
        ),
        retired=((gone.key, "Said better by another."),),
    )
    (real_deck / DECK.name).write_text(write(newer), encoding="utf-8")
    assert desk.installer.install(real_deck) == ()

    updates = Updates(desk.database, desk.clock)
    assert {note.key: cards_of(desk, note.key) for note in deck.notes} == progress
    assert stored(desk, improved.key).note.back == "Better said."
    assert stored(desk, edited.key).note.back == "mine"
    assert [(each.mine.back, each.theirs.back) for each in updates.offers()] == [
        ("mine", "Better said, too.")
    ]
    assert [(each.note.key, each.because) for each in updates.retired()] == [
        (gone.key, "Said better by another.")
    ]
    assert ordinals(desk, gone.key) == []
    assert ordinals(desk, "note-1") == [0]

    before = contents(desk.database)
    assert desk.installer.install(real_deck) == ()
    assert contents(desk.database) == before
