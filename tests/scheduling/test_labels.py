"""Spans of time on buttons."""

from __future__ import annotations

import pytest

from studyapp.scheduling.labels import span_label


@pytest.mark.parametrize(
    ("seconds", "label"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (330, "6 min"),
        (600, "10 min"),
        (5400, "1.5 h"),
        (7200, "2 h"),
        (86_400, "1 d"),
        (29 * 86_400, "29 d"),
        (31 * 86_400, "1 mo"),
        (45 * 86_400, "1.5 mo"),
        (400 * 86_400, "1.1 y"),
        (150, "3 min"),
        (365 * 86_400, "1 y"),
        (36_500 * 86_400, "100 y"),
    ],
)
def test_labels(seconds: int, label: str) -> None:
    assert span_label(seconds) == label
