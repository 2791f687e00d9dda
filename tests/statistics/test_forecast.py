"""What limits let through, day by day."""

from __future__ import annotations

from collections import Counter

import numpy as np

from studyapp.domain.cards import CardState
from studyapp.domain.decks import Deck
from studyapp.domain.presets import DeckLimits, Preset
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.limits import Spent
from studyapp.statistics.columns import NO_DAY, UNKNOWN, Cards
from studyapp.statistics.forecast import Forecast, forecast

DAY = 20_000
MOMENT = StudyMoment(DAY * MS_PER_DAY, DAY, DAY * MS_PER_DAY + MS_PER_DAY)
NOTHING = Spent(Counter(), Counter())


def cards(*rows: tuple[int, int | None]) -> Cards:
    """Cards of decks; when each is due, in days from today, None for new ones."""
    count = len(rows)
    none = np.zeros(count, dtype=np.int64)
    due = [NO_DAY if ahead is None else DAY + ahead for _, ahead in rows]
    state = [CardState.NEW if ahead is None else CardState.REVIEW for _, ahead in rows]
    return Cards(
        id=np.arange(1, count + 1),
        deck=np.array([deck for deck, _ in rows], dtype=np.int64),
        state=np.array(state, dtype=np.int64),
        due_on=np.array(due, dtype=np.int64),
        due_at=none,
        interval_days=none,
        ease_permille=none,
        lapses=none,
        suspended=none,
        buried_on=np.full(count, NO_DAY, dtype=np.int64),
        added_at=none,
        difficulty=np.full(count, UNKNOWN, dtype=np.int64),
    )


def told(found: Forecast) -> list[tuple[int, int, int, int]]:
    return [(day.due, day.reviews, day.new, day.waiting) for day in found.days]


TREE = (
    Deck(1, "A", Preset(reviews_per_day=3, new_per_day=1)),
    Deck(2, "A::B", Preset(reviews_per_day=2, new_per_day=5)),
)


def test_what_a_day_leaves_waits_for_the_next() -> None:
    backlog = [(1, -4)] * 3 + [(2, -1)] * 4 + [(2, 1)]
    found = forecast(cards(*backlog), TREE, NOTHING, MOMENT, days=4)
    assert found.backlog == 7
    assert told(found) == [(7, 3, 0, 4), (1, 2, 0, 3), (0, 2, 0, 1), (0, 1, 0, 0)]


def test_new_cards_have_their_own_limit_and_share_that_of_reviews() -> None:
    found = forecast(cards((1, 0), (1, 0), *[(2, None)] * 3), TREE, NOTHING, MOMENT, days=4)
    assert [day.new for day in found.days] == [1, 1, 1, 0]


def test_what_was_studied_today_uses_limits_up_and_a_limit_may_be_for_today_only() -> None:
    spent = Spent(Counter({1: 1}), Counter({1: 2}))
    some = cards(*[(1, 0)] * 4, *[(1, None)] * 2)
    found = forecast(some, TREE, spent, MOMENT, days=3)
    assert [(day.reviews, day.new) for day in found.days] == [(0, 0), (3, 0), (1, 1)]
    limits = DeckLimits(today=DAY, reviews_today=9, new_today=9)
    wide = forecast(some, (Deck(1, "A", TREE[0].preset, limits=limits),), spent, MOMENT, days=2)
    assert [(day.reviews, day.new) for day in wide.days] == [(4, 2), (0, 0)]


def test_a_vacation_brings_nothing_new() -> None:
    closed = frozenset({DAY, DAY + 1})
    found = forecast(cards((1, None)), TREE, NOTHING, MOMENT, days=3, closed=closed)
    assert [day.new for day in found.days] == [0, 0, 1]
