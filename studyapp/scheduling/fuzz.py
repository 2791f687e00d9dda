"""Spread intervals a little, so that cards learned together do not stay together for ever.

Arithmetic is done in 32-bit floats and rounds half away from zero, as Anki's does, so that both
arrive at the same day.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import blake2b
from math import floor

from studyapp.scheduling.balance import DueLoad

_SINGLE = struct.Struct("<f")

# (first day, last day, part of the interval between them that may be added or taken away)
_REVIEW_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))

_LEARNING_PART = 0.25
_LEARNING_MOST_S = 300


@dataclass(frozen=True, slots=True)
class Fuzz:
    """Where in its range an interval falls: 0 at the lower end, below 1 at the upper; None: off."""

    review: float | None = None
    learning: float | None = None
    load: DueLoad | None = None
    """Of the coming days, to which an interval is fitted within its range; None: it is not."""


NO_FUZZ = Fuzz()


def fuzz_of(card_id: int, reps: int, load: DueLoad | None = None) -> Fuzz:
    """The choice for this card and repetition: as good as random, and the same every time."""
    digest = blake2b(f"{card_id}:{reps}".encode(), digest_size=8).digest()
    review, learning = struct.unpack("<II", digest)
    return Fuzz(review=review / 2**32, learning=learning / 2**32, load=load)


def shuffled(number: int, day: int) -> int:
    """A place for a card or note in an order by chance that holds for a day."""
    return int.from_bytes(blake2b(f"{day}/{number}".encode(), digest_size=8).digest())


def salt_of(day: int) -> int:
    """An odd number below 2**31, for orders by chance that SQL makes by multiplying."""
    return shuffled(0, day) % 2**31 | 1


def single(value: float) -> float:
    """The nearest 32-bit float."""
    return float(_SINGLE.unpack(_SINGLE.pack(value))[0])


def round_half_up(value: float) -> int:
    """Round a value of at least 0 to the nearest integer, halves away from zero."""
    return floor(value + 0.5)


def review_interval(
    days: float,
    fuzz: float | None,
    minimum: int,
    maximum: int,
    load: DueLoad | None = None,
) -> int:
    """Whole days within [minimum, maximum] near `days`: the nearest without fuzz."""
    if fuzz is None:
        return min(max(round_half_up(days), minimum), maximum)
    lower, upper = fuzz_range(min(max(days, minimum), maximum), minimum, maximum)
    balanced = None if load is None else load.lightest(lower, upper, fuzz)
    return lower + floor(fuzz * (1 + upper - lower)) if balanced is None else balanced


def learning_delay(seconds: int, fuzz: float | None) -> int:
    """A step's delay in seconds, up to a quarter or five minutes longer."""
    if fuzz is None:
        return seconds
    room = floor(min(seconds * _LEARNING_PART, _LEARNING_MOST_S))
    return seconds + floor(fuzz * room)


def fuzz_range(days: float, minimum: int, maximum: int) -> tuple[int, int]:
    """The first and the last of the whole days that fuzz may make of an interval."""
    delta = _delta(days)
    lower = min(max(round_half_up(single(days - delta)), minimum), maximum)
    upper = min(max(round_half_up(single(days + delta)), minimum), maximum)
    if lower == upper and 2 < upper < maximum:
        upper += 1
    return lower, upper


def _delta(days: float) -> float:
    """How many days an interval may move either way (Anki's ranges)."""
    if days < _REVIEW_RANGES[0][0]:
        return 0.0
    delta = 1.0
    for first, last, part in _REVIEW_RANGES:
        delta = single(delta + single(single(part) * max(single(min(days, last) - first), 0.0)))
    return delta
