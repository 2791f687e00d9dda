"""A query made narrower or wider by a click."""

from __future__ import annotations

import pytest

from studyapp.domain.narrowing import narrowed, widened
from studyapp.domain.query import InDeck
from studyapp.domain.query_parser import parse
from studyapp.domain.query_text import plain
from studyapp.domain.query_writing import written


@pytest.mark.parametrize(
    ("query", "click", "narrower", "wider"),
    [
        pytest.param("", "A", "deck:A", "deck:A", id="nothing-before"),
        pytest.param("dog", "A", "dog deck:A", "dog deck:A", id="another-sort"),
        pytest.param("deck:A dog", "B", "dog deck:B", "(deck:A or deck:B) dog", id="same-sort"),
        pytest.param(
            "deck:A or deck:B", "C", "deck:C", "deck:A or deck:B or deck:C", id="choices"
        ),
        pytest.param("dog deck:A", "A", "dog", "dog", id="again"),
        pytest.param("deck:A or deck:B", "A", "deck:A", "deck:B", id="one-of-the-choices"),
        pytest.param(
            "deck:A or dog", "B", "(deck:A or dog) deck:B", "(deck:A or dog) deck:B",
            id="mixed-choices-stay",
        ),
        pytest.param("-deck:A", "B", "-deck:A deck:B", "-deck:A deck:B", id="negated-stays"),
    ],
)  # fmt: skip
def test_a_click(query: str, click: str, narrower: str, wider: str) -> None:
    assert written(narrowed(parse(query), InDeck(plain(click)))) == narrower
    assert written(widened(parse(query), InDeck(plain(click)))) == wider
