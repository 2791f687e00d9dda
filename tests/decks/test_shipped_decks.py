"""The decks that ship with the app: whole, linked, sourced, and true to the texts they cite."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from studyapp.deckfile.parse import parse, read_deck
from studyapp.deckfile.write import write
from studyapp.domain.card_making import ordinals
from studyapp.domain.math_spans import find_math
from studyapp.domain.notes import DeckText, Note
from studyapp.rendering.page import card_faces

ROOT = Path(__file__).parents[2]
START = ROOT / "decks" / "alignment.md"
"""The deck above the others: it has no notes, and tells newcomers where to begin."""
FILES = sorted(file for file in (ROOT / "decks").glob("*.md") if file != START)
PHRASE = re.compile(r"“([^“”]*)”")
REASON = re.compile(r'class="math-error".*?class="reason">(.*?)</span>')
MAX_WORDS = 12
SEEDS = os.environ.get("STUDYAPP_SEEDS")

each_deck = pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in FILES])


@cache
def deck_of(file: Path) -> DeckText:
    return read_deck(file)


def all_notes() -> Iterator[Note]:
    for file in FILES:
        yield from deck_of(file).notes


def test_decks_are_there() -> None:
    assert FILES


@each_deck
def test_deck_is_read_and_written_back(file: Path) -> None:
    deck = deck_of(file)
    assert parse(write(deck), file.name) == deck


@each_deck
def test_deck_is_described_and_sourced(file: Path) -> None:
    deck = deck_of(file)
    assert deck.description
    assert deck.sources
    assert all(source.file for source in deck.sources)


def test_newcomers_are_told_the_order_of_the_decks() -> None:
    start = read_deck(START)
    names = sorted(deck_of(file).name for file in FILES)
    told = re.findall(r"^(\d)\. \*(.+?)\*", start.description, re.MULTILINE)
    assert len(told) == len(names)
    for name, (number, short) in zip(names, told, strict=True):
        assert name.startswith(f"{start.name}::{number} {short}")


@each_deck
def test_links_lead_back_more_than_on(file: Path) -> None:
    """What a note builds on mostly stands before it, in its deck or in one with a lower number."""
    order = [
        note.key
        for each in sorted(FILES, key=lambda each: deck_of(each).name)
        for note in deck_of(each).notes
    ]
    place = {key: number for number, key in enumerate(order)}
    links = [(note.key, link) for note in deck_of(file).notes for link in note.links]
    back = sum(place[link] < place[key] for key, link in links)
    assert back / len(links) > 0.5


@each_deck
def test_notes_are_linked_densely(file: Path) -> None:
    notes = deck_of(file).notes
    assert sum(len(note.links) for note in notes) / len(notes) >= 1.5


@each_deck
def test_the_table_of_ideas_names_all_notes_and_no_others(file: Path) -> None:
    deck = deck_of(file)
    prefix = deck.notes[0].key.partition("-")[0]
    table = (ROOT / "docs" / "decks" / file.name).read_text(encoding="utf-8")
    named = set(re.findall(rf"\b{prefix}-[a-z0-9-]+", table))
    assert named - {deck.key} == {note.key for note in deck.notes}


def test_the_page_on_the_decks_counts_right() -> None:
    page = (ROOT / "docs" / "decks" / "README.md").read_text(encoding="utf-8")
    rows = [counted(deck_of(file)) for file in FILES]
    totals = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    for name, *numbers in (*sorted(rows), ("together", *totals)):
        assert f"| {name} | {' | '.join(map(str, numbers))} |" in page


def counted(deck: DeckText) -> tuple[str, int, int, int, int, int, int]:
    """Name, notes, cards, links, those to other decks, formulas, pictures."""
    own = {note.key for note in deck.notes}
    links = [link for note in deck.notes for link in note.links]
    texts = [text for note in deck.notes for text in (note.front, note.back)]
    return (
        deck.name.rpartition("::")[2],
        len(deck.notes),
        sum(len(ordinals(note)) for note in deck.notes),
        len(links),
        sum(link not in own for link in links),
        sum(len(find_math(text)) for text in texts),
        sum(text.count(".svg)") for text in texts),
    )


def test_every_picture_is_shown_by_a_note_and_described() -> None:
    shown = {
        name: alt
        for note in all_notes()
        for alt, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", note.front + note.back)
    }
    pictures = {path.name for path in (ROOT / "decks" / "media").iterdir()}
    assert shown.keys() == pictures
    assert all(len(alt.split()) >= 8 for alt in shown.values())


@each_deck
def test_deck_has_notes_enough(file: Path) -> None:
    assert len(deck_of(file).notes) >= 25


@each_deck
def test_notes_have_cards_tags_links_and_a_source(file: Path) -> None:
    lacking = [
        note.key
        for note in deck_of(file).notes
        if not (ordinals(note) and note.tags and note.links and note.source)
    ]
    assert lacking == []


@each_deck
def test_ids_are_written_out(file: Path) -> None:
    ids = re.findall(r"^id: (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert [note.key for note in deck_of(file).notes if note.key not in ids] == []


@each_deck
def test_sources_cite_a_phrase_of_a_few_words(file: Path) -> None:
    notes = deck_of(file).notes
    assert [note.key for note in notes if not PHRASE.search(note.source)] == []
    phrases = [phrase for note in notes for phrase in PHRASE.findall(note.source)]
    assert [phrase for phrase in phrases if not 1 <= len(phrase.split()) <= MAX_WORDS] == []


@each_deck
def test_formulas_can_be_drawn(file: Path) -> None:
    deck = deck_of(file)
    wrong = [
        f"{note.key}: {reason}"
        for note in deck.notes
        for ordinal in ordinals(note)
        for reason in REASON.findall(card_faces(note, ordinal, macros=deck.macros).answer_html)
    ]
    assert wrong == []


def test_deck_keys_and_names_are_unique() -> None:
    decks = [deck_of(file) for file in FILES]
    assert len({deck.key for deck in decks}) == len(decks)
    assert len({deck.name.casefold() for deck in decks}) == len(decks)


def test_ids_are_unique_over_all_decks() -> None:
    counts = Counter(note.key for note in all_notes())
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_link_leads_to_a_note() -> None:
    keys = {note.key for note in all_notes()}
    dangling = [
        f"{note.key} -> {link}" for note in all_notes() for link in note.links if link not in keys
    ]
    assert dangling == []


def test_all_notes_hang_together() -> None:
    neighbours: dict[str, set[str]] = {note.key: set() for note in all_notes()}
    for note in all_notes():
        for link in note.links:
            neighbours[note.key].add(link)
            neighbours.setdefault(link, set()).add(note.key)
    reached: set[str] = set()
    ahead = [next(iter(neighbours))]
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += neighbours[key]
    assert sorted(neighbours.keys() - reached) == []


@pytest.mark.skipif(not SEEDS, reason="STUDYAPP_SEEDS names no folder with the source texts")
@each_deck
def test_cited_phrases_stand_in_their_texts(file: Path) -> None:
    deck = deck_of(file)
    folder = Path(SEEDS or "")
    texts = [plain((folder / source.file).read_text("utf-8")) for source in deck.sources]
    missing = [
        f"{note.key}: {phrase}"
        for note in deck.notes
        for phrase in PHRASE.findall(note.source)
        if not any(plain(phrase) in text for text in texts)
    ]
    assert missing == []


def plain(text: str) -> str:
    """The text with plain quotes and single spaces; phrases are cited from lines of any length."""
    quotes = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})
    return " ".join(text.translate(quotes).split())
