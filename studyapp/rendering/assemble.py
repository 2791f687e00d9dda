"""Puts the pieces back into sanitised HTML and marks the cloze."""

from __future__ import annotations

import re
from typing import Final

from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN, LESS_THAN, SLOT_CLOSE, SLOT_OPEN
from studyapp.rendering.pieces import SLOT, Pieces

_MARKS: Final = f"{CLOZE_OPEN}{CLOZE_CLOSE}"
_SLOT = f"{SLOT_OPEN}[0-9]+{SLOT_CLOSE}"
_LONE_SLOT = re.compile(f"<p>([{_MARKS}\\s]*){SLOT.pattern}([{_MARKS}\\s]*)</p>")
_EMPTY_PARAGRAPH = re.compile(f"<p>([{_MARKS}\\s]*)</p>")
_TOKEN = re.compile(rf'<[^"<>]*(?:"[^"]*"[^"<>]*)*>|{_SLOT}|[{_MARKS}]|[^<{_MARKS}{SLOT_OPEN}]+|.')


def assemble(html: str, pieces: Pieces) -> str:
    """The finished HTML; `html` is sanitised, with slots and cloze marks in its text."""
    html = html.replace(LESS_THAN, "&lt;")
    html = _LONE_SLOT.sub(lambda match: _lone_piece(match, pieces), html)
    html = _EMPTY_PARAGRAPH.sub(r"\1", html)
    if CLOZE_OPEN in html:
        return _with_clozes(html, pieces)
    return SLOT.sub(lambda slot: pieces.at(slot[1]).html, html.replace(CLOZE_CLOSE, ""))


def _lone_piece(match: re.Match[str], pieces: Pieces) -> str:
    """A block of code needs no paragraph around it."""
    return match[0][3:-4] if pieces.at(match[2]).block else match[0]


def _with_clozes(html: str, pieces: Pieces) -> str:
    """Marks each stretch of text in a cloze by itself: a cloze may begin and end in any element."""
    parts: list[str] = []
    run: list[str] = []
    open_clozes = 0
    for token in _TOKEN.findall(html):
        slot = SLOT.fullmatch(token)
        piece = pieces.at(slot[1]) if slot else None
        if token in _MARKS or token[0] == "<" or (piece is not None and piece.block):
            parts.append(_marked(run))
            run.clear()
            open_clozes += (token == CLOZE_OPEN) - (token == CLOZE_CLOSE)
            parts.append(piece.html if piece else "" if token in _MARKS else token)
        else:
            (run if open_clozes > 0 else parts).append(piece.html if piece else token)
    parts.append(_marked(run))
    return "".join(parts)


def _marked(run: list[str]) -> str:
    text = "".join(run)
    return f'<mark class="cloze">{text}</mark>' if text.strip() else text
