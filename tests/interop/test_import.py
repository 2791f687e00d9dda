"""What the real Anki has after importing a package of ours."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from studyapp.anki.decks import ExportDeck
from studyapp.anki.export import write_package
from studyapp.domain.notes import Source
from tests.anki.building import NOON, basic, cloze, exported, reversed_
from tests.interop.anki_profile import AnkiProfile, Imported


def test_notes_arrive_with_fields_tags_and_cards(anki: AnkiProfile, package: Path) -> None:
    notes = [
        basic("b", "Why?", "Because", source="A text, “its phrase”", tags=("x", "y::z")),
        reversed_("r", "Term", "Meaning"),
        cloze("c", "{{c1::a}} and {{c3::b}}", "Extra"),
    ]
    write_package(package, [exported(note) for note in notes], at=NOON)

    assert anki.import_package(package) == Imported(new=3)
    assert anki.fields("b") == {
        "Front": "Why?",
        "Back": "Because",
        "Source": "A text, “its phrase”",
        "Related": "",
        "Add Reverse": "",
    }
    assert anki.note("b").tags == ["x", "y::z"]
    assert {key: set(anki.cards(key)) for key in "brc"} == {"b": {0}, "r": {0, 1}, "c": {0, 2}}


def test_decks_form_a_tree_with_descriptions(anki: AnkiProfile, package: Path) -> None:
    decks = [
        ExportDeck("A", "All of *A*"),
        ExportDeck(
            "A::B::C", "The C", (Source("A_text_ <x>", "Its author", "2023"), Source("Another"))
        ),
        ExportDeck("Elsewhere", "of no card"),
    ]
    notes = [exported(basic("1"), "A::B::C"), exported(basic("2"), "A"), exported(basic("3"), "D")]
    report = write_package(package, notes, at=NOON, decks=decks)

    anki.import_package(package)
    assert anki.deck_names() == {"Default", "A", "A::B", "A::B::C", "D"}
    assert anki.description("A") == "<p>All of <em>A</em></p>"
    assert anki.description("A::B::C") == (
        "<p>The C</p> <p>Sources:</p> <ul> "
        "<li>A_text_ &lt;x&gt;, Its author, 2023</li> <li>Another</li> </ul>"
    )
    assert anki.deck_of("1") == "A::B::C"
    assert anki.deck_of("2") == "A"
    assert report.decks == 4


@pytest.mark.parametrize(
    ("name", "in_anki"),
    [
        pytest.param("\"Quotes\" & <tags> 'n' \\ %d", "\"Quotes\" & <tags> 'n' \\ %d", id="signs"),
        pytest.param("Schrödinger::Δ 统计 🧠", "Schrödinger::Δ 统计 🧠", id="unicode"),
        pytest.param("e\u0301", "é", id="decomposed"),
        pytest.param(" A :: B: ", "A::B", id="edges"),
        pytest.param("A\x1fB::C\x00", "AB::C", id="control-characters"),
        pytest.param("A::::B", "A::blank::B", id="empty-part"),
        pytest.param("Default", "Default", id="default"),
        pytest.param("[sound:x.mp3] {{Front}}", "[sound:x.mp3] {{Front}}", id="notation"),
    ],
)
def test_hostile_deck_names(anki: AnkiProfile, package: Path, name: str, in_anki: str) -> None:
    decks = [ExportDeck(name, "Described")]
    write_package(package, [exported(basic("1"), name)], at=NOON, decks=decks)
    anki.import_package(package)
    assert anki.deck_of("1") == in_anki
    assert anki.description(in_anki) == "<p>Described</p>"
    assert anki.sound()


def test_decks_whose_names_differ_in_case_are_one(anki: AnkiProfile, package: Path) -> None:
    notes = [exported(basic("1"), "Deck::One"), exported(basic("2"), "DECK::Two")]
    write_package(package, notes, at=NOON)
    anki.import_package(package)
    assert anki.deck_names() == {"Default", "Deck", "Deck::One", "Deck::Two"}


def test_new_cards_come_in_our_order(anki: AnkiProfile, package: Path) -> None:
    positions = {"third": 30, "first": 4, "second": 17}
    notes = [exported(basic(key), position=at) for key, at in positions.items()]
    write_package(package, notes, at=NOON)
    anki.import_package(package)
    assert anki.new_cards("Deck") == ["first", "second", "third"]


def test_suspended_and_flagged_cards_stay_so(anki: AnkiProfile, package: Path) -> None:
    notes = [exported(basic("1"), suspended=True, flag=3), exported(basic("2"))]
    write_package(package, notes, at=NOON)
    anki.import_package(package, progress=True)
    assert (anki.cards("1")[0].queue, anki.cards("1")[0].user_flag()) == (-1, 3)
    assert (anki.cards("2")[0].queue, anki.cards("2")[0].user_flag()) == (0, 0)


def test_anki_finds_nothing_to_repair(anki: AnkiProfile, package: Path) -> None:
    notes = [
        basic("b", "What is $x$?", "$$\\frac{a}{b}$$"),
        reversed_("r"),
        cloze("c", "{{c1::a {{c2::b}}}} $x^{{c3::2}}$"),
    ]
    write_package(package, [exported(note, "A::B") for note in notes], at=NOON)
    anki.import_package(package, progress=True)
    assert anki.sound()


def test_notes_of_one_moment_keep_apart(anki: AnkiProfile, package: Path) -> None:
    write_package(package, [exported(reversed_(f"n{i}")) for i in range(300)], at=NOON)
    assert anki.import_package(package) == Imported(new=300)
    assert anki.collection.card_count() == 600
    assert anki.note("n0").id == NOON


def test_a_note_of_a_megabyte(anki: AnkiProfile, package: Path) -> None:
    long = "A <b> & $x_i$ word.\n\n" * 50_000
    write_package(package, [exported(basic("long", "Front", long))], at=NOON)
    anki.import_package(package)
    back = anki.fields("long")["Back"]
    assert back.count("A &lt;b&gt; &amp; ") == 50_000
    assert anki.sound()


@pytest.mark.parametrize(
    ("name", "in_anki"),
    [
        pytest.param("cat & dog.png", "cat & dog.png", id="ampersand"),
        pytest.param("Ünï 統計.png", "Ünï 統計.png", id="unicode"),
        pytest.param("e\u0301.png", "é.png", id="decomposed"),
        pytest.param("50% #1 {{c.png", "50% #1 {{c.png", id="notation"),
    ],
)
def test_media_arrive(
    anki: AnkiProfile, package: Path, tmp_path: Path, name: str, in_anki: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"its bytes")
    text = f"{{{{c1::![]({quote(name)}) [sound:{name}]}}}}"
    notes = [exported(cloze("c", text)), exported(basic("b", f"![]({quote(name)})"))]
    report = write_package(package, notes, at=NOON, media={name: file})
    assert report.missing_media == ()

    anki.import_package(package)
    assert anki.media() == {in_anki: b"its bytes"}
    assert anki.media_are_in_order()
    assert anki.played("c") == [in_anki]
