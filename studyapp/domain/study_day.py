"""Instants and study days: the only arithmetic on clocks and time zones in the app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
MS_PER_HOUR = 3_600_000
MS_PER_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment together with what the local clock showed then."""

    at: int
    """Milliseconds since 1970-01-01 UTC."""
    utc_offset_ms: int = 0
    """Local time minus UTC at that moment, in milliseconds; daylight saving is part of it."""


@dataclass(frozen=True, slots=True)
class StudyMoment:
    """An instant seen from within its study day; all that scheduling knows of time."""

    at: int
    """Milliseconds since the epoch."""
    day: int
    """The study day, as days since 1970-01-01."""
    day_ends_at: int
    """The next rollover, in milliseconds since the epoch."""


def study_moment(instant: Instant, rollover_hour: int) -> StudyMoment:
    """Place an instant within its study day."""
    return StudyMoment(
        at=instant.at,
        day=study_day(instant, rollover_hour),
        day_ends_at=day_ends_at(instant, rollover_hour),
    )


def study_day(instant: Instant, rollover_hour: int) -> int:
    """The study day, as days since 1970-01-01: the local date, still yesterday before the rollover.

    Each instant counts in its own UTC offset, as Anki does, so that a day after a change to
    daylight saving time is still the next day.
    """
    local = instant.at + instant.utc_offset_ms
    return (local - rollover_hour * MS_PER_HOUR) // MS_PER_DAY


def day_ends_at(instant: Instant, rollover_hour: int) -> int:
    """When the study day of `instant` ends, in ms since the epoch, by the offset of `instant`."""
    next_day = study_day(instant, rollover_hour) + 1
    return next_day * MS_PER_DAY + rollover_hour * MS_PER_HOUR - instant.utc_offset_ms


def day_to_date(day: int) -> date:
    """The calendar date of a study day; raises OverflowError outside the years 1 to 9999."""
    return EPOCH + timedelta(days=day)
