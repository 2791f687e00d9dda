"""What is said of a formula that cannot be drawn: which command, where, and what was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cloze import cloze_numbers
from studyapp.domain.macros import Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import MathError
from studyapp.rendering.faces import FaceTexts, Origin, face_texts
from studyapp.rendering.marks import without_cloze_marks
from studyapp.rendering.mathml import to_mathml
from studyapp.rendering.page import card_faces

MACROS = Macros.of({r"\bad": r"\nosuch{#1}", r"\good": "g_#1"})
REASON = re.compile(r'<span class="reason">(.*?)</span>')


@pytest.mark.parametrize(
    ("latex", "command", "offset"),
    [
        pytest.param(r"x + \matbb{R}", r"\matbb", 4, id="unknown"),
        pytest.param(r"\alpha % \foo" "\n" r" \foo", r"\foo", 15, id="not-the-one-in-a-comment"),
        pytest.param(r"\frac{1}{\sqrt{\foo}}", r"\foo", 15, id="deep"),
        pytest.param(r"x \text{if \foo}", r"\foo", 11, id="in-text"),
        pytest.param(r"x \text{if $\foo$}", r"\foo", 12, id="in-a-formula-in-text"),
        pytest.param(r"x } y", "}", 2, id="brace-too-many"),
        pytest.param(r"x {y {z}", "{", 2, id="brace-open"),
        pytest.param(r"x \left( y", r"\left", 2, id="fence-open"),
        pytest.param(r"\left. x \right", r"\right", 9, id="no-delimiter"),
        pytest.param(r"x \begin{matrx} y", r"\begin", 2, id="environment"),
        pytest.param(r"x & y", "&", 2, id="ampersand"),
        pytest.param(r"a \bad{x}", r"\nosuch", 2, id="inside-a-macro"),
        pytest.param(r"\good{\foo}", r"\foo", 6, id="in-an-argument"),
        pytest.param(r"\def\a{\foo}x\a", r"\foo", 7, id="in-a-definition"),
        pytest.param(r"x \good", r"\good", 2, id="argument-missing"),
    ],
)
def test_the_command_and_its_place(latex: str, command: str, offset: int) -> None:
    with pytest.raises(MathError) as error:
        to_mathml(latex, False, MACROS)
    assert (error.value.command, error.value.offset) == (command, offset)


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        pytest.param(r"\matbb{R}", r"\mathbb", id="letter-missing"),
        pytest.param(r"\Gama", r"\Gamma", id="letter-missing-again"),
        pytest.param(r"\text{\texbf{x}}", r"\textbf", id="in-text"),
        pytest.param(r"\begin{pmatirx}\end{pmatirx}", r"\begin{pmatrix}", id="environment"),
    ],
)
def test_the_nearest_known_command_is_told(latex: str, meant: str) -> None:
    with pytest.raises(MathError) as error:
        to_mathml(latex, False)
    assert str(error.value).endswith(f"; did you mean {meant}?")


def test_a_very_long_name_is_shortened() -> None:
    with pytest.raises(MathError) as error:
        to_mathml("\\" + "x" * 5000, False)
    assert len(str(error.value)) < 80


def reasons(note: Note, ordinal: int = 0) -> tuple[list[str], list[str]]:
    """What both faces of a card say of their formulas."""
    faces = card_faces(note, ordinal)
    return REASON.findall(faces.question_html), REASON.findall(faces.answer_html)


def test_mistakes_are_told_with_field_line_and_column() -> None:
    note = Note(
        "k",
        NoteKind.REVERSED,
        "One $x$\r\nand $ y$, $\\foo$",
        "$$\n  a \\\\\n  \\foo\n$$",
        source=r"Text, \(\foo\)",
    )
    front = r"\foo is not known (front, line 2, column 12)"
    back = r"\foo is not known (back, line 3, column 3)"
    source = r"\foo is not known (source, line 1, column 9)"
    assert reasons(note) == ([front], [front, back, source])
    assert reasons(note, 1) == ([back], [back, front, source])


def test_a_mistake_without_a_place_of_its_own_is_where_its_formula_is() -> None:
    ((reason,), _) = reasons(Note("k", NoteKind.BASIC, r"a $x^2^2$", "b"))
    assert reason.endswith("(front, line 1, column 4)")


def test_places_in_a_cloze_text_count_its_marks() -> None:
    note = Note("k", NoteKind.CLOZE, "{{c1::a::h}} {{c2::$b$}}\n{{c2::c}} $x_{{c1::y}} \\foo$")
    told = [r"\foo is not known (front, line 2, column 24)"]
    assert reasons(note, 0) == (told, told)
    assert reasons(note, 1) == (told, told)


CLOZE_TEXTS = st.lists(
    st.sampled_from(
        ["{{c1::", "{{c2::", "}}", "::", "ab", "c", " ", "\n", "$x$", "$y_{{c1::z}}$", "- ", "`d`"]
    ),
    max_size=12,
).map(lambda parts: "{{c1::e}}" + "".join(parts))


@given(CLOZE_TEXTS)
def test_every_character_of_an_answer_is_found_in_its_source(text: str) -> None:
    note = Note("k", NoteKind.CLOZE, text)
    for number in cloze_numbers(text):
        texts = face_texts(note, number - 1)
        shown = without_cloze_marks(texts.answered)
        runs = texts.answered_from.runs
        assert [origin_of(texts.answered_from, text, at) for at in range(len(shown))] == list(shown)
        assert runs == tuple(sorted(runs))
        check_question(texts, text)


def check_question(texts: FaceTexts, text: str) -> None:
    """What the question shows outside of clozes is found too."""
    outside = re.sub(
        "\ufdd0[^\ufdd1]*\ufdd1", lambda match: "\0" * (len(match[0]) - 2), texts.question
    )
    for at, character in enumerate(outside):
        if character != "\0":
            assert origin_of(texts.asked_from, text, at) == character


def origin_of(origin: Origin, text: str, index: int) -> str:
    """The character of `text` that a place tells of."""
    told = re.fullmatch(r"front, line (\d+), column (\d+)", origin.place("x" * index, index))
    assert told is not None
    lines = [f"{line}\n" for line in text.split("\n")]
    return lines[int(told[1]) - 1][int(told[2]) - 1]
