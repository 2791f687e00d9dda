"""Cards for the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import NotFound
from studyapp.rendering.plain import MAX_LINE, card_text, one_line, title, to_text
from studyapp.rendering.unicode_math import to_unicode
from tests.fixtures.cases import read_cases
from tests.rendering.markup import TEXTS
from tests.rendering.test_mathml import LATEX


@pytest.mark.parametrize(("markdown", "text"), read_cases("rendering_plain.md"))
def test_text(markdown: str, text: str) -> None:
    assert to_text(markdown) == text


@pytest.mark.parametrize(("formulas", "lines"), read_cases("rendering_unicode.md"))
def test_formulas(formulas: str, lines: str) -> None:
    assert "\n".join(to_unicode(latex) for latex in formulas.split("\n")) == lines


@given(LATEX)
def test_any_formula_is_text(latex: str) -> None:
    assert isinstance(to_unicode(latex), str)


@given(TEXTS)
def test_no_text_can_control_the_terminal(text: str) -> None:
    for char in to_text(text):
        assert unicodedata.category(char) != "Cc" or char in "\n\t", hex(ord(char))
        assert unicodedata.bidirectional(char) not in ("LRO", "RLO", "LRE", "RLE", "PDF", "RLI")


@pytest.mark.parametrize(
    "text",
    ["a\x1b[31mb", "a&#27;[31mb", "a\x9b31mb", "a&#x9b;31mb", "`a\x1b[31mb`", "$a\x1b[31mb$"],
)
def test_escape_sequences_lose_their_power(text: str) -> None:
    made = to_text(text)
    assert "\x1b" not in made
    assert "\x9b" not in made
    assert "31m" in made.replace(" ", "")


def test_faces_of_a_basic_card() -> None:
    note = Note("k", NoteKind.BASIC, "What is $x^2$?", "- a\n- **b**")
    assert card_text(note, 0) == ("What is x²?", "• a\n• b")


def test_faces_of_a_cloze_card() -> None:
    note = Note("k", NoteKind.CLOZE, "a {{c1::b::hint}} ${{c1::c}} + d$ {{c2::e}}", "extra")
    assert card_text(note, 0) == ("a [hint] […] + d e", "a b c + d e\n\nextra")
    assert card_text(note, 1) == ("a b c + d […]", "a b c + d e\n\nextra")
    with pytest.raises(NotFound):
        card_text(note, 2)


def test_one_line_is_short() -> None:
    assert one_line("# a\n\n- b\n- $c$") == "a • b • c"
    assert len(one_line("x" * 500)) == MAX_LINE
    assert one_line("x" * 500).endswith("x…")


@pytest.mark.parametrize(
    ("note", "called"),
    [
        pytest.param(
            Note("k", NoteKind.BASIC, "What is $x^2$?\n\n**Bold**", "b"),
            "What is x²? Bold",
            id="basic",
        ),
        pytest.param(
            Note("k", NoteKind.CLOZE, "The {{c1::secret}} is {{c2::out}}."),
            "The […] is out.",
            id="cloze",
        ),
        pytest.param(Note("k", NoteKind.CLOZE, "no *mark*"), "no mark", id="without-cards"),
        pytest.param(Note("k", NoteKind.BASIC, "a" * 500, "b"), "a" * 119 + "…", id="long"),
    ],
)
def test_a_note_is_called_by_its_first_question(note: Note, called: str) -> None:
    assert title(note) == called
