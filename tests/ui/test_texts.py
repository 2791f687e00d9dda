"""Spans, summaries and style as text."""

from __future__ import annotations

import re

import pytest

from studyapp.domain.reviews import Grade
from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.services.study_values import Summary
from studyapp.ui.spans import about, countdown
from studyapp.ui.style import style_sheet
from studyapp.ui.summary_screen import facts


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        pytest.param(0, "less than a minute", id="nothing"),
        pytest.param(540_000, "9 min", id="minutes"),
        pytest.param(3_600_000, "1 h", id="full-hour"),
        pytest.param(4_800_000, "1 h 20 min", id="hours"),
    ],
)
def test_a_span_as_one_tells_it(ms: int, text: str) -> None:
    assert about(ms) == text


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        pytest.param(-5, "0:00", id="over"),
        pytest.param(1, "0:01", id="rounded-up"),
        pytest.param(125_000, "2:05", id="minutes"),
        pytest.param(3_600_000, "1:00:00", id="hour"),
    ],
)
def test_a_countdown(ms: int, text: str) -> None:
    assert countdown(ms) == text


def summary(reviews: int, remembered: int, due: int, tomorrow: int | None) -> Summary:
    grades = {Grade.AGAIN: reviews - 2, Grade.GOOD: 2} if reviews else {}
    return Summary("Geography::Capitals", reviews, 540_000, grades, remembered, due, tomorrow)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(
            summary(25, 18, 20, 12),
            [
                ("Done", "25 reviews in 9 min"),
                ("Remembered", "18 of 20 due cards (90 %)"),
                ("Grades", "23 again · 0 hard · 2 good · 0 easy"),
                ("Tomorrow", "12 cards come due, and new ones if there are."),
            ],
            id="a-day",
        ),
        pytest.param(
            summary(0, 0, 0, 1),
            [
                ("Today", "Nothing was due here, and no new cards are left for today."),
                ("Tomorrow", "1 card comes due, and new ones if there are."),
            ],
            id="nothing-done",
        ),
    ],
)
def test_what_a_summary_says(given: Summary, said: list[tuple[str, str]]) -> None:
    assert facts(given) == said


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_has_no_colour_of_its_own(theme: Theme) -> None:
    tokens = {value for value in vars_of(theme) if value.startswith("#")}
    found = set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(theme)))
    assert found
    assert found <= tokens


def vars_of(theme: Theme) -> list[str]:
    return [getattr(theme, name) for name in Theme.__slots__]
