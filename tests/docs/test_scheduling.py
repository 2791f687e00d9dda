"""What docs/scheduling.md says of intervals is what the schedulers give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studyapp.domain.presets import Preset, SchedulerName
from studyapp.domain.reviews import Grade
from studyapp.scheduling.fsrs_fitting import FEWEST
from studyapp.scheduling.samples import samples

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scheduling.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ((?:again|hard|good|easy)(?:, \w+)+) \| (.+) \| (.+) \|$", TEXT, re.M)


def intervals(scheduler: SchedulerName, grades: str) -> str:
    preset = Preset(scheduler=scheduler)
    given = [Grade[grade.upper()] for grade in grades.split(", ")]
    return ", ".join(each.label for each in samples(preset, given))


@pytest.mark.parametrize(
    ("grades", "by_sm2", "by_fsrs"), [pytest.param(*row, id=row[0]) for row in ROWS]
)
def test_the_histories(grades: str, by_sm2: str, by_fsrs: str) -> None:
    assert (intervals("sm2", grades), intervals("fsrs", grades)) == (by_sm2, by_fsrs)


def test_there_are_histories() -> None:
    assert len(ROWS) == 3


def test_how_few_reviews_are_too_few() -> None:
    assert f"Fewer than {FEWEST} reviews" in TEXT
