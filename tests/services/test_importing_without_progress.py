"""A file that is imported as if nobody had studied it."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from studyapp.domain.presets import DayOptions
from studyapp.services.importing import Importing
from tests.services.conftest import Desk
from tests.services.importing_files import Package, Row

LOG = (1_700_000_100_000, 3, 4, 0, 2500, 4000, 1)
STUDIED = {"type": 2, "queue": -1, "due": 10, "ivl": 4, "factor": 2500, "reps": 1, "flags": 2}


@pytest.mark.parametrize(
    ("with_progress", "card", "reviews"),
    [
        pytest.param(True, (2, 1, 2, 1), 1, id="with"),
        pytest.param(False, (0, 0, 0, 0), 0, id="without"),
    ],
)
def test_schedules_suspension_flags_and_history_come_along_or_not(
    desk: Desk,
    tmp_path: Path,
    with_progress: bool,
    card: tuple[int, int, int, int],
    reviews: int,
) -> None:
    file = Package([Row("one", cards=[STUDIED], log=[LOG])]).write(tmp_path / "a.apkg")
    numbers = count(1)
    importing = Importing(desk.database, desk.clock, DayOptions(), lambda: f"new-{next(numbers)}")
    plan = importing.preview(file, with_progress=with_progress)
    assert (plan.with_progress, plan.has_progress) == (with_progress, True)
    assert plan.numbers.reviews == reviews
    importing.apply(plan)
    with desk.database.read() as tx:
        found = tx.exec_driver_sql("SELECT state, suspended, flag, reps FROM cards").fetchall()
        logged = tx.exec_driver_sql("SELECT count(*) FROM reviews").scalar_one()
    assert [tuple(each) for each in found] == [card]
    assert logged == reviews
