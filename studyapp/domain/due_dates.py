"""What is typed to say when cards shall come next: `0`, `3`, `1-7`, `5!`, as in Anki."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studyapp.domain.cards import CardState, Schedule
from studyapp.errors import ContentError

MAX_DAYS = 36_500
"""As the longest interval that a preset gives at first."""

_FORM = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?(?P<interval>!)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DueDate:
    """A span of days from today, of which each card gets one."""

    first: int
    last: int
    sets_interval: bool
    """Whether it becomes the interval also of cards that have one."""


def parse_due_date(text: str) -> DueDate:
    """Raises ContentError that says what can be written.

    `0` is today, `3` in three days, `1-7` a day by chance in that span; with `!` at the end the
    interval becomes as long.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise ContentError(
            f"“{text}” tells no day. Write 0 for today, 3 for in three days, 1-7 for a day in that "
            "span, and ! at the end to set the interval too."
        )
    days = [int(match["first"]), int(match["last"] or match["first"])]
    if max(days) > MAX_DAYS:
        raise ContentError(f"{max(days)} days are too many. Write at most {MAX_DAYS}.")
    return DueDate(min(days), max(days), match["interval"] is not None)


def due_in(
    schedule: Schedule, wanted: DueDate, days: int, today: int, ease_permille: int
) -> Schedule:
    """The schedule of a review card that is due in so many days; as Anki's `set_due_date`.

    A card in review or relearning keeps its interval, if it shall not be set; one without an ease
    gets this one.
    """
    has_interval = schedule.state in (CardState.REVIEW, CardState.RELEARNING)
    keeps = has_interval and not wanted.sets_interval
    return Schedule(
        state=CardState.REVIEW,
        due_on=today + days,
        interval_days=max(schedule.interval_days if keeps else days, 1),
        ease_permille=schedule.ease_permille or ease_permille,
        reps=schedule.reps,
        lapses=schedule.lapses,
    )
