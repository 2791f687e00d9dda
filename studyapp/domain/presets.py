"""The scheduling options that a deck uses."""

from __future__ import annotations

from dataclasses import dataclass


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
    reviews_per_day: int = 200
    bury_new_siblings: bool = True
    bury_review_siblings: bool = True
    bury_interday_learning_siblings: bool = True
    answer_cap_ms: int = 60_000
    """A review is never logged as having taken longer."""


@dataclass(frozen=True, slots=True)
class DayOptions:
    """Options of the whole collection that shape a study day."""

    rollover_hour: int = 4
    """Local hour, 0 to 23, at which a new study day begins."""
    learn_ahead_ms: int = 1_200_000
    """Learning cards due within this span are shown when nothing else is left."""
