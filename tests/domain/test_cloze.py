"""Cloze texts: their tree, numbers and mistakes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.cloze import (
    MAX_DEPTH,
    MAX_NUMBER,
    Cloze,
    cloze_numbers,
    cloze_problems,
    find_cloze_problems,
    parse_cloze,
)
from studyapp.domain.cloze_marks import regions
from tests.fixtures.cases import read_cases

MARKUP = st.lists(
    st.sampled_from(
        [
            *("{{c1::", "{{c2::", "{{c3::", "{{c0::", "{{c501::", "{{c", "}}", "}}", "}}", "::"),
            *("{", "}", "$", "$$", r"\(", r"\)", r"\[", r"\]", "\\", "`", "```"),
            *("\n", "\n\n", "\n```\n", " ", "a", "5", "é"),
        ]
    ),
    max_size=40,
).map("".join)


def described(parts: tuple[str | Cloze, ...], indent: str = "") -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield indent + json.dumps(part, ensure_ascii=False)
        else:
            hint = f" ?{json.dumps(part.hint, ensure_ascii=False)}" if part.hint else ""
            yield f"{indent}c{part.number}{hint}"
            yield from described(part.content, indent + "  ")


@pytest.mark.parametrize(("text", "expected"), read_cases("cloze.md"))
def test_tree(text: str, expected: str) -> None:
    assert "\n".join(described(parse_cloze(text))) == expected


def marks_of(parts: tuple[str | Cloze, ...]) -> Iterator[Cloze]:
    for part in parts:
        if isinstance(part, Cloze):
            yield part
            yield from marks_of(part.content)


def depth_of(parts: tuple[str | Cloze, ...]) -> int:
    inner = (depth_of(part.content) + 1 for part in parts if isinstance(part, Cloze))
    return max(inner, default=0)


def letters_of(parts: tuple[str | Cloze, ...]) -> int:
    return sum(
        part.count("a")
        if isinstance(part, str)
        else letters_of(part.content) + part.hint.count("a")
        for part in parts
    )


@given(MARKUP)
def test_nothing_is_lost_and_numbers_are_those_of_the_tree(text: str) -> None:
    tree = parse_cloze(text)
    numbers = {mark.number for mark in marks_of(tree)}
    assert cloze_numbers(text) == tuple(sorted(numbers))
    assert numbers <= set(range(1, MAX_NUMBER + 1))
    assert depth_of(tree) <= MAX_DEPTH
    assert letters_of(tree) == text.count("a")


@given(MARKUP)
def test_problems_are_in_order_and_stand_in_the_text(text: str) -> None:
    starts = [problem.start for problem in find_cloze_problems(text)]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
    assert cloze_numbers(text) or starts, "a text without cards has a problem"


@given(MARKUP)
def test_regions_have_no_gaps(text: str) -> None:
    assert "".join(text[region.start : region.end] for region in regions(text)) == text


@given(st.text())
def test_any_text_is_parsed(text: str) -> None:
    assert parse_cloze(text) == ((text,) if text else ())


def test_numbers_are_ascending_and_distinct() -> None:
    assert cloze_numbers("{{c3::a}} {{c1::b {{c2::c}}}} {{c3::d}} {{c0::e}}") == (1, 2, 3)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("{{c1::a}} and {{c2::$x^{2}$::hint}}", [], id="none"),
        pytest.param(
            "plain",
            [
                "A cloze text needs a mark and has none. "
                "Put {{c1::…}} around what the card shall ask for."
            ],
            id="no-marks",
        ),
        pytest.param(
            "{{c1::a}} {{c2::b",
            [
                "The mark {{c2:: is not closed. "
                "End it with }}, in the same formula or code if it begins in one."
            ],
            id="unclosed",
        ),
        pytest.param(
            "`{{c1::a` b}}",
            [
                "The mark {{c1:: is not closed. "
                "End it with }}, in the same formula or code if it begins in one."
            ],
            id="closed-behind-its-code",
        ),
        pytest.param(
            "{{c0::a}}",
            ["The mark {{c0:: has no number from 1 to 500. Give it such a number."],
            id="zero",
        ),
        pytest.param(
            "{{c501::a}}",
            ["The mark {{c501:: has no number from 1 to 500. Give it such a number."],
            id="too-high",
        ),
        pytest.param(
            "{{c1::}} {{c2:: ::hint}}",
            [
                "The mark {{c1:: holds nothing. "
                "Put in what shall be asked for, or take the mark away.",
                "The mark {{c2:: holds nothing. "
                "Put in what shall be asked for, or take the mark away.",
            ],
            id="empty",
        ),
        pytest.param(
            "{{c1:a}} {{C2::b}} {c3::c}} {{c1,2::d}} {{::e}} {{c5::f}}",
            [
                "{{c1: does not begin a mark. Write it as {{c1::.",
                "{{C2:: does not begin a mark. Write it as {{c1::.",
                "{c3:: does not begin a mark. Write it as {{c1::.",
                "{{c1,2:: does not begin a mark. Write it as {{c1::.",
                "{{:: does not begin a mark. Write it as {{c1::.",
            ],
            id="lookalikes",
        ),
        pytest.param("{{c1::a}} `{{c2:b}}` $_{c3::x}$", [], id="lookalikes-in-code-and-math"),
        pytest.param(r"{{c1::a}} \{\{c2::b}} \{c3::d}", [], id="escaped-braces"),
        pytest.param("{{{c1::a}}}", [], id="braces-around-a-mark"),
        pytest.param(
            "{{c1::" * (MAX_DEPTH + 1) + "x" + "}}" * (MAX_DEPTH + 1),
            ["The mark {{c1:: lies inside more than 7 others. Take it out of some of them."],
            id="too-deep",
        ),
    ],
)
def test_problems(text: str, problems: list[str]) -> None:
    assert list(cloze_problems(text)) == problems


def test_a_problem_knows_its_place() -> None:
    text = "{{c1::a}}\n{{c2::b {{c3::}} {{c4:c"
    starts = [problem.start for problem in find_cloze_problems(text)]
    assert starts == [text.index("{{c2"), text.index("{{c3"), text.index("{{c4")]


def test_a_number_of_thousands_of_digits() -> None:
    zeros = "0" * 5000
    assert cloze_numbers(f"{{{{c{zeros}7::a}}}} {{{{c7{zeros}::b}}}}") == (7,)
    assert len(cloze_problems(f"{{{{c7{zeros}::b}}}}")[0]) < 100


@pytest.mark.parametrize(
    ("piece", "end"),
    [
        pytest.param("{{c1::", "", id="openings"),
        pytest.param("{{c1::", "}}" * 50_000, id="nested"),
        pytest.param("{{c0::", "}}" * 50_000, id="nested-without-number"),
        pytest.param("{{c1::a::", "}}" * 50_000, id="nested-with-hints"),
        pytest.param("${{c1::", "$", id="openings-in-dollars"),
        pytest.param(r"\({{c1::", r"}}\)", id="openings-in-parentheses"),
        pytest.param("{{c1::`", "`", id="openings-and-backticks"),
        pytest.param("{{c1::$a$}}", "", id="formulas"),
        pytest.param("}}", "", id="closings"),
        pytest.param("::", "", id="colons"),
        pytest.param("{{c 1", "", id="lookalikes"),
        pytest.param("{{ ", "", id="braces-and-spaces"),
        pytest.param("{{c1 , ", "", id="commas"),
    ],
)
def test_hostile_texts_end_soon(piece: str, end: str) -> None:
    # In quadratic time one of these takes hours, and the runner's time limit ends it.
    text = piece * (300_000 // len(piece)) + end
    numbers = cloze_numbers(text)
    assert numbers == tuple(sorted({mark.number for mark in marks_of(parse_cloze(text))}))
    assert numbers or cloze_problems(text)
