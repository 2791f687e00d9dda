"""Daily limits: what a deck may still give today, and so what counts as left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyapp.domain.decks import Deck, parent_names
from studyapp.scheduling.queue import Counts, DeckDay, Limit


@dataclass(frozen=True, slots=True)
class Load:
    """Numbers of cards by deck id, sub-decks not counted in."""

    new: Counter[int]
    reviews: Counter[int]
    interday: Counter[int]
    steps: Counter[int]


@dataclass(frozen=True, slots=True)
class Spent:
    """What was studied today by deck id, sub-decks not counted in."""

    new: Counter[int]
    reviews: Counter[int]


def deck_days(decks: Sequence[Deck], spent: Spent, day: int) -> dict[int, DeckDay]:
    """For each deck its limit, and the way down to it: all limits on the way hold for its cards."""
    ids = {deck.name.casefold(): deck.id for deck in decks}
    total = with_sub_decks(decks, spent.new), with_sub_decks(decks, spent.reviews)
    return {
        deck.id: DeckDay(
            path=tuple(
                ids[name.casefold()]
                for name in (*parent_names(deck.name), deck.name)
                if name.casefold() in ids
            ),
            limit=_limit(deck, day, total[0][deck.id], total[1][deck.id]),
            preset=deck.preset,
        )
        for deck in decks
    }


def counts_left(decks: Sequence[Deck], load: Load, spent: Spent, day: int) -> dict[int, Counts]:
    """Cards left on a day for each deck, sub-decks counted in, within the limits on its path."""
    children = _children(decks)
    left: dict[int, Counts] = {}
    # The deepest decks first, so that a deck finds its sub-decks' counts.
    days = deck_days(decks, spent, day)
    for deck in sorted(decks, key=lambda deck: -len(parent_names(deck.name))):
        below = [left[child] for child in children[deck.id]]
        limits = [days[each].limit for each in days[deck.id].path]
        lowest = Limit(min(each.new for each in limits), min(each.reviews for each in limits))
        left[deck.id] = _counts(deck.id, below, lowest, load)
    return left


def _counts(deck_id: int, below: Sequence[Counts], limit: Limit, load: Load) -> Counts:
    learning = load.steps[deck_id] + load.interday[deck_id] + sum(c.learning for c in below)
    due = min(load.reviews[deck_id] + sum(c.due for c in below), limit.reviews)
    new = load.new[deck_id] + sum(c.new for c in below)
    return Counts(min(new, limit.new, limit.reviews - due), learning, due)


def _limit(deck: Deck, day: int, new_spent: int, reviews_spent: int) -> Limit:
    new_limit, review_limit = deck.limits.on(day, deck.preset)
    reviews = max(review_limit - reviews_spent - new_spent, 0)
    return Limit(new=min(max(new_limit - new_spent, 0), reviews), reviews=reviews)


def _children(decks: Sequence[Deck]) -> Mapping[int, list[int]]:
    ids = {deck.name.casefold(): deck.id for deck in decks}
    children: dict[int, list[int]] = {deck.id: [] for deck in decks}
    for deck in decks:
        parents = parent_names(deck.name)
        if parents and parents[-1].casefold() in ids:
            children[ids[parents[-1].casefold()]].append(deck.id)
    return children


def with_sub_decks(decks: Sequence[Deck], numbers: Counter[int]) -> Counter[int]:
    """Numbers by deck id, those of sub-decks counted in."""
    ids = {deck.name.casefold(): deck.id for deck in decks}
    total: Counter[int] = Counter()
    for deck in decks:
        for name in (*parent_names(deck.name), deck.name):
            if name.casefold() in ids:
                total[ids[name.casefold()]] += numbers[deck.id]
    return total
