"""How much work a desired retention is: simulated learners, the same from the same seed.

Each learns some cards on the first day and reviews them when FSRS asks. Whether a card is recalled
is drawn by the probability that FSRS predicts, so the outcome is as right as its parameters are
(the way of Anki's simulator and of github.com/open-spaced-repetition/fsrs-rs, `simulate`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.scheduling.fsrs_memory import after
from studyapp.scheduling.fsrs_parameters import Parameters, parameters_of
from studyapp.scheduling.fuzz import round_half_up
from studyapp.scheduling.recall import days_at, recall_of

RETENTIONS_PERMILLE = (700, 750, 800, 850, 900, 950, 970)
CARDS = 200
DAYS = 365
_PROBES = range(DAYS - 90, DAYS, 6)


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody grades, and how long that takes; the defaults are those of fsrs-rs."""

    first: tuple[float, float, float, float] = (0.24, 0.094, 0.495, 0.171)
    """Parts of again, hard, good and easy for new cards; together 1."""
    passing: tuple[float, float, float] = (0.224, 0.631, 0.145)
    """Parts of hard, good and easy for cards that are recalled; together 1."""
    recalled_ms: int = 12_000
    forgotten_ms: int = 16_000
    """Milliseconds for a card that was recalled, and for one that was not."""


@dataclass(frozen=True, slots=True)
class Workload:
    """What a desired retention costs and gives, per card and year."""

    retention_permille: int
    reviews: float
    """Reviews of a card in the year, those on the first day too."""
    lapses: float
    minutes: float
    """Spent with a card in the year."""
    remembered: float
    """Part of the cards that would be recalled, on average over the last quarter of the year."""


def workload(preset: Preset, habits: Habits, seed: int, retention_permille: int) -> Workload:
    """Simulate one desired retention with a preset's parameters and maximum interval."""
    parameters = parameters_of(preset)
    reviews = lapses = took_ms = 0
    remembered = 0.0
    for card in range(CARDS):
        year = list(_year(_Course(preset, habits, seed, card, retention_permille)))
        forgotten = sum(grade is Grade.AGAIN for _, grade in year)
        reviews += len(year)
        lapses += forgotten
        took_ms += forgotten * habits.forgotten_ms + (len(year) - forgotten) * habits.recalled_ms
        remembered += _remembered([memory for memory, _ in year], parameters)
    return Workload(
        retention_permille,
        reviews / CARDS,
        lapses / CARDS,
        took_ms / 60_000 / CARDS,
        remembered / CARDS,
    )


@dataclass(frozen=True, slots=True)
class _Course:
    """One card of one learner."""

    preset: Preset
    habits: Habits
    seed: int
    card: int
    retention_permille: int

    def chance(self, number: int) -> float:
        """From 0 to below 1, as good as random, for the card's review of this number."""
        key = f"{self.seed}:{self.card}:{number}".encode()
        return int.from_bytes(blake2b(key, digest_size=6).digest()) / 2**48


def _year(course: _Course) -> Iterator[tuple[Memory, Grade]]:
    """Each review with the memory after it; a step follows on the same day but after easy."""
    parameters = parameters_of(course.preset)
    day = number = 0
    memory: Memory | None = None
    while day < DAYS:
        grade = _grade(memory, day, course.chance(number), course.habits, parameters)
        steps = (
            [Grade.GOOD] if grade is Grade.AGAIN or (memory is None and grade < Grade.EASY) else []
        )
        for each in (grade, *steps):
            memory = after(memory, each, day, parameters)
            yield memory, each
        assert memory is not None  # noqa: S101 - for the type checker
        day += _interval(memory, course)
        number += 1


def _remembered(memories: Sequence[Memory], parameters: Parameters) -> float:
    """Mean recall on some days of the last quarter, by the memories that reviews left."""
    reviewed_on = [memory.reviewed_on for memory in memories]
    recalls = [
        recall_of(memories[bisect_right(reviewed_on, day) - 1], parameters, day) for day in _PROBES
    ]
    return sum(recalls) / len(recalls)


def _interval(memory: Memory, course: _Course) -> int:
    retention = course.retention_permille / 1000
    days = days_at(retention, memory.stability_days, parameters_of(course.preset))
    return min(max(round_half_up(days), 1), max(course.preset.maximum_interval_days, 1))


def _grade(
    memory: Memory | None, day: int, chance: float, habits: Habits, parameters: Parameters
) -> Grade:
    if memory is None:
        return Grade(1 + _drawn(habits.first, chance))
    recall = recall_of(memory, parameters, day)
    if chance >= recall:
        return Grade.AGAIN
    return Grade(2 + _drawn(habits.passing, chance / recall))


def _drawn(parts: Sequence[float], chance: float) -> int:
    """Which part a number from 0 to 1 falls into."""
    for index, part in enumerate(parts):
        chance -= part
        if chance < 0:
            return index
    return len(parts) - 1
