"""Leeches: cards that are forgotten so often that they cost more than they give."""

from __future__ import annotations

from studyapp.domain.cards import Schedule
from studyapp.domain.presets import Preset

TAG = "leech"
"""What the note of such a card is tagged with, as in Anki."""


def is_leech(before: Schedule, after: Schedule, preset: Preset) -> bool:
    """Whether this lapse makes it one: the threshold's, and each half as many lapses later."""
    threshold = max(preset.leech_threshold, 1)
    half = max((threshold + 1) // 2, 1)
    has_lapsed = after.lapses > before.lapses
    return has_lapsed and after.lapses >= threshold and (after.lapses - threshold) % half == 0
