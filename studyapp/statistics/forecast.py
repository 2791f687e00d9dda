"""What the coming days bring: as scheduled, and as the limits let it through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studyapp.domain.cards import CardState
from studyapp.domain.decks import Deck, sort_key
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.limits import Spent, deck_days
from studyapp.scheduling.queue import DeckDay
from studyapp.statistics.columns import NO_DAY, Cards, Ints, Log, counted, looked_up
from studyapp.statistics.reviews import days_of


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A study day that comes."""

    ahead: int
    """0: today."""
    due: int
    """Cards that come on it as they are scheduled now; those overdue come today."""
    reviews: int
    """Of these, and of what waits from the days before, as many as limits let through."""
    new: int
    """New cards that limits and their number let through."""
    waiting: int
    """Due cards that limits leave for the days after."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The coming days, if nothing is added.

    A card that is reviewed comes again one day; that is not foreseen.
    """

    backlog: int
    """Cards that were due before today and still wait; they are in today's number."""
    days: tuple[ComingDay, ...]

    def first(self, days: int) -> Forecast:
        """Of so many days only."""
        return Forecast(self.backlog, self.days[:days])


def forecast(
    cards: Cards,
    decks: Sequence[Deck],
    spent: Spent,
    moment: StudyMoment,
    *,
    days: int,
    closed: frozenset[int] = frozenset(),
) -> Forecast:
    """So many days from today on; `spent`: what was studied today, by deck.

    `closed`: study days of a vacation, which bring nothing new. Suspended cards do not come, and
    those that are buried come tomorrow.
    """
    active = cards.where((cards.suspended == 0) & (cards.state != int(CardState.NEW)))
    ahead = days_ahead(active, moment)
    is_review = active.state == int(CardState.REVIEW)
    coming = np.maximum(ahead, (active.buried_on == moment.day).astype(np.int64))
    steps = np.bincount(coming[~is_review & (coming < days)], minlength=days).tolist()
    ordered = sorted(decks, key=lambda deck: sort_key(deck.name))
    flow = _Flow(ordered, spent, moment.day, closed, _new(cards, moment))
    scheduled = _table(active.deck[is_review], coming[is_review], ordered, days)
    return Forecast(
        backlog=int((ahead[is_review] < 0).sum()),
        days=tuple(flow.day(number, scheduled[number], steps[number]) for number in range(days)),
    )


def days_ahead(cards: Cards, moment: StudyMoment) -> Ints:
    """When cards that are not new come, in days from today; below 0: overdue."""
    on_day = cards.due_on - moment.day
    found: Ints = np.where(
        cards.due_on == NO_DAY, days_of(cards.due_at, moment) - moment.day, on_day
    )
    return found


def spent_since(log: Log, cards: Cards, since: int) -> Spent:
    """What was studied from an instant on, by the present deck of each card."""
    log = log.where(slice(int(np.searchsorted(log.at, since)), None))
    deck = looked_up(log.card, cards.id, cards.deck, 0)
    new = counted(deck[log.state == int(CardState.NEW)])
    return Spent(Counter(new), Counter(counted(deck[log.due_on != NO_DAY])))


def _new(cards: Cards, moment: StudyMoment) -> Counter[int]:
    waits = (cards.state == int(CardState.NEW)) & (cards.suspended == 0)
    return Counter(counted(cards.deck[waits & (cards.buried_on != moment.day)]))


def _table(deck: Ints, coming: Ints, ordered: Sequence[Deck], days: int) -> list[list[int]]:
    """For each day the number of cards in each deck."""
    ids = np.array([each.id for each in ordered], dtype=np.int64)
    place = looked_up(deck, ids, np.arange(len(ids), dtype=np.int64), 0)
    within = coming < days
    cells = coming[within] * len(ids) + place[within]
    counts = np.bincount(cells, minlength=days * len(ids))
    return counts.reshape(days, len(ids)).tolist() if len(ids) else [[] for _ in range(days)]


class _Flow:
    """Lets cards through day by day, deck after deck as the tree has them."""

    def __init__(
        self,
        ordered: Sequence[Deck],
        spent: Spent,
        today: int,
        closed: frozenset[int],
        new: Counter[int],
    ) -> None:
        self._ordered = ordered
        self._today = today
        self._closed = closed
        self._new = new
        self._waiting: Counter[int] = Counter()
        self._first = deck_days(ordered, spent, today)
        # Limits for one day only are today's, so all later days are alike.
        self._later = deck_days(ordered, Spent(Counter(), Counter()), today + 1)

    def day(self, ahead: int, due: Sequence[int], steps: int) -> ComingDay:
        """The next day; `due` is in the decks' order, `steps` are learned whatever limits say."""
        limits = self._later if ahead else self._first
        left_new = {key: day.limit.new for key, day in limits.items()}
        left_reviews = {key: day.limit.reviews for key, day in limits.items()}
        reviews, new = steps, 0
        for deck, number in zip(self._ordered, due, strict=True):
            if number or self._waiting[deck.id]:
                self._waiting[deck.id] += number
                reviews += _let(self._waiting, deck.id, limits[deck.id], (left_reviews,))
        if self._today + ahead not in self._closed and self._new.total():
            for deck in self._ordered:
                new += _let(self._new, deck.id, limits[deck.id], (left_new, left_reviews))
        waiting = sum(self._waiting.values())
        return ComingDay(ahead, sum(due) + steps, reviews, new, waiting)


def _let(
    waiting: Counter[int], deck_id: int, day: DeckDay, limits: Sequence[dict[int, int]]
) -> int:
    """How many of a deck's cards all limits on its path let through; they are used up by that."""
    number = waiting[deck_id]
    if not number:
        return 0
    number = min(number, *(limit[each] for limit in limits for each in day.path))
    waiting[deck_id] -= number
    for limit in limits:
        for each in day.path:
            limit[each] -= number
    return number
