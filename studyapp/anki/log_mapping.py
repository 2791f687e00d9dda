"""Anki's log of one card as reviews with the schedules before and after them.

Anki logs the interval and the ease that a grade gave, not the schedule before and after it. So:

* The state before a grade is told by the row's type; the state after it is the next row's before.
* The schedule after the last grade is what the card has now, unless it was changed by hand since.
* Days and instants due are the row's time and its interval.
* The interval of a card in relearning is the one that it graduates with, as the next rows tell.
* The number of repetitions and lapses is counted back from what the card has now.
* Steps that remain are told by the deck's steps of that length, else one.
* Before the first row the card was new if the row is one of learning; else it was in review, with
  the interval that the row remembers and the ease without what the grade took or gave, due then.

Changes by hand are no grades and are left out: there a schedule before is not the one after the
grade before it.

All of it is plain numbers: a schedule made for each of a million rows would take most of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from studyapp.anki.anki_values import AnkiReview
from studyapp.anki.schedule_mapping import MAX_INTERVAL, MIN_EASE, ease_of
from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade, LoggedReview, ScheduleValues
from studyapp.domain.study_day import MS_PER_DAY

LONGEST_MS: Final = 86_400_000
_LEARNING, _REVIEW, _RELEARNING, _FILTERED = 0, 1, 2, 3
_NEW_STATE: Final = int(CardState.NEW)
_LEARNING_STATE: Final = int(CardState.LEARNING)
_REVIEW_STATE: Final = int(CardState.REVIEW)
_RELEARNING_STATE: Final = int(CardState.RELEARNING)
_STATES: Final = {_REVIEW: _REVIEW_STATE, _RELEARNING: _RELEARNING_STATE}
_AGAIN: Final = int(Grade.AGAIN)
_EASY: Final = int(Grade.EASY)
_EASE_CHANGES: Final = {1: -200, 2: -150, 3: 0, 4: 150}
"""What a grade did to the ease of a card in review."""
_LEARNED: Final = (_REVIEW, _RELEARNING)
_MS: Final = 1000
_MS_PER_HOUR: Final = 3_600_000
_SECONDS_PER_DAY: Final = 86_400
LONGEST_STEP_S: Final = 100_000_000


def is_grade(row: AnkiReview, latest: int) -> bool:
    """Whether the row is a grade that was given before `latest`, in ms since the epoch."""
    at, _, ease, _, _, _, _, kind = row
    return _AGAIN <= ease <= _EASY and _LEARNING <= kind <= _FILTERED and 0 < at <= latest


class LogMapping:
    """Maps logs card by card."""

    def __init__(self, utc_offset_ms: int, rollover_hour: int) -> None:
        self.to_day_ms = utc_offset_ms - rollover_hour * _MS_PER_HOUR
        """What is added to an instant before it is counted in days."""

    def reviews(
        self, rows: Sequence[AnkiReview], latest: int, now: Schedule, preset: Preset
    ) -> list[LoggedReview]:
        """The reviews of a card; `rows` are in their order.

        `now` is what the card has now; `latest` as in `is_grade`.
        """
        grades = [row for row in rows if is_grade(row, latest)]
        if not grades:
            return []
        return _Card(self.to_day_ms, rows, grades, now, preset).reviews()


class _Card:
    """The log of one card."""

    def __init__(
        self,
        to_day_ms: int,
        rows: Sequence[AnkiReview],
        grades: Sequence[AnkiReview],
        now: Schedule,
        preset: Preset,
    ) -> None:
        self._to_day_ms = to_day_ms
        self._grades = grades
        self._now = now
        self._preset = preset
        self._is_last = rows[-1] is grades[-1]
        self._follows = _follows(rows, grades)
        self._states = self._states_before()
        self._joined = [
            follows and state != _NEW_STATE
            for follows, state in zip(self._follows, self._states, strict=True)
        ]
        self._intervals = self._relearning_intervals()
        self._counts = self._reps_and_lapses()

    def reviews(self) -> list[LoggedReview]:
        found: list[LoggedReview] = []
        after: ScheduleValues = _NOTHING
        for index, row in enumerate(self._grades):
            before = after if self._joined[index] else self._resumed(index)
            after = self._after(index)
            took = row.took_ms
            took = 0 if took < 0 else min(took, LONGEST_MS)
            found.append((row.id, row.ease, took, before, after))
        return found

    def _states_before(self) -> list[int]:
        """Before each grade."""
        found = []
        last_type = -1
        for row, follows in zip(self._grades, self._follows, strict=True):
            kind = row.type
            if kind == _FILTERED:
                state = _REVIEW_STATE if row.last_interval > 0 else _LEARNING_STATE
            elif kind != _LEARNING:
                state = _STATES[kind]
            else:
                is_reset = not follows or last_type in _LEARNED
                state = _NEW_STATE if is_reset else _LEARNING_STATE
            found.append(state)
            last_type = kind
        return found

    def _after(self, index: int) -> ScheduleValues:
        last = index + 1 == len(self._grades)
        if last and self._is_last:
            return _values(self._now)
        row = self._grades[index]
        interval = row.interval
        if not last and self._joined[index + 1]:
            state = self._states[index + 1]
        elif interval > 0:
            state = _REVIEW_STATE
        else:
            state = _RELEARNING_STATE if row.type in _LEARNED else _LEARNING_STATE
        reps, lapses = self._counts[index]
        if state == _REVIEW_STATE:
            day = self._day(row.id)
            days = min(max(interval, 0), MAX_INTERVAL)
            return (state, None, day + days, days or 1, self._ease(row.factor), 0, reps, lapses)
        due_at, due_on = self._due(row)
        ease = self._ease(row.factor) if state == _RELEARNING_STATE else 0
        steps = self._steps_left(interval, state)
        return (state, due_at, due_on, self._interval(index, state, 0), ease, steps, reps, lapses)

    def _resumed(self, index: int) -> ScheduleValues:
        """Before a grade of which no grade before it tells the schedule."""
        row, state = self._grades[index], self._states[index]
        reps, lapses = self._counts[index]
        reps, lapses = max(reps - 1, 0), max(lapses - _is_lapse(row), 0)
        if state == _NEW_STATE:
            return (_NEW_STATE, None, None, 0, 0, 0, reps, lapses)
        interval = self._interval(index, state, row.last_interval)
        if state == _REVIEW_STATE:
            ease = max(self._ease(row.factor) - _EASE_CHANGES[row.ease], MIN_EASE)
            return (state, None, self._day(row.id), interval, ease, 0, reps, lapses)
        ease = max(self._ease(row.factor), MIN_EASE) if state == _RELEARNING_STATE else 0
        return (state, row.id, None, interval, ease, 1, reps, lapses)

    def _day(self, at: int) -> int:
        """The study day of an instant of the log, by the offset of here and now."""
        return (at + self._to_day_ms) // MS_PER_DAY

    def _due(self, row: AnkiReview) -> tuple[int | None, int | None]:
        """Of a card in steps: `due_at` and `due_on`."""
        if row.interval > 0:
            return None, self._day(row.id) + min(row.interval, MAX_INTERVAL)
        return row.id + _MS * min(-row.interval, LONGEST_STEP_S), None

    def _interval(self, index: int, state: int, logged: int) -> int:
        if state == _REVIEW_STATE:
            return min(max(logged, 1), MAX_INTERVAL)
        return self._intervals[index] if state == _RELEARNING_STATE else 0

    def _relearning_intervals(self) -> list[int]:
        """For each grade the interval that the card has when its relearning ends."""
        if _RELEARNING_STATE not in self._states and not any(map(_fails, self._grades)):
            return []
        known = self._now.interval_days if self._now.state in _WITH_EASE else 1
        found = []
        for row in reversed(self._grades):
            found.append(max(known, 1))
            if row.type == _RELEARNING and row.interval > 0:
                known = min(row.interval, MAX_INTERVAL)
                found[-1] = known
            elif row.type == _REVIEW and row.last_interval > 0:
                known = min(row.last_interval, MAX_INTERVAL)
        return found[::-1]

    def _reps_and_lapses(self) -> list[tuple[int, int]]:
        """After each grade, counted back from now."""
        reps, lapses = self._now.reps, self._now.lapses
        found = []
        for row in reversed(self._grades):
            found.append((reps if reps > 0 else 0, lapses if lapses > 0 else 0))
            reps -= 1
            lapses -= _is_lapse(row)
        return found[::-1]

    def _ease(self, factor: int) -> int:
        """Other schedulers of Anki's write other numbers there, all of them lower."""
        if factor >= MIN_EASE:
            return ease_of(factor)
        return self._now.ease_permille or self._preset.starting_ease_permille

    def _steps_left(self, interval: int, state: int) -> int:
        is_learning = state == _LEARNING_STATE
        steps = self._preset.learning_steps_s if is_learning else self._preset.relearning_steps_s
        seconds = -interval if interval < 0 else interval * _SECONDS_PER_DAY
        return len(steps) - steps.index(seconds) if seconds in steps else 1


_NOTHING: Final[ScheduleValues] = (_NEW_STATE, None, None, 0, 0, 0, 0, 0)
_WITH_EASE: Final = (CardState.REVIEW, CardState.RELEARNING)


def _values(schedule: Schedule) -> ScheduleValues:
    return (
        int(schedule.state),
        schedule.due_at,
        schedule.due_on,
        schedule.interval_days,
        schedule.ease_permille,
        schedule.steps_left,
        schedule.reps,
        schedule.lapses,
    )


def _follows(rows: Sequence[AnkiReview], grades: Sequence[AnkiReview]) -> list[bool]:
    """Whether nothing was changed by hand since the grade before."""
    if len(rows) == len(grades):
        return [False, *[True] * (len(grades) - 1)]
    places = {row.id: index for index, row in enumerate(rows)}
    indexes = [places[row.id] for row in grades]
    return [False, *(later == place + 1 for place, later in pairwise(indexes))]


def _fails(row: AnkiReview) -> bool:
    """Whether the card goes back to steps."""
    return row.interval <= 0 and row.type in _LEARNED


def _is_lapse(row: AnkiReview) -> bool:
    return row.type == _REVIEW and row.ease == _AGAIN
