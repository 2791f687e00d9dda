r"""Which brackets belong together: {} () [] $…$ and \left … \right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studyapp.domain.markup import find_code
from studyapp.domain.math_spans import MathSpan, find_math

_FENCE = r"(?:\\[A-Za-z]+|\\?.)"
_TOKEN = re.compile(rf"\\left\s*{_FENCE}|\\right\s*{_FENCE}|\\.|[{{}}()\[\]]", re.DOTALL)
_PARTNERS = {"{": "}", "(": ")", "[": "]"}
_LEFT, _RIGHT = "\\left", "\\right"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stretches of a text that belong together, or one that has no partner."""

    ends: tuple[tuple[int, int], ...]
    """Start and end of each."""

    @property
    def is_whole(self) -> bool:
        return len(self.ends) > 1


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    sign: str

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


def pair_at(text: str, index: int) -> Pair | None:
    """The brackets beside a place in a text: what ends there goes before what begins there.

    Only brackets of the same formula, or of the text outside formulas and code, are partners.
    Round and square ones without a partner are no mistake: `[0, 1)` is an interval.
    """
    formulas = find_math(text)
    delimiters = _delimiters_at(text, formulas, index)
    if delimiters is not None:
        return delimiters
    start, end = _region(text, formulas, index)
    tokens = _tokens(text, start, end)
    beside = [each for each in tokens if index in each.place]
    for token in sorted(beside, key=lambda each: each.start):
        if (pair := _pair_of(token, tokens)) is not None:
            return pair
    return None


def _delimiters_at(text: str, formulas: tuple[MathSpan, ...], index: int) -> Pair | None:
    for span in formulas:
        size = 1 if text[span.start] == "$" and text[span.start + 1] != "$" else 2
        ends = (span.start, span.start + size), (span.end - size, span.end)
        if any(start <= index <= end for start, end in ends):
            return Pair(ends)
    return None


def _region(text: str, formulas: tuple[MathSpan, ...], index: int) -> tuple[int, int]:
    """The formula or code around a place, else the prose between its neighbours."""
    spans = [(each.start, each.end) for each in formulas]
    spans += [(each.start, each.end) for each in find_code(text)]
    start, end = 0, len(text)
    for first, last in spans:
        if first < index < last:
            return first, last
        if last <= index:
            start = max(start, last)
        else:
            end = min(end, first)
    return start, end


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        sign = match[0]
        if sign.startswith((_LEFT, _RIGHT)):
            sign = _LEFT if sign.startswith(_LEFT) else _RIGHT
        elif sign[0] == "\\":
            continue
        found.append(_Token(match.start(), match.end(), sign))
    return found


def _pair_of(token: _Token, tokens: list[_Token]) -> Pair | None:
    partner = _partners(token.sign, tokens).get(token)
    if partner is not None:
        return Pair(tuple(sorted((token.place, partner.place))))
    return Pair((token.place,)) if token.sign in ("{", "}", _LEFT, _RIGHT) else None


def _partners(sign: str, tokens: list[_Token]) -> dict[_Token, _Token]:
    """Of all brackets of one sort, by counting only those."""
    opening, closing = next(pair for pair in [*_PARTNERS.items(), (_LEFT, _RIGHT)] if sign in pair)
    waiting: list[_Token] = []
    found: dict[_Token, _Token] = {}
    for token in tokens:
        if token.sign == opening:
            waiting.append(token)
        elif token.sign == closing and waiting:
            partner = waiting.pop()
            found[token], found[partner] = partner, token
    return found
