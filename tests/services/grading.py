"""A process that grades without end and tells each grade once it is saved; made to be killed."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from studyapp.domain.presets import DayOptions
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import Instant
from studyapp.services.study import Study
from studyapp.services.study_values import Prompt
from studyapp.store import decks
from studyapp.store.database import Database


def main(path: Path, migrations: Path, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311
    database = Database.open(path, migrations, "a process that will be killed")
    study = Study(database, lambda: Instant(time.time_ns() // 1_000_000), DayOptions())
    with database.read() as tx:
        deck = decks.every(tx)[0]
    study.start(deck.id)
    print("ready", flush=True)
    while isinstance(prompt := study.current(), Prompt):
        grade = choose.choice([Grade.AGAIN, Grade.HARD, Grade.GOOD])
        reps = prompt.card.schedule.reps
        study.grade(prompt, grade, took_ms=1)
        print(prompt.card.id, reps + 1, int(grade), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
