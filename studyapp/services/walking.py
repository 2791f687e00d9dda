"""A day's cards in the order of a walk over the map; for use within a transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from studyapp.landscape.walk import walk
from studyapp.scheduling.queue import Candidate
from studyapp.store import places
from studyapp.store.database import Transaction


def walked(tx: Transaction, candidates: list[Candidate]) -> list[Candidate]:
    """The same cards, each near the one before; the first is the most urgent one still.

    Cards whose notes have no place yet come last, in their order: `Landscapes.settle` gives places.
    Of a note with several cards the others come on further walks, each after the last: one
    after the other, they would give away each other's answers.
    """
    known = places.of_notes(tx, {each.note_id for each in candidates})
    placed = [each for each in candidates if each.note_id in known]
    others = [each for each in candidates if each.note_id not in known]
    ways = (
        [some[index] for index in walk([known[each.note_id] for each in some])]
        for some in _apart(placed)
    )
    return [*(each for way in ways for each in way), *others]


def _apart(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The first card of each note, then the second of those that have one, and so on."""
    rounds: defaultdict[int, list[Candidate]] = defaultdict(list)
    seen: Counter[int] = Counter()
    for each in candidates:
        rounds[seen[each.note_id]].append(each)
        seen[each.note_id] += 1
    return list(rounds.values())
