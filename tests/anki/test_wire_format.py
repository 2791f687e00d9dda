"""Messages of the protocol buffers."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.anki.wire_format import BrokenMessage, fields, read_message, written

Values: TypeAlias = "list[tuple[int, int | bytes]]"
VALUES = st.lists(
    st.tuples(
        st.integers(1, 2**29 - 1), st.one_of(st.integers(0, 2**64 - 1), st.binary(max_size=300))
    )
)


@given(VALUES)
def test_what_is_written_is_read(values: Values) -> None:
    assert list(fields(written(values))) == values


def test_the_bytes_are_those_of_the_format() -> None:
    """The examples of https://protobuf.dev/programming-guides/encoding/."""
    assert written([(1, 150)]) == bytes.fromhex("089601")
    assert written([(2, b"testing")]) == bytes.fromhex("120774657374696e67")


@given(VALUES.filter(bool), st.data())
def test_what_is_cut_off_is_told(
    values: list[tuple[int, int | bytes]], data: st.DataObject
) -> None:
    whole = written(values)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    try:
        read = list(fields(cut))
    except BrokenMessage:
        return
    assert read == values[: len(read)]


def test_a_group_is_told() -> None:
    with pytest.raises(BrokenMessage, match="kind 3"):
        read_message(b"\x0b")
