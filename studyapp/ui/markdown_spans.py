"""What is what in a Markdown text: the spans that the editor shows in a way of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from studyapp.domain.cloze_marks import Mark, Nature, find_marks, regions


class Look(Enum):
    """How a span is shown; of two that overlap the later one adds to the earlier."""

    HEADING = auto()
    STRONG = auto()
    EMPHASIS = auto()
    LINK = auto()
    MARKER = auto()
    """Signs that stand for structure: list points, quotes, fences, delimiters of formulas."""
    CODE = auto()
    MATH = auto()
    COMMAND = auto()
    CLOZE = auto()
    """The two ends of a cloze mark, and its hint."""
    BROKEN = auto()
    """An end that has no partner."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `text[start:end]` and how it is shown."""

    start: int
    end: int
    look: Look


_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
_PROSE = re.compile(
    r"(?P<heading>^ {0,3}\#{1,6}(?=[ \t]).*$)"
    r"|(?P<marker>^[ \t]*(?:[-*+]|[0-9]{1,9}[.)]|>)(?=[ \t]))"
    r"|(?P<link>!?\[[^\[\]\n]*\]\([^()\n]*\)|\[sound:[^\]\n]+\]|<https?://[^<>\s]+>)"
    r"|(?P<strong>(?<![\\*])\*\*(?=\S)[^*\n]+?(?<=\S)\*\*|(?<![\\_\w])__(?=\S)[^_\n]+?(?<=\S)__)"
    r"|(?P<emphasis>(?<![\\*])\*(?=[^\s*])[^*\n]+?(?<=\S)\*|(?<![\\_\w])_(?=[^\s_])[^_\n]+?(?<=\S)_(?!\w))",
    re.MULTILINE,
)
_DELIMITERS = (("$$", 2), ("$", 1), ("\\", 2))


def spans_of(text: str) -> tuple[Span, ...]:
    """All spans of a text, in time in proportion to its length; raises nothing."""
    found: list[Span] = []
    for region in regions(text):
        if region.nature is Nature.TEXT:
            found.extend(_prose(text, region.start, region.end))
        elif region.nature is Nature.CODE:
            found.append(Span(region.start, region.end, Look.CODE))
        else:
            found.extend(_formula(text, region.start, region.end))
    for mark in find_marks(text):
        found.extend(_ends(mark))
    return tuple(found)


def _prose(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _PROSE.finditer(text, start, end):
        yield Span(match.start(), match.end(), Look[str(match.lastgroup).upper()])


def _formula(text: str, start: int, end: int) -> Iterator[Span]:
    size = next(size for sign, size in _DELIMITERS if text.startswith(sign, start))
    yield Span(start, end, Look.MATH)
    for match in _COMMAND.finditer(text, start + size, end - size):
        yield Span(match.start(), match.end(), Look.COMMAND)
    yield Span(start, start + size, Look.MARKER)
    yield Span(end - size, end, Look.MARKER)


def _ends(mark: Mark) -> Iterator[Span]:
    if mark.end is None:
        yield Span(mark.start, mark.body, Look.BROKEN)
        return
    yield Span(mark.start, mark.body, Look.CLOZE)
    yield Span(mark.end - 2 if mark.hint is None else mark.hint, mark.end, Look.CLOZE)
