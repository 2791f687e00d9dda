"""Cloze cards ask for what they should, and give nothing away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cloze import cloze_numbers
from studyapp.rendering import cloze
from studyapp.rendering.markdown import marked_to_html
from studyapp.rendering.mathml import to_mathml
from tests.fixtures.cases import read_cases
from tests.rendering.markup import TEXTS, check_html
from tests.rendering.test_markdown import in_anki

SECRET = "Secret"
PLACES = st.sampled_from(
    [
        *("{}", "**{}**", "- {}\n- b", "# {}", "| {} |\n|---|\n| b |", "> {}", "[{}](https://a.b)"),
        *("$a = {}$", r"$\frac{{{}}}{{2}}$", "$$\n{}\n$$", r"$\text{{a {}}}$", "`{}`"),
        *("```\n{}\n```", "<b>{}</b>", "1. a\n   {}", "a[^1]\n\n[^1]: {}"),
    ]
)


@pytest.mark.parametrize(("text", "faces"), read_cases("rendering_cloze.md"))
def test_cloze(text: str, faces: str) -> None:
    sides = (cloze.question(text, 1), cloze.answer(text, 1))
    made = "\n=====\n".join(marked_to_html(side, in_anki) for side in sides)
    assert _visible(made) == faces


def _visible(html: str) -> str:
    """Marks of ours in formulas, which a drawing function is given, as characters to be seen."""
    return html.replace("\ufdd0", "«").replace("\ufdd1", "»")


@given(PLACES, st.sampled_from(["", "::hint", "::$x$", "::*a* [b](c)"]))
def test_the_question_does_not_hold_the_answer(place: str, hint: str) -> None:
    text = place.format("{{c1::" + SECRET + hint + "}}")
    question = marked_to_html(cloze.question(text, 1), to_mathml)
    answer = marked_to_html(cloze.answer(text, 1), to_mathml)
    assert SECRET not in question
    assert SECRET in answer.replace("</mi><mi>", "")
    check_html(question)
    check_html(answer)


@given(TEXTS)
def test_any_text_has_both_sides(text: str) -> None:
    for number in (1, *cloze_numbers(text)):
        check_html(marked_to_html(cloze.question(text, number), to_mathml))
        check_html(marked_to_html(cloze.answer(text, number), to_mathml))


@pytest.mark.parametrize("forged", ["\ufdd0a\ufdd1", "&#xfdd0;a&#xfdd1;"])
def test_marks_cannot_be_forged(forged: str) -> None:
    html = marked_to_html(cloze.answer(forged + " {{c1::b}}", 1), in_anki)
    assert html == '<p>a <mark class="cloze">b</mark></p>'


def test_other_clozes_show_their_text() -> None:
    assert cloze.question("{{c1::a}} {{c2::b::hint}}", 3) == "a b"
