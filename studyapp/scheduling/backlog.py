"""Overdue cards spread over days, so that the least is forgotten while they wait.

A card that waits `k` days loses R(0) − R(k): what its probability of recall falls by meanwhile, by
the forgetting curves in `scheduling.recall`. Each day has room for some cards, each card needs a
day, and the sum of the losses shall be small: a transportation problem (Hitchcock, "The
distribution of a product from several sources to numerous localities", 1941). The best of several
orders fills the days, and then pairs of days exchange cards while that gains. Going on to exchanges
among more days than two, up to the proven optimum, was tried: it gained less than a thousandth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from studyapp.scheduling.recall import recall_by_interval, recall_by_stability

MOST_DAYS = 365
"""No plan is longer."""
_GAIN = 1e-9
"""An exchange that gains less is not made: it would be rounding."""
_NEAR_DAYS = 7
"""In long plans cards are exchanged between days that are no farther apart."""
_PASSES = 2


@dataclass(frozen=True, slots=True)
class Overdue:
    """A card that waits for its review."""

    card_id: int
    stability_days: float
    """With SM-2 the interval; recall is 90 % when as many days have passed."""
    elapsed_days: int
    """Since its last review, today."""
    decay: float | None = None
    """Of FSRS's forgetting curve; None: SM-2, exponential."""
    next_interval_days: int = MOST_DAYS
    """When it comes back if it is recalled, an estimate; if it is forgotten, a day later."""

    def recall(self, ahead: int) -> float:
        """Probability of recall in so many days, 0 to 1."""
        elapsed = self.elapsed_days + ahead
        if self.decay is None:
            return recall_by_interval(int(self.stability_days), elapsed)
        return recall_by_stability(self.stability_days, elapsed, self.decay)


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """What one day of a plan brings."""

    cards: tuple[Overdue, ...]
    """Of the backlog."""
    others: int
    """Cards that come due on that day, and cards of the backlog that come back."""

    @property
    def total(self) -> int:
        return len(self.cards) + self.others


@dataclass(frozen=True, slots=True)
class Plan:
    """Which card of a backlog comes on which day, the first being today."""

    per_day: int
    days: tuple[PlannedDay, ...]

    @property
    def lost(self) -> float:
        """Cards that would be recalled today and are forgotten by their day, as expected."""
        return sum(lost([day.cards for day in self.days]))

    @property
    def held_back(self) -> dict[int, int]:
        """Cards that do not come today, by their ids: in how many days they do."""
        return {
            card.card_id: ahead
            for ahead, day in enumerate(self.days)
            for card in day.cards
            if ahead
        }


def plan(
    overdue: Sequence[Overdue],
    coming: Sequence[int],
    per_day: int,
    closed: Set[int] = frozenset(),
) -> Plan | None:
    """At most `per_day` reviews a day, as far as what comes due anyway leaves room.

    `coming`: how many cards come due on each day, today first and not counting the backlog.
    `closed`: days ahead that get no card of the backlog. None: it takes over `MOST_DAYS`.
    """
    others, room = _others_and_room(overdue, coming, per_day, closed)
    if room is None:
        return None
    days = _improved(min(_fillings(overdue, room), key=lambda filled: sum(lost(filled))))
    return Plan(
        per_day,
        tuple(PlannedDay(tuple(cards), others[ahead]) for ahead, cards in enumerate(days)),
    )


def least_per_day(
    overdue: Sequence[Overdue],
    coming: Sequence[int],
    days: int,
    closed: Set[int] = frozenset(),
) -> int:
    """The fewest reviews a day with which the backlog is done in so many days.

    Where every one of these days is closed, as few as end at all.
    """
    days = min(days, MOST_DAYS)
    if all(ahead in closed for ahead in range(days)):
        days = MOST_DAYS

    def is_enough(per_day: int) -> bool:
        _, room = _others_and_room(overdue, coming, per_day, closed)
        return room is not None and len(room) <= days

    most = 1
    while not is_enough(most) and most < 2 * (len(overdue) + max(coming, default=0)):
        most *= 2
    least = most // 2
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if is_enough(middle) else (middle, most)
    return most


def lost(days: Sequence[Sequence[Overdue]]) -> list[float]:
    """Expected number of cards forgotten by waiting, by the day on which they come."""
    return [
        sum(card.recall(0) - card.recall(ahead) for card in cards)
        for ahead, cards in enumerate(days)
    ]


# --- room -----------------------------------------------------------------------------------


def _others_and_room(
    overdue: Sequence[Overdue], coming: Sequence[int], per_day: int, closed: Set[int]
) -> tuple[list[int], list[int] | None]:
    """What comes on each day besides the backlog, and how many cards of it have room there.

    Cards of the backlog come back: when is estimated by filling the days once without that.
    """
    others = [coming[ahead] if ahead < len(coming) else 0 for ahead in range(MOST_DAYS)]
    room = _room(len(overdue), others, per_day, closed)
    if room is None:
        return others, None
    back = _coming_back(_filled(sorted(overdue, key=_fall), room))
    others = [number + round(more) for number, more in zip(others, back, strict=True)]
    return others, _room(len(overdue), others, per_day, closed)


def _coming_back(days: Sequence[Sequence[Overdue]]) -> list[float]:
    """Cards that come a second time on each day, as expected: on the day after if forgotten."""
    back = [0.0] * (2 * MOST_DAYS)
    for ahead, cards in enumerate(days):
        for card in cards:
            recalled = card.recall(ahead)
            back[ahead + 1] += 1 - recalled
            back[ahead + min(max(card.next_interval_days, 1), MOST_DAYS)] += recalled
    return back[:MOST_DAYS]


def _room(count: int, others: Sequence[int], per_day: int, closed: Set[int]) -> list[int] | None:
    """How many of `count` cards each day takes until none is left; None: some are."""
    room = []
    for ahead, number in enumerate(others):
        if not count:
            break
        room.append(0 if ahead in closed else min(max(per_day - number, 0), count))
        count -= room[-1]
    return None if count else room


# --- which card on which day ----------------------------------------------------------------


def _fall(card: Overdue) -> float:
    """Negative, so that the card that loses most by a day comes first."""
    return card.recall(1) - card.recall(0)


def _fillings(overdue: Sequence[Overdue], room: Sequence[int]) -> list[list[list[Overdue]]]:
    """Days filled in each of the orders that may be good, the usual ones among them."""
    last = len(room)
    orders: tuple[Callable[[Overdue], float], ...] = (
        _fall,
        lambda card: card.recall(last) - card.recall(0),
        lambda card: card.recall(0),
        lambda card: -card.recall(0),
        lambda card: card.stability_days,
        lambda card: -card.stability_days,
        lambda card: card.stability_days - card.elapsed_days,
    )
    by_id = sorted(overdue, key=lambda card: card.card_id)
    return [_filled(sorted(by_id, key=order), room) for order in orders]


def _filled(in_order: Sequence[Overdue], room: Sequence[int]) -> list[list[Overdue]]:
    ends = [sum(room[:ahead]) for ahead in range(len(room) + 1)]
    return [list(in_order[start:end]) for start, end in pairwise(ends)]


def _improved(days: list[list[Overdue]]) -> list[list[Overdue]]:
    """Let pairs of days exchange cards where that gains."""
    for _ in range(_PASSES):
        for first in range(len(days)):
            for second in range(first + 1, min(first + _NEAR_DAYS + 1, len(days))):
                _exchange(days, first, second)
    return days


def _exchange(days: list[list[Overdue]], first: int, second: int) -> None:
    """Swap the cards of two days that gain most by it, as many as do."""
    gains = [(card.recall(first) - card.recall(second), card) for card in days[first]]
    costs = [(card.recall(second) - card.recall(first), card) for card in days[second]]
    gains.sort(key=lambda each: each[0])
    costs.sort(key=lambda each: each[0])
    for place, (gain, cost) in enumerate(zip(gains, costs, strict=False)):
        if gain[0] + cost[0] > -_GAIN:
            break
        gains[place], costs[place] = cost, gain
    days[first] = [card for _, card in gains]
    days[second] = [card for _, card in costs]
