"""What was deleted can be had back for 30 days, with cards, schedules and reviews."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Listed
from studyapp.domain.reviews import Grade
from studyapp.errors import Cancelled, NotFound
from studyapp.services.care import Care
from studyapp.services.changing import Changing
from studyapp.services.chosen import Chosen
from studyapp.services.shelf import Shelf
from studyapp.services.study_values import Prompt
from studyapp.services.trash import Batch, DeletedNote, Restored, Trash
from studyapp.store import decks, reviews
from tests.services.conftest import MIGRATIONS, Desk, MovableClock, basic
from tests.services.test_installing import DECK_FILE
from tests.store.test_history import Contents, contents

PAIR = Note("pair", NoteKind.REVERSED, "*front*", "back", ("b", "a::c"), "source", ("note-1",))


@pytest.fixture
def trash(desk: Desk) -> Trash:
    desk.install([basic(1), PAIR])
    return Trash(desk.database, desk.clock)


@pytest.fixture
def changing(desk: Desk, trash: Trash) -> Changing:
    return Changing(desk.database, desk.clock, DayOptions(), Random(1))  # noqa: S311


EVERY = Chosen([1, 2], Listed.NOTES)


def texts_and_schedules(found: Contents) -> Contents:
    """The contents without the ids of rows that nobody refers to."""
    hidden = {"note_tags", "links"}
    return {
        name: sorted(row[1:] if name in hidden else row for row in rows)
        for name, rows in found.items()
    }


def study_a_card(desk: Desk) -> None:
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.GOOD, 1000)


def test_deleted_notes_come_back_as_they_were(desk: Desk, trash: Trash, changing: Changing) -> None:
    study_a_card(desk)
    changing.flag(Chosen([2], Listed.CARDS), 3)
    before = contents(desk.database)
    desk.clock.move(days=3)
    changing.delete(EVERY)
    assert contents(desk.database)["notes"] == []
    assert trash.batches() == (Batch(1, "deletion of 2 notes", desk.clock.at, notes=2, decks=0),)
    ids = trash.ids(1)
    assert trash.notes([*ids, 99]) == (
        DeletedNote(ids[0], "front 1", "Deck", cards=1),
        DeletedNote(ids[1], "*front*", "Deck", cards=2),
        None,
    )
    assert trash.restore(1) == Restored("return of 2 notes", notes=2, left=0)
    assert texts_and_schedules(contents(desk.database)) == texts_and_schedules(before)
    deck_id = desk.deck_id()
    with desk.database.read() as tx:
        assert len(reviews.in_decks(tx, [deck_id], 0)) == 1
    assert trash.batches() == ()


def test_undo_and_redo_keep_the_trash_right(desk: Desk, trash: Trash, changing: Changing) -> None:
    states = [contents(desk.database)]
    changing.delete(EVERY)
    states.append(contents(desk.database))
    trash.restore(1, trash.ids(1)[:1])
    states.append(contents(desk.database))
    assert [batch.notes for batch in trash.batches()] == [1]
    assert desk.study.undo() == "return of 1 note"
    assert contents(desk.database) == states[1]
    assert [batch.notes for batch in trash.batches()] == [2]
    assert desk.study.undo() == "deletion of 2 notes"
    assert contents(desk.database) == states[0]
    assert trash.batches() == ()
    assert desk.study.redo() == "deletion of 2 notes"
    assert trash.restore(1) == Restored("return of 2 notes", notes=2, left=0)


def test_a_note_is_had_back_as_it_was_when_it_was_deleted_last(
    desk: Desk, trash: Trash, changing: Changing
) -> None:
    changing.delete(EVERY)
    trash.restore(1)
    changing.add_tags(EVERY, ["later"])
    changing.delete(EVERY)
    assert [batch.id for batch in trash.batches()] == [2]
    trash.restore(2)
    assert changing.tags_of(EVERY) == ("a::c", "b", "later")


def test_a_note_whose_key_another_has_stays_in_the_trash(
    desk: Desk, trash: Trash, changing: Changing
) -> None:
    changing.delete(EVERY)
    desk.install([replace(PAIR, front="other")], digest="2")
    assert trash.restore(1) == Restored("return of 1 note", notes=1, left=1)
    assert [note and note.title for note in trash.notes(trash.ids(1))] == ["*front*"]


def test_restoring_can_be_cancelled_and_needs_something_to_restore(
    desk: Desk, trash: Trash, changing: Changing
) -> None:
    changing.delete(EVERY)
    before = contents(desk.database)
    with pytest.raises(Cancelled):
        trash.restore(1, progress=lambda _done, _total: False)
    for ids in (None, [99]):
        with pytest.raises(NotFound, match="not in the trash any more"):
            trash.restore(7 if ids is None else 1, ids)
    assert contents(desk.database) == before


def test_a_removed_deck_comes_back_with_its_notes(desk: Desk, trash: Trash, tmp_path: Path) -> None:
    (tmp_path / "sample.md").write_text(DECK_FILE, encoding="utf-8")
    desk.installer.install(tmp_path)
    shelf = Shelf(desk.database, desk.clock)
    before = decks_of(desk)
    shelf.remove(desk.deck_id("Alignment"))
    assert trash.batches() == (
        Batch(1, "removal of the deck Alignment", desk.clock.at, notes=2, decks=2),
    )
    assert shelf.passed_over() != ()
    assert trash.restore(1) == Restored("return of 2 notes", notes=2, left=0)
    assert decks_of(desk) == before
    assert shelf.passed_over() == ()
    assert trash.batches() == ()


def decks_of(desk: Desk) -> dict[str, object]:
    with desk.database.read() as tx:
        return {deck.name: replace(deck, id=0) for deck in decks.every(tx)}


def test_one_note_brings_its_deck_along(desk: Desk, trash: Trash, tmp_path: Path) -> None:
    (tmp_path / "sample.md").write_text(DECK_FILE, encoding="utf-8")
    desk.installer.install(tmp_path)
    before = decks_of(desk)
    Shelf(desk.database, desk.clock).remove(desk.deck_id("Alignment"))
    assert trash.restore(1, trash.ids(1)[1:]).notes == 1
    assert decks_of(desk) == before
    assert trash.batches() == (
        Batch(1, "removal of the deck Alignment", desk.clock.at, notes=1, decks=0),
    )


def test_a_note_with_cards_elsewhere_gets_its_other_cards_back(
    desk: Desk, trash: Trash, changing: Changing
) -> None:
    changing.move(Chosen([3], Listed.CARDS), "Other")
    before = texts_and_schedules(contents(desk.database))
    removal = Shelf(desk.database, desk.clock).remove(desk.deck_id("Other"))
    assert (removal.notes, removal.cards) == (0, 1)
    assert [batch.notes for batch in trash.batches()] == [1]
    trash.restore(1)
    after = texts_and_schedules(contents(desk.database))
    assert after["cards"] == before["cards"]
    assert after["notes"] == before["notes"]


def test_an_empty_deck_can_be_had_back(desk: Desk, trash: Trash, changing: Changing) -> None:
    changing.move(EVERY, "A::B")
    shelf = Shelf(desk.database, desk.clock)
    shelf.remove(desk.deck_id())
    assert trash.restore(1).name == "return of a deck"
    desk.deck_id()


def test_removing_a_deck_can_be_cancelled(desk: Desk, trash: Trash) -> None:
    before = contents(desk.database)
    with pytest.raises(Cancelled):
        Shelf(desk.database, desk.clock).remove(desk.deck_id(), lambda _done, _total: False)
    assert contents(desk.database) == before


def test_the_trash_can_be_emptied_and_undo_still_works(
    desk: Desk, trash: Trash, changing: Changing
) -> None:
    before = contents(desk.database)
    changing.delete(EVERY)
    trash.empty()
    assert trash.batches() == ()
    with pytest.raises(NotFound):
        trash.restore(1)
    assert desk.study.undo() == "deletion of 2 notes"
    assert contents(desk.database) == before


def test_what_is_older_than_30_days_goes_when_the_collection_is_opened(
    tmp_path: Path, clock: MovableClock
) -> None:
    care = Care(tmp_path, MIGRATIONS, clock, DayOptions())
    with closing(Desk(tmp_path, clock)) as desk:
        desk.install([basic(1), basic(2)])
        changing = Changing(desk.database, clock, DayOptions(), Random(1))  # noqa: S311
        changing.delete(Chosen([1], Listed.NOTES))
        clock.move(days=1)
        changing.delete(Chosen([2], Listed.NOTES))
        assert len(kept(desk)) == 2
    clock.move(days=29, minutes=1)
    care.open("a test").close()
    with closing(Desk(tmp_path, clock)) as desk:
        assert kept(desk) == ["deletion of 1 note"]
        assert [desk.study.undo(), desk.study.undo()] == ["deletion of 1 note"] * 2
        assert len(contents(desk.database)["notes"]) == 2


def kept(desk: Desk) -> list[str]:
    return [batch.name for batch in Trash(desk.database, desk.clock).batches()]
