"""Switching, comparing and fitting on a large log of a simulated user.

    python -m benchmarks.schedulers 100000

The number is that of cards; each has some ten reviews. The same log comes about in every run.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, Instant
from studyapp.services.comparing import Comparing
from studyapp.services.optimising import Optimising
from studyapp.services.study import Study
from studyapp.services.switching import Choice, Switching
from studyapp.store import cards, decks, reviews
from studyapp.store.database import Database
from studyapp.store.decks import DEFAULT_PRESET_ID
from tests.services.simulated_user import LAST_DAY, STRONG, life

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
NOON = Instant(LAST_DAY * MS_PER_DAY + MS_PER_DAY // 2)
OPTIONS = DayOptions()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cards", type=int)
    count = parser.parse_args().cards
    with TemporaryDirectory(prefix="studyapp-benchmark-") as folder:
        path = Path(folder) / "collection.db"
        with closing(Database.open(path, MIGRATIONS, "a benchmark")) as database:
            print(f"{count} cards, {fill(database, count)} reviews")
            measure(database, path)


def fill(database: Database, count: int) -> int:
    """Write cards with their logs past the journal; returns the number of reviews."""
    chance, total = Random(1), 0  # noqa: S311 - the same in every run
    with database.derive() as tx:
        deck_id = decks.ensure(tx, "Deck")
        for number in range(1, count + 1):
            tx.exec_driver_sql(
                "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
                " VALUES (?, ?, 'basic', 'front', 'back', 0, 0)",
                (number, f"note-{number}"),
            )
            cards.add(tx, number, deck_id, [0])
            for review in life(number, STRONG, chance):
                reviews.add(tx, review)
                total += 1
            cards.set_schedule(tx, number, review.after)
    return total


def measure(database: Database, path: Path) -> None:
    def clock() -> Instant:
        return NOON

    switching = Switching(database, clock, OPTIONS)
    study = Study(database, clock, OPTIONS)
    comparing = Comparing(path, clock, OPTIONS)
    optimising = Optimising(path, clock, OPTIONS)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("to FSRS", lambda: switching.switch(DEFAULT_PRESET_ID, Choice("fsrs"))),
        (
            "cards moved",
            lambda: switching.switch(DEFAULT_PRESET_ID, Choice("fsrs", moves_cards=True)),
        ),
        ("undone", study.undo),
        ("compared", comparing.compare),
        ("fitted", lambda: optimising.optimise(DEFAULT_PRESET_ID)),
        ("back to SM-2", lambda: switching.switch(DEFAULT_PRESET_ID, Choice("sm2"))),
    )
    for name, step in steps:
        with timed(name):
            step()


@contextmanager
def timed(name: str) -> Iterator[None]:
    started = perf_counter()
    yield
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:14}{seconds:8.2f} s   peak {peak} MB")


if __name__ == "__main__":
    main()
