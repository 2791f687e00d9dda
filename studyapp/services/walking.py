"""A day's cards in the order of a walk over the map; for use within a transaction."""

from __future__ import annotations

from studyapp.landscape.walk import walk
from studyapp.scheduling.queue import Candidate
from studyapp.store import places
from studyapp.store.database import Transaction


def walked(tx: Transaction, candidates: list[Candidate]) -> list[Candidate]:
    """The same cards, each near the one before; the first is the most urgent one still.

    Cards whose notes have no place yet come last, in their order: `Landscapes.settle` gives places.
    """
    known = places.of_notes(tx, {each.note_id for each in candidates})
    placed = [each for each in candidates if each.note_id in known]
    way = walk([known[each.note_id] for each in placed])
    others = [each for each in candidates if each.note_id not in known]
    return [*(placed[index] for index in way), *others]
