"""From what a day could bring to its queue: gathered, put in order, mixed, as Anki does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from studyapp.domain.presets import DEFAULT_PRESET, Mix, NewSort, Preset
from studyapp.scheduling.fuzz import shuffled
from studyapp.scheduling.queue import Candidate, DayQueue, Gatherer

Reorder: TypeAlias = Callable[[list[Candidate]], list[Candidate]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a day could bring, each kind in its order."""

    steps: Iterable[Candidate] = ()
    interday: Iterable[Candidate] = ()
    reviews: Iterable[Candidate] = ()
    new: Iterable[Candidate] = ()


def day_queue(
    gatherer: Gatherer,
    waiting: Waiting,
    preset: Preset = DEFAULT_PRESET,
    day: int = 0,
    reorder: Reorder = list,
) -> DayQueue:
    """Gather in Anki's order, so that of two siblings the more urgent one is kept.

    `preset`: of the studied deck; its options put the kinds in order. `day` decides what comes by
    chance. `reorder` may put what was gathered, but for steps, in another order.
    """
    steps = gatherer.take(waiting.steps)
    interday = gatherer.take(waiting.interday)
    reviews = gatherer.take(waiting.reviews)
    new = sort_new(gatherer.take(waiting.new), preset.new_sort_order, day)
    on_day = list(mixed(reviews, interday, preset.interday_learning_mix))
    return DayQueue(steps, reorder(list(mixed(on_day, new, preset.new_mix))))


def sort_new(cards: Sequence[Candidate], order: NewSort, day: int) -> list[Candidate]:
    """Gathered new cards in the order in which they are shown."""
    match order:
        case NewSort.NO_SORT:
            return list(cards)
        case NewSort.TEMPLATE:
            return sorted(cards, key=lambda card: card.ordinal)
        case NewSort.TEMPLATE_THEN_RANDOM:
            return sorted(cards, key=lambda card: (card.ordinal, shuffled(card.card_id, day)))
        case NewSort.RANDOM_NOTE_THEN_TEMPLATE:
            return sorted(cards, key=lambda card: (shuffled(card.note_id, day), card.ordinal))
        case NewSort.RANDOM_CARD:
            return sorted(cards, key=lambda card: shuffled(card.card_id, day))


def mixed(
    reviews: Sequence[Candidate], others: Sequence[Candidate], mix: Mix
) -> Iterator[Candidate]:
    """Reviews with cards of another kind among, after or before them."""
    match mix:
        case Mix.MIX_WITH_REVIEWS:
            return intersperse(reviews, others)
        case Mix.AFTER_REVIEWS:
            return iter((*reviews, *others))
        case Mix.BEFORE_REVIEWS:
            return iter((*others, *reviews))


def intersperse(many: Sequence[Candidate], few: Sequence[Candidate]) -> Iterator[Candidate]:
    """Both sequences in their own order, evenly mixed: neither bunches up at an end."""
    longer, shorter = len(many), len(few)
    first = second = 0
    while first < longer or second < shorter:
        # Compare how far into its own sequence each of the two next cards stands.
        if second >= shorter or (
            first < longer and (first + 1) * (shorter + 1) <= (second + 1) * (longer + 1)
        ):
            yield many[first]
            first += 1
        else:
            yield few[second]
            second += 1
