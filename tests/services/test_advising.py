"""Advice against the collection, which changes under it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from studyapp.domain.macros import Macros
from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.errors import NotFound
from studyapp.services.advising import AdviceSwitches, Advising
from studyapp.store import history, notes
from studyapp.store.snapshot import Snapshot
from tests.services.conftest import Desk

FIRST = Note("first", NoteKind.BASIC, "What is the role of bile?", "Fat in drops.", ("t",))
SECOND = Note("second", NoteKind.BASIC, "Where is bile made?", "In the liver.", ("t",))
ASKED = Note("new", NoteKind.BASIC, "Which role has bile?", "Breaking fat.", ("t",))


@pytest.fixture
def advising(desk: Desk) -> Advising:
    desk.install([FIRST, SECOND])
    return Advising(desk.database)


def told(advising: Advising, note: Note, deck_id: int) -> list[str]:
    return [each.rule.name for each in advising.advise(note, deck_id)]


def change(desk: Desk, key: str, front: str) -> None:
    desk.clock.move(minutes=1)
    with desk.database.change("edit", desk.clock.at) as tx:
        stored = notes.get(tx, notes.ids_by_key(tx, [key])[key])
        notes.change(tx, stored, replace(stored.note, front=front), desk.clock.at)


def test_a_new_note_is_held_against_those_there_are(desk: Desk, advising: Advising) -> None:
    assert told(advising, ASKED, desk.deck_id()) == ["similar-front"]


def test_a_note_is_not_held_against_itself(desk: Desk, advising: Advising) -> None:
    assert told(advising, replace(ASKED, key="first"), desk.deck_id()) == []


def test_edits_undo_and_redo_are_followed(desk: Desk, advising: Advising) -> None:
    deck_id = desk.deck_id()
    assert told(advising, ASKED, deck_id) == ["similar-front"]
    change(desk, "first", "What is the colour of bile?")
    assert told(advising, ASKED, deck_id) == []
    with desk.database.rewind() as tx:
        history.undo(tx)
    assert told(advising, ASKED, deck_id) == ["similar-front"]
    with desk.database.rewind() as tx:
        history.redo(tx)
    assert told(advising, ASKED, deck_id) == []


def test_new_and_deleted_notes_are_followed(desk: Desk, advising: Advising) -> None:
    deck_id = desk.deck_id()
    asked = replace(ASKED, front="What is a gland?")
    assert told(advising, asked, deck_id) == []
    with desk.database.change("add", desk.clock.at) as tx:
        notes.add(tx, replace(SECOND, key="third", front="What are glands?"), desk.clock.at)
    assert told(advising, asked, deck_id) == ["similar-front"]
    with desk.database.change("delete", desk.clock.at) as tx:
        gone = tx.exec_driver_sql("DELETE FROM notes WHERE id NOT IN (SELECT note_id FROM cards)")
        assert gone.rowcount == 1
    assert told(advising, asked, deck_id) == []
    change(desk, "first", "What are the glands called?")
    assert told(advising, asked, deck_id) == ["similar-front"]


def test_a_snapshot_sees_what_another_connection_writes(desk: Desk, advising: Advising) -> None:
    with closing(Snapshot(desk.path)) as snapshot:
        reading = Advising(snapshot)
        assert told(reading, ASKED, desk.deck_id()) == ["similar-front"]
        change(desk, "first", "What is the colour of bile?")
        assert told(reading, ASKED, desk.deck_id()) == []


def test_rules_are_switched_off_on_and_undone(desk: Desk, advising: Advising) -> None:
    deck_id = desk.deck_id()
    switches = AdviceSwitches(desk.database, desk.clock)
    switches.switch("similar-front", on=False)
    assert advising.switched_off() == {"similar-front"}
    assert told(advising, ASKED, deck_id) == []
    with desk.database.rewind() as tx:
        history.undo(tx)
    assert told(advising, ASKED, deck_id) == ["similar-front"]
    switches.switch("similar-front", on=False)
    switches.switch("similar-front", on=True)
    assert advising.switched_off() == frozenset()


def test_an_unknown_rule_is_named(desk: Desk, advising: Advising) -> None:
    with pytest.raises(NotFound, match=r"no rule “similar”\. Rules: .*similar-front"):
        AdviceSwitches(desk.database, desk.clock).switch("similar", on=False)
    with pytest.raises(NotFound, match="no rule “similar”"):
        advising.advise_deck("Deck", ["similar"])


def test_macros_of_the_deck_are_known(desk: Desk) -> None:
    note = Note("m", NoteKind.BASIC, r"What is $\E x$?", r"$\Foo$", ("t",))
    text = DeckText("M", "m", notes=(note,), macros=Macros.of({r"\E": r"\mathbb{E}"}))
    desk.installer.install_text(text, "1")
    advising = Advising(desk.database)
    (advice,) = advising.advise(note, desk.deck_id("M"))
    assert (advice.rule.name, advice.field) == ("latex-error", "back")
    (advised,) = advising.advise_deck("M")
    assert [each.field for each in advised.advice] == ["back"]


def test_linked_notes_name_symbols(desk: Desk) -> None:
    naming = Note("law", NoteKind.BASIC, "What are $P$, $V$, $N$, $k$ and $T$?", "Names.", ("t",))
    desk.install([naming])
    note = Note("gas", NoteKind.BASIC, "Write the gas law.", "$$PV = NkT$$", links=("law",))
    advising = Advising(desk.database)
    assert told(advising, note, desk.deck_id()) == []
    assert told(advising, replace(note, links=("gone",)), desk.deck_id()) == ["unnamed-symbols"]


def test_a_deck_is_advised_with_its_sub_decks(desk: Desk) -> None:
    desk.install([FIRST], "Deck")
    desk.install([ASKED], "Deck::Sub", digest="2")
    desk.install([replace(SECOND, tags=())], "Other", digest="3")
    advised = Advising(desk.database).advise_deck("deck")
    assert {each.note.key: len(each.advice) for each in advised} == {"first": 1, "new": 1}
    quiet = Advising(desk.database).advise_deck("Deck", ["similar-front"])
    assert [each.advice for each in quiet] == [(), ()]


def test_an_unknown_deck_is_named(desk: Desk, advising: Advising) -> None:
    with pytest.raises(NotFound, match=r"no deck “Dock”\. Decks: Deck"):
        advising.advise_deck("Dock")


def test_a_deck_that_is_gone_has_no_macros(advising: Advising) -> None:
    assert told(advising, replace(ASKED, front="Which hue has bile?"), 999) == []


def test_fronts_are_taken_in_piece_by_piece(desk: Desk, advising: Advising) -> None:
    assert [advising.take_in(1), advising.take_in(1), advising.take_in(1)] == [False, True, True]
    assert told(advising, ASKED, desk.deck_id()) == ["similar-front"]
    change(desk, "first", "What is the colour of bile?")
    assert advising.take_in(0) is False
    assert advising.take_in(5) is True
    assert told(advising, ASKED, desk.deck_id()) == []
