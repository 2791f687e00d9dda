"""The collection of this app, through its services, as the window uses them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.data import EASE_PERMILLE, Item, Kind, Place, Repetition, items
from benchmarks.side import MANY_A_DAY, SETTINGS, Counts
from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, study_day
from studyapp.environment import OPTIONS, care_of, system_clock
from studyapp.scheduling import queue
from studyapp.services.library import Day, Library
from studyapp.services.study import Study
from studyapp.services.study_values import Prompt

_HOLDER = "benchmark"
_TOOK_MS = 3000
_MS_PER_MINUTE = 60_000
_ROOT_ID = 1

Values = tuple[int | str | None, ...]


def build(folder: Path, notes: int, kind: Kind = Kind.PLAIN) -> None:
    """Make a collection with the app, then fill it past the app, which would take longer."""
    care_of(folder).open(_HOLDER).close()
    today = study_day(system_clock(), OPTIONS.rollover_hour)
    with closing(sqlite3.connect(care_of(folder).collection)) as connection, connection:
        connection.executemany(
            "INSERT INTO decks (id, name, preset_id) VALUES (?, ?, 1)", enumerate(kind.decks, 1)
        )
        connection.executemany(
            "INSERT INTO tags (id, name) VALUES (?, ?)", ((n + 1, f"topic-{n}") for n in range(50))
        )
        for item in items(notes, today, kind):
            _insert(connection, item, today)
    _check(care_of(folder).collection)


def _insert(connection: sqlite3.Connection, item: Item, today: int) -> None:
    if item.ordinal == 0:
        _insert_note(connection, item)
    number = item.number + 1
    schedules = list(_schedules(item, today))
    now = _now(item, schedules[-1])
    place = (number, item.note + 1, item.ordinal, item.deck + 1, item.number)
    is_suspended = item.place is Place.SUSPENDED
    values: Values = (*place, *now.values(), is_suspended)
    connection.execute(f"INSERT INTO cards VALUES ({_marks(14)}, NULL, 0)", values)
    connection.executemany(
        f"INSERT INTO reviews VALUES ({_marks(20)})",
        (
            (each.at, number, int(Grade.GOOD), _TOOK_MS, *before.values(), *after.values())
            for each, before, after in zip(item.history, schedules[:-1], schedules[1:], strict=True)
        ),
    )


def _insert_note(connection: sqlite3.Connection, item: Item) -> None:
    number = item.note + 1
    kind = "reversed" if item.has_sibling else "basic"
    connection.execute(
        "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, 0, 0)",
        (number, f"note-{number}", kind, item.front, item.back),
    )
    connection.execute(
        "INSERT INTO note_tags (note_id, tag_id) VALUES (?, ?)", (number, item.note % 50 + 1)
    )


def _now(item: Item, last: Schedule) -> Schedule:
    """What became of a card since its last review."""
    match item.place:
        case Place.INTERDAY:
            return replace(last, state=CardState.RELEARNING, steps_left=1, lapses=1)
        case Place.STEPS:
            ago = system_clock().at - _MS_PER_MINUTE * (1 + item.number % 10)
            lapsed = replace(last, state=CardState.RELEARNING, steps_left=1, lapses=1)
            return replace(lapsed, due_at=ago, due_on=None)
        case Place.REVIEW | Place.SUSPENDED:
            return last


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _schedules(item: Item, today: int) -> Iterator[Schedule]:
    """Of the new card, then after each review."""
    yield Schedule()
    for reps, each in enumerate(item.history, 1):
        is_last = reps == len(item.history)
        due_on = today + item.due_in_days if is_last else _next_day(each)
        yield Schedule(
            state=CardState.REVIEW,
            due_on=due_on,
            interval_days=each.interval_after,
            ease_permille=EASE_PERMILLE,
            reps=reps,
        )


def _next_day(repetition: Repetition) -> int:
    return repetition.at // MS_PER_DAY + repetition.interval_after


def _check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = [
            *connection.execute("PRAGMA foreign_key_check"),
            *connection.execute("PRAGMA integrity_check"),
        ]
    assert found == [("ok",)], found


class OurCollection:
    """What the window does, without the window."""

    def __init__(self, folder: Path) -> None:
        self._care = care_of(folder)

    def open(self) -> None:
        self._database = self._care.open(_HOLDER)

    def close(self) -> None:
        self._database.close()

    def leave(self) -> None:
        """The next `first_card` builds the queue anew anyway."""

    def first_card(self) -> None:
        self._study = Study(self._database, system_clock, OPTIONS)
        self._study.start(_ROOT_ID)
        self._prompt = _prompt(self._study)

    def grade(self, grade: int) -> None:
        self._study.grade(self._prompt, Grade(grade), _TOOK_MS)
        self._prompt = _prompt(self._study)

    def think(self) -> None:
        self._study.upcoming()
        self._prompt.labels  # noqa: B018 - told when the answer is shown

    def tree(self) -> Day:
        return Library(self._database, system_clock, OPTIONS).day()

    def left(self) -> Counts:
        return _counted(self._prompt.counts)

    def tree_counts(self) -> Counts:
        return _counted(self.tree().left)

    def raise_limits(self) -> None:
        limits = {"new_per_day": MANY_A_DAY, "reviews_per_day": MANY_A_DAY}
        with self._database.change("change limits", system_clock().at) as tx:
            tx.exec_driver_sql("UPDATE presets SET options = ?", (json.dumps(limits),))

    def settings(self) -> Mapping[str, str]:
        with self._database.read() as tx:
            return {name: str(tx.exec_driver_sql(sql).scalar()) for name, sql in SETTINGS.items()}


def at(folder: Path) -> OurCollection:
    return OurCollection(folder)


def _prompt(study: Study) -> Prompt:
    current = study.current()
    assert isinstance(current, Prompt), current
    return current


def _counted(counts: queue.Counts) -> Counts:
    return counts.new, counts.learning, counts.due
