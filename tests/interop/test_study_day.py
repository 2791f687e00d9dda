"""The study day equals Anki's: over changes to and from summer time, in any zone, at any rollover.

With the program `faketime`, instants about such changes are tried; without it, only the present.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studyapp.domain.study_day import MS_PER_DAY, Instant, day_ends_at, study_day

ROLLOVERS = (0, 1, 2, 3, 4, 12, 23)
HOURS = (0, 1, 1.5, 2, 2.5, 3, 3.5, 4.5, 12, 22.5, 23.5, 26, 28.5)
"""After midnight, and a minute: nothing is asked in the very second in which clocks change."""

# Zones, and the local days in which their clocks are changed.
CHANGES = [
    pytest.param("Europe/Berlin", "2026-03-29", id="berlin-to-summer"),
    pytest.param("Europe/Berlin", "2026-10-25", id="berlin-to-winter"),
    pytest.param("America/New_York", "2026-03-08", id="new-york-to-summer"),
    pytest.param("Australia/Lord_Howe", "2026-04-05", id="by-half-an-hour"),
    pytest.param("Asia/Kathmandu", "2026-07-01", id="quarters-of-hours"),
    pytest.param("Pacific/Kiritimati", "2026-12-31", id="far-east"),
]


def offset_s(zone: str, at: int) -> int:
    offset = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def cases(zone: str, day: str) -> list[dict[str, int]]:
    """The hours about a day; a collection made long ago elsewhere, or here that winter."""
    midnight = int(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).timestamp())
    made = [(1_500_000_000, -7 * 3600), (1_767_600_000, offset_s(zone, 1_767_600_000))]
    return [
        {
            "shift_s": at - int(time.time()),
            "created_at": made[number % 2][0],
            "created_offset_s": made[number % 2][1],
            "rollover_hour": ROLLOVERS[number % len(ROLLOVERS)],
        }
        for number, at in enumerate(midnight + int(hours * 3600) + 60 for hours in HOURS)
    ]


def asked(zone: str, given: list[dict[str, int]], folder: Path) -> list[tuple[int, int, int]]:
    command = [sys.executable, "-m", "tests.interop.anki_days"]
    environment = {**os.environ, "TZ": zone}
    environment.pop("ANKI_TEST_MODE", None)  # it would turn the clock back at night
    if shutil.which("faketime"):
        command = ["faketime", "-f", "+0s", "env", "-u", "FAKETIME", *command]
        (folder / "now").write_text("+0s", encoding="ascii")
        environment |= {
            "FAKETIME_TIMESTAMP_FILE": str(folder / "now"),
            "FAKETIME_NO_CACHE": "1",
        }
    done = subprocess.run(
        command,
        input=json.dumps(given),
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return [tuple(each) for each in json.loads(done.stdout)]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_the_study_day_equals_ankis(zone: str, day: str, tmp_path: Path) -> None:
    given = cases(zone, day)
    found = asked(zone, given, tmp_path)
    for case, (now, ends, number) in zip(given, found, strict=True):
        instant = Instant(now * 1000, offset_s(zone, now) * 1000)
        made = (case["created_at"] + case["created_offset_s"]) * 1000 // MS_PER_DAY
        assert study_day(instant, case["rollover_hour"]) - made == number, case
        assert day_ends_at(instant, case["rollover_hour"]) == ends * 1000, case
