"""Small collections of any kind: decks with presets and limits, cards in every state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import (
    DeckLimits,
    Mix,
    NewGather,
    NewSort,
    Preset,
    ReviewOrder,
)
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS

BY_RECALL = (
    ReviewOrder.RETRIEVABILITY_ASCENDING,
    ReviewOrder.RETRIEVABILITY_DESCENDING,
    ReviewOrder.RELATIVE_OVERDUENESS,
)
"""Orders that depend on the memory of FSRS."""

DECKS = ("A", "A::B", "A::B::D", "A::C", "E")
"""In the tree's order."""

BY_CHANCE = {
    NewGather.DECK_THEN_RANDOM_NOTES,
    NewGather.RANDOM_NOTES,
    NewGather.RANDOM_CARDS,
    NewSort.TEMPLATE_THEN_RANDOM,
    NewSort.RANDOM_NOTE_THEN_TEMPLATE,
    NewSort.RANDOM_CARD,
    ReviewOrder.RANDOM,
    # Of cards without a memory of FSRS Anki knows no retrievability; we go by their lateness.
    ReviewOrder.RETRIEVABILITY_ASCENDING,
    ReviewOrder.RETRIEVABILITY_DESCENDING,
}
"""Options that leave the order to chance, which is another in Anki."""

_Option = TypeVar("_Option", NewGather, NewSort, ReviewOrder)

_NOTES = 24
_MANY = 999


@dataclass(frozen=True, slots=True)
class AnyCard:
    """A card; its schedule's days count from today, which is 0."""

    id: int
    note_id: int
    ordinal: int
    deck: int
    """Its place in `DECKS`."""
    position: int
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class AnyCollection:
    """What both apps shall be given."""

    presets: tuple[Preset, ...]
    """Of each of the decks."""
    limits: tuple[DeckLimits, ...]
    """Of each of the decks; their `today` is 0."""
    cards: tuple[AnyCard, ...]
    studied: int
    """The deck that is studied, by its place in `DECKS`."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What FSRS remembers of a card."""

    stability_days: float
    difficulty: float
    reviewed_s_ago: int


def with_fsrs(made: AnyCollection, chance: Random) -> AnyCollection:
    """The same with FSRS, other parameters in each deck, and cards in the order of recall."""
    retentions = chance.sample(range(700, 990), len(DECKS))
    decays = chance.sample(range(10, 80), len(DECKS))
    return replace(
        made,
        presets=tuple(
            replace(
                preset,
                scheduler="fsrs",
                review_order=chance.choice(BY_RECALL),
                desired_retention_permille=retention,
                fsrs_parameters=(*DEFAULT_PARAMETERS[:-1], decay / 100),
            )
            for preset, retention, decay in zip(made.presets, retentions, decays, strict=True)
        ),
    )


def any_memories(made: AnyCollection, chance: Random) -> dict[int, Remembered]:
    """By card id, of all that are not new."""
    return {
        card.id: Remembered(
            chance.randint(100, 50_000) / 100,
            chance.randint(100, 1000) / 100,
            chance.randint(2 * 86_400, 400 * 86_400),
        )
        for card in made.cards
        if card.schedule.state is not CardState.NEW
    }


def any_collection(chance: Random, *, by_chance: bool) -> AnyCollection:
    """Every key that orders cards is there once, so that the order is one only.

    `by_chance`: with options that leave the order to chance, but limits that reach for all.
    """
    return AnyCollection(
        presets=tuple(_any_preset(chance, by_chance) for _ in DECKS),
        limits=tuple(DeckLimits() if by_chance else _any_limits(chance) for _ in DECKS),
        cards=tuple(_any_cards(chance)),
        studied=chance.randrange(len(DECKS)),
    )


def without_burying(made: AnyCollection) -> AnyCollection:
    """The same, siblings not kept apart."""
    return replace(
        made,
        presets=tuple(
            replace(
                preset,
                bury_new_siblings=False,
                bury_review_siblings=False,
                bury_interday_learning_siblings=False,
            )
            for preset in made.presets
        ),
    )


def _any_preset(chance: Random, by_chance: bool) -> Preset:
    preset = Preset(
        new_per_day=chance.choice((0, 3, 8, 20)),
        reviews_per_day=chance.choice((0, 4, 12, 40)),
        bury_new_siblings=chance.random() < 0.5,
        bury_review_siblings=chance.random() < 0.5,
        bury_interday_learning_siblings=chance.random() < 0.5,
        new_gather_priority=_one_of(chance, NewGather, by_chance),
        new_sort_order=_one_of(chance, NewSort, by_chance),
        review_order=_one_of(chance, ReviewOrder, by_chance),
        new_mix=chance.choice(tuple(Mix)),
        interday_learning_mix=chance.choice(tuple(Mix)),
    )
    return replace(preset, new_per_day=_MANY, reviews_per_day=_MANY) if by_chance else preset


def _one_of(chance: Random, options: type[_Option], by_chance: bool) -> _Option:
    return chance.choice([each for each in options if by_chance or each not in BY_CHANCE])


def _any_limits(chance: Random) -> DeckLimits:
    def limit() -> int | None:
        return chance.choice((None, None, None, 0, 2, 9))

    return DeckLimits(limit(), limit(), chance.choice((0, 0, -1)), limit(), limit())


def _any_cards(chance: Random) -> list[AnyCard]:
    cards: list[AnyCard] = []
    lateness = chance.sample(range(400), 3 * _NOTES)
    intervals = chance.sample(range(1, 2000), 3 * _NOTES)
    eases = chance.sample(range(1300, 5000), 3 * _NOTES)
    positions = chance.sample(range(1000), _NOTES)
    for note_id in range(1, _NOTES + 1):
        for ordinal in range(chance.choice((1, 1, 2, 3))):
            number = len(cards)
            schedule = _any_schedule(
                chance, lateness[number] - 20, intervals[number], eases[number]
            )
            deck, position = chance.randrange(len(DECKS)), positions[note_id - 1]
            cards.append(AnyCard(number + 1, note_id, ordinal, deck, position, schedule))
    return cards


def _any_schedule(chance: Random, late: int, interval: int, ease: int) -> Schedule:
    """A new card, one in review, or one in a relearning step, due at an instant or on a day."""
    match chance.randrange(6):
        case 0 | 1:
            return Schedule()
        case 2 | 3:
            return Schedule(CardState.REVIEW, None, -late, interval, ease, 0, 3, 0)
        case 4:
            return Schedule(CardState.RELEARNING, None, -late, interval, ease, 1, 3, 1)
        case _:
            return Schedule(CardState.RELEARNING, -late * 1000, None, interval, ease, 1, 3, 1)
