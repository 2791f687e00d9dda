"""Somebody studies a collection by the app's own sessions, for so many days up to now.

For pictures: what the map and the statistics look like after a while.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from random import Random

from studyapp.domain.cards import Card
from studyapp.domain.presets import DEFAULT_PRESET, DayOptions
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, MS_PER_HOUR, Instant
from studyapp.environment import system_clock
from studyapp.services.library import Library
from studyapp.services.presets import Presets
from studyapp.services.study import Study
from studyapp.services.study_values import Finished, Pause
from studyapp.store.database import Database
from studyapp.store.decks import DEFAULT_PRESET_ID

_SEED = 4
_RECALLED, _RECALLED_OF_WEAK = 0.93, 0.76
_LEARNED = 0.85
"""Cards in their first steps that are known."""
_MISSED = 0.1
"""Of the days."""
_HOURS = (-9, -8, -3, -2, -1, -1)
"""When a session begins, in hours from the time of day that it is now."""
_BREAK_MS, _BETWEEN_MS = 600_000, 1_000
_KNOWN = (Grade.HARD, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.EASY)


class MovedClock:
    """Tells what time it was some time ago."""

    def __init__(self) -> None:
        self._now = system_clock()
        self.ago_ms = 0

    def __call__(self) -> Instant:
        return replace(self._now, at=self._now.at - self.ago_ms)


class SimulatedStudy:
    """Of all decks of a collection; the same in every run but for its days."""

    def __init__(
        self, database: Database, clock: MovedClock, weak: Collection[int], new_per_day: int
    ) -> None:
        """`weak`: notes that are recalled less than others, by their ids."""
        self._chance = Random(_SEED)  # noqa: S311 - not for secrets
        self._clock = clock
        self._weak = weak
        options = DayOptions()
        self._study = Study(database, clock, options)
        self._library = Library(database, clock, options)
        usual = replace(DEFAULT_PRESET, new_per_day=new_per_day, reviews_per_day=9999)
        Presets(database, clock, options).change(DEFAULT_PRESET_ID, usual)

    def go_on(self, days: int, absent: int = 0) -> None:
        """Study so many days, then stay away for some, up to today.

        If today is a day of study, half of its cards are left.
        """
        for day in range(days + absent - 1, absent - 1, -1):
            if day and self._chance.random() < _MISSED:
                continue
            hours = self._chance.choice(_HOURS) if day else -1
            self._clock.ago_ms = day * MS_PER_DAY - hours * MS_PER_HOUR
            for line in self._library.day().lines:
                if "::" not in line.deck.name:
                    self._session(line.deck.id, is_half=not day)
        self._clock.ago_ms = 0

    def _session(self, deck_id: int, *, is_half: bool) -> None:
        self._study.start(deck_id)
        left = len(self._study.waiting_notes()) // 2 if is_half else None
        while not isinstance(asked := self._study.current(), Finished):
            if isinstance(asked, Pause):
                self._clock.ago_ms -= _BREAK_MS
                continue
            if left is not None and left < 0:
                return
            left = None if left is None else left - 1
            took_ms = int(min(self._chance.lognormvariate(8.9, 0.5), 60_000))
            self._clock.ago_ms -= took_ms + _BETWEEN_MS
            self._study.grade(asked, self._grade(asked.card), took_ms)

    def _grade(self, card: Card) -> Grade:
        recalled = _RECALLED_OF_WEAK if card.note_id in self._weak else _RECALLED
        known = self._chance.random() < (recalled if card.schedule.interval_days else _LEARNED)
        return self._chance.choice(_KNOWN) if known else Grade.AGAIN
