"""Brackets that belong together, and the looks of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.ui.brackets import pair_at
from studyapp.ui.markdown_highlighter import lines_of
from studyapp.ui.markdown_spans import Look, spans_of
from studyapp.ui.positions import index_of, unit_of
from studyapp.ui.writing_marks import cloze_number, filled, is_in_formula, link_words

WRITTEN = st.text(st.sampled_from(list("ab \n$\\{}()[]c1:`*_#!")) | st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("a |(b)", ["(", ")"], id="before-the-opening"),
        pytest.param("a (b)|", ["(", ")"], id="behind-the-closing"),
        pytest.param("((a)|)", ["(", ")"], id="nested"),
        pytest.param("[0, 1)|", None, id="interval"),
        pytest.param(r"$\frac{a}{|b}$", ["{", "}"], id="arguments"),
        pytest.param(r"$\frac{a}{b|c$", None, id="nothing-beside"),
        pytest.param(r"$\frac{a}|{b$", ["{", "}"], id="the-one-that-ends-goes-first"),
        pytest.param(r"$\frac a{|b$", ["{"], id="unclosed"),
        pytest.param(r"$\left( x \right]|+1$", [r"\left(", r"\right]"], id="left-right"),
        pytest.param(r"$|\left\{ x \right. y$", ["$", "$"], id="delimiter-goes-first"),
        pytest.param(r"a $|x$ b", ["$", "$"], id="dollars"),
        pytest.param(r"a $$x|$$ b", ["$$", "$$"], id="display"),
        pytest.param(r"\(x\)|", [r"\(", r"\)"], id="round-delimiters"),
        pytest.param(r"$\{|x\}$", None, id="escaped-braces"),
        pytest.param("(a `)|` b)", None, id="code-has-its-own"),
        pytest.param("plain| words", None, id="none"),
    ],
)
def test_partners(marked: str, expected: list[str] | None) -> None:
    index = marked.index("|") if marked.count("|") == 1 else marked.rindex("|")
    text = marked[:index] + marked[index + 1 :]
    pair = pair_at(text, index)
    found = None if pair is None else [text[start:end] for start, end in pair.ends]
    assert found == expected


@given(WRITTEN, st.integers(0, 60))
def test_any_text_has_brackets_inside_it(text: str, index: int) -> None:
    pair = pair_at(text, min(index, len(text)))
    assert pair is None or all(0 <= start < end <= len(text) for start, end in pair.ends)


def looks(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.look.name) for span in spans_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# Head\n#no", [("# Head", "HEADING")], id="heading"),
        pytest.param("**a** *b*", [("**a**", "STRONG"), ("*b*", "EMPHASIS")], id="emphasis"),
        pytest.param("a_b_c 2*3*4", [("*3*", "EMPHASIS")], id="underscores-in-words"),
        pytest.param("- a\n2. b", [("-", "MARKER"), ("2.", "MARKER")], id="lists"),
        pytest.param("`$x$`", [("`$x$`", "CODE")], id="no-formula-in-code"),
        pytest.param(
            r"$\pi r$",
            [(r"$\pi r$", "MATH"), (r"\pi", "COMMAND"), ("$", "MARKER"), ("$", "MARKER")],
            id="formula",
        ),
        pytest.param("it costs $5 or $6", [], id="money"),
        pytest.param(
            "{{c1::a::hint}}", [("{{c1::", "CLOZE"), ("::hint}}", "CLOZE")], id="cloze-with-hint"
        ),
        pytest.param("{{c1::a", [("{{c1::", "BROKEN")], id="unclosed-cloze"),
        pytest.param("![](a.png)", [("![](a.png)", "LINK")], id="picture"),
        pytest.param("[sound:a.mp3]", [("[sound:a.mp3]", "LINK")], id="sound"),
    ],
)
def test_looks(text: str, expected: list[tuple[str, str]]) -> None:
    assert looks(text) == expected


def test_the_looks_of_a_line_do_not_overlap() -> None:
    (line,) = lines_of(r"𝕏 {{c1::$a\pi$}}")
    assert line == (
        (3, 6, (Look.CLOZE,)),
        (9, 1, (Look.MATH, Look.MARKER)),
        (10, 1, (Look.MATH,)),
        (11, 3, (Look.MATH, Look.COMMAND)),
        (14, 1, (Look.MATH, Look.MARKER)),
        (15, 2, (Look.CLOZE,)),
    )


@given(WRITTEN)
def test_any_text_has_looks_within_its_lines(text: str) -> None:
    for line, found in zip(text.split("\n"), lines_of(text), strict=True):
        end = 0
        for start, length, _ in found:
            assert start >= end
            assert length > 0
            end = start + length
        assert end <= unit_of(line, len(line))


@given(st.text(), st.integers(0, 30))
def test_positions_go_there_and_back(text: str, index: int) -> None:
    index = min(index, len(text))
    assert index_of(text, unit_of(text, index)) == index


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        pytest.param("none", True, 1, id="first"),
        pytest.param("none", False, 1, id="same-without-any"),
        pytest.param("{{c2::a}} {{c1::b}}", True, 3, id="after-the-highest"),
        pytest.param("{{c2::a}} {{c1::b}}", False, 2, id="the-highest-again"),
        pytest.param("{{c500::a}}", True, 500, id="no-more"),
    ],
)
def test_cloze_numbers(text: str, following: bool, expected: int) -> None:
    assert cloze_number(text, following=following) == expected


@pytest.mark.parametrize(
    ("before", "words"),
    [
        pytest.param("see [[", "", id="just-called"),
        pytest.param("see [[two words", "two words", id="words"),
        pytest.param("see [[a]] b", None, id="closed"),
        pytest.param("`[[a", "a", id="code-that-is-not-closed"),
        pytest.param("`x [[a` [[b", "b", id="behind-code"),
        pytest.param("$[[a", None, id="formula"),
        pytest.param("[a", None, id="one-bracket"),
    ],
)
def test_calls_for_a_link(before: str, words: str | None) -> None:
    assert link_words(before, len(before)) == words


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("$x|$", True, id="inside"),
        pytest.param("$x$|", False, id="behind"),
        pytest.param("$|$", True, id="just-begun"),
        pytest.param("$x$ and $y|", True, id="not-closed"),
        pytest.param("it costs $5\n\nand|", False, id="another-paragraph"),
        pytest.param(r"\(x|", True, id="round"),
        pytest.param(r"\$5 |", False, id="dollar-sign"),
    ],
)
def test_whether_a_place_is_in_a_formula(marked: str, expected: bool) -> None:
    assert is_in_formula(marked.replace("|", ""), marked.index("|")) is expected


@pytest.mark.parametrize(
    ("snippet", "selected", "expected"),
    [
        pytest.param(r"\frac{$0}{}", "", r"\frac{|}{}", id="first-argument"),
        pytest.param(r"\frac{$0}{}", "a", r"\frac{a}{|}", id="selection-fills-it"),
        pytest.param(r"\sqrt{$0}", "a", r"\sqrt{a|}", id="only-argument"),
        pytest.param("plain", "a", "plaina|", id="no-mark"),
    ],
)
def test_snippets(snippet: str, selected: str, expected: str) -> None:
    text, place = filled(snippet, selected)
    assert text[:place] + "|" + text[place:] == expected
