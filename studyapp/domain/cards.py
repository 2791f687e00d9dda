"""Cards and what the scheduler remembers of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class CardState(IntEnum):
    """Where a card stands in its life; the numbers are those of Anki's card types."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a card comes next and what the scheduler remembers of it.

    A new card has neither `due_at` nor `due_on`; every other card has exactly one of them.
    """

    state: CardState = CardState.NEW
    due_at: int | None = None
    """Of a card in its intraday steps: when it comes next, in ms since the epoch."""
    due_on: int | None = None
    """Of a review card, or of one whose step crosses a rollover: the study day it comes next."""
    interval_days: int = 0
    """Of a relearning card the interval after the lapse; 0 while new or learning."""
    ease_permille: int = 0
    """Ease × 1000; 0 until the card leaves learning for the first time."""
    steps_left: int = 0
    """Learning or relearning steps that remain, the present one included."""
    reps: int = 0
    lapses: int = 0

    def values(self) -> tuple[int | None, ...]:
        """The fields in their order; `dataclasses.astuple` would copy each of them deeply."""
        return (
            self.state,
            self.due_at,
            self.due_on,
            self.interval_days,
            self.ease_permille,
            self.steps_left,
            self.reps,
            self.lapses,
        )


NEW_SCHEDULE = Schedule()


@dataclass(frozen=True, slots=True)
class Card:
    """One question asked from a note."""

    id: int
    note_id: int
    deck_id: int
    ordinal: int
    """Basic: 0. Reversed: 0 front to back, 1 back to front. Cloze: the cloze number minus one."""
    schedule: Schedule = NEW_SCHEDULE
