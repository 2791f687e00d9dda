"""Decks as their authors write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyapp.deckfile.parse import parse, read_deck
from studyapp.deckfile.write import write
from studyapp.domain.notes import DeckText, Note, NoteKind, Source
from tests.fixtures.cases import read_cases

HEAD = '+++\ndeck = "D"\nkey = "d"\n+++\n'

DECK = r'''+++
deck = "Calculus::Gradients"
key = "gradients"
description = """
What a gradient is.

And *why*: $\\nabla L$.
"""

[[sources]]
title = "A Book"
author = "A. Author"
date = "2023-12-06"
file = "book.txt"

[[sources]]
title = "Notes"
+++

Q: What does $\nabla L$ mean?
A: The gradient of the loss $L$.

It may go on over several lines and paragraphs.
id: gr-gradient
tags: optimisation basics::notation
links: gr-sgd other-note
source: A Book, “moving through that space”

C: SGD {{c1::samples}} the space instead of {{c2::consuming it whole::two words}}.
A: Shown below the answer.
id: gr-sgd

Q: *der Gradient*
A: the gradient
kind: reversed
id: gr-word
'''

GRADIENTS = DeckText(
    name="Calculus::Gradients",
    key="gradients",
    description="What a gradient is.\n\nAnd *why*: $\\nabla L$.",
    sources=(Source("A Book", "A. Author", "2023-12-06", "book.txt"), Source("Notes")),
    notes=(
        Note(
            key="gr-gradient",
            kind=NoteKind.BASIC,
            front=r"What does $\nabla L$ mean?",
            back="The gradient of the loss $L$.\n\nIt may go on over several lines and paragraphs.",
            tags=("optimisation", "basics::notation"),
            source="A Book, “moving through that space”",
            links=("gr-sgd", "other-note"),
        ),
        Note(
            key="gr-sgd",
            kind=NoteKind.CLOZE,
            front="SGD {{c1::samples}} the space instead of {{c2::consuming it whole::two words}}.",
            back="Shown below the answer.",
        ),
        Note("gr-word", NoteKind.REVERSED, "*der Gradient*", "the gradient"),
    ),
)


def test_a_whole_deck() -> None:
    assert parse(DECK, "gradients.md") == GRADIENTS


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "gradients.md"
    file.write_bytes(b"\xef\xbb\xbf" + DECK.replace("\n", "\r\n").encode())
    assert read_deck(file) == GRADIENTS


def test_a_deck_without_notes() -> None:
    assert parse(HEAD, "d.md") == DeckText("D", "d")


def test_no_line_break_at_the_end() -> None:
    assert parse(DECK.rstrip("\n"), "gradients.md") == GRADIENTS


@pytest.mark.parametrize(("text", "expected"), read_cases("deckfile.md"))
def test_notes_and_how_they_are_written(text: str, expected: str) -> None:
    deck = parse(HEAD + text, "d.md")
    assert write(deck) == f"{HEAD}\n{expected}\n"
    assert parse(write(deck), "again.md") == deck


@pytest.mark.parametrize(
    ("text", "front", "back"),
    [
        pytest.param("Q: a\n\\A: b\nA: c", "a\nA: b", "c", id="escaped"),
        pytest.param("Q: a\n\\\\A: b\nA: c", "a\n\\A: b", "c", id="escaped-backslash"),
        pytest.param("Q: \\A: b\nA: c", "\\A: b", "c", id="not-at-the-line's-start"),
        pytest.param("Q: a\n\\B: b\nA: c", "a\n\\B: b", "c", id="no-keyword"),
        pytest.param("Q: a\n ```\n\\A: b\n ```\nA: c", "a\n ```\n\\A: b\n ```", "c", id="in-code"),
        pytest.param("Q: \ta \nA: c\u2028d", "a ", "c\u2028d", id="white-space"),
    ],
)
def test_fields(text: str, front: str, back: str) -> None:
    (note,) = parse(HEAD + text, "d.md").notes
    assert (note.front, note.back) == (front, back)


def test_an_id_made_from_the_front_ignores_how_it_is_broken_into_lines() -> None:
    one = parse(f"{HEAD}Q: What is it?\nA: b", "d.md").notes[0].key
    two = parse(f"{HEAD}Q:\nWhat is\n  it?\n\nA: other", "d.md").notes[0].key
    three = parse(f"{HEAD}Q: What was it?\nA: b", "d.md").notes[0].key
    other_deck = HEAD.replace('"d"', '"e"')
    four = parse(f"{other_deck}Q: What is it?\nA: b", "d.md").notes[0].key
    assert one == two
    assert len({one, three, four}) == 3
    assert one.startswith("d-")
    assert four.startswith("e-")


def test_ten_thousand_notes() -> None:
    note = "Q: What is $x_{0}$?\nA: It is {0}.\n\nMore.\nid: n-{0}\ntags: a b\nsource: S\n\n"
    deck = parse(HEAD + "".join(note.replace("{0}", str(n)) for n in range(10_000)), "d.md")
    assert [n.key for n in deck.notes] == [f"n-{n}" for n in range(10_000)]
