"""After an absence: what is overdue is spread over days, and held back until its day comes.

A plan never touches schedules or the log. It is a step of undo, survives a restart, and ends by
itself on its last day; a card that is graded or gets another date leaves it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from studyapp.domain.decks import Deck, is_within
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment, study_moment
from studyapp.errors import ContentError, NotFound
from studyapp.scheduling import backlog
from studyapp.scheduling.backlog import Overdue, Plan
from studyapp.services.clock import Clock
from studyapp.services.forgetting import forgetting
from studyapp.store import decks, due, held_back, paces, reviews, settings, vacations
from studyapp.store.database import Database, Transaction
from studyapp.store.held_back import Held
from studyapp.store.snapshot import Snapshot

_SETTING = "backlog_plan"
_USUAL_AT_FIRST = 100
"""Reviews a day, where the log does not tell."""
_SOON_DAYS = 14
"""A plan that is proposed takes no longer if the usual number of reviews is enough for that."""
_ROUND = 10
_MANY = 50
_TIMES_USUAL = 2


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is overdue, and a plan for it that is not accepted yet."""

    due: int
    """Cards due for review today, those held back included."""
    usual_per_day: int
    """Reviews on a day on which the user studies."""
    plan: Plan
    before: tuple[int, ...]
    """Reviews on each day, today first, if everything were done today; as long as the plan."""

    @property
    def is_backlog(self) -> bool:
        """Whether there is so much that a plan is worth offering."""
        return self.due >= max(_MANY, _TIMES_USUAL * self.usual_per_day)

    @property
    def after(self) -> tuple[int, ...]:
        """Reviews on each day, today first, with the plan."""
        return tuple(day.total for day in self.plan.days)

    @property
    def told(self) -> str:
        """It in a sentence or two."""
        if not self.due:
            return "Nothing is due."
        days = _counted(len(self.plan.days), "day")
        return f"You have {self.due:,} due. At {self.plan.per_day:,} a day this is done in {days}."


@dataclass(frozen=True, slots=True)
class Running:
    """A plan that was accepted and is under way."""

    deck_id: int | None
    """None: for all decks."""
    per_day: int
    cards: int
    """So many there were at its beginning."""
    coming: tuple[int, ...]
    """How many of the cards that are held back come tomorrow, on the day after, and so on."""

    @property
    def held_back(self) -> int:
        """Cards that are due and wait."""
        return sum(self.coming)

    @property
    def days_left(self) -> int:
        """Today included."""
        return len(self.coming) + 1


@dataclass(frozen=True, slots=True)
class _Wanted:
    deck_id: int | None
    per_day: int | None
    days: int | None


@dataclass(frozen=True, slots=True)
class _Accepted:
    deck_id: int | None
    per_day: int
    cards: int


class Backlog:
    """One plan at a time, for a deck with its sub-decks or for all decks."""

    def __init__(self, database: Database | Snapshot, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def look(
        self, deck_id: int | None = None, *, per_day: int | None = None, days: int | None = None
    ) -> Outlook:
        """A plan with so many reviews a day, or for so many days; without both, one that fits.

        Raises NotFound if the deck is gone, and ContentError if such a plan never ends.
        """
        moment = self._moment()
        with self._database.read() as tx:
            return _outlook(tx, moment, _Wanted(deck_id, per_day, days))

    def accept(
        self, deck_id: int | None = None, *, per_day: int | None = None, days: int | None = None
    ) -> Outlook:
        """Hold cards back by the plan that `look` gives for the same; it replaces any other.

        Raises what `look` does, and StorageError.
        """
        moment = self._moment()
        with _writable(self._database).change("plan for a backlog", moment.at) as tx:
            outlook = _outlook(tx, moment, _Wanted(deck_id, per_day, days))
            held_back.let_go(tx, "backlog")
            held_back.put(tx, _held(tx, outlook.plan, moment.day), "backlog")
            if outlook.due:
                accepted = _Accepted(deck_id, outlook.plan.per_day, outlook.due)
                settings.put(tx, _SETTING, json.dumps(asdict(accepted)))
        return outlook

    def drop(self) -> int:
        """End the plan: how many cards are due at once that were held back; raises StorageError."""
        moment = self._moment()
        with _writable(self._database).change("end of a plan for a backlog", moment.at) as tx:
            running = _running(tx, moment.day)
            held_back.let_go(tx, "backlog")
        return 0 if running is None else running.held_back

    def running(self) -> Running | None:
        """The plan that is under way; None if nothing is held back by one any more."""
        with self._database.read() as tx:
            return _running(tx, self._moment().day)

    def held_back(self, deck_id: int) -> int:
        """Cards of a deck and its sub-decks that are due and wait; 0 if the deck is gone."""
        day = self._moment().day
        with self._database.read() as tx:
            root = next((deck for deck in decks.every(tx) if deck.id == deck_id), None)
            ids = [] if root is None else [deck.id for deck in _covered(tx, root.id)]
            return sum(held_back.by_day(tx, ids, "backlog", day).values())

    def _moment(self) -> StudyMoment:
        return study_moment(self._clock(), self._options.rollover_hour)


def _outlook(
    tx: Transaction,
    moment: StudyMoment,
    wanted: _Wanted,
) -> Outlook:
    covered = _covered(tx, wanted.deck_id)
    ids = [deck.id for deck in covered]
    overdue = forgetting(tx, held_back.due_between(tx, ids, 0, moment.day), covered, moment.day)
    start = moment.day_ends_at - MS_PER_DAY
    coming = due.by_day(tx, ids, moment.day, backlog.MOST_DAYS)
    # What is done already takes room today; what is due today is in the backlog itself.
    coming[0] = sum(reviews.spent_on(tx, start).reviews[each] for each in ids)
    coming = _without_held_back(tx, ids, moment.day, coming)
    closed = {day - moment.day for day in vacations.every(tx)}
    usual = _usual(tx, start)
    number = _per_day(overdue, coming, closed, wanted) or _fitting(overdue, coming, closed, usual)
    plan = backlog.plan(overdue, coming, number, closed)
    if plan is None:
        least = backlog.least_per_day(overdue, coming, backlog.MOST_DAYS, closed)
        raise ContentError(
            f"At {number} a day this is not done within a year, since cards come due meanwhile. "
            f"Choose at least {least} a day."
        )
    before = [len(overdue) + coming[0], *coming[1:]][: max(len(plan.days), 1)]
    return Outlook(len(overdue), usual, plan, tuple(before))


def _per_day(
    overdue: Sequence[Overdue], coming: Sequence[int], closed: set[int], wanted: _Wanted
) -> int | None:
    """Reviews a day as it was asked for; None: it was not."""
    per_day, days = wanted.per_day, wanted.days
    if per_day is not None and per_day < 1:
        raise ContentError("A plan needs at least one review a day.")
    if per_day is not None or days is None:
        return per_day
    if not 1 <= days <= backlog.MOST_DAYS:
        raise ContentError(f"A plan takes 1 to {backlog.MOST_DAYS} days, not {days}.")
    return backlog.least_per_day(overdue, coming, days, closed)


def _fitting(
    overdue: Sequence[Overdue], coming: Sequence[int], closed: set[int], usual: int
) -> int:
    """As many as usual, or more where that would take long."""
    soon = backlog.least_per_day(overdue, coming, _SOON_DAYS, closed)
    return -(-max(usual, soon) // _ROUND) * _ROUND


def _without_held_back(
    tx: Transaction, deck_ids: Sequence[int], day: int, coming: list[int]
) -> list[int]:
    """Those that a plan holds back are in the backlog, and are planned anew."""
    for held_until, count in held_back.by_day(tx, deck_ids, "backlog", day).items():
        if held_until - day < len(coming):
            coming[held_until - day] -= count
    return coming


def _usual(tx: Transaction, start: int) -> int:
    by_day = paces.reviews_a_day(tx, start)
    return round(median(by_day)) if by_day else _USUAL_AT_FIRST


def _covered(tx: Transaction, deck_id: int | None) -> list[Deck]:
    every = decks.every(tx)
    if deck_id is None:
        return every
    root = next((deck for deck in every if deck.id == deck_id), None)
    if root is None:
        raise NotFound("This deck does not exist any more.")
    return [deck for deck in every if is_within(deck.name, root.name)]


def _held(tx: Transaction, plan: Plan, day: int) -> list[Held]:
    waiting = plan.held_back
    ids = [deck.id for deck in decks.every(tx)]
    return [
        Held(each.card_id, each.schedule.due_on, day + waiting[each.card_id])
        for each in held_back.due_between(tx, ids, 0, day)
        if each.card_id in waiting and each.schedule.due_on is not None
    ]


def _running(tx: Transaction, day: int) -> Running | None:
    by_day = held_back.by_day(tx, [deck.id for deck in decks.every(tx)], "backlog", day)
    value = settings.get(tx, _SETTING)
    if not by_day or value is None:
        return None
    accepted = _Accepted(**json.loads(value))
    coming = tuple(by_day.get(each, 0) for each in range(day + 1, max(by_day) + 1))
    return Running(accepted.deck_id, accepted.per_day, accepted.cards, coming)


def _writable(database: Database | Snapshot) -> Database:
    assert isinstance(database, Database)  # noqa: S101 - a view for reading accepts no plans
    return database


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
