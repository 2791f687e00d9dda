"""Finds the cloze marks of a text and pairs their two ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from studyapp.domain.markup import find_code
from studyapp.domain.math_spans import CLOZE_OPENING, find_math

_TOKEN = re.compile(rf"{CLOZE_OPENING}|\}}\}}|::")
_MATH_TOKEN = re.compile(rf"\\.|{CLOZE_OPENING}|[{{}}]|::", re.DOTALL)


@dataclass(slots=True)
class Mark:
    """An opening `{{c1::`, and what was found to belong to it; positions are indices."""

    start: int
    body: int
    """Where its content begins."""
    digits: str
    hint: int | None = None
    """Where the first `::` after its content stands."""
    end: int | None = None
    """Behind its `}}`; None: it is not closed."""


class Nature(Enum):
    """What a region of a text is."""

    TEXT = 0
    CODE = 1
    MATH = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of one nature: `text[start:end]`."""

    start: int
    end: int
    nature: Nature


def find_marks(text: str) -> tuple[Mark, ...]:
    r"""All marks of a text by their start, unclosed ones included; they nest and never overlap.

    As in Anki the first `::` begins the hint and the first `}}` ends the innermost mark. But a
    formula or code that stands inside a mark is passed over; and a mark that begins inside a
    formula or code ends there, in a formula by counting braces: `$x^{{c1::\frac{a}{b}}}$`.
    """
    if "{{c" not in text:
        return ()
    found: list[Mark] = []
    around: list[Mark] = []
    for region in regions(text):
        if region.nature is Nature.TEXT:
            _scan(text, region, around, found)
        elif region.nature is Nature.CODE:
            _scan(text, region, [], found)
        else:
            _scan_math(text, region, found)
    return tuple(found)


def regions(text: str) -> Iterator[Region]:
    """The text cut into plain text, code and formulas, without gaps."""
    inner = [Region(span.start, span.end, Nature.CODE) for span in find_code(text)]
    inner += [Region(span.start, span.end, Nature.MATH) for span in find_math(text)]
    at = 0
    for region in sorted(inner, key=lambda region: region.start):
        yield Region(at, region.start, Nature.TEXT)
        yield region
        at = region.end
    yield Region(at, len(text), Nature.TEXT)


def _scan(text: str, region: Region, around: list[Mark], found: list[Mark]) -> None:
    """Reads plain text or code; `around` holds the marks that are open, innermost last."""
    for token in _TOKEN.finditer(text, region.start, region.end):
        if token[0] == "}}" and around:
            around.pop().end = token.end()
        elif token[0][0] == "{":
            around.append(_opened(token, found))
        elif token[0] == "::" and around and around[-1].hint is None:
            around[-1].hint = token.start()


def _opened(token: re.Match[str], found: list[Mark]) -> Mark:
    mark = Mark(token.start(), token.end(), token[0][3:-2])
    found.append(mark)
    return mark


def _scan_math(text: str, region: Region, found: list[Mark]) -> None:
    around: list[Mark] = []
    braces: list[int] = []  # LaTeX's own, for each of the open marks
    at = region.start
    while (token := _MATH_TOKEN.search(text, at, region.end)) is not None:
        at = token.end()
        if token[0].startswith("{{c"):
            around.append(_opened(token, found))
            braces.append(0)
        elif not around:
            continue
        elif token[0] == "{":
            braces[-1] += 1
        elif token[0] == "}" and braces[-1]:
            braces[-1] -= 1
        elif token[0] == "}" and text.startswith("}", at):
            at += 1
            braces.pop()
            around.pop().end = at
        elif token[0] == "::" and not braces[-1] and around[-1].hint is None:
            around[-1].hint = token.start()
