"""A collection that was studied for a year: `python -m benchmarks.studied_year FOLDER`.

20 new cards a day in six decks, nine of ten due cards recalled and in one deck eight, some days
missed; made by SM-2 from a fixed seed, for looking at statistics.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, StudyMoment, study_moment
from studyapp.environment import OPTIONS, care_of, system_clock
from studyapp.scheduling.fuzz import fuzz_of
from studyapp.scheduling.sm2 import answer
from studyapp.store.tables import SCHEDULE_COLUMNS

DECKS = {
    "Interpretability::Circuits": 0.92,
    "Interpretability::Gradient routing": 0.8,
    "Decision theory": 0.9,
    "Learning theory": 0.9,
    "Oversight::Debate": 0.91,
    "Oversight::Evaluation": 0.9,
}
"""Names, and how much of what is due is recalled."""
DAYS = 365
NEW_PER_DAY = 20
_SEED = 6
_MISSED = 0.08
_HOURS = (7, 8, 8, 9, 12, 13, 17, 20, 20, 21, 21, 21, 22)
_PRESET = Preset()
_GRADES = (Grade.HARD, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.EASY)

Row = tuple[int | None, ...]


class Year:
    """Who studies all that is due on most days."""

    def __init__(self, today: int) -> None:
        self._chance = Random(_SEED)  # noqa: S311 - the same in every run
        self._today = today
        self.cards: dict[int, Schedule] = {}
        self.added: dict[int, int] = {}
        """Study days by card."""
        self._waiting: defaultdict[int, list[int]] = defaultdict(list)

    def reviews(self) -> Iterator[Row]:
        """The log, as its table has it; half of today is studied."""
        for day in range(self._today - DAYS + 1, self._today + 1):
            due = self._waiting.pop(day, [])
            if self._chance.random() < _MISSED and day < self._today:
                self._waiting[day + 1] += due
                continue
            first = len(self.cards) + 1
            for card in range(first, first + NEW_PER_DAY):
                self.cards[card], self.added[card] = NEW_SCHEDULE, day
            asked = [*due, *range(first, first + NEW_PER_DAY)]
            half = asked[: len(asked) // 2] if day == self._today else asked
            yield from self._studied(half, day)

    def _studied(self, asked: list[int], day: int) -> Iterator[Row]:
        start = day * MS_PER_DAY
        at = start + self._chance.choice(_HOURS) * MS_PER_HOUR
        for card in asked:
            while (due := self.cards[card].due_on) is None or due <= day:
                took = int(self._chance.lognormvariate(8.7, 0.6))
                at += took + 200
                yield self._graded(card, day, at, min(took, 60_000))
            self._waiting[due].append(card)

    def _graded(self, card: int, day: int, at: int, took: int) -> Row:
        before = self.cards[card]
        is_due = before.state is CardState.REVIEW
        recall = list(DECKS.values())[card % len(DECKS)] if is_due else 0.85
        passed = self._chance.random() < recall
        grade = self._chance.choice(_GRADES) if passed else Grade.AGAIN
        ends = (day + 1) * MS_PER_DAY + 4 * MS_PER_HOUR
        moment = StudyMoment(at, day, ends)
        after = answer(before, grade, _PRESET, moment, fuzz_of(card, before.reps))
        self.cards[card] = after
        return (at, card, int(grade), took, *before.values(), *after.values())


def build(folder: Path) -> None:
    """Fill a new collection in a folder."""
    care = care_of(folder)
    care.open("a simulation").close()
    year = Year(study_moment(system_clock(), OPTIONS.rollover_hour).day)
    rows = list(year.reviews())
    with closing(sqlite3.connect(care.collection)) as file, file:
        file.executemany("INSERT INTO decks (name, preset_id) VALUES (?, 1)", [(d,) for d in DECKS])
        ids = [
            file.execute("SELECT id FROM decks WHERE name = ?", (d,)).fetchone()[0] for d in DECKS
        ]
        file.executemany(
            "INSERT INTO notes (id, key, kind, front, back, created_at, changed_at)"
            " VALUES (?1, 'n' || ?1, 'basic', 'What does lemma ' || ?1 || ' say?', '…', ?2, ?2)",
            [(card, day * MS_PER_DAY + 6 * MS_PER_HOUR) for card, day in year.added.items()],
        )
        marks = ", ".join("?" * len(SCHEDULE_COLUMNS))
        file.executemany(
            f"INSERT INTO cards (id, note_id, ordinal, deck_id, position,"
            f" {', '.join(SCHEDULE_COLUMNS)}) VALUES (?1, ?1, 0, ?2, ?1, {marks})",
            [(c, ids[c % len(ids)], *each.values()) for c, each in year.cards.items()],
        )
        marks = ", ".join("?" * len(rows[0]))
        file.executemany(f"INSERT OR IGNORE INTO reviews VALUES ({marks})", rows)


def main() -> None:
    """Make the collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    build(parser.parse_args().folder)


if __name__ == "__main__":
    main()
