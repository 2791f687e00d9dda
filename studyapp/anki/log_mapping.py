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
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from studyapp.anki.anki_values import AnkiReview
from studyapp.anki.schedule_mapping import MAX_INTERVAL, MIN_EASE, day_of, ease_of
from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade, Review

LONGEST_MS: Final = 86_400_000
_LEARNING, _REVIEW, _RELEARNING, _FILTERED = 0, 1, 2, 3
_STATES: Final = {
    _REVIEW: CardState.REVIEW,
    _RELEARNING: CardState.RELEARNING,
}
_EASE_CHANGES: Final = {Grade.AGAIN: -200, Grade.HARD: -150, Grade.GOOD: 0, Grade.EASY: 150}
_LEARNED: Final = (_REVIEW, _RELEARNING)
_WITH_EASE: Final = (CardState.REVIEW, CardState.RELEARNING)
_MS: Final = 1000
_SECONDS_PER_DAY: Final = 86_400
_LONGEST_STEP_S: Final = 100_000_000


def is_grade(row: AnkiReview, latest: int) -> bool:
    """Whether the row is a grade that was given before `latest`, in ms since the epoch."""
    return (
        Grade.AGAIN <= row.ease <= Grade.EASY
        and _LEARNING <= row.type <= _FILTERED
        and 0 < row.id <= latest
    )


class LogMapping:
    """Maps logs card by card."""

    def __init__(self, utc_offset_ms: int, rollover_hour: int) -> None:
        self._utc_offset_ms = utc_offset_ms
        self._rollover_hour = rollover_hour

    def reviews(
        self, rows: Sequence[AnkiReview], latest: int, now: Schedule, preset: Preset
    ) -> list[Review]:
        """The reviews of a card, whose id is the one in the rows; `rows` are in their order.

        `now` is what the card has now; `latest` as in `is_grade`.
        """
        grades = [row for row in rows if is_grade(row, latest)]
        if not grades:
            return []
        return _Card(self, rows, grades, now, preset).reviews()

    def day(self, at: int) -> int:
        """The study day of an instant."""
        return day_of(at, self._utc_offset_ms, self._rollover_hour)


class _Card:
    """The log of one card."""

    def __init__(
        self,
        mapping: LogMapping,
        rows: Sequence[AnkiReview],
        grades: Sequence[AnkiReview],
        now: Schedule,
        preset: Preset,
    ) -> None:
        self._day = mapping.day
        self._grades = grades
        self._now = now
        self._preset = preset
        self._is_last = rows[-1].id == grades[-1].id
        kinds = {row.id: index for index, row in enumerate(rows)}
        places = [kinds[row.id] for row in grades]
        self._follows = [False, *(later == place + 1 for place, later in pairwise(places))]
        """Whether nothing was changed by hand since the grade before."""
        self._states = [self._state(index) for index in range(len(grades))]
        self._intervals = self._relearning_intervals()
        self._counts = self._reps_and_lapses()

    def reviews(self) -> list[Review]:
        afters = [self._after(index) for index in range(len(self._grades))]
        befores = [
            afters[index - 1] if self._is_joined(index) else self._resumed(index)
            for index in range(len(self._grades))
        ]
        return [
            Review(row.id, row.card_id, Grade(row.ease), _took(row), before, after)
            for row, before, after in zip(self._grades, befores, afters, strict=True)
        ]

    def _is_joined(self, index: int) -> bool:
        return self._follows[index] and self._states[index] is not CardState.NEW

    def _state(self, index: int) -> CardState:
        """Before the grade."""
        row = self._grades[index]
        if row.type == _FILTERED:
            return CardState.REVIEW if row.last_interval > 0 else CardState.LEARNING
        if row.type != _LEARNING:
            return _STATES[row.type]
        is_reset = not self._follows[index] or self._grades[index - 1].type in _LEARNED
        return CardState.NEW if is_reset else CardState.LEARNING

    def _after(self, index: int) -> Schedule:
        last = index + 1 == len(self._grades)
        if last and self._is_last:
            return self._now
        row = self._grades[index]
        if not last and self._is_joined(index + 1):
            state = self._states[index + 1]
        elif row.interval > 0:
            state = CardState.REVIEW
        else:
            state = CardState.RELEARNING if row.type in _LEARNED else CardState.LEARNING
        reps, lapses = self._counts[index]
        due_at, due_on = self._due(row, state)
        return Schedule(
            state=state,
            due_at=due_at,
            due_on=due_on,
            interval_days=self._interval(index, state, row.interval),
            ease_permille=self._ease(row.factor) if state in _WITH_EASE else 0,
            steps_left=0 if state is CardState.REVIEW else self._steps_left(row.interval, state),
            reps=reps,
            lapses=lapses,
        )

    def _resumed(self, index: int) -> Schedule:
        """Before a grade of which no grade before it tells the schedule."""
        row, state = self._grades[index], self._states[index]
        reps, lapses = self._counts[index]
        counts = (max(reps - 1, 0), max(lapses - _is_lapse(row), 0))
        if state is CardState.NEW:
            return Schedule(reps=counts[0], lapses=counts[1])
        is_review = state is CardState.REVIEW
        ease = self._ease(row.factor) - (_EASE_CHANGES[Grade(row.ease)] if is_review else 0)
        return Schedule(
            state=state,
            due_at=None if is_review else row.id,
            due_on=self._day(row.id) if is_review else None,
            interval_days=self._interval(index, state, row.last_interval),
            ease_permille=max(ease, MIN_EASE) if state in _WITH_EASE else 0,
            steps_left=0 if is_review else 1,
            reps=counts[0],
            lapses=counts[1],
        )

    def _due(self, row: AnkiReview, state: CardState) -> tuple[int | None, int | None]:
        if row.interval > 0 or state is CardState.REVIEW:
            return None, self._day(row.id) + min(max(row.interval, 0), MAX_INTERVAL)
        return row.id + _MS * min(-row.interval, _LONGEST_STEP_S), None

    def _interval(self, index: int, state: CardState, logged: int) -> int:
        if state is CardState.REVIEW:
            return min(max(logged, 1), MAX_INTERVAL)
        return self._intervals[index] if state is CardState.RELEARNING else 0

    def _relearning_intervals(self) -> list[int]:
        """For each grade the interval that the card has when its relearning ends."""
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
            found.append((max(reps, 0), max(lapses, 0)))
            reps -= 1
            lapses -= _is_lapse(row)
        return found[::-1]

    def _ease(self, factor: int) -> int:
        """Other schedulers of Anki's write other numbers there, all of them lower."""
        if factor >= MIN_EASE:
            return ease_of(factor)
        return self._now.ease_permille or self._preset.starting_ease_permille

    def _steps_left(self, interval: int, state: CardState) -> int:
        is_learning = state is CardState.LEARNING
        steps = self._preset.learning_steps_s if is_learning else self._preset.relearning_steps_s
        seconds = -interval if interval < 0 else interval * _SECONDS_PER_DAY
        return len(steps) - steps.index(seconds) if seconds in steps else 1


def _is_lapse(row: AnkiReview) -> bool:
    return row.type == _REVIEW and row.ease == Grade.AGAIN


def _took(row: AnkiReview) -> int:
    return min(max(row.took_ms, 0), LONGEST_MS)
