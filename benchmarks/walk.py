"""How far a day's cards lie from each other, as usual and as a walk: `python -m benchmarks.walk`.

A simulated user studies the shipped decks for some days; then the same day is gone through twice,
in the preset's usual order and as a walk over the map. Distances are in those of two neighbours.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from math import dist
from pathlib import Path
from random import Random
from shutil import copy
from statistics import fmean, median
from tempfile import TemporaryDirectory
from time import perf_counter

from studyapp.deckfile.parse import read_deck
from studyapp.domain.landscape import UNIT
from studyapp.domain.presets import DEFAULT_PRESET
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, Instant
from studyapp.environment import OPTIONS, shipped
from studyapp.services.installing import Installer
from studyapp.services.landscape import Landscapes
from studyapp.services.presets import Presets
from studyapp.services.study import Study
from studyapp.services.study_values import Prompt
from studyapp.store import decks, places
from studyapp.store.database import Database

_ROOT = "Alignment"
_MORNING = 20_000 * MS_PER_DAY + 9 * 3_600_000
_TOOK_MS = 8000


class _Clock:
    def __init__(self, day: int) -> None:
        self.at = _MORNING + day * MS_PER_DAY

    def __call__(self) -> Instant:
        self.at += _TOOK_MS
        return Instant(self.at)


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    with closing(Database.open(path, shipped("migrations"), "a benchmark")) as database:
        yield database


def _study(database: Database, day: int) -> Study:
    study = Study(database, _Clock(day), OPTIONS)
    with database.read() as tx:
        root = decks.by_name(tx, _ROOT)
    study.start(root.id)
    return study


def _after(path: Path, days: int) -> None:
    """The collection of somebody who studied every day, and recalled nine in ten."""
    chance = Random(1)  # noqa: S311 - not for secrets
    with _opened(path) as database:
        installer = Installer(database, _Clock(0))
        for file in sorted(shipped("decks").glob("*.md")):
            installer.install_text(read_deck(file), "1")
        Landscapes(database, _Clock(0), OPTIONS).settle()
        for day in range(days):
            study = _study(database, day)
            while isinstance(prompt := study.current(), Prompt):
                study.grade(prompt, Grade.GOOD if chance.random() < 0.9 else Grade.AGAIN, _TOOK_MS)


def _way(path: Path, day: int, *, walk: bool) -> tuple[list[float], float]:
    """Distances between the cards of a day, and milliseconds until the first is there."""
    with TemporaryDirectory(prefix="walk-") as folder:
        there = Path(copy(path, folder))
        with _opened(there) as database:
            presets = Presets(database, _Clock(day), OPTIONS)
            presets.change(decks.DEFAULT_PRESET_ID, replace(DEFAULT_PRESET, walk=walk))
            since = perf_counter()
            study = _study(database, day)
            study.current()
            taken = (perf_counter() - since) * 1000
            notes = list(_gone_through(study))
            with database.read() as tx:
                known = places.of_notes(tx, notes)
    return [dist(known[one], known[other]) / UNIT for one, other in pairwise(notes)], taken


def _gone_through(study: Study) -> Iterator[int]:
    """Notes in the order in which they are asked, each once: easy cards do not come again."""
    while isinstance(prompt := study.current(), Prompt):
        yield prompt.card.note_id
        study.grade(prompt, Grade.EASY, _TOOK_MS)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.walk", description=__doc__)
    parser.add_argument("--days", type=int, nargs="+", default=[0, 10, 30, 60])
    asked = parser.parse_args()
    print("| day | cards | order | mean distance | median | first card |\n" + "|---" * 6 + "|")
    for days in asked.days:
        with TemporaryDirectory(prefix="walk-") as folder:
            path = Path(folder) / "collection.db"
            _after(path, days)
            for walk in (False, True):
                away, taken = _way(path, days, walk=walk)
                order = "a walk" if walk else "as usual"
                print(
                    f"| {days + 1} | {len(away) + 1} | {order} | {fmean(away):.1f} |"
                    f" {median(away):.1f} | {taken:.0f} ms |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
