"""Macros of the user and of decks: which of them count on a card and in an export."""

from __future__ import annotations

from pathlib import Path

from studyapp.domain.macros import Macros
from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.services.exchange import Exchange, OfDeck, Request
from studyapp.services.notation import Notation
from studyapp.services.study_values import Content, Prompt
from tests.anki.building import rows
from tests.services.conftest import Desk

USER = Macros.of({r"\u": "user", r"\p": "user", r"\d": "user"})
PARENT = Macros.of({r"\p": "parent", r"\d": "parent"})
DECK = Macros.of({r"\d": "deck"})


def install(desk: Desk, name: str, macros: Macros, *notes: Note) -> None:
    text = DeckText(name, name.lower(), notes=notes, macros=macros)
    desk.installer.install_text(text, name)


def asked(desk: Desk, deck: str) -> Content:
    """The content of the first card of a deck."""
    desk.study.start(desk.deck_id(deck))
    prompt = desk.study.current()
    assert isinstance(prompt, Prompt)
    return desk.study.content(prompt.card)


def note(key: str, *links: str) -> Note:
    return Note(key, NoteKind.BASIC, r"$\u \p \d$", "back", links=links)


def test_the_deck_goes_before_its_parent_and_that_before_the_user(desk: Desk) -> None:
    Notation(desk.database, desk.clock).change(USER)
    install(desk, "A", PARENT)
    install(desk, "a::B", DECK, note("1", "2"))
    install(desk, "C", Macros(), note("2"))
    content = asked(desk, "A::B")
    assert content.macros.bodies() == {r"\u": "user", r"\p": "parent", r"\d": "deck"}
    assert content.linked_macros == {"2": USER}
    assert asked(desk, "C").macros == USER


def test_changing_the_users_macros_is_one_step_of_undo(desk: Desk) -> None:
    notation = Notation(desk.database, desk.clock)
    notation.change(USER)
    notation.change(PARENT)
    notation.change(PARENT)
    assert desk.study.undo() == "change macros"
    assert notation.macros() == USER
    assert desk.study.undo() == "change macros"
    assert notation.macros() == Macros()
    assert desk.study.redo() == "change macros"
    assert notation.macros() == USER


def test_a_newer_deck_file_brings_its_macros(desk: Desk) -> None:
    install(desk, "D", PARENT, note("1"))
    desk.installer.install_text(DeckText("D", "d", notes=(note("1"),), macros=DECK), "newer")
    assert asked(desk, "D").macros == DECK


def test_the_export_has_macros_expanded(desk: Desk, tmp_path: Path) -> None:
    Notation(desk.database, desk.clock).change(USER)
    install(desk, "A", PARENT)
    install(desk, "A::B", DECK, note("1", "2"))
    install(desk, "C", Macros(), note("2"))
    package = tmp_path / "a.apkg"
    exchange = Exchange(desk.path, desk.clock)
    told = exchange.write(Request(OfDeck("A")), package).told()
    assert "cannot be drawn" not in told
    front, _, _, related, _ = str(rows(package, "notes")[0]["flds"]).split("\x1f")
    assert front == r"\(user parent deck\)"
    assert r"\(user user user\)" in related
