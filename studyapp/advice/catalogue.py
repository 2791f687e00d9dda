"""All rules, and what they say of a note."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from studyapp.advice import (
    answers,
    claims,
    clozes,
    formulas,
    giving_away,
    neighbours,
    numbers,
    questions,
    subject,
)
from studyapp.advice.context import Context
from studyapp.advice.reading import read
from studyapp.advice.rule import Advice, Rule
from studyapp.domain.notes import Note

_IN_ORDER: Final = (
    formulas.LATEX_ERROR,
    neighbours.SIMILAR_FRONT,
    subject.MISSING_SUBJECT,
    questions.TWO_QUESTIONS,
    questions.YES_NO_QUESTION,
    giving_away.ANSWER_GIVEN_AWAY,
    answers.ANSWER_TOO_LONG,
    answers.LIST_ANSWER,
    clozes.CLOZE_HIDES_TOO_MUCH,
    clozes.TOO_MANY_CLOZES,
    numbers.BARE_NUMBER,
    formulas.UNNAMED_SYMBOLS,
    claims.CLAIM_WITHOUT_SOURCE,
    claims.ISLAND,
)
RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in _IN_ORDER}
"""By their names; those first that matter most."""
MAX_CHARACTERS: Final = 20_000
"""Of a note's fields together; longer ones get no advice, so that typing in them stays fast."""


def advise(note: Note, context: Context, off: Collection[str] = ()) -> tuple[Advice, ...]:
    """What is weak about a note, by the rules that are not switched `off`, in their order.

    Nothing while the front is empty: its author has not begun.
    """
    if not note.front.strip() or len(note.front) + len(note.back) > MAX_CHARACTERS:
        return ()
    reading = read(note)
    return tuple(
        Advice(rule, found.message, found.field, found.span, found.fix)
        for rule in RULES.values()
        if rule.name not in off
        for found in rule.check(reading, context)
    )
