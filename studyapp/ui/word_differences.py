"""Which words of two texts differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_WORDS = re.compile(r"\\?[^\W_]+|\n+|[^\S\n]+|.")
r"""Words, LaTeX commands with their `\`, spaces, ends of lines, and single signs."""
_LONG = 400
"""Words of a passage; longer ones that differ are marked as a whole, for time grows as the cube."""
_MOST = 2000
"""Words of a text that are compared one by one, for the same reason."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text."""

    text: str
    differs: bool
    """The other text does not have it here."""


_Change = tuple[str, str, bool]
"""A part of one text, the part of the other that stands in its place, and whether they differ."""


def differences(mine: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; together they are the texts as they were."""
    changes = _with_their_spaces([each for each in _changes(mine, theirs) if each[0] or each[1]])
    return _pieces((a, differs) for a, _, differs in changes), _pieces(
        (b, differs) for _, b, differs in changes
    )


def _changes(mine: str, theirs: str) -> Iterator[_Change]:
    """By lines first, and by words where lines differ."""
    left = _MOST
    for a, b, differs in _compared(_lines(mine), _lines(theirs)):
        ours, others = (_WORDS.findall(each) if differs else [] for each in (a, b))
        left -= min(max(len(ours), len(others)), _LONG)
        if differs and left >= 0:
            yield from _compared(ours, others)
        else:
            yield a, b, differs


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _compared(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Change]:
    start = _common(mine, theirs)
    end = _common(mine[start:][::-1], theirs[start:][::-1])
    yield "".join(mine[:start]), "".join(mine[:start]), False
    yield from _between(mine[start : len(mine) - end], theirs[start : len(theirs) - end])
    yield "".join(mine[len(mine) - end :]), "".join(mine[len(mine) - end :]), False


def _common(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words both begin with."""
    same = (a == b for a, b in zip(mine, theirs, strict=False))
    return next((n for n, each in enumerate(same) if not each), min(len(mine), len(theirs)))


def _between(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Change]:
    """What lies between the common beginning and the common end."""
    if max(len(mine), len(theirs)) > _LONG:
        yield "".join(mine), "".join(theirs), True
        return
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        yield "".join(mine[a_start:a_end]), "".join(theirs[b_start:b_end]), kind != "equal"


def _with_their_spaces(changes: list[_Change]) -> list[_Change]:
    """A space between two words that differ counts as differing, so that marks are whole."""
    inner = [
        (a, b, differs or (a.isspace() and before[2] and after[2]))
        for (before, (a, b, differs)), (_, after) in pairwise(pairwise(changes))
    ]
    return [*changes[:1], *inner, *changes[1:][-1:]]


def _pieces(parts: Iterator[tuple[str, bool]]) -> tuple[Piece, ...]:
    """Neighbours of the same sort as one; nothing empty."""
    joined: list[Piece] = []
    for text, differs in parts:
        if joined and joined[-1].differs == differs:
            joined[-1] = Piece(joined[-1].text + text, differs)
        elif text:
            joined.append(Piece(text, differs))
    return tuple(joined)
