"""What the cards are like now: their states, intervals, eases, lapses, and when they were added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studyapp.domain.cards import CardState
from studyapp.domain.study_day import StudyMoment
from studyapp.statistics.columns import UNKNOWN, Cards, Ints, counted
from studyapp.statistics.reviews import MATURE_DAYS, days_of


@dataclass(frozen=True, slots=True)
class Stock:
    """How many cards are in which state; suspended and buried ones are in none of the others."""

    new: int
    learning: int
    relearning: int
    young: int
    mature: int
    suspended: int
    buried: int


def stock(cards: Cards, moment: StudyMoment) -> Stock:
    """Of all these cards."""
    is_buried = (cards.suspended == 0) & (cards.buried_on == moment.day)
    active = cards.where((cards.suspended == 0) & ~is_buried)
    state = np.bincount(active.state, minlength=len(CardState)).tolist()
    mature = int(
        ((active.state == int(CardState.REVIEW)) & (active.interval_days >= MATURE_DAYS)).sum()
    )
    return Stock(
        new=state[CardState.NEW],
        learning=state[CardState.LEARNING],
        relearning=state[CardState.RELEARNING],
        young=state[CardState.REVIEW] - mature,
        mature=mature,
        suspended=int((cards.suspended != 0).sum()),
        buried=int(is_buried.sum()),
    )


def _in_review(cards: Cards) -> Cards:
    return cards.where(cards.state >= int(CardState.REVIEW))


def intervals(cards: Cards) -> dict[int, int]:
    """Cards in review and relearning by their interval in days."""
    return counted(_in_review(cards).interval_days)


def eases(cards: Cards) -> dict[int, int]:
    """Cards in review and relearning by their ease in per cent, rounded down."""
    return counted(_in_review(cards).ease_permille // 10)


def difficulties(cards: Cards) -> dict[int, int]:
    """Cards by tenths of the difficulty that FSRS has reckoned of them; the others are left out."""
    return counted(cards.difficulty[cards.difficulty != UNKNOWN])


def lapses(cards: Cards) -> dict[int, int]:
    """Cards that are not new by how often they were forgotten."""
    return counted(cards.lapses[cards.state != int(CardState.NEW)])


def added(cards: Cards, moment: StudyMoment, since: int) -> dict[int, int]:
    """Cards by the study day on which their note was added, from one on."""
    days = days_of(cards.added_at, moment)
    return counted(days[days >= since])


def hardest(cards: Cards, count: int) -> list[int]:
    """Ids of the cards that were forgotten most often; among them, the lowest ease first."""
    found: Ints = np.flatnonzero(cards.lapses > 0)
    order = np.lexsort((cards.id[found], cards.ease_permille[found], -cards.lapses[found]))
    ids: list[int] = cards.id[found[order[:count]]].tolist()
    return ids
