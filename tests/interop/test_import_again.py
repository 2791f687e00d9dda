"""What the real Anki does with a package when it has the notes already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.anki.export import write_package
from studyapp.anki.note_types import ALL
from studyapp.domain.notes import Note, NoteKind
from tests.anki.building import MINUTE, NOON, basic, cloze, exported, reversed_
from tests.interop.anki_profile import AnkiProfile, Imported

NOTES = [basic("b", tags=("old",)), reversed_("r"), cloze("c", "{{c1::a}} {{c2::b}}")]


@pytest.fixture
def filled(anki: AnkiProfile, package: Path) -> AnkiProfile:
    """A profile that has imported `NOTES`."""
    write_package(package, [exported(note) for note in NOTES], at=NOON)
    assert anki.import_package(package) == Imported(new=3)
    return anki


def import_changed(anki: AnkiProfile, package: Path, note: Note, changed_at: int) -> Imported:
    """Another export, in which one note was changed at `changed_at`."""
    notes = [
        exported(note, changed_at=changed_at) if each.key == note.key else exported(each)
        for each in NOTES
    ]
    write_package(package, notes, at=changed_at)
    return anki.import_package(package)


def test_unchanged_notes_are_left_alone(filled: AnkiProfile, package: Path) -> None:
    write_package(package, [exported(note) for note in NOTES], at=NOON + MINUTE)
    assert filled.import_package(package) == Imported(unchanged=3)
    assert filled.collection.card_count() == 5
    assert filled.sound()


def test_a_changed_note_is_updated_and_keeps_its_progress(
    filled: AnkiProfile, package: Path
) -> None:
    filled.answer_easy("b")
    before = filled.cards("b")[0]

    changed = replace(NOTES[0], front="New front", tags=("new",), source="A text")
    assert import_changed(filled, package, changed, NOON + MINUTE) == Imported(
        updated=1, unchanged=2
    )
    assert filled.fields("b")["Front"] == "New front"
    assert filled.fields("b")["Source"] == "A text"
    assert filled.note("b").tags == ["new"]
    after = filled.cards("b")[0]
    assert (after.id, after.reps, after.type, after.ivl) == (before.id, 1, 2, before.ivl)
    assert after.ivl > 0


def test_an_edit_in_anki_outlives_an_unchanged_export(filled: AnkiProfile, package: Path) -> None:
    filled.edit("b", "Back", "My own words")
    write_package(package, [exported(note) for note in NOTES], at=NOON)
    assert filled.import_package(package) == Imported(unchanged=3)
    assert filled.fields("b")["Back"] == "My own words"


def test_the_later_of_two_edits_wins(filled: AnkiProfile, package: Path) -> None:
    filled.edit("b", "Back", "My own words")
    edited_at = filled.note("b").mod * 1000
    changed = replace(NOTES[0], back="New back")

    assert import_changed(filled, package, changed, edited_at - MINUTE).updated == 0
    assert filled.fields("b")["Back"] == "My own words"
    assert import_changed(filled, package, changed, edited_at + MINUTE).updated == 1
    assert filled.fields("b")["Back"] == "New back"


def test_note_types_are_not_copied(filled: AnkiProfile, package: Path) -> None:
    names = filled.note_type_names()
    import_changed(filled, package, replace(NOTES[0], front="New"), NOON + MINUTE)
    assert filled.note_type_names() == names
    assert {note_type.name for note_type in ALL} <= names


def test_renaming_in_anki_does_not_split_note_types(filled: AnkiProfile, package: Path) -> None:
    filled.rename("Basic (studyapp)", new_name="Mine", field="Front", template="Forward")
    names = filled.note_type_names()
    changed = replace(NOTES[0], front="New")
    assert import_changed(filled, package, changed, NOON + MINUTE) == Imported(
        updated=1, unchanged=2
    )
    assert filled.note_type_names() == names
    assert "Mine" in names
    assert filled.fields("b")["My Front"] == "New"


def test_own_styling_in_anki_is_kept(filled: AnkiProfile, package: Path) -> None:
    filled.restyle("Basic (studyapp)", ".card { color: red; }")
    import_changed(filled, package, replace(NOTES[0], front="New"), NOON + MINUTE)
    assert filled.style("Basic (studyapp)") == ".card { color: red; }"


def test_a_basic_note_becomes_reversed(filled: AnkiProfile, package: Path) -> None:
    changed = replace(NOTES[0], kind=NoteKind.REVERSED)
    assert import_changed(filled, package, changed, NOON + MINUTE).updated == 1
    assert set(filled.cards("b")) == {0, 1}
    assert filled.sound()


def test_a_further_cloze_becomes_a_card(filled: AnkiProfile, package: Path) -> None:
    changed = replace(NOTES[2], front="{{c1::a}} {{c2::b}} {{c3::c}}")
    assert import_changed(filled, package, changed, NOON + MINUTE).updated == 1
    assert set(filled.cards("c")) == {0, 1, 2}
    assert filled.sound()


def test_a_note_moved_in_anki_stays_there(filled: AnkiProfile, package: Path) -> None:
    filled.move("b", "My deck")
    import_changed(filled, package, replace(NOTES[0], front="New"), NOON + MINUTE)
    assert filled.deck_of("b") == "My deck"
