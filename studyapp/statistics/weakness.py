"""Parts of what was studied, and which of them is surely recalled less than the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import numpy as np

from studyapp.domain.landscape import RegionKind
from studyapp.statistics.columns import Ints
from studyapp.statistics.reviews import Dated

_FEW: Final = 30
"""Due reviews of a region; fewer tell little of it."""
_BY_CHANCE: Final = 0.05
"""How likely chance alone has any region named, however many are compared."""


@dataclass(frozen=True, slots=True)
class Region:
    """A deck, its sub-decks not counted in, or all cards with a tag; how much was recalled."""

    name: str
    due: int
    """Reviews of due cards."""
    passed: int
    kind: RegionKind = RegionKind.DECK

    @property
    def recalled(self) -> float:
        """The part of the due reviews, 0 to 1."""
        return self.passed / self.due


@dataclass(frozen=True, slots=True, eq=False)
class TagCards:
    """Which cards have which tags: two columns of the same length, and the names of tags."""

    tag: Ints
    card: Ints
    names: Mapping[int, str]
    """By id."""


def by_deck(reviews: Dated, names: Mapping[int, str]) -> tuple[Region, ...]:
    """The decks with due reviews, by name; cards that are gone are in none."""
    due = reviews.was_due
    room = max(names, default=0) + 1
    total = np.bincount(reviews.deck[due], minlength=room)
    passed = np.bincount(reviews.deck[due & reviews.passed], minlength=room)
    found = [
        Region(name, int(total[deck]), int(passed[deck]))
        for deck, name in names.items()
        if total[deck]
    ]
    return tuple(sorted(found, key=lambda region: region.name))


def by_tag(reviews: Dated, tagged: TagCards) -> tuple[Region, ...]:
    """The tags with due reviews, by name; a card counts for each of its tags."""
    due = reviews.was_due
    room = int(max(reviews.card.max(initial=0), tagged.card.max(initial=0))) + 1
    of_cards = (
        np.bincount(reviews.card[chosen], minlength=room)[tagged.card]
        for chosen in (due, due & reviews.passed)
    )
    tags = max(tagged.names, default=0) + 1
    total, passed = (np.bincount(tagged.tag, weights=each, minlength=tags) for each in of_cards)
    found = [
        Region(name, int(total[tag]), int(passed[tag]), RegionKind.TAG)
        for tag, name in tagged.names.items()
        if total[tag]
    ]
    return tuple(sorted(found, key=lambda region: region.name))


def weak(decks: Sequence[Region], tags: Sequence[Region], aim: float) -> list[Region]:
    """The regions that are surely recalled less than the rest of all decks, the weakest first.

    And less than what is aimed at (0 to 1). Two shares differ surely where chance alone would make
    such a difference in one of twenty cases (two-proportion z-test, pooled, by Bonferroni for as
    many regions as are compared).
    """
    due, passed = sum(each.due for each in decks), sum(each.passed for each in decks)
    compared = [e for e in (*tags, *decks) if e.due >= _FEW and due - e.due >= _FEW]
    if not compared:
        return []
    surely = NormalDist().inv_cdf(1 - _BY_CHANCE / 2 / len(compared))
    found = [
        each
        for each in compared
        if each.recalled < aim and _errors_below(each, due, passed) > surely
    ]
    return sorted(found, key=lambda each: each.recalled)


def _errors_below(region: Region, due: int, passed: int) -> float:
    """By how many standard errors it is recalled less than the rest of so many reviews."""
    rest, rest_passed = due - region.due, passed - region.passed
    pooled = passed / due
    error = sqrt(pooled * (1 - pooled) * (1 / rest + 1 / region.due))
    return (rest_passed / rest - region.recalled) / error if error else 0.0
