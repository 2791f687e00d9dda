"""Daily limits: what a deck may still give today, and so what counts as left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    paths = _paths(decks)
    limits = _limits(decks, paths, spent, day)
    return {deck.id: DeckDay(paths[deck.id], limits[deck.id], deck.preset) for deck in decks}


def counts_left(decks: Sequence[Deck], load: Load, spent: Spent, day: int) -> dict[int, Counts]:
    """Cards left on a day for each deck, sub-decks counted in, within the limits on its path."""
    paths = _paths(decks)
    limits = _limits(decks, paths, spent, day)
    by_depth = sorted(decks, key=lambda deck: len(parent_names(deck.name)))
    lowest = _lowest(by_depth, paths, limits)
    below: dict[int, tuple[int, int, int, int]] = {}
    left: dict[int, Counts] = {}
    # The deepest decks first, so that a deck finds its sub-decks' counts.
    for deck in reversed(by_depth):
        deck_id = deck.id
        found = _counted(deck_id, below.get(deck_id, _NOTHING), lowest[deck_id], load)
        new, steps, interday, due = found
        left[deck_id] = Counts(new, steps + interday, due)
        for above in paths[deck_id][-2:-1]:
            others = below.get(above, _NOTHING)
            below[above] = (
                new + others[0],
                steps + others[1],
                interday + others[2],
                due + others[3],
            )
    return left


_NOTHING = (0, 0, 0, 0)


def _lowest(
    by_depth: Sequence[Deck], paths: Mapping[int, tuple[int, ...]], limits: Mapping[int, Limit]
) -> dict[int, tuple[int, int]]:
    """By deck id: the lowest limits on its path, of new cards and of reviews."""
    lowest: dict[int, tuple[int, int]] = {}
    for deck in by_depth:
        limit = limits[deck.id]
        new, reviews = limit.new, limit.reviews
        for above in paths[deck.id][-2:-1]:
            new, reviews = min(new, lowest[above][0]), min(reviews, lowest[above][1])
        lowest[deck.id] = new, reviews
    return lowest


def _counted(
    deck_id: int, below: tuple[int, int, int, int], limits: tuple[int, int], load: Load
) -> tuple[int, int, int, int]:
    """New cards, those in steps of minutes and of days, and due ones; `below`: of sub-decks.

    What is gathered first takes the room: steps of days, then reviews, then new cards.
    """
    new, steps, interday, due = below
    most_new, most = limits
    interday = min(load.interday.get(deck_id, 0) + interday, most)
    due = min(load.reviews.get(deck_id, 0) + due, most - interday)
    new = min(load.new.get(deck_id, 0) + new, most_new, most - interday - due)
    return new, steps + load.steps.get(deck_id, 0), interday, due


def _limits(
    decks: Sequence[Deck], paths: Mapping[int, tuple[int, ...]], spent: Spent, day: int
) -> dict[int, Limit]:
    """By deck id: what each deck may still give, whatever its parents may."""
    new, reviews = _summed(paths, spent.new), _summed(paths, spent.reviews)
    return {
        deck.id: _limit(deck, day, new.get(deck.id, 0), reviews.get(deck.id, 0)) for deck in decks
    }


def _limit(deck: Deck, day: int, new_spent: int, reviews_spent: int) -> Limit:
    new_limit, review_limit = deck.limits.on(day, deck.preset)
    reviews = max(review_limit - reviews_spent - new_spent, 0)
    return Limit(new=min(max(new_limit - new_spent, 0), reviews), reviews=reviews)


def with_sub_decks(decks: Sequence[Deck], numbers: Counter[int]) -> Counter[int]:
    """Numbers by deck id, those of sub-decks counted in."""
    return _summed(_paths(decks), numbers)


def _summed(paths: Mapping[int, tuple[int, ...]], numbers: Counter[int]) -> Counter[int]:
    total: Counter[int] = Counter()
    for deck_id, number in numbers.items():
        for each in paths.get(deck_id, ()):
            total[each] += number
    return total


def _paths(decks: Sequence[Deck]) -> dict[int, tuple[int, ...]]:
    """By deck id: the ids of its parents that there are, the outermost first, and its own."""
    ids = {_folded(deck.name)[-1]: deck.id for deck in decks}
    return {
        deck.id: tuple([ids[name] for name in _folded(deck.name) if name in ids]) for deck in decks
    }


@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, ...]:
    """Full names of the decks above `name` and its own, folded as deck names are."""
    return tuple(each.casefold() for each in (*parent_names(name), name))
