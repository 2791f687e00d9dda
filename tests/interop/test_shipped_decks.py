"""The decks that ship with the app, in the real Anki."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from studyapp.anki.decks import ExportDeck
from studyapp.anki.export import ExportCard, ExportNote, ExportReport, write_package
from studyapp.deckfile.parse import read_deck
from studyapp.domain.card_making import ordinals
from studyapp.domain.math_spans import find_math
from studyapp.domain.notes import DeckText, Note
from tests.anki.building import NOON
from tests.interop.anki_profile import AnkiProfile, Imported

FOLDER = Path(__file__).parents[2] / "decks"
FILES = sorted(FOLDER.glob("*.md"))
DELIMITED = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)


@cache
def decks() -> tuple[DeckText, ...]:
    return tuple(deck for deck in map(read_deck, FILES) if deck.notes)


def all_notes() -> list[Note]:
    return [note for deck in decks() for note in deck.notes]


def write_decks(package: Path) -> ExportReport:
    described = [ExportDeck(deck.name, deck.description, deck.sources) for deck in decks()]
    notes: list[ExportNote] = []
    for deck in decks():
        for note in deck.notes:
            cards = tuple(ExportCard(each, deck.name, len(notes)) for each in ordinals(note))
            notes.append(ExportNote(note, NOON, NOON, cards, deck.macros))
    pictures = {path.name: path for path in (FOLDER / "media").iterdir()}
    return write_package(package, notes, at=NOON, decks=described, media=pictures)


@pytest.fixture
def report(package: Path) -> ExportReport:
    return write_decks(package)


def test_every_note_arrives(anki: AnkiProfile, package: Path, report: ExportReport) -> None:
    assert anki.import_package(package) == Imported(new=len(all_notes()))
    assert report.problems == ()
    assert report.left_out == ()
    assert report.missing_media == ()
    for note in all_notes():
        assert set(anki.cards(note.key)) == set(ordinals(note))
        assert set(anki.note(note.key).tags) == set(note.tags)
    assert {deck.name for deck in decks()} <= anki.deck_names()
    assert anki.sound()


def test_every_formula_is_for_mathjax(
    anki: AnkiProfile, package: Path, report: ExportReport
) -> None:
    anki.import_package(package)
    assert report.notes
    for note in all_notes():
        fields = anki.fields(note.key)
        names = ("Text", "Extra") if "Text" in fields else ("Front", "Back")
        for name, text in zip(names, (note.front, note.back), strict=True):
            assert len(DELIMITED.findall(fields[name])) == len(find_math(text)), note.key
            assert "$" not in fields[name], note.key


def test_links_and_sources_are_shown(
    anki: AnkiProfile, package: Path, report: ExportReport
) -> None:
    anki.import_package(package)
    assert report.notes
    keys = {note.key for note in all_notes()}
    for note in all_notes():
        fields = anki.fields(note.key)
        linked = re.findall(r'<li data-key="([^"]+)">(.+?)</li>', fields["Related"])
        assert [key for key, _ in linked] == [key for key in note.links if key in keys]
        assert all(len(title) < 300 for _, title in linked)
        assert bool(fields["Source"]) == bool(note.source)


def test_a_second_import_changes_nothing(
    anki: AnkiProfile, package: Path, report: ExportReport
) -> None:
    anki.import_package(package)
    write_decks(package)
    assert anki.import_package(package) == Imported(unchanged=report.notes)
