"""A year of study, card by card: cards due a day with and without load balancing.

    python -m benchmarks.year

20 new cards a day, nine of ten answers right, the defaults of a preset; answers come by chance from
a fixed seed, so the figures are the same everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from random import Random
from statistics import mean, pstdev

from studyapp.domain.cards import NEW_SCHEDULE, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.balance import DAYS, DueLoad
from studyapp.scheduling.fuzz import NO_FUZZ, Fuzz, fuzz_of
from studyapp.scheduling.sm2 import answer

YEAR = 365
PRESET = Preset()
NEW_PER_DAY = 20
RECALL = 0.9
FIRST_DAY = 20_000
SETTLED = 180
"""From this day on the number of cards a day grows slowly only."""
ABOUT = 14
"""Days before and after one, among which its number is compared."""

_FuzzOf = Callable[[int, int, int, defaultdict[int, int]], Fuzz]


def without_fuzz(_card: int, _reps: int, _day: int, _due: defaultdict[int, int]) -> Fuzz:
    return NO_FUZZ


def with_fuzz(card: int, reps: int, _day: int, _due: defaultdict[int, int]) -> Fuzz:
    return fuzz_of(card, reps)


def balanced(card: int, reps: int, day: int, due: defaultdict[int, int]) -> Fuzz:
    return fuzz_of(card, reps, DueLoad(day, [due[day + ahead] for ahead in range(DAYS)]))


def with_easy_weekend(card: int, reps: int, day: int, due: defaultdict[int, int]) -> Fuzz:
    counts = [due[day + ahead] for ahead in range(DAYS)]
    return fuzz_of(card, reps, DueLoad(day, counts, (100, 100, 100, 100, 100, 50, 0)))


class Year:
    """Who studies all that is due, every day."""

    def __init__(self, fuzz: _FuzzOf) -> None:
        self._fuzz = fuzz
        self._chance = Random(1)  # noqa: S311 - the same in every run
        self._cards: dict[int, Schedule] = {}
        self._due: defaultdict[int, int] = defaultdict(int)
        self._waiting: defaultdict[int, list[int]] = defaultdict(list)

    def study(self) -> list[int]:
        """How many cards were due on each day."""
        return [self._study_day(day) for day in range(FIRST_DAY, FIRST_DAY + YEAR)]

    def _study_day(self, day: int) -> int:
        reviews = self._waiting.pop(day, [])
        new = range(len(self._cards), len(self._cards) + NEW_PER_DAY)
        for card in (*reviews, *new):
            self._due[day] -= card not in new
            schedule = self._studied(card, day)
            assert schedule.due_on is not None
            self._cards[card] = schedule
            self._due[schedule.due_on] += 1
            self._waiting[schedule.due_on].append(card)
        return len(reviews)

    def _studied(self, card: int, day: int) -> Schedule:
        """After all grades of a day."""
        schedule = self._cards.get(card, NEW_SCHEDULE)
        ends_at = (day + 1) * MS_PER_DAY
        moment = StudyMoment(ends_at - MS_PER_DAY // 2, day, ends_at)
        while schedule.due_on is None or schedule.due_on <= day:
            grade = Grade.GOOD if self._chance.random() < RECALL else Grade.AGAIN
            fuzz = self._fuzz(card, schedule.reps, day, self._due)
            schedule = answer(schedule, grade, PRESET, moment, fuzz)
        return schedule


def main() -> None:
    """Print the figures as a Markdown table."""
    print("| | reviews in the year | a day in its second half | spread | most | Monday to Sunday |")
    print("|---|--:|--:|--:|--:|---|")
    for title, fuzz in (
        ("without fuzz", without_fuzz),
        ("fuzz", with_fuzz),
        ("fuzz and load balancing", balanced),
        ("the same, Saturdays reduced, Sundays as little as can be", with_easy_weekend),
    ):
        numbers = Year(fuzz).study()
        print(f"| {title} | {_cells(numbers)} |")


def _cells(numbers: list[int]) -> str:
    settled = numbers[SETTLED:]
    weekdays = (mean(settled[(n - FIRST_DAY - SETTLED - 3) % 7 :: 7]) for n in range(7))
    return " | ".join(
        (
            f"{sum(numbers):,}",
            f"{mean(settled):.0f}",
            f"± {_spread(numbers):.1f}",
            f"{max(settled)}",
            " ".join(f"{each:.0f}" for each in weekdays),
        )
    )


def _spread(numbers: list[int]) -> float:
    """Standard deviation of the days from the mean of the four weeks about them."""
    return pstdev(
        numbers[day] - mean(numbers[day - ABOUT : day + ABOUT + 1])
        for day in range(SETTLED, YEAR - ABOUT)
    )


if __name__ == "__main__":
    main()
