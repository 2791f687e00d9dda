"""What a row of a drawing consists of: ink, gaps and built-up parts, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.looks import Look

MU: Final = 18
"""In an em. Gaps are compared in these: less than half of one is not seen."""


@dataclass(frozen=True, slots=True)
class Gap:
    """White space."""

    width: float
    """In em of the type around it."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Characters in one look."""

    text: str
    look: str = ""
    """Size, colour and so on; empty for the usual."""


@dataclass(frozen=True, slots=True)
class Part:
    """A fraction, root, table …, read already."""

    text: str
    gaps: tuple[int, ...] = ()


Piece = Gap | Ink | Part
Draw = Callable[[Element, Look], Iterator[Piece]]
"""Draws an element in a look."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A row, or a whole formula, in two texts that are compared one by one."""

    text: str
    """Characters, and parts between ⦃ and ⦄."""
    gaps: tuple[int, ...]
    """The white between them, in mu of the type around it."""


def read(pieces: Iterable[Piece]) -> Reading:
    """Reads a row."""
    row = [piece for piece in pieces if not (isinstance(piece, Ink) and not piece.text)]
    gaps = [*_own_gaps(row), *chain.from_iterable(_gaps_in(piece) for piece in row)]
    return Reading("".join(_words(row)), tuple(gap for gap in gaps if gap))


def part(name: str, *rows: Reading) -> Part:
    """A part with its rows."""
    text = f"⦃{name} {' ; '.join(row.text for row in rows)}⦄"
    return Part(text, tuple(chain.from_iterable(row.gaps for row in rows)))


def without_ends(pieces: Iterable[Piece]) -> list[Piece]:
    """The row without the white at its ends, which nobody sees around a whole formula."""
    row = [piece for piece in pieces if not (isinstance(piece, Ink) and not piece.text)]
    for end in (0, -1):
        while row and isinstance(row[end], Gap):
            row.pop(end)
    return row


def _own_gaps(row: Iterable[Piece]) -> Iterator[int]:
    """White side by side is one gap."""
    width = 0.0
    for piece in row:
        if isinstance(piece, Gap):
            width += piece.width
        else:
            yield round(width * MU)
            width = 0.0
    yield round(width * MU)


def _gaps_in(piece: Piece) -> tuple[int, ...]:
    return piece.gaps if isinstance(piece, Part) else ()


def _words(row: Iterable[Piece]) -> Iterator[str]:
    """The text; neighbours in one look are read in one breath."""
    look = ""
    for piece in row:
        if isinstance(piece, Gap):
            continue
        new = piece.look if isinstance(piece, Ink) else ""
        if look and new != look:
            yield f"⟨{look}⟩"
        look = new
        yield piece.text
    if look:
        yield f"⟨{look}⟩"
