"""The scheduling options that a deck uses, and how a collection writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Literal, TypeAlias

SchedulerName: TypeAlias = Literal["sm2", "fsrs"]


class NewGather(StrEnum):
    """Which new cards come first into a day, while its limits last; Anki's gather order."""

    DECK = "deck"
    """Deck by deck as the tree has them, each by position."""
    DECK_THEN_RANDOM_NOTES = "deck_then_random_notes"
    LOWEST_POSITION = "lowest_position"
    HIGHEST_POSITION = "highest_position"
    RANDOM_NOTES = "random_notes"
    RANDOM_CARDS = "random_cards"


class NewSort(StrEnum):
    """How the gathered new cards are put in order; Anki's sort order, its card types first."""

    TEMPLATE = "template"
    """By ordinal, then as gathered."""
    NO_SORT = "no_sort"
    """As gathered."""
    TEMPLATE_THEN_RANDOM = "template_then_random"
    RANDOM_NOTE_THEN_TEMPLATE = "random_note_then_template"
    RANDOM_CARD = "random_card"


class ReviewOrder(StrEnum):
    """Which review cards come first; cards that are alike in it come by chance."""

    DAY = "day"
    """The longest due first."""
    DAY_THEN_DECK = "day_then_deck"
    DECK_THEN_DAY = "deck_then_day"
    INTERVALS_ASCENDING = "intervals_ascending"
    INTERVALS_DESCENDING = "intervals_descending"
    EASE_ASCENDING = "ease_ascending"
    """The hardest first."""
    EASE_DESCENDING = "ease_descending"
    RETRIEVABILITY_ASCENDING = "retrievability_ascending"
    """The one most likely forgotten first."""
    RETRIEVABILITY_DESCENDING = "retrievability_descending"
    RELATIVE_OVERDUENESS = "relative_overdueness"
    """The latest first, as a part of its interval."""
    RANDOM = "random"
    ADDED = "added"
    """By the age of their notes, the oldest first."""
    REVERSE_ADDED = "reverse_added"


class Mix(StrEnum):
    """Where cards of another kind come among the reviews."""

    MIX_WITH_REVIEWS = "mix_with_reviews"
    AFTER_REVIEWS = "after_reviews"
    BEFORE_REVIEWS = "before_reviews"


class LeechAction(StrEnum):
    """What happens to a card that is forgotten too often."""

    SUSPEND = "suspend"
    """Its note is tagged and it is not asked any more."""
    TAG_ONLY = "tag_only"


@dataclass(frozen=True, slots=True)
class Preset:
    """Scheduling options; the defaults are Anki's, except that siblings are kept apart."""

    name: str = "Default"
    learning_steps_s: tuple[int, ...] = (60, 600)
    """Seconds."""
    graduating_interval_days: int = 1
    easy_interval_days: int = 4
    starting_ease_permille: int = 2500
    hard_multiplier_permille: int = 1200
    easy_bonus_permille: int = 1300
    interval_modifier_permille: int = 1000
    maximum_interval_days: int = 36500
    relearning_steps_s: tuple[int, ...] = (600,)
    """Seconds; empty: a lapsed card goes straight back to review."""
    lapse_multiplier_permille: int = 0
    minimum_lapse_interval_days: int = 1
    new_per_day: int = 20
    minutes_per_day: int = 0
    """New cards come as far as reviews leave time for them, by the user's own speed; 0: no such
    limit. It holds besides `new_per_day`, and as that for a deck with its sub-decks."""
    reviews_per_day: int = 200
    bury_new_siblings: bool = True
    bury_review_siblings: bool = True
    bury_interday_learning_siblings: bool = True
    answer_cap_ms: int = 60_000
    """A review is never logged as having taken longer."""
    scheduler: SchedulerName = "sm2"
    desired_retention_permille: int = 900
    """700 to 990; FSRS asks a card when its probability of recall has fallen to this."""
    fsrs_parameters: tuple[float, ...] = ()
    """The 21 numbers of FSRS-6; empty: the published defaults."""
    new_gather_priority: NewGather = NewGather.DECK
    new_sort_order: NewSort = NewSort.TEMPLATE
    new_mix: Mix = Mix.MIX_WITH_REVIEWS
    interday_learning_mix: Mix = Mix.MIX_WITH_REVIEWS
    review_order: ReviewOrder = ReviewOrder.DAY
    walk: bool = False
    """The orders above say which cards a day has; then they come so that each is near the one
    before on the map, new ones among them."""
    leech_threshold: int = 8
    """Lapses; after them each half as many more make the card a leech again."""
    leech_action: LeechAction = LeechAction.TAG_ONLY
    load_balance: bool = True
    """Within the range that fuzz allows, cards go to the days with the least to do."""
    easy_days_percent: tuple[int, ...] = (100,) * 7
    """How much of the usual load each weekday gets, Monday first: 100 normal, 0 as little as can
    be."""


DEFAULT_PRESET = Preset()


def preset_of(name: str, options: Mapping[str, Any]) -> Preset:
    """From what `options_of` wrote, by this version or another.

    What is not known is passed over, and a choice that is not known is left at its default: a
    newer version may have made it.
    """
    known = {field.name for field in fields(Preset)} - {"name"}
    read = {key: _read(key, value) for key, value in options.items() if key in known}
    return Preset(name=name, **{key: value for key, value in read.items() if value is not None})


def options_of(preset: Preset, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the defaults, as JSON has it; unknown keys of `kept` stay."""
    names = [field.name for field in fields(Preset) if field.name != "name"]
    unknown = {key: value for key, value in kept.items() if key not in names}
    values = {name: getattr(preset, name) for name in names}
    return unknown | {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value != getattr(DEFAULT_PRESET, name)
    }


def _read(name: str, value: Any) -> Any:
    default = getattr(DEFAULT_PRESET, name)
    if isinstance(default, StrEnum):
        kind = type(default)
        return kind(value) if value in set(kind) else None
    return tuple(value) if isinstance(default, tuple) else value


@dataclass(frozen=True, slots=True)
class DeckLimits:
    """Daily limits of one deck in place of its preset's; None: the preset's."""

    new_per_day: int | None = None
    reviews_per_day: int | None = None
    today: int | None = None
    """The study day that the two limits below are for; on other days they are nothing."""
    new_today: int | None = None
    reviews_today: int | None = None

    def on(self, day: int, preset: Preset) -> tuple[int, int]:
        """New cards and reviews that the deck may give on a study day."""
        is_today = day == self.today
        return (
            _first(self.new_today if is_today else None, self.new_per_day, preset.new_per_day),
            _first(
                self.reviews_today if is_today else None,
                self.reviews_per_day,
                preset.reviews_per_day,
            ),
        )


NO_LIMITS = DeckLimits()


def _first(today: int | None, deck: int | None, preset: int) -> int:
    if today is not None:
        return today
    return preset if deck is None else deck


@dataclass(frozen=True, slots=True)
class DayOptions:
    """Options of the whole collection that shape a study day."""

    rollover_hour: int = 4
    """Local hour, 0 to 23, at which a new study day begins."""
    learn_ahead_ms: int = 1_200_000
    """Learning cards due within this span are shown when nothing else is left."""
