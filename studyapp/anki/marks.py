"""Characters that stand for Anki's own notation until the HTML around it is made.

They are noncharacters at the end of the range that `rendering.marks` begins, whose `clean` takes
all of them out of what authors wrote; Markdown and the sanitiser pass them on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

OPEN: Final = "\ufdea"
"""The start of a cloze mark; its number follows."""
HINT: Final = "\ufdeb"
CLOSE: Final = "\ufdec"
INLINE_MATH: Final = ("\ufded", "\ufdee")
"""Around a formula within a line."""
DISPLAY_MATH: Final = ("\ufdef", "\ufddf")
"""Around a formula on a line of its own."""
SOUND: Final = ("\ufddd", "\ufdde")
"""Around the name of a sound's file."""

_DIGITS = "\ufde0\ufde1\ufde2\ufde3\ufde4\ufde5\ufde6\ufde7\ufde8\ufde9"
_TO_DIGITS = str.maketrans("0123456789", _DIGITS)
_FROM_DIGITS = str.maketrans(_DIGITS, "0123456789")

CLOZE: Final = f"{OPEN}[{_DIGITS}]+|{HINT}|{CLOSE}"
"""Pattern of one part of a cloze mark."""
ANY: Final = f"{CLOZE}|[{''.join(INLINE_MATH + DISPLAY_MATH + SOUND)}]"
A_SOUND: Final = f"{SOUND[0]}[^{SOUND[1]}]*{SOUND[1]}"
"""Pattern of a sound with its marks."""
_CLOZE = re.compile(CLOZE)
_ANY = re.compile(ANY)
_SOUND = re.compile(A_SOUND)
_HINT = re.compile(f"{HINT}[^{CLOSE}]*")


def opening(number: int) -> str:
    """The start of a cloze mark with this number."""
    return OPEN + str(number).translate(_TO_DIGITS)


def number_of(mark: str) -> int:
    """The number of the cloze mark that starts with `mark`."""
    return int(mark[1:].translate(_FROM_DIGITS))


@dataclass(slots=True)
class Pair:
    """A whole cloze mark in a text; positions are indices of its parts."""

    number: int
    start: int
    body: int
    """Behind the start."""
    hint: int | None = None
    end: int = -1
    """Where its end stands."""


def pairs(text: str) -> list[Pair]:
    """The cloze marks that have both of their ends, by their starts."""
    found: list[Pair] = []
    around: list[Pair] = []
    for part in _CLOZE.finditer(text):
        if part[0][0] == OPEN:
            around.append(Pair(number_of(part[0]), part.start(), part.end()))
        elif part[0] == CLOSE and around:
            around[-1].end = part.start()
            found.append(around.pop())
        elif part[0] == HINT and around and around[-1].hint is None:
            around[-1].hint = part.start()
    return sorted(found, key=lambda pair: pair.start)


def without_stray_parts(text: str) -> str:
    """The text with whole cloze marks only."""
    whole = {at for pair in pairs(text) for at in (pair.start, pair.hint, pair.end)}
    return _CLOZE.sub(lambda part: part[0] if part.start() in whole else "", text)


def blanked(text: str) -> str:
    """The text with `[...]`, or the hint in brackets, for what the outermost cloze marks hide."""
    out: list[str] = []
    at = 0
    for pair in pairs(text):
        if pair.start >= at:
            hint = "..." if pair.hint is None else text[pair.hint + 1 : pair.end]
            out.append(f"{text[at : pair.start]}[{hint}]")
            at = pair.end + 1
    return _CLOZE.sub("", "".join(out) + text[at:])


def revealed(text: str) -> str:
    """The text with what the cloze marks hide, but neither marks nor hints."""
    return _CLOZE.sub("", _HINT.sub("", text))


def without_sounds(text: str) -> str:
    return _SOUND.sub("", text)


def without_marks(text: str) -> str:
    """The text as if there were no marks."""
    return _ANY.sub("", text)


def ends_in_text(text: str) -> bool:
    """Whether the text ends outside of a formula."""
    starts, ends = zip(INLINE_MATH, DISPLAY_MATH, strict=True)
    return sum(map(text.count, starts)) == sum(map(text.count, ends))
