"""Notes as their authors wrote them, as HTML for a text browser: two side by side, or one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, TypeAlias

from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.design import CODE_FACE, GRID, SMALL_TEXT, Theme
from studyapp.ui.word_differences import Piece, differences

MINE = "Yours"
THEIRS = "The deck’s"
_NAMES = ("Text", "Extra")
"""Of a cloze note's front and back."""
_SOURCE = f"white-space: pre-wrap; margin: 0; font-family: {CODE_FACE};"
_MEANING = "Its cards are not asked any more. What you wrote and your progress are kept."
_KINDS = {NoteKind.BASIC: "One card", NoteKind.REVERSED: "Both directions", NoteKind.CLOZE: "Cloze"}
_LINE_END = "↵"
"""Shown where one text alone ends a line."""
_SPACE = "␣"
"""Shown for spaces where nothing else differs."""

_Field = tuple[str, str, str]
"""Its name, and what two notes say there."""


Sides: TypeAlias = tuple[str, str]
"""Whose words are compared, as headings."""
WITH_DECK: Final[Sides] = (MINE, THEIRS)


def comparison(
    mine: Note, theirs: Note, theme: Theme, *, stacked: bool, sides: Sides = WITH_DECK
) -> str:
    """The user's words and others, side by side or `stacked`; what differs is marked."""
    rows = []
    for name, ours, others in _fields(mine, theirs):
        told = zip(sides, differences(ours, others), strict=True)
        width = 100 if stacked else 50
        cells = [
            _cell(f"{side} · {name}", _marked(pieces, theme), theme, width) for side, pieces in told
        ]
        rows += [f"<tr>{each}</tr>" for each in (cells if stacked else ["".join(cells)])]
    return _table(rows)


def retirement(note: Note, because: str, theme: Theme) -> str:
    """Why a note retired, what that means, and the note."""
    cells = [
        (name, f'<p style="{_SOURCE}">{escape(text)}</p>') for name, text, _ in _fields(note, note)
    ]
    cells.insert(0, ("Why it retired", f"<p>{escape(reason(because))}</p><p>{_MEANING}</p>"))
    rows = [f"<tr>{_cell(name, html, theme, 100)}</tr>" for name, html in cells]
    return _table(rows)


def reason(because: str) -> str:
    """What the deck says of a note that retired."""
    return because or "The deck does not say why."


def spoken(mine: Note, theirs: Note, sides: Sides = WITH_DECK) -> str:
    """What differs, in words, for those who hear the screen."""
    said = []
    for name, ours, others in _fields(mine, theirs):
        if ours != others:
            left, right = (_differing(each) for each in differences(ours, others))
            said.append(f"{name} differs. {sides[0]}: {left}. {sides[1]}: {right}.")
    return " ".join(said)


def _fields(mine: Note, theirs: Note) -> list[_Field]:
    """Those that say something; kind, tags and links only if they differ."""
    names = _NAMES if mine.kind is theirs.kind is NoteKind.CLOZE else ("Front", "Back")
    found = [
        (names[0], mine.front, theirs.front),
        (names[1], mine.back, theirs.back),
        ("Source", mine.source, theirs.source),
    ]
    apart = [
        ("Kind", _KINDS[mine.kind], _KINDS[theirs.kind]),
        ("Tags", "\n".join(mine.tags), "\n".join(theirs.tags)),
        ("Links", "\n".join(mine.links), "\n".join(theirs.links)),
    ]
    return [
        *(each for each in found if each[1] or each[2]),
        *(each for each in apart if each[1] != each[2]),
    ]


def _table(rows: Iterable[str]) -> str:
    return f'<table width="100%" cellspacing="{2 * GRID}">{"".join(rows)}</table>'


def _cell(heading: str, html: str, theme: Theme, width: int) -> str:
    """`width` in percent."""
    return (
        f'<td width="{width}%" style="background-color: {theme.window}; padding: {2 * GRID}px;">'
        f'<p style="color: {theme.muted}; font-size: {SMALL_TEXT}px; margin: 0 0 {GRID}px 0;">'
        f"{escape(heading)}</p>{html}</td>"
    )


def _marked(pieces: Sequence[Piece], theme: Theme) -> str:
    if not pieces:
        return f'<p style="color: {theme.muted}; margin: 0;"><i>empty</i></p>'
    parts = (_mark(each, theme) if each.differs else escape(each.text) for each in pieces)
    return f'<p style="{_SOURCE}">{"".join(parts)}</p>'


def _mark(piece: Piece, theme: Theme) -> str:
    """Not by colour alone, but not underlined: formulas are full of `_`."""
    text = escape(piece.text).replace("\n", f"{_LINE_END}\n")
    if not piece.text.strip(" "):
        text = _SPACE * len(piece.text)
    return f'<span style="background-color: {theme.mark}; font-weight: 700;">{text}</span>'


def _differing(pieces: Iterable[Piece]) -> str:
    words = ("end of line" if p.text.isspace() else p.text.strip() for p in pieces if p.differs)
    return ", ".join(words) or "nothing"
