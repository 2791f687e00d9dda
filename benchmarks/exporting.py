"""Exporting a package with its history, beside Anki: `python -m benchmarks.exporting`.

Anki has what this app exports: its collection is made by importing the package. Each export runs in
a process of its own, whose peak of memory is told.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks import machine
from benchmarks.data import DECKS
from studyapp.cli import exporting
from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, study_day
from studyapp.environment import OPTIONS, care_of, system_clock
from studyapp.services.exchange import Everything, Exchange, Request
from studyapp.store.snapshot import Snapshot

REVIEWS = 10
"""Of each card."""
_MB = 1e6
_TOOK_MS = 3000
_EASE_PERMILLE = 2500
_MS_BETWEEN_NOTES = 80
_TOPICS = 50
_WORDS = ("bound", "reward", "policy", "value", "agent", "proof", "gradient", "utility", "belief")
_PACKAGE = "first.apkg"

Values = tuple[int | str | None, ...]


def build(folder: Path, notes: int) -> dict[str, float]:
    """A collection of ours, a package of it, and Anki's collection of that."""
    care_of(folder / "ours").open("benchmark").close()
    today = study_day(system_clock(), OPTIONS.rollover_hour)
    with closing(sqlite3.connect(care_of(folder / "ours").collection)) as database, database:
        _fill(database, notes, today)
    package = folder / _PACKAGE
    exchange = Exchange(care_of(folder / "ours").collection, system_clock)
    exchange.write(Request(Everything(), with_schedule=True), package)
    _import(folder, package)
    return {"log rows": float(notes * REVIEWS)}


def _fill(database: sqlite3.Connection, notes: int, today: int) -> None:
    add = database.executemany
    add("INSERT INTO decks (id, name, preset_id) VALUES (?, ?, 1)", enumerate(DECKS, 1))
    topics = ((number + 1, f"topic-{number}") for number in range(_TOPICS))
    add("INSERT INTO tags (id, name) VALUES (?, ?)", topics)
    columns = "(id, key, kind, front, back, created_at, changed_at)"
    add(f"INSERT INTO notes {columns} VALUES (?, ?, 'basic', ?, ?, ?, ?)", _notes(notes))
    tags = ((number, number % _TOPICS + 1) for number in range(1, notes + 1))
    add("INSERT INTO note_tags (note_id, tag_id) VALUES (?, ?)", tags)
    last = _schedules(REVIEWS, today)[-1].values()
    cards = ((n, n, 0, n % len(DECKS) + 1, n, *last, 0, None, 0) for n in range(1, notes + 1))
    add(f"INSERT INTO cards VALUES ({', '.join('?' * 16)})", cards)
    add(f"INSERT INTO reviews VALUES ({', '.join('?' * 20)})", _log(notes, today))


def _notes(count: int) -> Iterator[Values]:
    chance = Random(20)  # noqa: S311 - not for secrets
    for number in range(1, count + 1):
        front = f"What does lemma {number} say of {' '.join(chance.choices(_WORDS, k=8))}?"
        back = f"That $x_{{{number}}} \\le y$: {' '.join(chance.choices(_WORDS, k=12))}."
        at = 1_700_000_000_000 + number
        yield (number, f"note-{number}", front, back, at, at)


def _schedules(reviews: int, today: int) -> list[Schedule]:
    """Of the new card, then after each of its daily reviews, the last of which was yesterday."""
    studied = (
        Schedule(CardState.REVIEW, None, today - reviews + rep, 1, _EASE_PERMILLE, 0, rep)
        for rep in range(1, reviews + 1)
    )
    return [Schedule(), *studied]


def _log(notes: int, today: int) -> Iterator[Values]:
    """In the order of time, as it grows when somebody studies."""
    schedules = [schedule.values() for schedule in _schedules(REVIEWS, today)]
    for rep in range(REVIEWS):
        start = (today - REVIEWS + rep) * MS_PER_DAY
        for number in range(1, notes + 1):
            at = start + number * _MS_BETWEEN_NOTES
            yield (at, number, int(Grade.GOOD), _TOOK_MS, *schedules[rep], *schedules[rep + 1])


def _import(folder: Path, package: Path) -> None:
    from anki.collection import (  # noqa: PLC0415
        Collection,
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )

    (folder / "anki").mkdir()
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    collection = Collection(str(folder / "anki" / "collection.anki2"))
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(package), options=options)
    )
    collection.close()


@contextmanager
def _timed(taken: dict[str, float]) -> Iterator[None]:
    """On the clock, and of the processor, which other programs do not lengthen as much."""
    start, start_of_work = perf_counter(), process_time()
    yield
    taken.update(seconds=perf_counter() - start, work=process_time() - start_of_work)


def ours(folder: Path, _notes: int) -> dict[str, float]:
    """The export of this app, as it is typed."""
    taken: dict[str, float] = {}
    target = folder / "ours.apkg"
    with _timed(taken):
        _typed(folder, "--with-schedule", str(target))
    return {**taken, "megabytes": target.stat().st_size / _MB}


def preview(folder: Path, _notes: int) -> dict[str, float]:
    """What the window asks before an export."""
    taken: dict[str, float] = {}
    with _timed(taken):
        _typed(folder, "--with-schedule", "--dry-run", str(folder / "none.apkg"))
    return taken


def _typed(folder: Path, *words: str) -> None:
    """`studyapp export`, without bringing the decks that come with the app up to date before."""
    parser = argparse.ArgumentParser()
    exporting.add_options(parser)
    with closing(Snapshot(care_of(folder / "ours").collection)) as collection:
        exporting.export(collection, parser.parse_args(words))


def legacy(folder: Path, notes: int) -> dict[str, float]:
    """Anki's export of the same kind of package."""
    return _anki(folder, notes, legacy=True)


def modern(folder: Path, notes: int) -> dict[str, float]:
    """Anki's export of its newer kind."""
    return _anki(folder, notes, legacy=False)


def _anki(folder: Path, notes: int, *, legacy: bool) -> dict[str, float]:
    from anki.collection import Collection, ExportAnkiPackageOptions  # noqa: PLC0415

    target = folder / "anki.apkg"
    collection = Collection(str(folder / "anki" / "collection.anki2"))
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
    )
    taken: dict[str, float] = {}
    with _timed(taken):
        collection.export_anki_package(out_path=str(target), options=options, limit=None)
    assert collection.db is not None
    assert collection.note_count() == notes
    assert collection.db.scalar("SELECT count(*) FROM revlog") == notes * REVIEWS
    collection.close()
    return {**taken, "megabytes": target.stat().st_size / _MB}


BUILD = "build"
SIDES: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "ours": ours,
    "our preview": preview,
    "Anki's legacy": legacy,
    "Anki's modern": modern,
}


def child(side: str, folder: Path, notes: int) -> dict[str, float]:
    """What a side took, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exporting", "--side", side]
    done = subprocess.run(
        [*command, "--folder", str(folder), "--notes", str(notes)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(folder: Path, notes: int, rounds: int) -> None:
    """Each side in turn, so often; the medians."""
    built = child(BUILD, folder, notes)
    print(f"\n{notes:,} notes, {built['log rows']:,.0f} log rows; median of {rounds}\n")
    taken = [{side: child(side, folder, notes) for side in SIDES} for _ in range(rounds)]
    print("| export | seconds | of processor | peak of memory | package |\n|---|--:|--:|--:|--:|")
    for side in SIDES:
        middle = {key: median(each[side][key] for each in taken) for key in taken[0][side]}
        size = f"{middle['megabytes']:.0f} MB" if "megabytes" in middle else ""
        times = f"{middle['seconds']:.1f} | {middle['work']:.1f}"
        print(f"| {side} | {times} | {middle['peak']:.0f} MB | {size} |")


def main() -> None:
    """Print the report, or what one side took as JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.exporting", description=__doc__)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("build"), help="on the disk to measure")
    parser.add_argument("--side", choices=(BUILD, *SIDES))
    asked = parser.parse_args()
    if asked.side:
        taken = {BUILD: build, **SIDES}[asked.side](asked.folder, asked.notes)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MB
        json.dump({**taken, "peak": peak}, sys.stdout)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(f"- {machine.processor()}; load {machine.load()}\n- {machine.versions()}")
    with TemporaryDirectory(dir=asked.folder) as folder:
        report(Path(folder), asked.notes, asked.rounds)


if __name__ == "__main__":
    main()
