"""Linked folders: what changed on one side comes over, what changed on both is shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.deckfile.parse import parse
from studyapp.domain.linking import Choice, Status
from studyapp.domain.macros import Macros
from studyapp.domain.reviews import Grade
from studyapp.errors import ContentError, NotFound, StorageError
from studyapp.services.link_values import Choices, Deletion
from studyapp.services.study_values import Prompt
from studyapp.store import cards, decks, linked, media, notes
from tests.services.conftest import Desk, MovableClock, basic
from tests.services.linked_folder import ALPHA, BETA, HEAD, TEXT, LinkedFolder
from tests.store.test_history import contents


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection, since making its tables takes longer than most tests."""
    folder = tmp_path_factory.mktemp("empty")
    Desk(folder, MovableClock()).close()
    return folder / "collection.db"


@pytest.fixture
def desk(empty: Path, tmp_path: Path, clock: MovableClock) -> Iterator[Desk]:
    shutil.copy(empty, tmp_path)
    with closing(Desk(tmp_path, clock)) as opened:
        yield opened


@pytest.fixture
def new(desk: Desk, tmp_path: Path) -> LinkedFolder:
    """A folder that was linked and not brought over yet."""
    return LinkedFolder(desk, tmp_path / "texts")


@pytest.fixture
def both(new: LinkedFolder) -> LinkedFolder:
    """Both sides have the same notes."""
    new.sync()
    assert new.differences() == {}
    return new


def test_the_notes_of_a_new_folder_come_in_and_its_text_stays(new: LinkedFolder) -> None:
    assert new.differences() == {"alpha": Status.NEW_IN_TEXT, "beta": Status.NEW_IN_TEXT}
    report = new.sync()
    assert report.numbers == {Status.NEW_IN_TEXT: 2}
    assert new.notes() == new.texts()
    assert new.text() == TEXT
    assert report.written == ()


def test_what_was_edited_in_the_text_comes_in_and_keeps_its_progress(both: LinkedFolder) -> None:
    both.desk.study.start(both.desk.deck_id("Letters"))
    prompt = both.desk.study.current()
    assert isinstance(prompt, Prompt)
    both.desk.study.grade(prompt, Grade.EASY, 1000)
    both.replace("Alpha?", "Which is alpha?")
    assert both.differences() == {"alpha": Status.COMES_IN}
    both.sync()
    assert both.notes()["alpha"].front == "Which is alpha?"
    with both.desk.database.read() as tx:
        (card,) = cards.of_note(tx, notes.ids_by_key(tx, ["alpha"])["alpha"])
    assert card.schedule.reps == 1


def test_what_was_edited_in_the_app_goes_out_and_no_other_byte_changes(both: LinkedFolder) -> None:
    both.edit("alpha", back="The very first.")
    assert both.differences() == {"alpha": Status.GOES_OUT}
    assert both.sync().written == (both.folder / "letters.md",)
    assert both.text() == TEXT.replace("The first", "The very first")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT.replace("\n", "\r\n"), id="crlf"),
        pytest.param("\ufeff" + TEXT, id="byte-order-mark"),
        pytest.param(TEXT.rstrip("\n"), id="no-end-of-line"),
        pytest.param(TEXT + "\n\n", id="blank-lines-at-the-end"),
    ],
)
def test_the_texts_own_ways_are_kept(desk: Desk, tmp_path: Path, text: str) -> None:
    folder = LinkedFolder(desk, tmp_path / "texts", text)
    folder.sync()
    assert folder.text() == text
    folder.edit("alpha", back="The very first.")
    folder.sync()
    assert folder.text() == text.replace("The first", "The very first")


def test_different_parts_of_a_note_are_merged(both: LinkedFolder) -> None:
    both.edit("alpha", tags=("greek", "letter"))
    both.replace("Alpha?", "Which is alpha?")
    assert both.differences() == {"alpha": Status.MERGED}
    both.sync()
    assert both.notes() == both.texts()
    assert both.notes()["alpha"].front == "Which is alpha?"
    assert both.notes()["alpha"].tags == ("greek", "letter")


@pytest.fixture
def conflict(both: LinkedFolder) -> LinkedFolder:
    both.edit("alpha", back="App.", tags=("greek", "mine"))
    both.replace("A: The first.", "A: Text.")
    return both


def test_a_conflict_is_shown_with_both_texts_and_nothing_happens(conflict: LinkedFolder) -> None:
    before = conflict.text(), conflict.notes()
    (left,) = conflict.sync().left
    sides = left.sides
    assert sides.base is not None and sides.app is not None and sides.text is not None  # noqa: PT018
    words = [side.note.back for side in (sides.base, sides.app, sides.text)]
    assert words == ["The first.", "App.", "Text."]
    assert (conflict.text(), conflict.notes()) == before
    assert conflict.differences() == {"alpha": Status.CONFLICT}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [pytest.param(Choice.APP, "App.", id="app"), pytest.param(Choice.TEXT, "Text.", id="text")],
)
def test_a_conflict_is_decided_and_the_rest_merged(
    conflict: LinkedFolder, choice: Choice, expected: str
) -> None:
    assert conflict.sync(Choices({"alpha": choice})).left == ()
    assert conflict.notes()["alpha"].back == conflict.texts()["alpha"].back == expected
    assert conflict.notes()["alpha"].tags == conflict.texts()["alpha"].tags == ("greek", "mine")
    assert conflict.differences() == {}


def test_notes_that_differ_from_the_beginning_are_never_guessed(desk: Desk, tmp_path: Path) -> None:
    desk.install([replace(basic(1), key="alpha")], name="Letters")
    folder = LinkedFolder(desk, tmp_path / "texts")
    assert folder.differences() == {"alpha": Status.CONFLICT, "beta": Status.NEW_IN_TEXT}
    folder.sync(Choices(conflicts=Choice.TEXT))
    assert folder.notes() == folder.texts()


def test_a_new_note_of_the_app_is_written_at_the_end(both: LinkedFolder) -> None:
    both.add(basic(1))
    assert both.differences() == {"note-1": Status.NEW_IN_APP}
    both.sync()
    assert both.text() == TEXT + "\nQ: front 1\nA: back 1\nid: note-1\n"


def test_a_note_without_id_gets_one_so_that_its_front_can_be_edited(
    desk: Desk, tmp_path: Path
) -> None:
    folder = LinkedFolder(desk, tmp_path / "texts", TEXT + "\nQ: Gamma?\nA: The third.  \n\n")
    assert folder.linking.look().folders[0].without_id == 1
    folder.sync()
    key = next(key for key in folder.texts() if key.startswith("letters-"))
    assert folder.text() == TEXT + f"\nQ: Gamma?\nA: The third.  \nid: {key}\n\n"
    folder.replace("Gamma?", "And gamma?")
    assert folder.differences() == {key: Status.COMES_IN}


def test_a_note_that_was_deleted_in_the_text_stays_until_that_is_chosen(
    both: LinkedFolder,
) -> None:
    both.write(HEAD + BETA)
    assert both.sync().left[0].status is Status.GONE_FROM_TEXT
    assert set(both.notes()) == {"alpha", "beta"}
    both.sync(Choices(deletions=Deletion.FOLLOW))
    assert set(both.notes()) == {"beta"}
    assert both.desk.study.undo() == "sync of 1 note"
    assert set(both.notes()) == {"alpha", "beta"}
    assert both.differences() == {"alpha": Status.GONE_FROM_TEXT}


def test_a_note_that_was_deleted_in_the_text_can_be_put_back(both: LinkedFolder) -> None:
    both.write(HEAD + BETA)
    both.sync(Choices(deletions=Deletion.RESTORE))
    assert both.text() == HEAD + BETA + ALPHA
    assert both.differences() == {}


@pytest.mark.parametrize(
    ("key", "left"),
    [pytest.param("alpha", BETA, id="first"), pytest.param("beta", ALPHA, id="last")],
)
def test_a_note_that_was_deleted_in_the_app_is_offered_for_removal(
    both: LinkedFolder, key: str, left: str
) -> None:
    both.delete(key)
    assert both.sync().left[0].status is Status.GONE_FROM_APP
    assert both.text() == TEXT
    both.sync(Choices({key: Choice.APP}))
    assert both.text() == HEAD + left
    assert both.differences() == {}


def test_a_note_that_was_deleted_in_the_app_comes_back_with_its_progress(
    both: LinkedFolder,
) -> None:
    with both.desk.database.change("flag", 1) as tx:
        tx.exec_driver_sql("UPDATE cards SET flag = 3")
    both.delete("alpha")
    both.sync(Choices(deletions=Deletion.RESTORE))
    with both.desk.database.read() as tx:
        (place,) = cards.of_notes(tx, [notes.ids_by_key(tx, ["alpha"])["alpha"]])
    assert place.flag == 3
    assert both.differences() == {}


def test_what_was_edited_on_one_side_and_deleted_on_the_other_is_shown(both: LinkedFolder) -> None:
    both.edit("alpha", back="Edited.")
    both.write(HEAD + BETA)
    both.delete("beta")
    both.sync()
    assert both.differences() == {
        "beta": Status.GONE_FROM_APP,
        "alpha": Status.GONE_FROM_TEXT,
    }
    assert both.notes()["alpha"].back == "Edited."


def test_a_note_that_both_deleted_is_forgotten(both: LinkedFolder) -> None:
    both.write(HEAD + BETA)
    both.delete("alpha")
    both.sync()
    with both.desk.database.read() as tx:
        assert set(linked.notes(tx, linked.folders(tx)[0].id)) == {"beta"}


def test_a_sync_is_one_step_of_undo_and_the_next_look_shows_what_it_did(
    both: LinkedFolder,
) -> None:
    both.replace("Alpha?", "Which is alpha?")
    both.edit("beta", back="Edited in the app.")
    before = contents(both.desk.database)
    both.sync()
    after = both.text()
    assert both.desk.study.undo() == "sync of 2 notes"
    assert contents(both.desk.database) == before
    assert both.text() == after, "undo writes no texts"
    # Beta is the same on both sides: the app had it first.
    assert both.differences() == {"alpha": Status.COMES_IN}
    both.sync()
    assert both.notes() == both.texts()


def test_an_edit_that_is_undone_after_its_sync_shows_as_an_edit_of_the_text(
    both: LinkedFolder,
) -> None:
    both.edit("alpha", back="Edited.")
    both.sync()
    both.desk.study.undo()
    both.desk.study.undo()
    assert both.notes()["alpha"].back == "The first."
    assert both.differences() == {"alpha": Status.COMES_IN}
    assert "A: Edited." in both.text()


def test_a_sync_without_differences_is_no_step(both: LinkedFolder) -> None:
    before = contents(both.desk.database)
    both.sync()
    assert contents(both.desk.database) == before


def test_an_unreadable_file_is_told_with_its_line_and_holds_deletions_back(
    both: LinkedFolder,
) -> None:
    both.write(TEXT.replace("A: The second.", "B: The second."))
    both.write('+++\ndeck = "More"\nkey = "more"\n+++\n\nQ: More?\nA: Yes.\nid: more\n', "more.md")
    (plan,) = both.linking.look().folders
    (problem,) = plan.problems
    assert problem.startswith(f"{both.folder / 'letters.md'}:11: This Q: has no A:. Add its answer")
    assert (plan.held_back, both.differences()) == (2, {"more": Status.NEW_IN_TEXT})
    report = both.sync(Choices(deletions=Deletion.FOLLOW))
    assert report.messages == (problem,)
    assert set(both.notes()) == {"alpha", "beta"}
    assert set(both.notes("More")) == {"more"}


def test_a_deck_file_that_lost_its_front_matter_is_no_deletion(both: LinkedFolder) -> None:
    both.write("++\n" + TEXT[4:])
    (plan,) = both.linking.look().folders
    assert "does not begin with front matter" in plan.problems[0]
    assert plan.differences == ()


def test_other_texts_of_the_folder_are_passed_over(both: LinkedFolder) -> None:
    both.write("# About these decks\n", "README.md")
    (plan,) = both.linking.look().folders
    assert (plan.passed_over, plan.problems) == (("README.md",), ())


def test_a_copy_of_a_file_is_told_and_does_not_take_its_place(both: LinkedFolder) -> None:
    both.write(TEXT.replace("first", "old"), "letters (copy).md")
    (plan,) = both.linking.look().folders
    assert len(plan.problems) == 4
    copy = both.folder / "letters (copy).md"
    assert plan.problems[0].startswith(f"{copy}:3: The key “letters” is that of {both.folder}")
    assert plan.differences == ()


def test_a_deck_of_another_key_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.installer.install_text(replace(parse(TEXT, "letters.md"), key="k"), "1")
    folder = LinkedFolder(desk, tmp_path / "texts")
    (plan,) = folder.linking.look().folders
    assert plan.problems[0].endswith('Write key = "k", or give the deck another name.')
    assert plan.differences == ()


def test_notes_move_between_decks_from_both_sides(both: LinkedFolder) -> None:
    more = '+++\ndeck = "More"\nkey = "more"\n+++\n'
    both.write(more + ALPHA, "more.md")
    both.write(HEAD + BETA)
    assert both.differences() == {"alpha": Status.COMES_IN}
    both.sync()
    assert (set(both.notes()), set(both.notes("More"))) == ({"beta"}, {"alpha"})
    with both.desk.database.change("move", 1) as tx:
        (note_id,) = notes.ids_by_key(tx, ["beta"]).values()
        cards.move(tx, note_id, decks.ensure(tx, "More"))
    both.sync()
    assert (both.text(), both.text("more.md").count("id: ")) == (HEAD, 2)
    assert both.differences() == {}


def test_a_note_in_a_deck_that_is_not_linked_stays_in_its_text(both: LinkedFolder) -> None:
    with both.desk.database.change("move", 1) as tx:
        (note_id,) = notes.ids_by_key(tx, ["beta"]).values()
        cards.move(tx, note_id, decks.ensure(tx, "Elsewhere"))
    assert both.differences() == {}
    both.replace("The second.", "Number two.")
    both.sync()
    assert "Number two." in both.notes("Elsewhere")["beta"].back


def test_what_a_text_cannot_hold_is_left_alone_and_told(both: LinkedFolder) -> None:
    both.edit("alpha", back="")
    (left,) = both.sync().left
    assert "A: is empty" in left.cannot
    assert both.text() == TEXT


def test_description_and_macros_come_over(both: LinkedFolder) -> None:
    both.replace("+++\n\nQ: A", 'description = "Letters of the Greeks"\n+++\n\nQ: A')
    assert both.linking.look().folders[0].heads[0].comes_in
    both.sync()
    with both.desk.database.change("macros", 1) as tx:
        deck = decks.by_name(tx, "Letters")
        assert deck.description == "Letters of the Greeks"
        macros = Macros.of({"\\R": "\\mathbb{R}"})
        head = linked.decks(tx, 1)["letters"].head
        decks.set_head(tx, deck.id, "letters", replace(head, macros=macros))
    both.sync()
    assert both.text().endswith(ALPHA + BETA)
    assert "'\\R' = '\\mathbb{R}'" in both.text()
    assert both.linking.look().folders[0].heads == ()


def test_a_head_that_both_changed_is_shown(both: LinkedFolder) -> None:
    both.replace("+++\n\nQ: A", 'description = "Text"\n+++\n\nQ: A')
    with both.desk.database.change("describe", 1) as tx:
        head = replace(linked.decks(tx, 1)["letters"].head, description="App")
        decks.set_head(tx, decks.by_name(tx, "Letters").id, "letters", head)
    (left,) = both.sync().heads_left
    assert left.conflicts == ("description",)
    both.sync(Choices(of_decks={"letters": Choice.APP}))
    assert 'description = "App"' in both.text()


def test_pictures_come_and_go_with_notes(both: LinkedFolder) -> None:
    here, there = media.folder_of(both.desk.path), both.folder / "media"
    there.mkdir()
    (there / "in.png").write_bytes(b"in")
    both.sync()
    assert (here / "in.png").read_bytes() == b"in"
    (here / "out.png").write_bytes(b"out")
    both.edit("alpha", back="![](out.png)")
    both.sync()
    assert (there / "out.png").read_bytes() == b"out"


def test_a_file_that_changes_after_the_look_is_not_written_over(both: LinkedFolder) -> None:
    both.edit("alpha", back="Edited.")
    plan = both.linking.look()
    both.replace("Beta?", "Beta!")
    text = both.text()
    with pytest.raises(ContentError, match="changed since they were looked at"):
        both.linking.sync(plan)
    assert both.text() == text


def test_a_file_that_cannot_be_written_changes_nothing(both: LinkedFolder) -> None:
    both.edit("alpha", back="Edited.")
    both.replace("Beta?", "Beta!")
    before = contents(both.desk.database)
    (both.folder / ".letters.md.part").mkdir()  # in the way of the file that takes its place
    with pytest.raises(StorageError, match="could not be written"):
        both.sync()
    assert contents(both.desk.database) == before


def test_what_stands_behind_a_link_keeps_its_place_and_rights(both: LinkedFolder) -> None:
    path, real = both.folder / "letters.md", both.folder.parent / "real.md"
    path.rename(real)
    real.chmod(0o640)
    path.symlink_to(real)
    both.edit("alpha", back="Edited.")
    both.sync()
    assert path.is_symlink()
    assert "Edited." in real.read_text()
    assert os.name == "nt" or real.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_is_gone_is_told_and_no_deletion(both: LinkedFolder) -> None:
    both.folder.rename(both.folder.parent / "elsewhere")
    (plan,) = both.linking.look().folders
    assert "Bring it back, or unlink it" in plan.problems[0]
    assert (plan.held_back, plan.differences) == (2, ())
    before = contents(both.desk.database)
    assert both.sync(Choices(deletions=Deletion.FOLLOW)).messages == plan.problems
    assert contents(both.desk.database) == before
    assert not both.linking.folders()[0].is_there


def test_a_deck_without_a_key_gets_that_of_its_file_and_keeps_its_own_words(
    desk: Desk, tmp_path: Path
) -> None:
    with desk.database.change("set up", 1) as tx:
        decks.ensure(tx, "Letters")
        tx.exec_driver_sql("UPDATE decks SET description = 'App'")
    text = TEXT.replace("+++\n\nQ: A", 'description = "Text"\n+++\n\nQ: A')
    folder = LinkedFolder(desk, tmp_path / "texts", text)
    assert len(folder.sync().heads_left) == 1
    with desk.database.read() as tx:
        deck = decks.by_name(tx, "Letters")
    assert (deck.key, deck.description) == ("letters", "App")
    assert folder.notes() == folder.texts()


def test_linking_twice_and_unlinking(both: LinkedFolder) -> None:
    with pytest.raises(ContentError, match="linked already"):
        both.linking.link(both.folder)
    with pytest.raises(StorageError, match="is no folder"):
        both.linking.link(both.folder / "letters.md")
    both.linking.unlink(both.folder)
    assert both.linking.look().folders == ()
    assert set(both.notes()) == {"alpha", "beta"}
    assert both.text() == TEXT
    with pytest.raises(NotFound, match="Linked folders: none"):
        both.linking.unlink(both.folder)
    both.linking.link(both.folder)
    assert both.differences() == {}
