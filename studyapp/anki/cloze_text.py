"""Cloze texts with our marks in the place of `{{c1::`, `::` and `}}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studyapp.anki import marks
from studyapp.domain.cloze import Cloze, parse_cloze
from studyapp.domain.markup import find_code
from studyapp.domain.math_spans import find_math

_DELIMITER = re.compile(r"\\(?P<bracket>[()\[\]])|\\.|\$", re.DOTALL)
_BLOCK_START = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+)+")
_CLOSERS = ("$", "$$", r"\)", r"\]")
_FENCE = re.compile("```|~~~")


def with_marks(text: str) -> str:
    """The text as Markdown that means the same, with the same formulas."""
    out: list[str] = []
    _write(parse_cloze(_without_loose_delimiters(text)), out)
    return "".join(out)


def _write(tree: Iterable[str | Cloze], out: list[str]) -> None:
    for piece in tree:
        if isinstance(piece, str):
            out.append(piece)
        else:
            at = len(out)
            _write(piece.content, out)
            content = "".join(out[at:])
            start, end = _edges(content, out[:at])
            hint = marks.HINT + piece.hint if piece.hint else ""
            shown = marks.opening(piece.number) + content[start:end] + hint + marks.CLOSE
            out[at:] = [content[:start], shown, content[end:]]


def _edges(content: str, before: list[str]) -> tuple[int, int]:
    """The part of a mark's content that leaves effective what begins or ends a line of Markdown."""
    if _FENCE.search(content):
        return 0, len(content)
    end = len(content.rstrip())
    block = _BLOCK_START.match(content, 0, end)
    if block is None or not _ends_line(before) or _ends_in_formula("".join(before)):
        return 0, end
    return block.end(), end


def _ends_line(parts: list[str]) -> bool:
    return next((part for part in reversed(parts) if part), "\n").endswith("\n")


def _ends_in_formula(text: str) -> bool:
    for closer in _CLOSERS:
        closed = f"{text}x{closer}"
        formulas = find_math(closed)
        if formulas and formulas[-1].end == len(closed):
            return True
    return False


def _without_loose_delimiters(text: str) -> str:
    """The text with references for what looks like an end of a formula and is none.

    Without its braces `{{c1::$5}} or {{c2::$x}}` would hold a formula.
    """
    if "$" not in text and "\\" not in text:
        return text
    out: list[str] = []
    at = 0
    kept = [(code.start, code.end) for code in find_code(text)]
    kept += [(formula.start, formula.end) for formula in find_math(text)]
    for start, end in sorted(kept):
        out += [_DELIMITER.sub(_reference, text[at:start]), text[start:end]]
        at = end
    return "".join([*out, _DELIMITER.sub(_reference, text[at:])])


def _reference(match: re.Match[str]) -> str:
    character = match["bracket"] or match[0]
    return f"&#{ord(character)};" if len(character) == 1 else character
