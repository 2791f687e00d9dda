"""Orders, mixes and actions of presets, by the numbers that Anki writes for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from studyapp.domain.presets import LeechAction, Mix, NewGather, NewSort, Preset, ReviewOrder

_Choice = TypeVar("_Choice", bound=StrEnum)
_FSRS_6: Final = 21
Numbers: TypeAlias = "Mapping[str, int]"
"""By the name of an option; one that is not there is 0."""

GATHER: Final = (
    NewGather.DECK,
    NewGather.LOWEST_POSITION,
    NewGather.HIGHEST_POSITION,
    NewGather.RANDOM_NOTES,
    NewGather.RANDOM_CARDS,
    NewGather.DECK_THEN_RANDOM_NOTES,
)
SORT: Final = (
    NewSort.TEMPLATE,
    NewSort.NO_SORT,
    NewSort.TEMPLATE_THEN_RANDOM,
    NewSort.RANDOM_NOTE_THEN_TEMPLATE,
    NewSort.RANDOM_CARD,
)
REVIEW: Final = (
    ReviewOrder.DAY,
    ReviewOrder.DAY_THEN_DECK,
    ReviewOrder.DECK_THEN_DAY,
    ReviewOrder.INTERVALS_ASCENDING,
    ReviewOrder.INTERVALS_DESCENDING,
    ReviewOrder.EASE_ASCENDING,
    ReviewOrder.EASE_DESCENDING,
    ReviewOrder.RETRIEVABILITY_ASCENDING,
    ReviewOrder.RANDOM,
    ReviewOrder.ADDED,
    ReviewOrder.REVERSE_ADDED,
    ReviewOrder.RETRIEVABILITY_DESCENDING,
    ReviewOrder.RELATIVE_OVERDUENESS,
)
MIX: Final = (Mix.MIX_WITH_REVIEWS, Mix.AFTER_REVIEWS, Mix.BEFORE_REVIEWS)
LEECH: Final = (LeechAction.SUSPEND, LeechAction.TAG_ONLY)
"""Each at the place of its number."""


CHOICE_KEYS: Final = {
    "new_gather_priority": "newGatherPriority",
    "new_sort_order": "newSortOrder",
    "new_mix": "newMix",
    "interday_learning_mix": "interdayLearningMix",
    "review_order": "reviewOrder",
}
"""What schema 11 calls them; the action for leeches is among the lapses there."""


def numbers(preset: Preset) -> dict[str, int]:
    """The choices of a preset by the names of its options."""
    return {
        "new_gather_priority": GATHER.index(preset.new_gather_priority),
        "new_sort_order": SORT.index(preset.new_sort_order),
        "new_mix": MIX.index(preset.new_mix),
        "interday_learning_mix": MIX.index(preset.interday_learning_mix),
        "review_order": REVIEW.index(preset.review_order),
        "leech_action": LEECH.index(preset.leech_action),
    }


def choices(found: Numbers) -> dict[str, StrEnum]:
    """What `numbers` made of a preset; what a newer Anki may choose is left out."""
    known: dict[str, tuple[StrEnum, ...]] = {
        "new_gather_priority": GATHER,
        "new_sort_order": SORT,
        "new_mix": MIX,
        "interday_learning_mix": MIX,
        "review_order": REVIEW,
        "leech_action": LEECH,
    }
    return {
        name: every[found.get(name, 0)]
        for name, every in known.items()
        if 0 <= found.get(name, 0) < len(every)
    }


def parameters(found: Iterable[float]) -> tuple[float, ...]:
    """The numbers of FSRS-6; those of older versions, or of none, are left out."""
    read = tuple(round(float(each), 6) for each in found)
    return read if len(read) == _FSRS_6 else ()


def easy_days(found: Iterable[float]) -> tuple[int, ...] | None:
    """Percent of each weekday, Monday first; None: Anki has none, which is a usual week."""
    read = tuple(round(100 * float(each)) for each in found)
    return read if len(read) == 7 else None
