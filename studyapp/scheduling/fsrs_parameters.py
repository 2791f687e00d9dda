"""The numbers that FSRS-6 works with: the published defaults, and what is wrong with others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from math import isfinite
from typing import TypeAlias

from studyapp.domain.presets import Preset

Parameters: TypeAlias = tuple[float, ...]

# Fitted by the authors of FSRS to the logs of some 10,000 learners; a test compares them with those
# of the package `fsrs`, which takes too long to import for a number to be looked up in it.
DEFAULT_PARAMETERS: Parameters = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # stability in days after the first again, hard, good, easy
    *(6.4133, 0.8334, 3.0194, 0.001),  # difficulty: first, by grade, change, return to the mean
    *(1.8722, 0.1666, 0.796),  # what recall adds to the stability
    *(1.4835, 0.0614, 0.2629, 1.6483),  # the stability after forgetting
    *(0.6014, 1.8729),  # hard, easy
    *(0.5425, 0.0912, 0.0658),  # reviews on the same day
    0.1542,  # decay of the forgetting curve
)

LEAST: Parameters = (
    *(0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001),
    *(0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1),
)
MOST: Parameters = (
    *(100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5),
    *(5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8),
)
"""The bounds between which the package accepts each number."""


def parameters_of(preset: Preset) -> Parameters:
    """The preset's own, or the defaults; those of another FSRS, by a newer version, are no use."""
    return _usable(preset.fsrs_parameters)


@lru_cache(maxsize=64)
def _usable(own: Parameters) -> Parameters:
    return own if own and not problems_with(own) else DEFAULT_PARAMETERS


def fingerprint(parameters: Parameters) -> str:
    """Tells whether a memory was reckoned with these parameters."""
    return blake2b(repr(parameters).encode(), digest_size=8).hexdigest()


def problems_with(parameters: Sequence[float]) -> list[str]:
    """What is wrong with them, each as a sentence; no parameters at all mean the defaults."""
    if not parameters:
        return []
    if len(parameters) != len(DEFAULT_PARAMETERS):
        return [f"FSRS-6 has {len(DEFAULT_PARAMETERS)} parameters, these are {len(parameters)}."]
    bounds = enumerate(zip(parameters, LEAST, MOST, strict=True), start=1)
    return [
        f"Parameter {number} is {value:g}, which is not between {least:g} and {most:g}."
        for number, (value, least, most) in bounds
        if not (isfinite(value) and least <= value <= most)
    ]
