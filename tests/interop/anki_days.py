"""Which day a real Anki says it is: `python -m tests.interop.anki_days`, cases as JSON come in.

A process of its own, since its time zone, and with `faketime` its clock, are those of the process.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from anki.collection import Collection

_STAMP = "FAKETIME_TIMESTAMP_FILE"


def days(cases: list[dict[str, int]]) -> list[tuple[int, int, int]]:
    """For each case: now and the next rollover in seconds, and the number of the day."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "collection.anki2")
        Collection(str(path)).close()
        return [_day(path, case) for case in cases]


def _day(path: Path, case: dict[str, int]) -> tuple[int, int, int]:
    if _STAMP in os.environ:
        Path(os.environ[_STAMP]).write_text(f"{case['shift_s']:+d}s", encoding="ascii")
    with closing(Collection(str(path))) as collection:
        assert collection.db is not None
        collection.db.execute("update col set crt = ?", case["created_at"])
        collection.set_config("creationOffset", -case["created_offset_s"] // 60)
        collection.set_config("rollover", case["rollover_hour"])
    with closing(Collection(str(path))) as collection:
        scheduler = collection.sched
        return int(time.time()), scheduler.day_cutoff, scheduler.today


if __name__ == "__main__":
    json.dump(days(json.load(sys.stdin)), sys.stdout)
