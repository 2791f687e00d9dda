"""Markdown becomes HTML that is safe, balanced and what the author meant."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given

from studyapp.errors import MathError
from studyapp.rendering.markdown import MAX_LENGTH, to_html
from studyapp.rendering.mathml import to_mathml
from tests.fixtures.cases import read_cases
from tests.rendering.markup import TEXTS, check_html


def in_anki(latex: str, display: bool) -> str:
    return escape(rf"\[{latex}\]" if display else rf"\({latex}\)", quote=False)


@pytest.mark.parametrize(("markdown", "html"), read_cases("rendering_markdown.md"))
def test_markdown(markdown: str, html: str) -> None:
    assert to_html(markdown, in_anki) == html


@pytest.mark.parametrize(("markdown", "html"), read_cases("rendering_hostile.md"))
def test_hostile_markdown_does_no_harm(markdown: str, html: str) -> None:
    made = to_html(markdown, in_anki)
    assert made == html
    check_html(made)


@given(TEXTS)
def test_any_text_becomes_safe_balanced_html(text: str) -> None:
    check_html(to_html(text, to_mathml))


def test_a_formula_that_fails_shows_its_source_and_the_reason_and_spares_the_rest() -> None:
    html = to_html(r"a $\foo<$ b $x$", to_mathml)
    assert '<span class="math-error"><code>$\\foo&lt;$</code>' in html
    assert r'<span class="reason">\foo is not known</span>' in html
    assert "<mi>x</mi>" in html


def test_what_draw_math_raises_besides_is_not_hidden() -> None:
    def broken(latex: str, display: bool) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        to_html("$x$", broken)


def test_a_formula_is_drawn_as_it_was_written() -> None:
    drawn: list[tuple[str, bool]] = []

    def remember(latex: str, display: bool) -> str:
        drawn.append((latex, display))
        return ""

    to_html("$a_1 *b* <c>$ $$\nd &lt; e\n$$", remember)
    assert drawn == [("a_1 *b* <c>", False), ("d &lt; e", True)]


def test_media_and_sounds_can_be_addressed_otherwise() -> None:
    html = to_html("![a](b%20c.png) [sound:d.mp3]", in_anki, media_url=str, draw_sound=escape)
    assert html == '<p><img alt="a" src="b c.png"> d.mp3</p>'


def test_footnotes_of_two_texts_on_a_page_do_not_meet() -> None:
    first, second = (to_html("a[^1]\n\n[^1]: b", in_anki, footnotes=name) for name in "qa")
    assert 'id="fn:q1"' in first
    assert 'href="#fn:q1"' in first
    assert 'id="fn:a1"' in second


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("a\x1b[31mb\x00\x7f\x9b", "<p>a[31mb</p>", id="raw"),
        pytest.param("a&#27;&#x1b;&#0;&#x9f;b", "<p>ab</p>", id="as references"),
        pytest.param("a\ud800b\uffff", "<p>ab</p>", id="no characters"),
        pytest.param("a\rb\r\nc", "<p>a\nb\nc</p>", id="line ends"),
    ],
)
def test_control_characters_are_dropped(text: str, html: str) -> None:
    assert to_html(text, in_anki) == html


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param("\ufdd20\ufdd3", id="noncharacters"),
        pytest.param("&#xfdd2;0&#xFDD3;", id="hexadecimal references"),
        pytest.param("&#64978;0&#64979;", id="decimal references"),
        pytest.param("&#xfdd2 0&#xfdd3 ", id="references without an end"),
        pytest.param("\ufdd0a\ufdd1", id="the marks of a cloze"),
        pytest.param("\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03", id="those of Python-Markdown"),
    ],
)
def test_nobody_can_forge_what_stands_for_a_formula(forged: str) -> None:
    html = to_html(f"$x$ {forged} <b>c</b>", in_anki)
    assert html.count(r"\(x\)") == 1
    assert "mark" not in html
    assert html.count("<b>c</b>") == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * (MAX_LENGTH + 1), id="long"),
        pytest.param("[" * 20_000, id="brackets"),
        pytest.param("![" * 10_000, id="pictures"),
        pytest.param("[a](" * 10_000, id="links"),
    ],
)
def test_what_would_take_too_long_is_shown_as_it_was_written(text: str) -> None:
    html = to_html(text + "<b>", in_anki)
    assert html.startswith('<p class="notice">This text ')
    assert html.endswith(f"<pre>{escape(text)}&lt;b&gt;</pre>")


@pytest.mark.parametrize(
    "part",
    ["<", "<a ", "<!--", "&lt;", "`", "*a **b ", "> ", "- a\n", "# a\n", "a\n=\n", "$x$ "],
)
def test_long_texts_of_odd_parts_are_laid_out(part: str) -> None:
    html = to_html(part * (20_000 // len(part)), in_anki)
    check_html(html)
    assert "notice" not in html


def test_deep_lists_and_quotes_are_laid_out() -> None:
    check_html(to_html("\n".join("  " * depth + "- a" for depth in range(100)), in_anki))
    check_html(to_html(">" * 400 + " a", in_anki))


def test_an_error_of_drawing_says_what_a_math_error_says() -> None:
    def refuse(latex: str, display: bool) -> str:
        raise MathError("Too <hard>")

    assert "Too &lt;hard&gt;" in to_html("$x$", refuse)
