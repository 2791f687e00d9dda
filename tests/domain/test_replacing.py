"""Find and replace in one text."""

from __future__ import annotations

import pytest

from studyapp.domain.replacing import Replacement, replacer
from studyapp.errors import ContentError, QueryError


@pytest.mark.parametrize(
    ("find", "replace", "text", "expected", "times"),
    [
        pytest.param("Lemma", "Theorem", "lemma 1, LEMMA 2", "Theorem 1, Theorem 2", 2, id="case"),
        pytest.param("a.b", "c", "a.b axb", "c axb", 1, id="a-dot-is-a-dot"),
        pytest.param("x", r"\1 \g<y> \\", "x", r"\1 \g<y> \\", 1, id="a-backslash-is-one"),
        pytest.param("x", "", "axb", "ab", 1, id="nothing-instead"),
        pytest.param("no", "yes", "text", "text", 0, id="not-there"),
    ],
)
def test_words(find: str, replace: str, text: str, expected: str, times: int) -> None:
    assert replacer(Replacement(find, replace))(text) == (expected, times)


@pytest.mark.parametrize(
    ("find", "replace", "text", "expected"),
    [
        pytest.param(r"x_(\d)", r"y_\1", "x_1 x_2", "y_1 y_2", id="group"),
        pytest.param(r"(\w)/(\w)", r"\frac{\1}{\2}", "a/b", r"\frac{a}{b}", id="latex"),
        pytest.param(r"(?P<n>\d)", r"\g<n>!", "7", "7!", id="named-group"),
        pytest.param("b", r"[\0]", "abc", "a[b]c", id="all-of-it"),
        pytest.param("b", r"\\1 \n", "b", r"\\1 \n", id="two-backslashes-are-no-group"),
        pytest.param("(a)|b", r"<\1>", "ab", "<a><>", id="group-that-took-no-part"),
        pytest.param("^", "- ", "line", "- line", id="beginning"),
    ],
)
def test_expressions(find: str, replace: str, text: str, expected: str) -> None:
    assert replacer(Replacement(find, replace, regex=True))(text)[0] == expected


@pytest.mark.parametrize("regex", [False, True])
def test_capitals_may_matter(regex: bool) -> None:
    work = replacer(Replacement("A", "b", regex=regex, match_case=True))
    assert work("aA") == ("ab", 1)


@pytest.mark.parametrize(
    ("find", "position"),
    [
        pytest.param("a(b", 1, id="bracket-not-closed"),
        pytest.param("[z-a]", 1, id="set-the-wrong-way-round"),
        pytest.param("(a+)+", 4, id="could-take-forever"),
    ],
)
def test_a_wrong_expression_is_told_with_its_place(find: str, position: int) -> None:
    with pytest.raises(QueryError) as told:
        replacer(Replacement(find, "", regex=True))
    assert told.value.position == position


def test_nothing_to_find() -> None:
    with pytest.raises(ContentError, match="nothing to find"):
        replacer(Replacement("", "x"))


@pytest.mark.parametrize("replace", [r"\2", r"\g<name>"])
def test_an_unknown_group(replace: str) -> None:
    with pytest.raises(ContentError, match="which the expression does not have"):
        replacer(Replacement("(a)", replace, regex=True))
