"""How text is compared in a search: folded, and with wildcards."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from studyapp.domain.math_spans import CLOZE_OPENING

MAX_HEADING: Final = 120

FOLDING: Final = f"1, Unicode {unicodedata.unidata_version}"
"""Changes when `fold` gives other results; an index of folded text is then made anew."""

# Letters that Unicode does not decompose, and what would upset a search: the end of a C string, and
# the sign that parts the fields of a note.
_UNDECOMPOSED = str.maketrans(
    {
        **dict(zip("øłđðħıŧŋ", "olddhitn", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict.fromkeys("\0\x1f", " "),
    }
)
_CONTROL = re.compile("[\0\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CLOZE_START = re.compile(CLOZE_OPENING)
_CLOZE_END = re.compile(r"(?:::(?:(?!\}\}|::).)*)?\}\}")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Text without differences of case, accents and width: `Straße` → `strasse`, `Ｅ́` → `e`.

    Folding twice is folding once. A combining mark alone folds to nothing.
    """
    if text.isascii():
        return _CONTROL.sub(" ", text.lower()) if "\0" in text or "\x1f" in text else text.lower()
    text = _bare(_SURROGATE.sub("\ufffd", text))
    while (again := _bare(text)) != text:
        text = again
    return text


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed).translate(_UNDECOMPOSED)
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def words(folded: str) -> list[str]:
    """The words of a folded text: runs of letters and digits."""
    return _WORD.findall(folded)


class Wild(StrEnum):
    """A wildcard."""

    ANY = "*"
    """Any text, also none."""
    ONE = "_"
    """Any one character."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with wildcards; no two strings are neighbours, none is empty."""

    parts: tuple[str | Wild, ...]

    @property
    def literal(self) -> str | None:
        """The text if there is no wildcard in it."""
        if any(isinstance(part, Wild) for part in self.parts):
            return None
        return "".join(self.parts)

    @property
    def matches_all(self) -> bool:
        """Whether every text is matched: nothing but `*`."""
        return bool(self.parts) and all(part is Wild.ANY for part in self.parts)

    def folded(self) -> Pattern:
        return pattern_of([part if isinstance(part, Wild) else fold(part) for part in self.parts])

    def regex(self) -> str:
        """The same as a regular expression."""
        return "".join(_REGEX[p] if isinstance(p, Wild) else re.escape(p) for p in self.parts)


_REGEX = {Wild.ANY: ".*", Wild.ONE: "."}


def pattern_of(parts: list[str | Wild]) -> Pattern:
    """Joins strings that are neighbours, and drops empty ones and repeated `*`."""
    joined: list[str | Wild] = []
    for part in parts:
        last = joined[-1] if joined else None
        if part == "" or (part is Wild.ANY and last is Wild.ANY):
            continue
        if last is None or isinstance(part, Wild) or isinstance(last, Wild):
            joined.append(part)
        else:
            joined[-1] = last + part
    return Pattern(tuple(joined))


def plain(text: str) -> Pattern:
    """A pattern without wildcards."""
    return pattern_of([text])


def heading(front: str, is_cloze: bool) -> str:
    """A front in one line of at most `MAX_HEADING` characters, still Markdown, for a table."""
    line = " ".join(front[: 4 * MAX_HEADING].split())
    if is_cloze:
        line = _CLOZE_END.sub("", _CLOZE_START.sub("", line))
    return line if len(line) <= MAX_HEADING else f"{line[: MAX_HEADING - 1]}…"
