"""Options of Anki's as ours: each within its bounds, our default where there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from studyapp.domain.preset_bounds import BOUNDS
from studyapp.domain.presets import Preset

_LONGEST_STEP: Final = 99_999 * 60
_MOST_STEPS: Final = 100


Option: TypeAlias = "int | bool | str | tuple[int, ...] | tuple[float, ...] | None"


def preset(name: str, **options: Option) -> Preset:
    """A preset with these options, each number within its bounds; None: our default."""
    known = {key: value for key, value in options.items() if value is not None}
    for key, bounds in BOUNDS.items():
        if key in known:
            known[key] = min(max(int(known[key]), bounds.least), bounds.most)  # type: ignore[arg-type]
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
