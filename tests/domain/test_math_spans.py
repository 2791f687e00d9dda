"""Which parts of a text are formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.markup import CodeSpan, closes_fence, find_code, opening_fence
from studyapp.domain.math_spans import MathSpan, find_math
from tests.fixtures.cases import read_cases

MARKUP = st.lists(
    st.sampled_from(
        [
            *("$", "$$", r"\(", r"\)", r"\[", r"\]", "\\", "`", "``", "```", "~~~", "\n```\n"),
            *("{{c1::", "{{c2::", "{{c0::", "::", "{", "}", "}}"),
            *("\n", "\n\n", "\r\n", " ", "\x00", "a", "5", "é"),
        ]
    ),
    max_size=30,
).map("".join)


def described(span: MathSpan) -> str:
    place = "display" if span.display else "inline"
    return "\n".join(f"{place} {line}".rstrip() for line in span.source.split("\n"))


@pytest.mark.parametrize(("text", "expected"), read_cases("math_spans.md"))
def test_finds_the_formulas(text: str, expected: str) -> None:
    found = find_math(text)
    assert ("\n".join(described(span) for span in found) or "none") == expected


@given(MARKUP)
def test_spans_are_in_order_and_hold_their_source(text: str) -> None:
    at = 0
    for span in find_math(text):
        assert at <= span.start < span.end
        whole = text[span.start : span.end]
        assert whole[:2] in ("$$", r"\[") if span.display else whole[0] == "$" or whole[:2] == r"\("
        inner = whole[1:-1] if whole[0] == "$" and not span.display else whole[2:-2]
        assert span.source == inner.strip() != ""
        at = span.end


@given(MARKUP)
def test_formulas_and_code_never_overlap(text: str) -> None:
    inside_code = {n for span in find_code(text) for n in range(span.start, span.end)}
    inside_math = {n for span in find_math(text) for n in range(span.start, span.end)}
    assert not inside_code & inside_math


@given(MARKUP, MARKUP)
def test_a_paragraph_does_not_change_the_inline_formulas_of_the_one_before(
    one: str, two: str
) -> None:
    # Only code blocks and display math reach over a blank line.
    before = one.translate(str.maketrans("`~[", "'''")).replace("$$", "$") + "."
    alone = find_math(before)
    assert find_math(f"{before}\n\n{two}")[: len(alone)] == alone


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("$", id="dollars"),
        pytest.param("$ ", id="dollars-and-spaces"),
        pytest.param("$a ", id="openings"),
        pytest.param("$$ ", id="display-dollars"),
        pytest.param("$a\n\n", id="paragraphs"),
        pytest.param("`", id="backticks"),
        pytest.param("` `` ", id="runs-of-two-lengths"),
        pytest.param("```\n", id="fences"),
        pytest.param(r"\(", id="parentheses"),
        pytest.param(r"\[{{c1::", id="brackets-and-marks"),
        pytest.param("${{c1::", id="dollars-and-marks"),
        pytest.param("\n ", id="blank-lines"),
    ],
)
def test_half_a_hostile_megabyte_ends_soon(piece: str) -> None:
    # In quadratic time one of these takes hours, and the runner's time limit ends it.
    text = "$y$ " + piece * (500_000 // len(piece))
    for end in ("x$", r"}}\) \] `"):
        assert find_math(text + end)[0] == MathSpan(0, 3, "y", display=False)


def test_code_in_its_order() -> None:
    text = "a `b` c\n```\nd\n```\n``e``\n~~~\nf"
    assert find_code(text) == (
        CodeSpan(2, 5, fenced=False),
        CodeSpan(8, 17, fenced=True),
        CodeSpan(18, 23, fenced=False),
        CodeSpan(24, 29, fenced=True, closed=False),
    )


@pytest.mark.parametrize(
    ("line", "fence"),
    [
        pytest.param("```", "```", id="backticks"),
        pytest.param("~~~~ python", "~~~~", id="tildes-and-a-language"),
        pytest.param("   ```", "```", id="three-spaces"),
        pytest.param("    ```", None, id="four-spaces-are-indented-code"),
        pytest.param("``", None, id="two-backticks"),
        pytest.param("```a```", None, id="a-code-span"),
        pytest.param("~~~a~~~", "~~~", id="tildes-in-the-info"),
        pytest.param("a ```", None, id="text-before"),
    ],
)
def test_opening_fence(line: str, fence: str | None) -> None:
    assert opening_fence(line) == fence


@pytest.mark.parametrize(
    ("fence", "line", "closes"),
    [
        pytest.param("```", "```", True, id="same"),
        pytest.param("```", "  `````  ", True, id="longer-and-white-space"),
        pytest.param("````", "```", False, id="shorter"),
        pytest.param("```", "~~~", False, id="other-character"),
        pytest.param("```", "``` python", False, id="text-behind"),
    ],
)
def test_closes_fence(fence: str, line: str, closes: bool) -> None:
    assert closes_fence(fence, line) is closes
