"""Days on which the user does not study: nothing new comes, and what falls on them moves on.

Schedules and the log stay as they are. Intervals that are given later avoid these days as far as
fuzz allows (`scheduling.balance`); what is due on them already is held back when they are chosen,
and comes on the days after, the cards that lose least by waiting last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import StudyMoment, study_moment
from studyapp.scheduling import backlog
from studyapp.services.clock import Clock
from studyapp.services.forgetting import forgetting
from studyapp.store import decks, due, held_back, vacations
from studyapp.store.database import Database, Transaction
from studyapp.store.held_back import Held

_LEAST_DAYS = 3
"""What falls on a vacation is spread over as many days as it has, but at least over so many."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a choice of days moves."""

    days: tuple[int, ...]
    """Of the vacation: study days from today on, in order."""
    moved: int
    """Cards that are due on them so far."""
    onto: tuple[tuple[int, int], ...]
    """Study days and how many of these cards come on them then, in order."""


class Vacation:
    """The vacation of a collection."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def today(self) -> int:
        """The study day now, the first that can be chosen."""
        return self._moment().day

    def days(self) -> tuple[int, ...]:
        """Chosen study days (days since 1970-01-01) from today on, in order."""
        today = self._moment().day
        with self._database.read() as tx:
            return tuple(sorted(day for day in vacations.every(tx) if day >= today))

    def look(self, days: Iterable[int]) -> Spread:
        """What choosing these study days, and no others, would move."""
        moment = self._moment()
        with self._database.read() as tx:
            return _spread(_moved(tx, _ahead(days, moment.day)), _ahead(days, moment.day))

    def choose(self, days: Iterable[int]) -> Spread:
        """These study days are the vacation, and no others; one step of undo.

        Days before today are left out. Raises StorageError.
        """
        moment = self._moment()
        chosen = _ahead(days, moment.day)
        with self._database.change("vacation", moment.at) as tx:
            held_back.let_go(tx, "vacation")
            vacations.put(tx, chosen)
            held = _moved(tx, chosen)
            held_back.put(tx, held, "vacation")
        return _spread(held, chosen)

    def _moment(self) -> StudyMoment:
        return study_moment(self._clock(), self._options.rollover_hour)


def _ahead(days: Iterable[int], today: int) -> list[int]:
    return sorted({day for day in days if day >= today})


def _spread(held: Sequence[Held], days: Sequence[int]) -> Spread:
    onto = Counter(each.held_until for each in held)
    return Spread(tuple(days), len(held), tuple(sorted(onto.items())))


def _moved(tx: Transaction, days: Sequence[int]) -> list[Held]:
    """The cards that are due on these days, each with the day on which it comes instead."""
    held: list[Held] = []
    for first, last in _blocks(days):
        held += _after_block(tx, first, last, days)
    return held


def _after_block(tx: Transaction, first: int, last: int, days: Sequence[int]) -> list[Held]:
    every = decks.every(tx)
    ids = [deck.id for deck in every]
    found = held_back.due_between(tx, ids, first, last)
    after = last + 1
    overdue = forgetting(tx, found, every, after)
    coming = due.by_day(tx, ids, after, backlog.MOST_DAYS)
    closed = {day - after for day in days if day > last}
    spread_over = max(last - first + 1, _LEAST_DAYS)
    per_day = backlog.least_per_day(overdue, coming, spread_over, closed)
    plan = backlog.plan(overdue, coming, per_day, closed)
    if plan is None:  # No day within a year is left: then it comes when it comes.
        return []
    waiting = plan.held_back
    return [
        Held(each.card_id, each.schedule.due_on, after + waiting.get(each.card_id, 0))
        for each in found
        if each.schedule.due_on is not None
    ]


def _blocks(days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last days of the runs without a gap in days that are in order."""
    start = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place] != days[place - 1] + 1:
            yield days[start], days[place - 1]
            start = place
