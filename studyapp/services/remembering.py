"""What FSRS remembers of cards: looked up, or reckoned from their logs and kept.

For use within a transaction; keeping needs one that may write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from studyapp.domain.cards import Card, CardState
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fsrs import Fsrs
from studyapp.scheduling.fsrs_memory import memory_of, replay
from studyapp.scheduling.fsrs_parameters import Parameters, fingerprint, parameters_of
from studyapp.scheduling.recall import recall
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
    *,
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


def recalls(
    tx: Transaction, card_ids: Sequence[int], preset: Preset, moment: StudyMoment
) -> dict[int, float]:
    """Probability of recall now, 0 to 1, of those cards of a preset that it can be told of.

    Changes nothing. Some thousand ids at a time, as in `progress.in_chunks`; cards whose memory is
    kept take about 10 µs each, a review that must be replayed about as much.
    """
    parameters = parameters_of(preset)
    found: dict[int, Memory] = {}
    if preset.scheduler == "fsrs":
        known = memories.known(tx, card_ids, fingerprint(parameters))
        reckoned = _reckoned(tx, card_ids, known, parameters, moment)
        found = known | {card_id: memory for card_id, _, memory in reckoned}
    pairs = (
        (
            card.card_id,
            recall(card.schedule, _memory(card, found, parameters, moment), preset, moment),
        )
        for card in bulk.schedules(tx, card_ids)
    )
    return {card_id: told for card_id, told in pairs if told is not None}


def elapsed(
    tx: Transaction, card_ids: Sequence[int], parameters: Parameters, moment: StudyMoment
) -> dict[int, tuple[Memory, float]]:
    """The memories of cards, and the days since the last review of each, as exact as the log.

    Without a log they are whole days. Changes nothing; takes as long as `recalls`.
    """
    since = memories.known_since(tx, card_ids, fingerprint(parameters))
    known = {card_id: memory for card_id, (memory, _) in since.items()}
    reckoned = _reckoned(tx, card_ids, known, parameters, moment)
    since |= {card_id: (memory, last) for card_id, last, memory in reckoned}
    found = {
        card_id: (memory, max(moment.at - last, 0) / MS_PER_DAY)
        for card_id, (memory, last) in since.items()
    }
    rest = [card_id for card_id in card_ids if card_id not in found]
    for card in bulk.schedules(tx, rest):
        memory = _memory(card, {}, parameters, moment)
        if memory is not None:
            found[card.card_id] = memory, max(moment.day - memory.reviewed_on, 0)
    return found


def _known_or_reckoned(
    tx: Transaction, card_ids: Sequence[int], parameters: Parameters, moment: StudyMoment
) -> dict[int, Memory]:
    """The memories of cards that have a log; those that were reckoned are kept."""
    model = fingerprint(parameters)
    known = memories.known(tx, card_ids, model)
    reckoned = _reckoned(tx, card_ids, known, parameters, moment)
    memories.put(tx, model, reckoned)
    return known | {card_id: memory for card_id, _, memory in reckoned}


def _reckoned(
    tx: Transaction,
    card_ids: Sequence[int],
    known: Mapping[int, Memory],
    parameters: Parameters,
    moment: StudyMoment,
) -> list[tuple[int, int, Memory]]:
    """Id, last review and memory of those cards that have a log and are not known."""
    unknown = [card_id for card_id in card_ids if card_id not in known]
    replayed = (
        (card_id, past[-1].at, replay(past, parameters, moment))
        for card_id, past in memories.pasts(tx, unknown)
    )
    return [(card_id, last, memory) for card_id, last, memory in replayed if memory is not None]


def _memory(
    card: Scheduled, found: Mapping[int, Memory], parameters: Parameters, moment: StudyMoment
) -> Memory | None:
    if card.schedule.state is CardState.NEW:
        return None
    return found.get(card.card_id) or memory_of(card.schedule, (), parameters, moment)
