"""What FSRS remembers of a card."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Memory:
    """How firmly a card is remembered; it follows from the card's log."""

    stability_days: float
    """After so many days without a review it is recalled with a probability of 90 %."""
    difficulty: float
    """1 easy to 10 hard: how little a review adds to the stability."""
    reviewed_on: int
    """The study day of the last review that counts, as days since 1970-01-01."""
