"""Learning steps as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.durations import parse_steps, steps_text
from studyapp.errors import ContentError


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        pytest.param("1m 10m 1d", (60, 600, 86_400), id="usual"),
        pytest.param("  30s   2h ", (30, 7200), id="spaces"),
        pytest.param("1 10", (60, 600), id="minutes-without-a-unit"),
        pytest.param("1.5h 0.5m", (5400, 30), id="fractions"),
        pytest.param("", (), id="none"),
    ],
)
def test_steps_are_read(text: str, steps: tuple[int, ...]) -> None:
    assert parse_steps(text) == steps


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("1m soon", "“soon” is", id="a-word"),
        pytest.param("1w -5m", "“1w”, “-5m” are", id="all-at-once"),
        pytest.param("0m", "“0m” is", id="no-time"),
        pytest.param("1m,10m", "“1m,10m” is", id="commas"),
        pytest.param("١m", "“١m” is", id="other-digits"),
    ],
)
def test_what_is_no_span_of_time_is_named(text: str, named: str) -> None:
    with pytest.raises(ContentError, match=named):
        parse_steps(text)


@given(st.lists(st.integers(1, 10**7)).map(tuple))
def test_what_is_shown_can_be_typed(steps: tuple[int, ...]) -> None:
    assert parse_steps(steps_text(steps)) == steps
