"""Statistics at a million reviews, beside Anki's graphs: `python -m benchmarks.statistics`.

100,000 cards with ten reviews each, in 20 decks, over five years; the same log in both. Also
from a grade to the painted page.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter_ns, process_time_ns

from benchmarks import machine, statistics_page
from benchmarks.data import DECKS, EASE_PERMILLE
from benchmarks.table import milliseconds
from studyapp.domain.study_day import MS_PER_DAY, study_moment
from studyapp.environment import OPTIONS, care_of, system_clock
from studyapp.services.statistics import Scope, Statistics
from studyapp.store.database import Database

_REVIEWS_OF_A_CARD = 10
_FIRST_INTERVAL = 3
_GROWTH = 1.75
_SPAN_DAYS = 5 * 365
_BATCH = 20_000
_REPEATS = 5
_RECALL = 0.9
_FIRST_ANKI_ID = 1_600_000_000_000
_YEAR = 365
_HEAD = "| {} | median | longest | processors, median |\n|---|--:|--:|--:|"


@dataclass(frozen=True, slots=True)
class Logged:
    """A review of the past."""

    at: int
    grade: int
    took_ms: int
    day: int
    interval_before: int
    """Days; 0: the card was new."""
    interval_after: int


def log_of(card: int, today: int, chance: Random) -> list[Logged]:
    """The reviews of a card, each when it was due; times are never the same twice."""
    day = today - chance.randrange(_SPAN_DAYS)
    interval, reviews = 0, []
    for number in range(_REVIEWS_OF_A_CARD):
        at = day * MS_PER_DAY + 6 * 3_600_000 + (card * _REVIEWS_OF_A_CARD + number) % 50_000_000
        grade = 3 if chance.random() < _RECALL else 1
        grown = max(int(interval * _GROWTH), _FIRST_INTERVAL) if grade == 3 else 1
        reviews.append(Logged(at, grade, chance.randrange(2_000, 15_000), day, interval, grown))
        if day + grown > today:
            break
        interval, day = grown, day + grown
    return reviews


def logs(count: int, today: int) -> Iterator[tuple[int, list[Logged]]]:
    """Cards from 1 on with their logs, until there are so many reviews."""
    chance = Random(3)  # noqa: S311 - not for secrets
    card = 0
    while count > 0:
        card += 1
        reviews = log_of(card, today, chance)
        count -= len(reviews)
        yield card, reviews


def build(folder: Path, count: int, today: int) -> None:
    """Fill a collection of ours past its services."""
    care = care_of(folder)
    care.open("a benchmark").close()
    with closing(sqlite3.connect(care.collection)) as file, file:
        file.executemany("INSERT INTO decks (name, preset_id) VALUES (?, 1)", [(d,) for d in DECKS])
        ids = [row[0] for row in file.execute("SELECT id FROM decks ORDER BY id")]
        every = logs(count, today)
        while some := list(islice(every, _BATCH)):
            _insert(file, some, ids)
        file.execute("DELETE FROM search_stale")


def _insert(file: sqlite3.Connection, some: list[tuple[int, list[Logged]]], ids: list[int]) -> None:
    file.executemany(
        "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
        " VALUES (?1, 'n' || ?1, 'basic', 'front ' || ?1, 'back', ?2, ?2)",
        [(card, reviews[0].at) for card, reviews in some],
    )
    file.executemany(
        "INSERT INTO cards (id, note_id, ordinal, deck_id, position, state, due_on, interval_days,"
        " ease_permille, reps, lapses) VALUES (?1, ?1, 0, ?, ?1, 2, ?, ?, ?, ?, ?)",
        [
            (
                card,
                ids[card % len(ids)],
                reviews[-1].day + reviews[-1].interval_after,
                reviews[-1].interval_after,
                EASE_PERMILLE,
                len(reviews),
                sum(each.grade == 1 for each in reviews[1:]),
            )
            for card, reviews in some
        ],
    )
    file.executemany(
        "INSERT INTO reviews VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, 0, 0, 0,"
        " 2, NULL, ?, ?, ?, 0, 0, 0)",
        [
            (
                *(each.at, card, each.grade, each.took_ms, 2 if each.interval_before else 0),
                *(each.day if each.interval_before else None, each.interval_before, EASE_PERMILLE),
                *(each.day + each.interval_after, each.interval_after, EASE_PERMILLE),
            )
            for card, reviews in some
            for each in reviews
        ],
    )


def build_anki(path: Path, count: int, today: int) -> None:
    """Fill a collection of Anki's past its API with the same."""
    from anki.collection import Collection  # noqa: PLC0415 - it starts Anki's backend

    col = Collection(str(path))
    assert col.db is not None
    deck_ids = [col.decks.add_normal_deck_with_name(name).id for name in DECKS]
    basic = col.models.by_name("Basic")
    assert basic is not None
    kind = basic["id"]
    due_today = col.sched.today
    col.close()
    with closing(sqlite3.connect(path)) as file, file:
        every = logs(count, today)
        while some := list(islice(every, _BATCH)):
            file.executemany(
                "INSERT INTO notes VALUES (?1, ?1, ?2, 0, -1, '', 'f' || char(31) || 'b', 'f',"
                " 0, 0, '')",
                [(_FIRST_ANKI_ID + card, kind) for card, _ in some],
            )
            file.executemany(
                "INSERT INTO cards VALUES (?1, ?1, ?, 0, 0, -1, 2, 2, ?, ?, ?, ?, ?, 0, 0, 0, 0,"
                " '{}')",
                [
                    (
                        _FIRST_ANKI_ID + card,
                        deck_ids[card % len(deck_ids)],
                        due_today + reviews[-1].day + reviews[-1].interval_after - today,
                        *(reviews[-1].interval_after, EASE_PERMILLE, len(reviews)),
                        sum(each.grade == 1 for each in reviews[1:]),
                    )
                    for card, reviews in some
                ],
            )
            file.executemany(
                "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(each.at, _FIRST_ANKI_ID + card, each.grade, each.interval_after),
                        *(each.interval_before, EASE_PERMILLE, each.took_ms),
                        1 if each.interval_before else 0,
                    )
                    for card, reviews in some
                    for each in reviews
                ],
            )


def timed(action: Callable[[], object]) -> tuple[int, int]:
    """Nanoseconds that passed, and those that processors worked on it, in all threads."""
    start, worked = perf_counter_ns(), process_time_ns()
    action()
    return perf_counter_ns() - start, process_time_ns() - worked


def our_lines(folder: Path) -> Iterator[str]:
    """Each case after the first: median and longest of five."""
    statistics = Statistics(care_of(folder).collection, system_clock, OPTIONS)
    with closing(statistics):
        whole = _page(statistics, Scope(), None)
        yield _line("the first page", lambda: None, whole, times=1)
        deck = _page(statistics, Scope(deck=DECKS[1]), None)
        search = _page(statistics, Scope(search="prop:lapses>2"), None)
        yield _line("another span: the whole log", lambda: None, whole)
        yield _line("another span: a year", lambda: None, _page(statistics, Scope(), _YEAR))
        yield _line("another span: 30 days", lambda: None, _page(statistics, Scope(), 30))
        yield _line("another part: all, after a deck", deck, whole)
        yield _line("another part: a deck with 4 below it", whole, deck)
        yield _line("another part: a search (`prop:lapses>2`)", whole, search)
        with closing(care_of(folder).open("a benchmark")) as database:
            yield _line("after a grade", lambda: _grade(database), whole)


def _grade(database: Database) -> None:
    with database.change("grade good", 0) as tx:
        tx.exec_driver_sql("UPDATE cards SET reps = reps + 1 WHERE id = 1")
        tx.exec_driver_sql(
            "INSERT INTO reviews SELECT max(id) + 1, 1, 3, 5000, 2, NULL, 20000, 9, 2500, 0, 0, 0,"
            " 2, NULL, 20009, 9, 2500, 0, 0, 0 FROM reviews"
        )


def anki_lines(path: Path) -> Iterator[str]:
    """Anki's graphs know no deck tree of ours, but the same spans and searches."""
    from anki.collection import Collection  # noqa: PLC0415 - it starts Anki's backend

    with closing(Collection(str(path))) as col:
        for title, search, days in (
            ("all, whole log", "", 0),
            ("all, a year", "", _YEAR),
            ("all, 30 days", "", 30),
            ("a deck with those below it, whole log", f'"deck:{DECKS[1]}"', 0),
            ("a search (`prop:lapses>2`)", "prop:lapses>2", 0),
        ):
            case = partial(col._backend.graphs, search=search, days=days)  # noqa: SLF001
            yield _line(title, lambda: None, case)


def _line(
    title: str,
    before: Callable[[], object],
    case: Callable[[], object],
    *,
    times: int = _REPEATS,
) -> str:
    """Median and longest, and the median of what processors worked."""
    taken = []
    for _ in range(times):
        before()
        taken.append(timed(case))
    passed, worked = zip(*taken, strict=True)
    cells = (median(passed), max(passed), median(worked))
    return f"| {title} | {' | '.join(milliseconds(each) for each in cells)} |\n"


def _page(statistics: Statistics, scope: Scope, days: int | None) -> Callable[[], object]:
    return lambda: statistics.page(scope, days)


def main() -> None:
    """Print both as Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--without-anki", action="store_true")
    options = parser.parse_args()
    today = study_moment(system_clock(), OPTIONS.rollover_hour).day
    with TemporaryDirectory(prefix="statistics-") as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "anki.anki2"
        build(ours, options.reviews, today)
        print(f"- {machine.processor()}; load {machine.load()}\n")
        print(_HEAD.format("ours"))
        print(*our_lines(ours), sep="", flush=True)
        print(statistics_page.HEAD)
        print(*statistics_page.lines(ours, _grade), sep="", flush=True)
        if not options.without_anki:
            build_anki(theirs, options.reviews, today)
            print(_HEAD.format("Anki's graphs"))
            print(*anki_lines(theirs), sep="")


if __name__ == "__main__":
    main()
