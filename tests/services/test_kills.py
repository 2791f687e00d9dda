"""A process killed at any moment has lost no grade that it had told, and doubled none.

`STUDYAPP_KILLS=200` kills that many times; without it a few times, since each takes a start.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from studyapp.domain.reviews import Review
from studyapp.store import cards, decks, reviews
from studyapp.store.database import Database
from tests.services.conftest import MIGRATIONS, Desk, MovableClock, basic

KILLS = int(os.environ.get("STUDYAPP_KILLS", "6"))
LONGEST_S = 0.25
ROOT = MIGRATIONS.parent

Told = tuple[int, int, int]
"""Card id, its number of reps after the grade, the grade."""


def test_no_grade_is_lost_or_doubled(tmp_path: Path, clock: MovableClock) -> None:
    path = make_collection(tmp_path, clock)
    choose = random.Random(20261121)  # noqa: S311
    told: list[Told] = []
    for number in range(KILLS):
        told += grade_and_kill(path, number, choose.uniform(0, LONGEST_S))
        check(path, told)
    assert len(told) > KILLS


def make_collection(folder: Path, clock: MovableClock) -> Path:
    with closing(Desk(folder, clock)) as desk:
        desk.install([basic(number) for number in range(3000)])
        with desk.database.change("no limits", 1) as tx:
            tx.exec_driver_sql(
                """UPDATE presets SET options = '{"new_per_day": 9999, "reviews_per_day": 9999}'"""
            )
        return desk.path


def grade_and_kill(path: Path, seed: int, after_s: float) -> list[Told]:
    """Let a process grade, kill it, and return what it had told until then."""
    command = [
        sys.executable,
        "-m",
        "tests.services.grading",
        str(path),
        str(MIGRATIONS),
        str(seed),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after_s)
        process.kill()
        lines = process.stdout.read().splitlines(keepends=True)
    complete = [line.split() for line in lines if line.endswith("\n")]
    return [(int(card), int(reps), int(grade)) for card, reps, grade in complete]


def check(path: Path, told: list[Told]) -> None:
    """The log holds what was told exactly once, and cards agree with it."""
    with closing(Database.open(path, MIGRATIONS, "a test")) as database, database.read() as tx:
        deck_ids = [deck.id for deck in decks.every(tx)]
        log = reviews.in_decks(tx, deck_ids, 0)
        schedules = {place.card.id: place.card.schedule for place in cards.in_decks(tx, deck_ids)}
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    logged = [(review.card_id, review.after.reps, int(review.grade)) for review in log]
    assert len(set(logged)) == len(logged), "a grade is there twice"
    assert set(told) <= set(logged), "a grade that was told is lost"
    by_card: dict[int, list[Review]] = {}
    for review in log:
        by_card.setdefault(review.card_id, []).append(review)
    for card_id, history in by_card.items():
        assert all(first.after == second.before for first, second in pairwise(history))
        assert history[-1].after == schedules[card_id]
