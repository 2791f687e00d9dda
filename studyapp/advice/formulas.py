"""Formulas that cannot be drawn, and formulas whose symbols nobody named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import FORMULA, words
from studyapp.advice.reading import Field, Reading
from studyapp.advice.rule import WOZNIAK, FieldName, Finding, Rule
from studyapp.advice.symbols import CONVENTIONAL, states_something, symbols_of
from studyapp.domain.math_spans import MathSpan, find_math

_MIN_UNNAMED: Final = 2
_NAMING_LENGTH: Final = 3
"""A formula of so few symbols, in the middle of words, is there to name them."""
_LOOKAHEAD: Final = 200
_EXPLAINS: Final = re.compile(
    rf"[{FORMULA}\s.]*[,:;(]|[{FORMULA}\s.]*\b(?:where|with|for|is|are)\b"
)
_CODED_LETTER: Final = re.compile(r"`([A-Za-z])`")
_LETTER: Final = re.compile(r"(?<![\w'’])[B-HJ-Zb-z](?![\w'’])")


def _cannot_be_drawn(reading: Reading, context: Context) -> Iterator[Finding]:
    sides: tuple[tuple[FieldName, Field], ...] = (("front", reading.front), ("back", reading.back))
    for name, field in sides:
        for formula in field.formulas:
            problem = context.check_formula(formula.source, formula.display)
            if problem is not None:
                message = f"This formula cannot be drawn: {problem.message}."
                yield Finding(message, name, _place(field.markdown, formula, problem.offset))


def _place(markdown: str, formula: MathSpan, offset: int | None) -> tuple[int, int]:
    """From the mistake to the formula's end; the whole formula if that cannot be told."""
    start = markdown.find(formula.source, formula.start, formula.end)
    if offset is None or start < 0:
        return formula.start, formula.end
    return min(start + offset, formula.end - 1), formula.end


def _unnamed(reading: Reading, context: Context) -> Iterator[Finding]:
    field = reading.front if reading.is_cloze else reading.back
    stating = [each for each in field.formulas if each.display or states_something(each.source)]
    if not stating:
        return
    known = _named(reading, context)
    for formula in stating:
        found = [each for each in symbols_of(formula.source) if each not in known]
        is_free = any(each not in CONVENTIONAL for each in found)
        is_many = is_free and len(found) >= _MIN_UNNAMED
        if is_many and not (_is_explained(field, formula) or _is_broken(formula, context)):
            yield Finding(
                f"Nothing says what {_listed(found)} stand for. Name them, in the question or "
                "behind the formula.",
                "front" if reading.is_cloze else "back",
                (formula.start, formula.end),
            )
            return


def _named(reading: Reading, context: Context) -> set[str]:
    """The symbols that the question gives, or that stand alone in the midst of words."""
    given = () if reading.is_cloze else reading.front.formulas
    known = {symbol for each in given for symbol in symbols_of(each.source)}
    for field in (reading.front, reading.back):
        known |= _introduced(field.formulas)
        known.update(_LETTER.findall(field.prose))
        known.update(_CODED_LETTER.findall(field.markdown))
    for text in context.linked:
        known |= _introduced(find_math(text))
    return known


def _introduced(formulas: Iterable[MathSpan]) -> set[str]:
    known: set[str] = set()
    for each in formulas:
        symbols = symbols_of(each.source)
        if len(symbols) <= _NAMING_LENGTH and not each.display and "=" not in each.source:
            known.update(symbols)
    return known


def _is_broken(formula: MathSpan, context: Context) -> bool:
    return context.check_formula(formula.source, formula.display) is not None


def _is_explained(field: Field, formula: MathSpan) -> bool:
    """Whether words stand around a formula that may well name what is in it."""
    start = max(field.prose.rfind("\n\n", 0, formula.start), formula.start - _LOOKAHEAD, 0)
    if not formula.display and len(words(field.prose[start : formula.start])) > _NAMING_LENGTH:
        return True
    behind = field.prose[formula.end : formula.end + _LOOKAHEAD]
    return bool(_EXPLAINS.match(behind)) and len(words(behind)) > _NAMING_LENGTH


def _listed(symbols: list[str]) -> str:
    signs = [f"${symbol}$" for symbol in symbols]
    return f"{', '.join(signs[:-1])} and {signs[-1]}"


UNNAMED_SYMBOLS: Final = Rule(
    "unnamed-symbols",
    "Symbols that nobody named",
    "A formula whose letters have no meaning is learned as a picture and cannot be used.",
    f"{WOZNIAK}, rules 1 and 2, understand before you memorise",
    _unnamed,
)
LATEX_ERROR: Final = Rule(
    "latex-error",
    "A formula that cannot be drawn",
    "A formula with a mistake is shown as it was written, which is hard to read in a review.",
    "The page on the deck text format, formulas",
    _cannot_be_drawn,
)
