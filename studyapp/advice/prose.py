"""The words of a Markdown text: what is no word gives way to spaces, so every place stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

FORMULA: Final = "\ue000"
CODE: Final = "\ue001"
"""A formula, or code, is a run of these: one word of prose."""
WORD: Final = re.compile(
    rf"{FORMULA}+|{CODE}+|[^\W_{FORMULA}{CODE}]+(?:['’.,\-–/][^\W_{FORMULA}{CODE}]+)*"
)
_NOISE: Final = re.compile(
    r"!\[[^\[\]\n]*\]\([^()\n]*\)"  # pictures
    r"|\[sound:[^\[\]\n]*\]"
    r"|(?<=\])\([^()\s]*\)|[\[\]]"  # addresses of links
    r"|</?[A-Za-z][^<>\n]*>"
    r"|\\(?=[^\w\s])"
    r"|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])|\*+|~~"
)
_LINE_START: Final = re.compile(
    r"^[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|#{1,6}[ \t]+|>+[ \t]?)", re.M
)
_ASIDE: Final = re.compile(r"\([^()]*\)|“[^“”]*”|\"[^\"\n]*\"|‘[^‘’\n]*’(?!\w)|«[^«»]*»")
_PARENTHESES: Final = re.compile(r"\([^()]*\)")
_SENTENCE_END: Final = re.compile(r"[.?!…]+[”\")*_]*(?=\s|$)|\n[ \t]*\n")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:[A-Za-z]|e\.g|i\.e|vs|cf|ca|etc|Dr|Mr|Mrs|Ms|St|approx))\.$"
)
PARAGRAPH_END: Final = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: `text[start:end]`, with what is in it."""

    start: int
    end: int
    text: str


def masked(text: str, spans: Iterable[tuple[int, int]], filler: str = " ") -> str:
    """The text with the spans, which ascend, filled up; line ends stay if the filler is a space."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            pieces += (text[at:start], _filled(text[start:end], filler))
            at = end
    return "".join((*pieces, text[at:]))


def without_noise(text: str) -> str:
    """Spaces for Markdown's marks: emphasis, addresses of links, pictures, lists, tags."""
    text = masked(text, (match.span() for match in _LINE_START.finditer(text)))
    return masked(text, (match.span() for match in _NOISE.finditer(text)))


def without_asides(prose: str) -> str:
    """Spaces for what stands in quotes or parentheses."""
    return masked(prose, (match.span() for match in _ASIDE.finditer(prose)))


def without_parentheses(prose: str) -> str:
    """Spaces for what stands in parentheses, also in two pairs of them."""
    for _ in range(2):
        prose = masked(prose, (match.span() for match in _PARENTHESES.finditer(prose)))
    return prose


def words(prose: str) -> list[str]:
    """The words in their order; a formula is one, and so is a piece of code."""
    return WORD.findall(prose)


def sentences(prose: str) -> Iterator[Stretch]:
    """The sentences, their marks at the end included; those without a word are left out."""
    at = 0
    for match in _SENTENCE_END.finditer(prose):
        if match[0] == "." and _ABBREVIATION.search(prose, max(match.end() - 7, at), match.end()):
            continue
        yield from _stretch(prose, at, match.end())
        at = match.end()
    yield from _stretch(prose, at, len(prose))


def paragraphs(prose: str) -> Iterator[Stretch]:
    """What blank lines part; those without a word are left out."""
    at = 0
    for match in PARAGRAPH_END.finditer(prose):
        yield from _stretch(prose, at, match.start())
        at = match.end()
    yield from _stretch(prose, at, len(prose))


def _stretch(prose: str, start: int, end: int) -> Iterator[Stretch]:
    text = prose[start:end]
    if WORD.search(text):
        start += len(text) - len(text.lstrip())
        text = text.strip()
        yield Stretch(start, start + len(text), text)


def _filled(text: str, filler: str) -> str:
    if filler == " ":
        return "".join("\n" if sign == "\n" else " " for sign in text)
    return filler * len(text)
