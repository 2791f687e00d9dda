"""Deck files: installing is idempotent, newer versions keep progress and the user's own words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.reviews import Grade
from studyapp.services.study_values import Finished, Prompt
from studyapp.store import cards, decks, notes
from studyapp.store.notes import StoredNote
from tests.services.conftest import Desk, basic
from tests.store.test_history import contents

DECK_FILE = """+++
deck = "Alignment::Sample"
key = "sample"
description = "What it teaches."

[[sources]]
title = "A text"
author = "Somebody"
+++

Q: What is asked?
A: What is answered.
id: sample-1
tags: one two
links: sample-2
source: A text, “what is said”

C: {{c1::One}} and {{c2::two}}.
id: sample-2
"""


def stored(desk: Desk, key: str) -> StoredNote:
    with desk.database.read() as tx:
        return notes.get(tx, notes.ids_by_key(tx, [key])[key])


def ordinals(desk: Desk, key: str, *, suspended: bool = False) -> list[int]:
    with desk.database.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT ordinal FROM cards JOIN notes ON notes.id = note_id"
            " WHERE key = ? AND suspended = ? ORDER BY ordinal",
            (key, suspended),
        )
        return [row.ordinal for row in rows]


def test_a_folder_of_deck_files_becomes_decks_notes_and_cards(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "sample.md").write_text(DECK_FILE, encoding="utf-8")
    assert desk.installer.install(tmp_path / "decks") == ()
    with desk.database.read() as tx:
        deck = decks.by_name(tx, "Alignment::Sample")
        assert decks.by_name(tx, "Alignment").description == ""
    assert (deck.description, deck.sources[0].author) == ("What it teaches.", "Somebody")
    note = stored(desk, "sample-1").note
    assert (note.tags, note.links) == (("one", "two"), ("sample-2",))
    assert ordinals(desk, "sample-2") == [0, 1]


def test_installing_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sample.md").write_text(DECK_FILE, encoding="utf-8")
    desk.installer.install(tmp_path)
    before = contents(desk.database)
    desk.clock.move(days=1)
    desk.installer.install(tmp_path)
    (tmp_path / "sample.md").write_text(DECK_FILE + "\n", encoding="utf-8")
    desk.installer.install(tmp_path)
    after = contents(desk.database)
    assert {**after, "decks": []} == {**before, "decks": []}


def test_a_broken_file_is_reported_and_the_others_are_installed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a-broken.md").write_text("Q: no front matter\n", encoding="utf-8")
    (tmp_path / "b-latin1.md").write_bytes(DECK_FILE.encode() + b"\nQ: caf\xe9\n")
    (tmp_path / "c-sample.md").write_text(DECK_FILE, encoding="utf-8")
    messages = desk.installer.install(tmp_path)
    assert [("a-broken.md:1" in text, "b-latin1.md" in text) for text in messages] == [
        (True, False),
        (False, True),
    ]
    assert ordinals(desk, "sample-1") == [0]


def test_a_newer_version_updates_text_and_keeps_progress(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.EASY, 10)
    with desk.database.read() as tx:
        learned = cards.get(tx, prompt.card.id)

    changed = replace(basic(1), front="a better front", tags=("new",), links=("note-2",))
    desk.install([changed, basic(2)], digest="2")
    assert stored(desk, "note-1").note == changed
    with desk.database.read() as tx:
        assert cards.get(tx, prompt.card.id) == learned


def test_a_note_that_the_user_edited_keeps_the_users_words(desk: Desk) -> None:
    desk.install([basic(1)])
    before = stored(desk, "note-1")
    edited = replace(before.note, back="in my own words")
    with desk.database.change("edit", 1) as tx:
        notes.change(tx, before, edited, 1)
    newer = replace(basic(1), back="the deck's better words")
    desk.install([newer], digest="2")
    assert stored(desk, "note-1").note == edited
    assert stored(desk, "note-1").offered == newer


def test_a_note_that_is_gone_from_the_file_is_suspended_not_deleted(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    desk.install([basic(2)], digest="2")
    assert ordinals(desk, "note-1", suspended=True) == [0]
    desk.study.start(desk.deck_id())
    assert isinstance(desk.study.current(), Prompt)


def test_a_note_that_comes_back_to_the_file_is_asked_again(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    desk.install([basic(2)], digest="2")
    desk.install([basic(1), basic(2)], digest="3")
    assert ordinals(desk, "note-1") == [0]


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")], ids=["from-first", "to-first"])
def test_a_note_may_move_to_another_file(desk: Desk, order: tuple[str, str]) -> None:
    desk.install([basic(1), basic(2)], name="A")
    desk.install([basic(3)], name="B")
    new = {"A": [basic(2)], "B": [basic(1), basic(3)]}
    for name in order:
        desk.install(new[name], name=name, digest="2")
    assert ordinals(desk, "note-1") == [0]
    desk.study.start(desk.deck_id("B"))
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    assert prompt.counts.new == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(('"Alignment::Sample"', '"Other"'), "key “sample”", id="key"),
        pytest.param(('"sample"', '"other"'), "deck “alignment::sample”", id="name"),
        pytest.param(('"Alignment::Sample"', '"Other"'), "key “sample”", id="id"),
    ],
)
def test_files_that_clash_are_told_and_the_first_one_counts(
    desk: Desk, tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    (tmp_path / "a.md").write_text(DECK_FILE, encoding="utf-8")
    (tmp_path / "b.md").write_text(DECK_FILE.replace(*change), encoding="utf-8")
    for _ in range(2):
        messages = desk.installer.install(tmp_path)
        assert told in messages[0]
        assert all("b.md:" in message and "a.md" in message for message in messages)
    assert ordinals(desk, "sample-1") == [0]


def test_cards_follow_the_kind_and_the_clozes_of_a_note(desk: Desk) -> None:
    desk.install([Note("c", NoteKind.CLOZE, "{{c1::a}} {{c2::b}}")])
    desk.install([Note("c", NoteKind.CLOZE, "{{c2::b}} {{c3::c}}")], digest="2")
    assert ordinals(desk, "c") == [1, 2]
    assert ordinals(desk, "c", suspended=True) == [0]
    desk.install([Note("c", NoteKind.CLOZE, "{{c1::a}} {{c2::b}}")], digest="3")
    assert ordinals(desk, "c") == [0, 1]
    assert ordinals(desk, "c", suspended=True) == [2]


def test_a_deck_that_the_user_renamed_is_still_known(desk: Desk) -> None:
    desk.install([basic(1)])
    with desk.database.change("rename", 1) as tx:
        tx.exec_driver_sql("UPDATE decks SET name = 'Mine'")
    desk.install([basic(1), basic(2)], digest="2")
    with desk.database.read() as tx:
        assert [deck.name for deck in decks.every(tx)] == ["Mine"]


def test_installing_is_no_action_of_the_user_so_undo_leaves_it(desk: Desk) -> None:
    desk.install([basic(1)])
    before = contents(desk.database)
    assert desk.study.undo() is None
    assert contents(desk.database) == before


def test_grades_from_before_an_update_of_decks_can_still_be_undone(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    desk.study.start(desk.deck_id())
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    desk.study.grade(prompt, Grade.EASY, 10)
    better = replace(basic(1), front="a better front")
    desk.install([better, basic(2)], digest="2")
    assert desk.study.undo() == "grade easy"
    assert stored(desk, "note-1").note == better
    assert ordinals(desk, "note-1") == [0]


def test_what_an_update_of_decks_changed_too_cannot_be_undone_over_it(desk: Desk) -> None:
    desk.install([basic(1), basic(2)])
    before = stored(desk, "note-1")
    with desk.database.change("edit", 1) as tx:
        notes.change(tx, before, replace(before.note, back="mine"), 1)
    desk.install([replace(basic(1), back="better"), basic(2)], digest="2")
    assert desk.study.undo() is None
    assert stored(desk, "note-1").note.back == "mine"


def test_an_empty_deck_is_finished_at_once(desk: Desk) -> None:
    desk.install([])
    desk.study.start(desk.deck_id())
    assert desk.study.current() == Finished()
