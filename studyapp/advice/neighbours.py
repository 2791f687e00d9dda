"""Fronts that are nearly equal to those of other notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.reading import Reading
from studyapp.advice.rule import WOZNIAK, Finding, Rule


def _similar(reading: Reading, context: Context) -> Iterator[Finding]:
    note = reading.note
    near = context.fronts.near(note.front, without=note.key)
    if near:
        others = f" and {len(near) - 1} more" if len(near) > 1 else ""
        yield Finding(
            f"This is nearly the same question as “{near[0].title}”{others}. Ask for what is "
            "different, or keep one of them.",
            "front",
            (0, len(note.front)),
        )


SIMILAR_FRONT: Final = Rule(
    "similar-front",
    "Nearly the same as another",
    "Two questions that look alike call up each other's answers, and both are forgotten again "
    "and again.",
    f"{WOZNIAK}, rule 11, combat interference",
    _similar,
)
