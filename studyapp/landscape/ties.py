"""What draws notes together: links, similar texts, shared tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest, nsmallest
from math import log
from typing import Final

from studyapp.landscape.facts import Fact, Terrain, Tie

LINK: Final = 4.0
_SIMILAR = 1.5
_TAG = 0.8
_NEAREST = 3
"""So many similar notes draw a note."""
_RARE_WORDS = 12
"""So many of its words are looked at, the rarest ones."""
_COMMON = 25
"""A word that is in more notes says little, and would take long."""
_LEAST_SHARED = 2
"""Notes with a single rare word in common are not similar."""


def links_of(terrain: Terrain) -> list[Tie]:
    """Each pair of linked notes once, in the order of indexes."""
    pairs = {(min(pair), max(pair)) for pair in terrain.links if pair[0] != pair[1]}
    return [Tie(first, second, LINK) for first, second in sorted(pairs)]


def similar(facts: Sequence[Fact], among: Iterable[int] | None = None) -> list[Tie]:
    """Each note with the few whose texts share the most rare words with it.

    Words count by their inverse document frequency (Spärck Jones, 1972). `among`: indexes of the
    notes whose neighbours are wanted; None: all.
    """
    indexes = range(len(facts)) if among is None else list(among)
    holders = _holders(facts, None if among is None else _words_of(facts, indexes))
    idf = {word: log(1 + len(facts) / len(each)) for word, each in holders.items()}
    found: dict[tuple[int, int], float] = {}
    for index in indexes:
        for other, weight in _nearest(index, facts[index].words, holders, idf):
            pair = (min(index, other), max(index, other))
            found[pair] = max(found.get(pair, 0), weight)
    return [Tie(*pair, weight) for pair, weight in sorted(found.items())]


def shared_tags(facts: Sequence[Fact], indexes: Sequence[int]) -> list[tuple[str, float]]:
    """Tags that more than one of these notes have, but not all, by name; rarer ones weigh more."""
    counts: defaultdict[str, int] = defaultdict(int)
    for index in indexes:
        for tag in facts[index].tags:
            counts[tag] += 1
    total = len(indexes)
    return [
        (tag, _TAG * log(total / count) / log(total))
        for tag, count in sorted(counts.items())
        if 1 < count < total
    ]


def _words_of(facts: Sequence[Fact], indexes: Iterable[int]) -> frozenset[str]:
    return frozenset(word for index in indexes for word in facts[index].words)


def _holders(facts: Sequence[Fact], wanted: frozenset[str] | None) -> dict[str, list[int]]:
    """In which notes each word is that is neither too common nor in one only; None: every word."""
    every: defaultdict[str, list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        for word in fact.words if wanted is None else fact.words & wanted:
            every[word].append(index)
    return {word: each for word, each in every.items() if 1 < len(each) <= _COMMON}


def _nearest(
    index: int,
    words: frozenset[str],
    holders: Mapping[str, Sequence[int]],
    idf: Mapping[str, float],
) -> list[tuple[int, float]]:
    known = (word for word in words if word in holders)
    rarest = nsmallest(_RARE_WORDS, known, key=lambda word: (len(holders[word]), word))
    total = sum(idf[word] for word in rarest)
    score: defaultdict[int, float] = defaultdict(float)
    shared: defaultdict[int, int] = defaultdict(int)
    for word in rarest:
        for other in holders[word]:
            score[other] += idf[word]
            shared[other] += 1
    alike = (
        (other, _SIMILAR * score[other] / total)
        for other in score
        if other != index and shared[other] >= _LEAST_SHARED
    )
    return nlargest(_NEAREST, alike, key=lambda each: (each[1], -each[0]))
