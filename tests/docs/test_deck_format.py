"""The page on the deck format holds what it says: each of its examples is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studyapp.deckfile.blocks import KEYWORDS
from studyapp.deckfile.parse import MAX_BYTES, parse
from studyapp.deckfile.write import write
from studyapp.domain.card_making import ordinals
from studyapp.domain.cloze import MAX_NUMBER
from studyapp.errors import DeckFileError
from studyapp.rendering.latex_expand import MAX_EXPANDED
from studyapp.rendering.mathml import to_mathml
from studyapp.rendering.page import card_faces

PAGE = (Path(__file__).parents[2] / "docs" / "deck-format.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^(`{3,})([a-z-]+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
HEAD = '+++\ndeck = "D"\nkey = "d"\n+++\n\n'


def blocks(language: str) -> list[str]:
    """The contents of the page's fenced blocks of a language."""
    return [match[3] for match in BLOCK.finditer(PAGE) if match[2] == language]


def whole(example: str) -> str:
    return example if example.startswith("+++\n") else HEAD + example


def test_there_are_examples() -> None:
    assert len(blocks("deck")) == 5
    assert blocks("deck")[0].startswith("+++\n")


@pytest.mark.parametrize("example", blocks("deck"))
def test_examples_are_read_and_written_back(example: str) -> None:
    deck = parse(whole(example), "example.md")
    assert deck.notes
    assert parse(write(deck), "again.md") == deck
    assert all(ordinals(note) for note in deck.notes)


@pytest.mark.parametrize("example", blocks("deck"))
def test_examples_are_written_as_the_app_writes_them(example: str) -> None:
    assert write(parse(whole(example), "example.md")) == whole(example)


def test_the_example_of_everything_uses_every_keyword() -> None:
    example = blocks("deck")[0]
    assert [word for word in KEYWORDS if f"\n{word}: " not in example] == []


def test_every_keyword_is_explained() -> None:
    assert [word for word in KEYWORDS if f"\n| `{word}:` | " not in PAGE] == []


def test_the_mistakes_are_reported_as_shown() -> None:
    (broken,) = blocks("deck-with-mistakes")
    (report,) = blocks("text")
    with pytest.raises(DeckFileError) as caught:
        parse(broken, "training.md")
    assert f"{caught.value}\n" == report


@pytest.mark.parametrize("example", blocks("deck"))
def test_formulas_of_examples_can_be_drawn(example: str) -> None:
    deck = parse(whole(example), "example.md")
    for note in deck.notes:
        for ordinal in ordinals(note):
            assert "math-error" not in card_faces(note, ordinal, macros=deck.macros).answer_html


def test_chemical_formulas_of_the_page_can_be_drawn() -> None:
    formulas = re.findall(r"`(\\ce\{.*?\})`", PAGE)
    assert len(formulas) == 5
    assert all(to_mathml(formula, False) for formula in formulas)


def test_limits() -> None:
    assert f"more than {MAX_EXPANDED:,} signs" in PAGE
    assert f"from 1 to {MAX_NUMBER}" in PAGE
    assert f"at most {MAX_BYTES // 1_000_000} MB" in PAGE


def test_inline_examples_of_marks() -> None:
    for mark in (r"{{c1::$x^{2}$}}", "{{c1::`std::map`}}", r"$x^{{c1::\frac{a}{b}}}$"):
        assert mark in PAGE
        (note,) = parse(f"{HEAD}C: {mark} \\{{\\{{c2::", "example.md").notes
        assert ordinals(note) == (0,)
