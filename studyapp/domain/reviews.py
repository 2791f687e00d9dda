"""One logged grade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from studyapp.domain.cards import Schedule


class Grade(IntEnum):
    """The answer to "how did it go"; the numbers are the keys that give it, here and in Anki."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Review:
    """A grade with the schedule before and after, so that history can be checked and replayed."""

    id: int
    """When the grade was given, in ms since the epoch; the next free one if that is taken."""
    card_id: int
    grade: Grade
    took_ms: int
    """From showing the question to the grade, capped by the preset."""
    before: Schedule
    after: Schedule


LOG_LINES: Final = "log_lines"
"""The table that has the log of a collection in the few numbers that most logs have."""
LOG_COLUMNS: Final = (
    *("id", "grade", "interval", "last_interval"),
    *("ease_permille", "took_ms", "kind", "card_id"),
)
"""What it has of a review:

* its id and its grade
* the interval that it gave: days, or seconds below 0
* the interval before, which is 0 of a new card
* the ease that it gave, in permille; 0 in learning
* how long it took, in ms
* what the card was in: 0 learning (or new), 1 review, 2 relearning
* the card's id
"""

ScheduleValues: TypeAlias = tuple[int, int | None, int | None, int, int, int, int, int]
"""The fields of a schedule in their order."""
LoggedReview: TypeAlias = tuple[int, int, int, ScheduleValues, ScheduleValues]
"""A review of a card that is known, in plain values: id, grade, `took_ms`, before, after."""
