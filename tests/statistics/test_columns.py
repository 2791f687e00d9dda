"""Counting in columns."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studyapp.statistics.columns import counted


@given(st.lists(st.integers(-5, 5) | st.integers(-(10**9), 10**9)))
def test_near_and_far_values_are_counted_alike(values: list[int]) -> None:
    found = counted(np.array(values, dtype=np.int64))
    assert found == Counter(values)
    assert list(found) == sorted(found)
