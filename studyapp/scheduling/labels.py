"""Spans of time as a button has room for them."""

from __future__ import annotations

from studyapp.domain.cards import Schedule
from studyapp.domain.study_day import StudyMoment

_UNITS = ((1, "s"), (60, "min"), (3_600, "h"), (86_400, "d"), (2_629_800, "mo"), (31_557_600, "y"))
"""Seconds in each unit; a month is a twelfth of a year of 365.25 days."""


def interval_label(schedule: Schedule, moment: StudyMoment) -> str:
    """How long until a card comes back: "10 min", "4 d", "1.2 mo"."""
    if schedule.due_on is not None:
        return span_label((schedule.due_on - moment.day) * 86_400)
    return span_label(((schedule.due_at or moment.at) - moment.at) // 1000)


def span_label(seconds: int) -> str:
    """A span in the largest unit that it fills; hours, months and years with one decimal."""
    size, unit = next(
        (each for each in reversed(_UNITS) if seconds >= each[0]),
        _UNITS[0],
    )
    amount = seconds / size
    if unit in ("h", "mo", "y") and round(amount, 1) != round(amount):
        return f"{amount:.1f} {unit}"
    return f"{amount:.0f} {unit}"
