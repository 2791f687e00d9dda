"""How many new cards a day has time for: what the day's reviews leave of a span, by speed.

The speed is the user's own: the median of what reviews took, and of what new cards took from their
first question until they left the learning steps. Both are taken from days before this one, and so
is the number of reviews, so that the answer stays the same all day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

ENOUGH = 30
"""With fewer samples the defaults stand."""
REVIEW_MS = 10_000
NEW_CARD_MS = 40_000
_LEAST_MS = 500
"""Nobody is faster; a log that says so was imported without times."""
_MS_PER_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How long cards take."""

    review_ms: int = REVIEW_MS
    new_card_ms: int = NEW_CARD_MS
    """All grades in its learning steps together."""


def pace_of(reviews_ms: Sequence[int], new_cards_ms: Sequence[int]) -> Pace:
    """The medians of what the latest reviews and new cards took."""
    return Pace(_median(reviews_ms, REVIEW_MS), _median(new_cards_ms, NEW_CARD_MS))


def new_cards_within(minutes: int, reviews: int, pace: Pace) -> int:
    """How many new cards there is time for besides the day's reviews; none without time."""
    left_ms = minutes * _MS_PER_MINUTE - reviews * pace.review_ms
    return max(left_ms // pace.new_card_ms, 0)


def _median(samples_ms: Sequence[int], default_ms: int) -> int:
    if len(samples_ms) < ENOUGH:
        return default_ms
    return max(round(median(samples_ms)), _LEAST_MS)
