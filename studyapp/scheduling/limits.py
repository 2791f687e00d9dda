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
    paths, parents = _paths(decks), _parents(decks)
    limits = _limits(decks, paths, spent, day)
    below: dict[int | None, tuple[int, int, int]] = {}
    left: dict[int, Counts] = {}
    # The deepest decks first, so that a deck finds its sub-decks' counts.
    for deck in sorted(decks, key=lambda deck: -len(parent_names(deck.name))):
        on_path = [limits[each] for each in paths[deck.id]]
        counts = _counts(deck.id, below.get(deck.id, _NOTHING), on_path, load)
        left[deck.id] = counts
        new, learning, due = below.get(parents[deck.id], _NOTHING)
        below[parents[deck.id]] = new + counts.new, learning + counts.learning, due + counts.due
    return left


_NOTHING = (0, 0, 0)


def _counts(
    deck_id: int, below: tuple[int, int, int], limits: Sequence[Limit], load: Load
) -> Counts:
    """Of a deck; `below`: new, learning and due cards of its sub-decks; `limits`: on its path."""
    new, learning, due = below
    most_new, most = min([each.new for each in limits]), min([each.reviews for each in limits])
    due = min(load.reviews.get(deck_id, 0) + due, most)
    learning += load.steps.get(deck_id, 0) + load.interday.get(deck_id, 0)
    return Counts(min(load.new.get(deck_id, 0) + new, most_new, most - due), learning, due)


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


def _parents(decks: Sequence[Deck]) -> dict[int, int | None]:
    """By deck id: the id of the deck right above it; None at the top."""
    ids = {_folded(deck.name)[-1]: deck.id for deck in decks}
    return {
        deck.id: ids.get(path[-2]) if len(path := _folded(deck.name)) > 1 else None
        for deck in decks
    }


@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, ...]:
    """Full names of the decks above `name` and its own, folded as deck names are."""
    return tuple(each.casefold() for each in (*parent_names(name), name))
