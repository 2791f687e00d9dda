"""What is only large is shown as it was written, before it keeps a converter or a browser busy."""

from __future__ import annotations

import re

import pytest

from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.block_layout import MAX_QUOTES
from studyapp.rendering.formulas import FormulaDrawer
from studyapp.rendering.markdown import to_html
from studyapp.rendering.markdown_extension import MAX_REFERENCES
from studyapp.rendering.page import card_faces
from studyapp.rendering.sanitize import MAX_DEPTH, is_too_deep
from tests.attacks.target import Target

NOTICE = '<p class="notice">This text '


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("1. " * 40 + "a", "is nested too deeply", id="lists"),
        pytest.param("> - " * 40 + "a", "is nested too deeply", id="lists-in-quotes"),
        pytest.param("<div>" * 200 + "a", "is nested too deeply", id="elements"),
        pytest.param("<math>" + "<mrow>" * 200, "is nested too deeply", id="rows"),
        pytest.param(
            "[^1]" * (MAX_REFERENCES + 1) + "\n\n[^1]: a", "refers to footnotes", id="footnotes"
        ),
        pytest.param("a [b " * 2_000, "holds too many brackets", id="brackets"),
    ],
)
def test_what_takes_too_long_is_shown_as_it_was_written(text: str, reason: str) -> None:
    assert to_html(text, FormulaDrawer()).startswith(NOTICE + reason)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- - " * 20, id="rule"),
        pytest.param("* * " * 20, id="stars"),
        pytest.param("- " * 10 + "a", id="lists"),
        pytest.param("<div>" * (MAX_DEPTH - 1) + "a", id="elements"),
        pytest.param("[^1]" * MAX_REFERENCES + "\n\n[^1]: a", id="footnotes"),
        pytest.param("the interval [0, 1) is half open. " * 60, id="brackets"),
        pytest.param("<br>" * 300, id="void"),
    ],
)
def test_what_authors_write_is_laid_out(text: str) -> None:
    assert not to_html(text, FormulaDrawer()).startswith(NOTICE)


def test_quotes_are_looked_into_so_deep_and_then_are_text() -> None:
    html = to_html("> " * (MAX_QUOTES + 3) + "a", FormulaDrawer())
    assert html.count("<blockquote>") == MAX_QUOTES
    assert "<p>&gt; &gt; &gt; a</p>" in html


def test_references_stay_references_one_below_the_other() -> None:
    html = to_html("[a] and [b]\n\n[a]: http://a.b\n[b]: http://c.d", FormulaDrawer())
    assert re.findall('href="([^"]*)"', html) == ["http://a.b", "http://c.d"]


def test_brackets_in_attributes_do_not_count_as_elements() -> None:
    assert not is_too_deep('<b title="<i><i>">a</b>' * MAX_DEPTH)
    assert is_too_deep("<b>" * (MAX_DEPTH + 1) + "</b>" * (MAX_DEPTH + 1))


def test_parts_of_a_card_run_in_the_direction_of_their_text(target: Target) -> None:
    target.show('<section class="question" dir="auto"><p>שלום</p></section>')
    assert target.direction() == "auto rtl"
    target.show('<section class="question" dir="auto"><p>a dir="auto"></p></section>')
    assert target.direction() == "auto ltr"


def test_a_great_many_empty_paragraphs_are_painted(target: Target) -> None:
    target.watch_turns()
    part = '<section class="question" dir="auto">' + "<p><b></b></p>" * 40_000 + "</section>"
    target.show(part)  # with a direction for each the browser would be busy for half a minute
    assert target.harm() == []


def test_formulas_of_one_text_are_drawn_up_to_a_bound() -> None:
    some = f"${'x' * 800}$ "
    html = to_html(f"{some * 2}$y$ {some}$z$", FormulaDrawer())
    assert html.count("<math") == 4
    assert html.count("more than 1,800 signs; divide it among several notes") == 1


def test_macros_count_as_what_they_stand_for() -> None:
    some = rf"$\def\a{{{'x' * 80}}}\a\a\a\a\a\a\a\a\a\a$ "
    assert to_html(some * 10, FormulaDrawer()).count("<math") == 3


def test_each_text_of_a_card_has_its_own_bound() -> None:
    text = f"${'x' * 1_400}$"
    faces = card_faces(Note("key", NoteKind.BASIC, text, text), 0)
    assert "math-error" not in faces.answer_html
