"""Cards that wait for a day, in the order of how well they are remembered.

SM-2 names no probability of recall. Read as promising 90 % at the end of each interval, it falls
with lateness as a part of the interval, by which SQL alone can put cards in order. Where a deck
uses FSRS, they are put in order here, as in Anki: by what is remembered of each, to the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from studyapp.domain.presets import Preset, ReviewOrder
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.fsrs_parameters import parameters_of
from studyapp.scheduling.ordering import Waiting
from studyapp.scheduling.recall import forgotten, overdue, recall_by_interval
from studyapp.services.remembering import elapsed
from studyapp.store import bulk, candidates
from studyapp.store.database import Transaction

_BY_RECALL = (ReviewOrder.RETRIEVABILITY_ASCENDING, ReviewOrder.RETRIEVABILITY_DESCENDING)


def waiting(
    tx: Transaction, presets: Mapping[int, Preset], moment: StudyMoment, preset: Preset
) -> Waiting:
    """What a day could bring to decks; `presets`: of each, by its id, in the tree's order.

    `preset`: of the studied deck; its options put cards in order.
    """
    order, gather = preset.review_order, preset.new_gather_priority
    by_memory = order in (*_BY_RECALL, ReviewOrder.RELATIVE_OVERDUENESS)
    if not by_memory or all(each.scheduler == "sm2" for each in presets.values()):
        return candidates.waiting(tx, list(presets), moment, order, gather)
    # Those that are remembered alike stay as chance has them.
    resorted = _Ordering(tx, presets, moment, order).of
    return candidates.waiting(
        tx, list(presets), moment, ReviewOrder.RANDOM, gather, resorted=resorted
    )


class _Ordering:
    """Puts cards in one order."""

    def __init__(
        self,
        tx: Transaction,
        presets: Mapping[int, Preset],
        moment: StudyMoment,
        order: ReviewOrder,
    ) -> None:
        self._tx = tx
        self._presets = presets
        self._moment = moment
        self._is_by_recall = order in _BY_RECALL
        self._best_first = order is ReviewOrder.RETRIEVABILITY_DESCENDING

    def of(self, waiting: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Cards, each with its deck; those of which nothing is remembered count as forgotten."""
        cards = list(waiting)
        by_deck: defaultdict[int, list[int]] = defaultdict(list)
        for card_id, deck_id in cards:
            by_deck[deck_id].append(card_id)
        need: dict[int, float] = {}
        for deck_id, card_ids in by_deck.items():
            preset = self._presets[deck_id]
            need |= (self._by_fsrs if preset.scheduler == "fsrs" else self._by_sm2)(
                card_ids, preset
            )
        sign = 1 if self._best_first else -1
        return iter(sorted(cards, key=lambda card: sign * need.get(card[0], inf)))

    def _by_fsrs(self, card_ids: Sequence[int], preset: Preset) -> dict[int, float]:
        measure = forgotten if self._is_by_recall else overdue
        found = elapsed(self._tx, card_ids, parameters_of(preset), self._moment)
        return {card_id: measure(memory, days, preset) for card_id, (memory, days) in found.items()}

    def _by_sm2(self, card_ids: Sequence[int], _preset: Preset) -> dict[int, float]:
        need: dict[int, float] = {}
        for card in bulk.schedules(self._tx, card_ids):
            interval, due_on = card.schedule.interval_days, card.schedule.due_on
            days = max(self._moment.day - (due_on or 0) + interval, 0)
            recalled = recall_by_interval(interval, days)
            need[card.card_id] = 1 - recalled if self._is_by_recall else days / max(interval, 1)
        return need
