"""One logged grade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

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
