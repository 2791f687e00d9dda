"""Options of Anki's as ours: each within its bounds, our default where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from studyapp.domain.presets import Preset

_MOST = 36_500
_BOUNDS: Final = {
    "graduating_interval_days": (1, _MOST),
    "easy_interval_days": (1, _MOST),
    "starting_ease_permille": (1300, 9999),
    "hard_multiplier_permille": (500, 5000),
    "easy_bonus_permille": (1000, 9999),
    "interval_modifier_permille": (10, 9999),
    "maximum_interval_days": (1, _MOST),
    "lapse_multiplier_permille": (0, 1000),
    "minimum_lapse_interval_days": (1, _MOST),
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "answer_cap_ms": (1000, 7_200_000),
}
"""Of each number; what lies outside becomes the nearest bound."""
_LONGEST_STEP: Final = 99_999 * 60
_MOST_STEPS: Final = 100


def preset(name: str, **options: int | bool | tuple[int, ...] | None) -> Preset:
    """A preset with these options; None: our default."""
    known = {key: value for key, value in options.items() if value is not None}
    for key, (low, high) in _BOUNDS.items():
        if key in known:
            known[key] = min(max(int(known[key]), low), high)  # type: ignore[arg-type]
    clean = " ".join(name.split())[:200] or "Imported"
    return replace(Preset(clean), **known)  # type: ignore[arg-type]


def whole_number(value: object) -> int | None:
    """A whole number, if it is one at all."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value)


def permille(value: object) -> int | None:
    """A ratio in permille."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value * 1000)


def seconds(minutes: Iterable[object]) -> tuple[int, ...]:
    """Steps in whole seconds; what is no number is left out."""
    found = (permille(each) for each in minutes)
    steps = (round(each * 60 / 1000) for each in found if each is not None and each > 0)
    return tuple(min(max(step, 1), _LONGEST_STEP) for step in steps)[:_MOST_STEPS]
