"""The language of searches: what a query means, how it is written, and what is wrong with one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studyapp.domain.query import (
    And,
    Comparison,
    Everything,
    Field,
    FieldIs,
    Has,
    InDeck,
    Is,
    Not,
    Or,
    Property,
    Query,
    Rated,
    Regex,
    State,
    Tagged,
    Text,
)
from studyapp.domain.query_parser import MAX_DEPTH, MAX_TERMS, parse
from studyapp.domain.query_regex import required
from studyapp.domain.query_text import Pattern, Wild, fold, heading, plain
from studyapp.domain.query_writing import written
from studyapp.errors import QueryError


def text(word: str) -> Text:
    return Text(plain(word))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", Everything(), id="nothing"),
        pytest.param("*", Everything(), id="star"),
        pytest.param("a b", And((text("a"), text("b"))), id="and-is-meant"),
        pytest.param("a AND b", And((text("a"), text("b"))), id="and"),
        pytest.param(
            "a b or c", Or((And((text("a"), text("b"))), text("c"))), id="and-binds-tighter"
        ),
        pytest.param("a (b or c)", And((text("a"), Or((text("b"), text("c"))))), id="brackets"),
        pytest.param("a(b)", And((text("a"), text("b"))), id="no-space-is-needed"),
        pytest.param("-a", Not(text("a")), id="not"),
        pytest.param("-(a b)", Not(And((text("a"), text("b")))), id="not-brackets"),
        pytest.param("--a", Not(text("-a")), id="not-a-dash"),
        pytest.param("- a", And((text("-"), text("a"))), id="dash-alone-is-text"),
        pytest.param('"and"', text("and"), id="quoted-operator"),
        pytest.param('"a b"', text("a b"), id="quoted"),
        pytest.param(r"\frac", text(r"\frac"), id="latex"),
        pytest.param(r"\\frac", text(r"\frac"), id="escaped-backslash"),
        pytest.param(r"a\:b", text("a:b"), id="escaped-colon"),
        pytest.param(r"x\_1", text("x_1"), id="escaped-wildcard"),
        pytest.param("a*_", Text(Pattern(("a", Wild.ANY, Wild.ONE))), id="wildcards"),
        pytest.param('deck:"A b"', InDeck(plain("A b")), id="quoted-value"),
        pytest.param('"deck:A b"', InDeck(plain("A b")), id="quoted-whole"),
        pytest.param("DECK:A::B", InDeck(plain("A::B")), id="further-colons"),
        pytest.param("tag:none", Tagged(None), id="no-tag"),
        pytest.param("is:Due", Is(State.DUE), id="case-of-values"),
        pytest.param("front:", FieldIs(Field.FRONT, Pattern(())), id="empty-field"),
        pytest.param(r"back:re:\d", Regex(r"\d", Field.BACK), id="regex-in-a-field"),
        pytest.param("prop:ease>=2.35", Has(Property.EASE, Comparison.AT_LEAST, 2350), id="ease"),
        pytest.param("prop:due=-1", Has(Property.DUE, Comparison.EQUAL, -1), id="overdue"),
        pytest.param("rated:7:1", Rated(7, 1), id="grade"),
    ],
)
def test_a_query_means(query: str, expected: Query) -> None:
    assert parse(query) == expected


@pytest.mark.parametrize(
    ("query", "position", "length", "told"),
    [
        pytest.param("is:reveiw", 3, 6, "Did you mean is:review?", id="value"),
        pytest.param("a dek:b", 2, 4, "Did you mean deck:b?", id="word"),
        pytest.param("prop:lapse>3", 5, 7, "Did you mean prop:lapses>3?", id="property"),
        pytest.param("note:bsic", 5, 4, "Did you mean note:basic?", id="kind"),
        pytest.param("https://x", 0, 6, r"https\://x", id="text-with-a-colon"),
        pytest.param("a (b", 2, 1, "never closed", id="bracket"),
        pytest.param("a b)", 3, 1, "closes nothing", id="closing-bracket"),
        pytest.param("a ()", 2, 2, "nothing in the brackets", id="empty-brackets"),
        pytest.param('a "b', 2, 1, "never closed", id="quote"),
        pytest.param('a""', 1, 1, "within a word", id="quote-within-a-word"),
        pytest.param("a or", 2, 2, '"or"', id="operator-at-the-end"),
        pytest.param("or a", 0, 2, '"or"', id="operator-at-the-start"),
        pytest.param("a re:[b", 5, 1, "the expression is wrong", id="regex"),
        pytest.param('"re:(a+)+b"', 8, 1, "take forever", id="endless-regex"),
        pytest.param("flag:8", 5, 1, "1 to 7", id="flag"),
        pytest.param("rated:1:5", 6, 3, "1 again to 4 easy", id="grade"),
        pytest.param("a\ud800", 1, 1, "no character", id="surrogate"),
    ],
)
def test_a_mistake_is_placed_and_explained(
    query: str, position: int, length: int, told: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert (caught.value.position, caught.value.length) == (position, length)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), id="deep"),
        pytest.param("-(" * 3000 + "a" + ")" * 3000, id="deeper-than-the-stack"),
        pytest.param("a " * (MAX_TERMS + 1), id="long"),
        pytest.param("a" * 10_001, id="longer"),
        pytest.param("re:" + "a?" * 30 + "a" * 30, id="many-options"),
    ],
)
def test_what_would_take_too_long_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


FRAGMENTS = r"""( ) " - or and : \ * _ a É deck: tag: is: due prop: ease >= 1 .5 re: [ | front: nc:
none dupe: rated: link: card: note: basic , { } + ? (?: w: $ ="""
PIECES = st.sampled_from([" ", *FRAGMENTS.split()])


@given(st.text() | st.lists(PIECES, max_size=14).map("".join))
@example("re:a{99999999999999999999}")
@example("re:\\N{x}")
@example("re:(?i")
@example("'²:")
def test_any_text_is_a_query_or_a_query_error(query: str) -> None:
    try:
        parsed = parse(query)
    except QueryError as error:
        position = error.position
    else:
        position = 0
        assert parse(written(parsed)) == parsed
    assert 0 <= position <= len(query)


@given(st.text())
@example("ẞß Ǆ İı ſ ﬁ Å Å ﾊﾟ が 각 ΐ")
def test_folding_twice_is_folding_once(given_text: str) -> None:
    folded = fold(given_text)
    assert fold(folded) == folded
    assert not any(unicodedata.combining(each) for each in folded)


@given(st.text(), st.text(), st.text())
def test_a_part_of_a_text_is_found_in_it_folded(before: str, part: str, after: str) -> None:
    assert fold(part) in fold(before + part + after)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Straße", "strasse"),
        ("ÉCOLE", "ecole"),
        ("Łódź", "lodz"),
        ("ﬁＡ²", "fia2"),
        ("a\0b", "a b"),
    ],
)
def test_folding(given_text: str, expected: str) -> None:
    assert fold(given_text) == expected


def compiles(expression: str) -> bool:
    try:
        re.compile(expression)
    except re.error:
        return False
    return True


@given(
    st.lists(st.sampled_from(["ab", "C1", ".", "*", "+", "?", r"\d", "[xy]", "{2}", "^", "(cd)"]))
    .map("".join)
    .filter(compiles),
    st.text("abc1CDdxy 7"),
)
@example(".{2}", "11")
def test_what_an_expression_requires_is_in_all_that_it_matches(
    expression: str, subject: str
) -> None:
    if re.search(expression, subject, re.IGNORECASE):
        assert all(fold(part) in fold(subject) for part in required(expression))


def test_a_heading_is_one_line_without_cloze_marks() -> None:
    assert heading("{{c1::Rome::city}} is\n in {{c2::Italy}}", is_cloze=True) == "Rome is in Italy"
    assert heading("a }} b", is_cloze=False) == "a }} b"
    assert len(heading("word " * 100, is_cloze=False)) == 120
