"""Cards with what is needed to tell how their probability of recall falls.

For use within a transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from studyapp.domain.cards import Schedule
from studyapp.domain.decks import Deck
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.scheduling.backlog import Overdue
from studyapp.scheduling.fsrs_parameters import Parameters, fingerprint, parameters_of
from studyapp.scheduling.recall import days_until
from studyapp.store import memories
from studyapp.store.bulk import Scheduled
from studyapp.store.database import Transaction

_DECAY = 20
"""Where the decay stands among the parameters of FSRS."""


def forgetting(
    tx: Transaction, cards: Sequence[Scheduled], every: Sequence[Deck], day: int
) -> list[Overdue]:
    """Review cards as a plan that begins on a study day sees them, in their order."""
    presets = {deck.id: deck.preset for deck in every}
    found = _memories(tx, cards, presets)
    return [
        _with_fsrs(each, presets[each.deck_id], found.get(each.card_id), day)
        if presets[each.deck_id].scheduler == "fsrs"
        else _with_sm2(each, day)
        for each in cards
    ]


def _memories(
    tx: Transaction, cards: Sequence[Scheduled], presets: Mapping[int, Preset]
) -> dict[int, Memory]:
    """What is kept of the cards with FSRS; looking at a plan reckons and writes nothing."""
    by_parameters: defaultdict[Parameters, list[int]] = defaultdict(list)
    for each in cards:
        preset = presets[each.deck_id]
        if preset.scheduler == "fsrs":
            by_parameters[parameters_of(preset)].append(each.card_id)
    found: dict[int, Memory] = {}
    for parameters, ids in by_parameters.items():
        found |= memories.known(tx, ids, fingerprint(parameters))
    return found


def _with_sm2(card: Scheduled, day: int) -> Overdue:
    interval = max(card.schedule.interval_days, 1)
    elapsed = day - _reviewed_on(card.schedule)
    return Overdue(
        card.card_id, interval, elapsed, None, _next_interval_days(card.schedule, elapsed)
    )


def _with_fsrs(card: Scheduled, preset: Preset, memory: Memory | None, day: int) -> Overdue:
    """Without a memory that is kept, one that falls to the desired retention by the due day."""
    decay = parameters_of(preset)[_DECAY]
    if memory is None:
        until_due = days_until(preset.desired_retention_permille / 1000, 1, decay)
        stability = max(card.schedule.interval_days, 1) / until_due
        elapsed = day - _reviewed_on(card.schedule)
    else:
        stability, elapsed = memory.stability_days, max(day - memory.reviewed_on, 0)
    return Overdue(
        card.card_id, stability, elapsed, decay, _next_interval_days(card.schedule, elapsed)
    )


def _reviewed_on(schedule: Schedule) -> int:
    assert schedule.due_on is not None  # noqa: S101 - only cards that wait for a day come here
    return schedule.due_on - schedule.interval_days


def _next_interval_days(schedule: Schedule, elapsed_days: int) -> int:
    """About what "good" gives: half of the days that it is late count (SM-2 as Anki has it)."""
    late = max(elapsed_days - schedule.interval_days, 0)
    return max(round((schedule.interval_days + late / 2) * schedule.ease_permille / 1000), 1)
