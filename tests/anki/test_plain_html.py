"""The short way for plain fields leads where the long one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.anki.field_slots import formula
from studyapp.anki.from_html import markdown_of_html, no_media
from studyapp.anki.plain_html import plain_markdown
from studyapp.domain.math_spans import find_math

PIECES = st.sampled_from(
    (
        *(
            "word",
            "Ä",
            "日本",
            "1.",
            "1)",
            "2",
            " ",
            "  ",
            "-",
            "- ",
            "#",
            "# ",
            "+",
            "=",
            "_",
            "*",
        ),
        *(":", "::", ": ", ":-", "!", "![", "[", "]", "(", ")", "$", "$$", "&", "&lt;", "&nbsp;"),
        *("<br>", "<br/>", "<br />", "<br><br>", "<BR>", "<b>", "</b>", "{{c1::", "}}", "\\"),
        *(r"\(x\)", r"\(x_1 + 5\)", r"\( \)", r"\(", r"\)", r"\(\frac{{a}}{{b}}\)", r"\[y\]"),
        *("http://a.example/b", "@", "@ x", "~~", "|", "'", '"', "\xa0", "\n", "é", "%", ">", "`"),
        *(r"\(a<b\)", r"\($\)", r"\(5\)", "[sound:a.mp3]", "\ufdd0", "\x00"),
    )
)
FIELDS = st.lists(PIECES, max_size=9).map("".join)


@given(FIELDS, st.booleans())
def test_both_ways_say_the_same(html: str, cloze: bool) -> None:
    plain = plain_markdown(html)
    assert plain is None or plain == markdown_of_html(html, no_media, cloze=cloze)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("What is a proof?", "What is a proof?", id="text"),
        pytest.param(r"Note: \(x_1 \le y\), so", r"Note: $x_1 \le y$, so", id="formula"),
        pytest.param("one<br>two<br><br/>three", "one\\\ntwo\n\nthree", id="breaks"),
        pytest.param("1. one<br># two", "1\\. one\\\n\\# two", id="starts"),
    ],
)
def test_most_fields_are_plain(html: str, markdown: str) -> None:
    assert plain_markdown(html) == markdown


LATEX = st.lists(
    st.sampled_from(
        (*"a1 ^_{}=+*()[],:;'|!?-$\\`<", "{{c1::", "}}", r"\frac", r"\,", r"\(", r"\]", "\n\n")
    ),
    max_size=9,
).map("".join)


@given(LATEX, st.booleans())
def test_formulas_are_read_as_formulas(latex: str, display: bool) -> None:
    """The first delimiters count between which a reader sees one formula."""
    source = latex.strip()
    pairs = (("$$", "$$"), (r"\[", r"\]")) if display else (("$", "$"), (r"\(", r"\)"))
    texts = [f"{start}{source}{end}" for start, end in pairs]
    whole = [
        text for text in texts if [(s.start, s.end) for s in find_math(text)] == [(0, len(text))]
    ]
    assert formula(latex, display=display) == next(iter(whole), None)
