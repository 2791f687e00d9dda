"""What is taken out of a Markdown text before it is converted, and put back after sanitising.

Code, formulas and sounds are no Markdown. A slot stands in their place, which no author can write
(see `marks`), so that neither Markdown nor the sanitiser touches them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from studyapp.domain.markup import CodeSpan, find_code
from studyapp.domain.math_spans import MathSpan, find_math
from studyapp.errors import MathError
from studyapp.rendering.highlight import block_html, inline_html
from studyapp.rendering.marks import (
    CLOZE_CLOSE,
    CLOZE_OPEN,
    LESS_THAN,
    SLOT_CLOSE,
    SLOT_OPEN,
    without_cloze_marks,
)

DrawMath = Callable[[str, bool], str]
"""LaTeX, and whether it stands on a line of its own → safe HTML; may raise MathError."""
Place = Callable[[int], str]
"""An index into the text → where that is in what its author wrote: "front, line 2, column 5"."""
DrawSound = Callable[[str], str]
"""A file's plain name → safe HTML."""

SLOT: Final = re.compile(f"{SLOT_OPEN}([0-9]+){SLOT_CLOSE}")
_SOUND = re.compile(r"\[sound:([^\]\n]{1,255})\]")
_FENCE = re.compile(r"( *)[`~]+ *([^\s`{}]*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that was taken out."""

    source: str
    """As the author wrote it."""
    html: str
    """Safe."""
    block: bool = False
    """A block of its own, not part of a line."""


class Pieces:
    """The pieces of one text, in the order of their slots."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def slot(self, piece: Piece) -> str:
        """Keeps a piece; returns what stands for it."""
        self._pieces.append(piece)
        return f"{SLOT_OPEN}{len(self._pieces) - 1}{SLOT_CLOSE}"

    def at(self, number: str) -> Piece:
        """The piece of a slot."""
        return self._pieces[int(number)]

    def restore(self, text: str) -> str:
        """The text as its author wrote it, but without marks."""
        text = SLOT.sub(lambda slot: self.at(slot[1]).source, text)
        return without_cloze_marks(text.replace(LESS_THAN, "<"))


def take_out(
    text: str, draw_math: DrawMath, draw_sound: DrawSound, place: Place | None = None
) -> tuple[str, Pieces]:
    """The text with slots, and the pieces that belong in them; `place` is told with mistakes."""
    pieces = Pieces()
    parts: list[str] = []
    at = 0
    spans: list[CodeSpan | MathSpan] = [*find_code(text), *find_math(text)]
    for span in sorted(spans, key=lambda span: span.start):
        piece = _piece(span, text[span.start : span.end], draw_math, place)
        if piece is not None:
            parts.append(_without_sounds(text[at : span.start], pieces, draw_sound))
            parts.append(_in_its_place(pieces.slot(piece), piece))
            at = span.end
    parts.append(_without_sounds(text[at:], pieces, draw_sound))
    return "".join(parts), pieces


def _piece(
    span: CodeSpan | MathSpan, source: str, draw_math: DrawMath, place: Place | None
) -> Piece | None:
    if isinstance(span, CodeSpan):
        return _block(source, span.closed) if span.fenced else Piece(source, _inline(source))
    if not _marks_match(span.source):
        return None
    try:
        return Piece(source, draw_math(span.source, span.display))
    except MathError as error:
        where = f" ({place(_start(span, source) + (error.offset or 0))})" if place else ""
        return Piece(source, math_error(source, f"{error}{where}"))


def _start(formula: MathSpan, source: str) -> int:
    """Where the LaTeX begins behind its delimiter."""
    opening = 1 if source[0] == "$" and not formula.display else 2
    return formula.end - len(source[opening:].lstrip())


def math_error(source: str, reason: str) -> str:
    """What stands in the place of a formula that cannot be drawn."""
    shown = escape(without_cloze_marks(source))
    return (
        f'<span class="math-error"><code>{shown}</code> '
        f'<span class="reason">{escape(reason)}</span></span>'
    )


def _marks_match(source: str) -> bool:
    """Whether a formula holds both ends of a cloze or none."""
    opened = [char for char in source if char in (CLOZE_OPEN, CLOZE_CLOSE)]
    return opened == [CLOZE_OPEN, CLOZE_CLOSE] * (len(opened) // 2)


def _in_its_place(slot: str, piece: Piece) -> str:
    """A block stands on a line of its own, indented as it was, so that it stays in its list."""
    if not piece.block:
        return slot
    indent = piece.source[: len(piece.source) - len(piece.source.lstrip(" "))]
    return f"\n{indent}{slot}\n"


def _inline(source: str) -> str:
    run = len(source) - len(source.lstrip("`"))
    code = source[run:-run].replace("\n", " ")
    if code.strip() and code[0] == code[-1] == " ":
        code = code[1:-1]
    return inline_html(code)


def _block(source: str, closed: bool) -> Piece:
    first, *lines = source.split("\n")
    opening = _FENCE.match(first)
    indent, language = (len(opening[1]), opening[2]) if opening else (0, "")
    if closed:
        lines.pop()
    code = "\n".join(re.sub(f"^ {{0,{indent}}}", "", line) for line in lines)
    return Piece(source, block_html(code, language), block=True)


def _without_sounds(text: str, pieces: Pieces, draw_sound: DrawSound) -> str:
    return _SOUND.sub(lambda sound: pieces.slot(Piece(sound[0], draw_sound(sound[1]))), text)
