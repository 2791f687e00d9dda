"""How long the map takes, and how still it stays: `python -m benchmarks.landscape`.

The shipped decks, then collections of many notes in 20 decks with 50 tags, each note linked to two
others of its deck and one in ten to any other. Then one note in twenty is added. Memory is the most
that the process has had so far; in brackets, processor time.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from math import dist
from operator import itemgetter
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TypeVar

from benchmarks import machine, ours
from studyapp.deckfile.parse import read_deck
from studyapp.domain.landscape import Landscape
from studyapp.environment import OPTIONS, care_of, shipped, system_clock
from studyapp.services.installing import Installer
from studyapp.services.landscape import Landscapes
from studyapp.store.database import Database

_ADDED_PART = 0.05
_BACK = 10
_FAR_PART = 0.1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Stillness:
    """What adding notes did to the map; distances in medians of the distance to the nearest."""

    moved: Sequence[float]
    """How far each note that was there before is from where it was."""
    added: Sequence[float]
    """Of each added note with neighbours: how far it is from the nearest of them."""
    before: Sequence[float]
    """The same of notes that were there before."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How long something took, in seconds: by the clock, and of a processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f} s)"


def _timed(work: Callable[[], _T]) -> tuple[Taken, _T]:
    since, used = perf_counter(), process_time()
    result = work()
    return Taken(perf_counter() - since, process_time() - used), result


def _shipped(folder: Path) -> None:
    with closing(care_of(folder).open("a benchmark")) as database:
        installer = Installer(database, system_clock)
        for file in sorted(shipped("decks").glob("*.md")):
            installer.install_text(read_deck(file), "1")


def built(folder: Path, count: int) -> None:
    """A collection of so many notes."""
    ours.build(folder, count)
    with closing(sqlite3.connect(care_of(folder).collection)) as connection, connection:
        _link(connection, connection.execute(_NOTES).fetchall(), Random(1))  # noqa: S311


_NOTES = "SELECT deck_id, note_id FROM cards ORDER BY deck_id, note_id"


def _link(connection: sqlite3.Connection, rows: list[tuple[int, int]], chance: Random) -> None:
    """Each note to two of those before it in its deck, and some to any."""
    every = [note_id for _, note_id in rows]
    for _, group in groupby(rows, key=itemgetter(0)):
        notes = [note_id for _, note_id in group]
        for place, note_id in enumerate(notes):
            targets = set(chance.sample(notes[max(0, place - _BACK) : place], min(2, place)))
            if chance.random() < _FAR_PART:
                targets.add(chance.choice(every))
            connection.executemany(
                "INSERT INTO links (note_id, target_key)"
                " SELECT ?, key FROM notes WHERE id = ? AND id <> ?",
                ((note_id, target, note_id) for target in sorted(targets)),
            )


def _add(path: Path, count: int) -> None:
    """Notes beside others: in the same deck, with the same tags and a link to the other."""
    with closing(sqlite3.connect(path)) as connection, connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM notes ORDER BY id")]
        for other in Random(2).sample(ids, count):  # noqa: S311 - not for secrets
            new = connection.execute(
                "INSERT INTO notes (key, kind, front, back, created_at, changed_at)"
                " SELECT 'added-' || key, 'basic', 'What follows from this?', back, 0, 0"
                " FROM notes WHERE id = ? RETURNING id",
                (other,),
            ).fetchone()[0]
            for sql in _COPIES:
                connection.execute(sql, {"new": new, "other": other})


_COPIES = (
    "INSERT INTO note_tags (note_id, tag_id) SELECT :new, tag_id FROM note_tags"
    " WHERE note_id = :other",
    "INSERT INTO links (note_id, target_key) SELECT :new, key FROM notes WHERE id = :other",
    "INSERT INTO cards (note_id, ordinal, deck_id, position) SELECT :new, 0, deck_id, position"
    " FROM cards WHERE note_id = :other AND ordinal = (SELECT min(ordinal) FROM cards"
    " WHERE note_id = :other)",
)


def _stillness(before: Landscape, after: Landscape) -> Stillness:
    unit = median(_nearest(before))
    was = {place.note_id: (place.x, place.y) for place in before.places}
    new = {place.note_id for place in after.places} - was.keys()
    linked = dict(_nearest_linked(after))
    return Stillness(
        [
            dist(was[place.note_id], (place.x, place.y)) / unit
            for place in after.places
            if place.note_id in was
        ],
        [away / unit for note_id, away in linked.items() if note_id in new],
        [away / unit for note_id, away in linked.items() if note_id not in new],
    )


def _nearest(landscape: Landscape) -> list[float]:
    """Of each place the distance to the nearest other one, as far as one is within a few units."""
    side = 3000
    squares: dict[tuple[int, int], list[tuple[int, int]]] = {}
    points = [(place.x, place.y) for place in landscape.places]
    for x, y in points:
        squares.setdefault((x // side, y // side), []).append((x, y))
    around = [(column, row) for column in (-1, 0, 1) for row in (-1, 0, 1)]
    found = (
        min(
            (
                dist((x, y), other)
                for column, row in around
                for other in squares.get((x // side + column, y // side + row), ())
                if other != (x, y)
            ),
            default=None,
        )
        for x, y in points
    )
    return [each for each in found if each is not None]


def _nearest_linked(landscape: Landscape) -> Iterator[tuple[int, float]]:
    ends = [
        (landscape.places[one], landscape.places[other])
        for link in landscape.links
        for one, other in ((link.source, link.target), (link.target, link.source))
    ]
    ends.sort(key=lambda pair: pair[0].note_id)
    for note_id, group in groupby(ends, key=lambda pair: pair[0].note_id):
        yield note_id, min(dist((a.x, a.y), (b.x, b.y)) for a, b in group)


def _spread(values: Sequence[float]) -> str:
    ranked = sorted(values)
    at = (len(ranked) // 2, len(ranked) * 95 // 100, len(ranked) - 1)
    return " / ".join(f"{ranked[place]:.2f}" for place in at)


def _report(title: str, folder: Path) -> Iterator[str]:
    path = care_of(folder).collection
    with closing(Database.open(path, shipped("migrations"), "a benchmark")) as database:
        maps = Landscapes(database, system_clock, OPTIONS)
        first, before = _timed(maps.map)
        again, _ = _timed(maps.map)
        _add(path, int(len(before.places) * _ADDED_PART))
        more, after = _timed(maps.map)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        still = _stillness(before, after)
        yield (
            f"| {title} | {len(before.places):,} | {len(before.links):,} | {first} |"
            f" {again} | {more} | {most} MB |"
            f" {_spread(still.moved)} |"
            f" {_spread(still.added)} | {_spread(still.before)} |"
        )


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.landscape", description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[10_000, 100_000])
    asked = parser.parse_args()
    print(f"{machine.processor()}; load {machine.load()}\n")
    print(
        "| collection | notes | links | first map | again | after 5 % more | memory |"
        " moved | new to its nearest link | others to theirs |\n" + "|---" * 10 + "|"
    )
    for count in [0, *asked.notes]:
        with TemporaryDirectory(prefix="landscape-") as name:
            folder = Path(name)
            if count:
                built(folder, count)
            else:
                _shipped(folder)
            for line in _report("built" if count else "shipped decks", folder):
                print(line, flush=True)


if __name__ == "__main__":
    main()
