"""Notes with the same front, and notes that are found by words while one types."""

from __future__ import annotations

from itertools import count

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.environment import new_key
from studyapp.errors import NotFound
from studyapp.services.advising import AdviceSwitches
from studyapp.services.authoring import Authoring, Titled, Written
from studyapp.services.looking_over import LookingOver, Remarks
from tests.services.conftest import Desk


@pytest.fixture
def looking_over(desk: Desk, authoring: Authoring) -> LookingOver:
    return LookingOver(desk.database.path)


@pytest.fixture
def authoring(desk: Desk) -> Authoring:
    numbers = count(1)
    made = Authoring(desk.database, desk.clock, lambda: f"key-{next(numbers)}")
    for front in (
        "What is entropy?",
        "What is entropy of a die?",
        "100 %",
        "Wieso  Öl?\nSag es.",
        *(f"{'Long' * 40} {end}" for end in ("one", "two")),
    ):
        made.add(Written(Note("", NoteKind.BASIC, front, "Something"), "Deck"))
    return made


def keys(found: tuple[Titled, ...]) -> list[str]:
    return [each.key for each in found]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param("what IS  entropy? ".replace("  ", " "), ["key-1"], id="case"),
        pytest.param("What is entropy", [], id="another"),
        pytest.param("Wieso  Öl?\nSag   es.", ["key-4"], id="blanks-and-lines"),
        pytest.param("1__ %", [], id="no-wildcards"),
        pytest.param("100 %", ["key-3"], id="percent"),
        pytest.param(f"{'Long' * 40} one", ["key-5"], id="longer-than-the-index"),
        pytest.param("", [], id="empty"),
        pytest.param("W", [], id="too-short"),
    ],
)
def test_notes_with_the_same_front(
    looking_over: LookingOver, front: str, expected: list[str]
) -> None:
    assert keys(looking_over.likely_duplicates(Note("", NoteKind.BASIC, front))) == expected


def test_a_note_is_not_its_own_duplicate(looking_over: LookingOver) -> None:
    note = Note("key-1", NoteKind.BASIC, "What is entropy?")
    assert looking_over.likely_duplicates(note) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("entropy", ["key-2", "key-1"], id="newest-first"),
        pytest.param("die ENTROPY", ["key-2"], id="all-words"),
        pytest.param("key-3", ["key-3"], id="key"),
        pytest.param("", ["key-6", "key-5"], id="nothing-typed"),
        pytest.param("nowhere", [], id="none"),
    ],
)
def test_notes_by_their_words(looking_over: LookingOver, words: str, expected: list[str]) -> None:
    assert keys(looking_over.notes_called(words, 2)) == expected


def test_ids_of_keys(authoring: Authoring) -> None:
    assert authoring.open(authoring.id_of("key-2")).note.front == "What is entropy of a die?"
    with pytest.raises(NotFound):
        authoring.id_of("key-9")


def test_new_keys_can_stand_in_a_deck_file() -> None:
    made = {new_key() for _ in range(100)}
    assert len(made) == 100
    assert all(len(key) == 16 and not any(letter.isspace() for letter in key) for key in made)


def test_remarks_on_a_note_for_a_deck_that_is_not_there_yet(looking_over: LookingOver) -> None:
    note = Note("", NoteKind.BASIC, "What is entropy?", "A measure of surprise")
    remarks = looking_over.remarks(note, "Deck::New::One")
    assert keys(remarks.twins) == ["key-1"]
    assert "latex" not in " ".join(each.rule.name for each in remarks.advice)
    assert looking_over.remarks(Note("", NoteKind.BASIC, " "), "Deck") == Remarks()


def test_a_window_that_closes_waits_for_no_advice(looking_over: LookingOver) -> None:
    looking_over.stop()
    note = Note("", NoteKind.BASIC, "What is entropy?", "A measure of surprise")
    assert looking_over.remarks(note, "Deck") == Remarks()


def test_nearly_the_same_is_told_before_the_answer_is_begun(looking_over: LookingOver) -> None:
    begun = Note("", NoteKind.BASIC, "What is the entropy of one die, exactly?")
    assert looking_over.remarks(begun, "Deck").near == ()  # the fronts were not read yet
    looking_over.remarks(Note("", NoteKind.BASIC, "Another", "Something"), "Deck")
    assert [each.key for each in looking_over.remarks(begun, "Deck").near] == ["key-2"]
    own = Note("key-2", NoteKind.BASIC, "What is the entropy of one die, exactly?")
    assert looking_over.remarks(own, "Deck").near == ()


def test_who_wants_no_advice_on_it_is_not_told_either(
    looking_over: LookingOver, desk: Desk
) -> None:
    looking_over.remarks(Note("", NoteKind.BASIC, "Another", "Something"), "Deck")
    AdviceSwitches(desk.database, desk.clock).switch("similar-front", on=False)
    begun = Note("", NoteKind.BASIC, "What is the entropy of one die, exactly?")
    assert looking_over.remarks(begun, "Deck").near == ()
