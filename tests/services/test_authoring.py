"""Adding and editing notes: nothing costs progress, and every change is one step of undo."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError, NotFound, StorageError
from studyapp.services.authoring import Authoring, Written
from studyapp.services.drafts import Draft
from studyapp.services.study_values import Prompt
from studyapp.store import cards
from tests.services.conftest import Desk, basic
from tests.services.test_installing import ordinals, stored
from tests.store.test_history import contents

NEW = Written(
    Note("", NoteKind.BASIC, "What?", "That.", ("a", "a::b"), "A text", ("note-1",)), "Deck::New"
)


@pytest.fixture
def authoring(desk: Desk) -> Authoring:
    desk.install([basic(1)])
    numbers = count(1)
    return Authoring(desk.database, desk.clock, lambda: f"new-{next(numbers)}")


def test_a_note_is_added_with_its_deck_and_cards(desk: Desk, authoring: Authoring) -> None:
    before = contents(desk.database)
    note_id = authoring.add(NEW)
    assert authoring.open(note_id) == Written(replace(NEW.note, key="new-1"), "Deck::New")
    assert ordinals(desk, "new-1") == [0]
    assert authoring.deck_names() == ["Deck", "Deck::New"]
    assert authoring.tag_names() == ["a", "a::b"]
    assert desk.study.undo() == "add a note"
    assert contents(desk.database) == before


@pytest.mark.parametrize(
    ("note", "told"),
    [
        pytest.param(Note("", NoteKind.BASIC, " \n", "b"), "The front is empty", id="no-front"),
        pytest.param(Note("", NoteKind.BASIC, "a"), "The back is empty", id="no-back"),
        pytest.param(Note("", NoteKind.CLOZE, "a"), "Nothing is hidden", id="no-cloze"),
        pytest.param(Note("", NoteKind.BASIC, "a", "b", ("x y",)), "one word", id="tag"),
    ],
)
def test_what_asks_nothing_is_not_added(
    desk: Desk, authoring: Authoring, note: Note, told: str
) -> None:
    before = contents(desk.database)
    with pytest.raises(ContentError, match=told):
        authoring.add(Written(note, "Deck"))
    assert contents(desk.database) == before


@pytest.mark.parametrize("name", ["", "A::", "A:: B", "::"])
def test_a_deck_has_a_name(authoring: Authoring, name: str) -> None:
    with pytest.raises(ContentError, match="is no name of a deck"):
        authoring.add(replace(NEW, deck_name=name))


def test_editing_keeps_progress_and_can_be_undone(desk: Desk, authoring: Authoring) -> None:
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.EASY, 1000)
    before = contents(desk.database)
    edited = replace(basic(1), front="Better?", tags=("t",))
    authoring.change(prompt.card.note_id, Written(edited, "Other"))
    assert authoring.open(prompt.card.note_id) == Written(edited, "Other")
    with desk.database.read() as tx:
        card = cards.get(tx, prompt.card.id)
    assert card.schedule.reps == 1
    assert desk.study.undo() == "edit a note"
    assert contents(desk.database) == before


def test_another_kind_keeps_the_cards_that_still_exist(desk: Desk, authoring: Authoring) -> None:
    note_id = stored(desk, "note-1").id
    note = authoring.open(note_id).note
    authoring.change(note_id, Written(replace(note, kind=NoteKind.REVERSED), "Deck"))
    assert ordinals(desk, "note-1") == [0, 1]
    cloze = replace(note, kind=NoteKind.CLOZE, front="{{c1::a}} {{c3::b}}")
    authoring.change(note_id, Written(cloze, "Deck"))
    assert ordinals(desk, "note-1") == [0, 2]
    assert ordinals(desk, "note-1", suspended=True) == [1]
    authoring.change(note_id, Written(note, "Deck"))
    assert ordinals(desk, "note-1") == [0]


def test_a_note_that_is_gone_cannot_be_changed(authoring: Authoring) -> None:
    with pytest.raises(NotFound):
        authoring.change(99, NEW)


def test_links_are_known_from_both_ends(authoring: Authoring) -> None:
    authoring.add(NEW)
    assert [each.key for each in authoring.linked(("note-1", "nowhere"))] == ["note-1"]
    assert [each.key for each in authoring.linking_to("note-1")] == ["new-1"]


def test_a_draft_survives_and_is_forgotten(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "draft.json")
    assert draft.kept() is None
    draft.keep(NEW)
    assert Draft(tmp_path / "draft.json").kept() == NEW
    draft.forget()
    assert draft.kept() is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"note": {}, "deck_name": 1}', "\0"])
def test_a_broken_draft_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "draft.json").write_text(content)
    assert Draft(tmp_path / "draft.json").kept() is None


def test_a_draft_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be kept"):
        Draft(tmp_path / "no folder" / "draft.json").keep(NEW)
