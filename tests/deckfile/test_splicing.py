"""Single notes of a deck file are changed; nothing else of it moves by a byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.deckfile.parse import parse
from studyapp.deckfile.splicing import spliced, split

DECKS = sorted((Path(__file__).parents[2] / "decks").glob("*.md"))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in DECKS])
def test_a_shipped_deck_is_the_sum_of_its_parts(path: Path) -> None:
    text = path.read_bytes().decode()
    whole = split(text, path.name)
    assert whole.text == text
    assert [block.note for block in whole.blocks] == list(parse(text, path.name).notes)
    if all(block.has_id for block in whole.blocks):
        assert spliced(whole, {}) == text


def test_one_note_of_many_is_changed_moved_and_removed() -> None:
    text = max((path.read_bytes().decode() for path in DECKS), key=len)
    whole = split(text, "deck.md")
    *_, block, last = whole.blocks
    changed = spliced(whole, {block.note.key: replace(block.note, tags=("new",))})
    before, after = text.split(block.text)
    assert changed.startswith(before)
    assert changed.endswith(after)
    removed = spliced(whole, {block.note.key: None})
    assert removed == before + after
    assert spliced(split(removed, "deck.md"), {}, [block.note]).startswith(removed)
    assert spliced(whole, {last.note.key: None}) == text.removesuffix(last.text).rstrip("\n") + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('+++\ndeck = "A"\nkey = "a"\n+++\n\nQ: x\nA: ```\nid: no\n```\n', id="fence"),
        pytest.param('+++\r\ndeck = "A"\r\nkey = "a"\r\n+++\r\nQ: x\r\nA: y', id="crlf-open-end"),
        pytest.param('\ufeff+++\ndeck = "A"\nkey = "a"\n+++\nC: {{c1::x}}\n  \n\t\n', id="blanks"),
    ],
)
def test_an_id_is_the_only_thing_added(text: str) -> None:
    whole = split(text, "a.md")
    again = spliced(whole, {})
    (note,) = whole.deck.notes
    assert again.replace(f"\r\nid: {note.key}", "").replace(f"\nid: {note.key}", "") == text
    assert parse(again, "a.md") == whole.deck
    assert split(again, "a.md").blocks[0].has_id
