"""Spans of time as a button has room for them."""

from __future__ import annotations

from studyapp.domain.cards import Schedule
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.fuzz import round_half_up

_UNITS = ((1, "s"), (60, "min"), (3_600, "h"), (86_400, "d"), (2_628_000, "mo"), (31_536_000, "y"))
"""Seconds in each unit, as Anki counts: a month is a twelfth of a year of 365 days."""


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
    tenths = round_half_up(seconds / size * 10)
    if unit in ("h", "mo", "y") and tenths % 10:
        return f"{tenths / 10:.1f} {unit}"
    return f"{round_half_up(seconds / size)} {unit}"
