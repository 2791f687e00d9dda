"""Cloze texts that hide too much, or ask for too many things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import masked, words
from studyapp.advice.reading import Reading
from studyapp.advice.rule import WOZNIAK, Finding, Rule

MAX_HIDDEN: Final = 20
"""Words that one mark may hide."""
_MIN_HIDDEN: Final = 4
"""So many must be hidden before it counts how few are left."""
_HIDDEN_PER_VISIBLE: Final = 3
MAX_NUMBERS: Final = 5
"""Cards from one paragraph, or from one item of a list."""
_BLOCK_END: Final = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])")


def _hides_too_much(reading: Reading, _context: Context) -> Iterator[Finding]:
    for number in sorted({each.number for each in reading.deletions}):
        found = _of_number(reading, number)
        if found is not None:
            yield found
            return


def _of_number(reading: Reading, number: int) -> Finding | None:
    prose = reading.front.prose
    mine = [each for each in reading.deletions if each.number == number]
    counts = [len(words(prose[slice(*each.body)])) for each in mine]
    longest = max(range(len(mine)), key=lambda index: counts[index])
    span = mine[longest].body
    if counts[longest] > MAX_HIDDEN:
        return Finding(
            f"This hides {counts[longest]} words. Hide the one or two that matter.", "front", span
        )
    visible = prose
    for each in mine:
        visible = masked(visible, [each.body])
    left = len(words(visible)) + sum(each.hint is not None for each in mine)
    hidden = len(words(prose)) - len(words(visible))
    if hidden >= max(_MIN_HIDDEN, _HIDDEN_PER_VISIBLE * left):
        return Finding(
            "Nearly all of the text is hidden, so nothing tells what is asked for. Hide less.",
            "front",
            span,
        )
    return None


def _too_many(reading: Reading, _context: Context) -> Iterator[Finding]:
    if len(reading.deletions) <= MAX_NUMBERS:
        return
    at = 0
    text = reading.front.markdown
    for end in (*(match.end() for match in _BLOCK_END.finditer(text)), len(text)):
        numbers = {each.number for each in reading.deletions if at <= each.start < end}
        if len(numbers) > MAX_NUMBERS:
            yield Finding(
                f"This makes {len(numbers)} cards of one sentence or paragraph. Write a sentence "
                "for each idea, or put the items into a list.",
                "front",
                (at, end),
            )
            return
        at = end


CLOZE_HIDES_TOO_MUCH: Final = Rule(
    "cloze-hides-too-much",
    "A cloze that hides too much",
    "A gap is easy to grade when a word or two fill it and the rest of the sentence says which.",
    f"{WOZNIAK}, rules 4 and 5, minimum information and cloze deletion",
    _hides_too_much,
)
TOO_MANY_CLOZES: Final = Rule(
    "too-many-clozes",
    "Too many clozes",
    "Cards of one sentence show each other's answers, and a sentence that holds so much is hard "
    "to take in.",
    f"{WOZNIAK}, rule 4, minimum information",
    _too_many,
)
