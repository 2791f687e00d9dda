"""Macros of authors in formulas: which meaning counts, how they end, and what export writes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from studyapp.domain.macros import Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import MathError
from studyapp.rendering.latex_expand import expand, without_macros
from studyapp.rendering.latex_tokens import text_of, tokenize
from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN
from studyapp.rendering.mathml import to_mathml
from studyapp.rendering.page import card_faces
from studyapp.rendering.plain import card_text, title

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDE"
MACROS = Macros.of(
    {r"\R": r"\mathbb{X}", r"\KL": r"D(#1\,\|\,#2)", r"\E": r"\mathbb{E}", r"\far": r"\E[#1]"}
)
NOTE = Note("k", NoteKind.BASIC, r"What is $\KL{P}{Q}$?", r"$\E[x]$", source=r"A text, $\R$")


def drawn(latex: str, macros: Macros = MACROS) -> str:
    """The formula without its annotation."""
    return to_mathml(latex, False, macros).partition("<annotation")[0]


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        pytest.param(r"\KL{P}{Q}", r"D(P\,\|\,Q)", id="arguments"),
        pytest.param(r"\KL PQ", r"D(P\,\|\,Q)", id="arguments-without-braces"),
        pytest.param(r"\far{x}", r"\mathbb{E}[x]", id="macro-in-a-macro"),
        pytest.param(r"\R", r"\mathbb{X}", id="before-the-packaged-one"),
        pytest.param(r"\def\R{r}\R", "r", id="the-formula-first"),
        pytest.param(r"\newcommand{\R}[1]{r_#1}\R{2}", "r_2", id="newcommand"),
        pytest.param(r"\providecommand{\R}{r}\R", r"\mathbb{X}", id="provided-already"),
        pytest.param(r"\providecommand{\Rr}{r}\Rr", "r", id="provided-now"),
        pytest.param(r"\text{if $\R$}", r"\text{if $\mathbb{X}$}", id="formula-in-text"),
        pytest.param(r"\def\n{name}\text{a \n}", r"\text{a name}", id="in-text"),
        pytest.param(r"\def\a{a}\text{\textbf{\a}}", r"\text{\textbf{a}}", id="in-nested-text"),
    ],
)
def test_a_macro_is_what_it_stands_for(latex: str, same: str) -> None:
    assert drawn(latex) == drawn(same)


def test_the_annotation_keeps_what_was_written() -> None:
    assert r">\KL{P}{Q}</annotation>" in to_mathml(r"\KL{P}{Q}", False, MACROS)


def test_the_same_formula_with_other_macros_is_drawn_anew() -> None:
    assert drawn(r"\R", Macros.of({r"\R": "r"})) != drawn(r"\R", Macros.of({r"\R": "s"}))


def test_a_cloze_that_ends_before_the_arguments_reaches_over_them() -> None:
    marked = rf"{CLOZE_OPEN}\KL{CLOZE_CLOSE}{{P}}{{Q}}"
    assert '<mrow class="cloze"><mi>D</mi>' in drawn(marked)


CHAIN = {f"\\{name * 2}": rf"\{after * 2}\{after * 2}" for name, after in pairwise(LETTERS)}


@pytest.mark.parametrize(
    ("latex", "macros"),
    [
        pytest.param(r"\aa", Macros.of(CHAIN), id="30-levels-of-a-deck"),
        pytest.param(
            "".join(rf"\def{name}{{{body}}}" for name, body in CHAIN.items()) + r"\aa",
            MACROS,
            id="30-levels-in-the-formula",
        ),
        pytest.param(r"\def\a{\a}\a", MACROS, id="itself"),
        pytest.param(r"\def\a#1{\a{#1#1}}\a{x}", MACROS, id="grows"),
        pytest.param(r"\a", Macros.of({r"\a": r"\b", r"\b": r"\a"}), id="each-other"),
    ],
)
def test_a_macro_bomb_is_an_error(latex: str, macros: Macros) -> None:
    with pytest.raises(MathError, match="stands for itself, or for too much"):
        to_mathml(latex, False, macros)
    with pytest.raises(MathError, match="stands for itself, or for too much"):
        without_macros(latex, macros)


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        pytest.param(r"x  + \frac12 % why", r"x  + \frac12 % why", id="none-as-it-was"),
        pytest.param(r"\def\a{b}\edef\c{\a}\def\a{d}\a\c", "db", id="expanded-when-defined"),
        pytest.param(
            r"\def\arraystretch{1.5}\begin{array}{c}a\end{array}",
            r"\def\arraystretch{1.5}\begin{array}{c}a\end{array}",
            id="height-of-rows-is-defined-still",
        ),
        pytest.param(r"\R^n", r"\mathbb{X}^n", id="one"),
        pytest.param(r"\KL{P}{\R} \to 0", r"D(P\,\|\,\mathbb{X}) \to 0", id="arguments"),
        pytest.param(r"\def\v{\alpha}\v x", r"\alpha x", id="definition"),
        pytest.param(r"\def\v{\alpha}\v{}x", r"\alpha{}x", id="definition-before-a-group"),
        pytest.param(r"\def\v{\alpha}\v{ }x", r"\alpha{ }x", id="definition-before-a-space"),
        pytest.param(r"\argmax_\R", r"\argmax_\mathbb{X}", id="packaged-ones-stay"),
        pytest.param(r"\text{100\% of $\R$}", r"\text{100\% of $\mathbb{X}$}", id="text"),
    ],
)
def test_formulas_without_macros(latex: str, written: str) -> None:
    assert without_macros(latex, MACROS) == written


def test_tokens_are_equal_wherever_they_stand() -> None:
    latex = r"a \R{b} \text{c}"
    assert text_of(expand(tokenize(latex))) == r"a \mathbb{R}{b} \text{c}"


def test_both_faces_and_the_source_of_a_card_know_macros() -> None:
    html = card_faces(NOTE, 0, macros=MACROS).answer_html
    assert "math-error" not in html
    assert html.count("<math>") == 3
    assert "math-error" in card_faces(NOTE, 0).answer_html


def test_a_name_that_is_near_a_macro_is_told() -> None:
    with pytest.raises(MathError, match=r"did you mean \\KLdiv\?"):
        to_mathml(r"\KLdvi{P}{Q}", False, Macros.of({r"\KLdiv": "#1#2"}))


def test_the_terminal_and_titles_know_macros() -> None:
    assert card_text(NOTE, 0, MACROS) == ("What is D(P ‖ Q)?", "𝔼[x]")
    assert title(NOTE, MACROS) == "What is D(P ‖ Q)?"
