"""What FSRS remembers of cards: looked up, or reckoned from their logs and kept.

For use within a transaction; keeping needs one that may write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyapp.domain.cards import Card, CardState
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.fsrs import Fsrs
from studyapp.scheduling.fsrs_memory import memory_of, replay
from studyapp.scheduling.fsrs_parameters import Parameters, fingerprint, parameters_of
from studyapp.services.progress import Progress, in_chunks
from studyapp.store import bulk, memories
from studyapp.store.bulk import Scheduled
from studyapp.store.database import Transaction


def remembered(tx: Transaction, card: Card, preset: Preset, moment: StudyMoment) -> Memory | None:
    """The memory of one card; None with SM-2, which needs none, and of a new card."""
    if preset.scheduler != "fsrs" or card.schedule.state is CardState.NEW:
        return None
    parameters = parameters_of(preset)
    found = memories.get(tx, card.id, fingerprint(parameters))
    if found is not None:
        return found
    return memory_of(card.schedule, memories.past_of(tx, card.id), parameters, moment)


def keep(
    tx: Transaction,
    card_id: int,
    memory: Memory | None,
    grade: Grade,
    preset: Preset,
    moment: StudyMoment,
) -> None:
    """Keep what is remembered of a card after a grade that was just logged; nothing with SM-2."""
    if preset.scheduler == "fsrs":
        becomes = Fsrs(memory).remembered(grade, preset, moment)
        model = fingerprint(parameters_of(preset))
        memories.put_after_last_review(tx, card_id, model, becomes)


def remember_all(
    tx: Transaction,
    card_ids: Sequence[int],
    parameters: Parameters,
    moment: StudyMoment,
    progress: Progress,
) -> Iterator[list[tuple[Scheduled, Memory]]]:
    """The memories of cards, some thousand at a time; what had to be reckoned is kept.

    Cards that are gone, or of which nothing is remembered, are passed over. Raises Cancelled.
    """
    for chunk in in_chunks(card_ids, progress):
        found = _known_or_reckoned(tx, chunk, parameters, moment)
        pairs = (
            (card, _memory(card, found, parameters, moment)) for card in bulk.schedules(tx, chunk)
        )
        yield [(card, memory) for card, memory in pairs if memory is not None]


def _known_or_reckoned(
    tx: Transaction, card_ids: Sequence[int], parameters: Parameters, moment: StudyMoment
) -> dict[int, Memory]:
    """The memories of cards that have a log."""
    model = fingerprint(parameters)
    found = memories.known(tx, card_ids, model)
    reckoned = []
    for card_id, past in memories.pasts(tx, [each for each in card_ids if each not in found]):
        memory = replay(past, parameters, moment)
        if memory is not None:
            reckoned.append((card_id, past[-1].at, memory))
    memories.put(tx, model, reckoned)
    return found | {card_id: memory for card_id, _, memory in reckoned}


def _memory(
    card: Scheduled, found: dict[int, Memory], parameters: Parameters, moment: StudyMoment
) -> Memory | None:
    if card.schedule.state is CardState.NEW:
        return None
    return found.get(card.card_id) or memory_of(card.schedule, (), parameters, moment)
