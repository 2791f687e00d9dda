"""Fields that have but lines of plain text and formulas, which are most: their Markdown at once."""

from __future__ import annotations

import re
from typing import Final

from studyapp.anki.field_markdown import BREAK
from studyapp.anki.field_slots import formula
from studyapp.anki.markdown_text import line_start

_PLAINEST: Final = re.compile(
    r"(?=[A-Za-z\\])(?:[A-Za-z0-9,.;?%/'\"()=+ -]++|[:!](?= )"
    r"|\\\((?! )(?:[A-Za-z0-9 ^_{}=+*/().,:;'|!?-]++|\\(?:[A-Za-z]++|[,;!]))++(?<! )\\\))*+(?<! )"
)
"""One line in which but the ends of formulas are written in another way, and nothing is escaped."""
_TEXT: Final = re.compile(r"(?:[A-Za-z0-9,.;?%/'\"()=+ -]++|[^\W_]++|[:!#@](?= |\Z))*+")
"""Text in which there is nothing to escape, but perhaps at its start."""
_BREAK: Final = re.compile(r"<br ?/?>")
_FORMULA: Final = re.compile(r"\\\((.*?)\\\)")
_LONGEST: Final = 10_000
_FEWEST: Final = re.compile(r"[<&\[\xa0]|\\\[|  ")


def plain_markdown(html: str) -> str | None:
    """What `to_markdown` makes of the field; None: that must be read as HTML.

    `html` has no broken characters.
    """
    if not html.isprintable() or len(html) > _LONGEST:
        return None
    if _PLAINEST.fullmatch(html) and not ("  " in html or "{{" in html or "}}" in html):
        return html.replace("\\(", "$").replace("\\)", "$")
    if _TEXT.fullmatch(html) and "  " not in html:
        return line_start(html)
    lines = [_line(line) for line in _BREAK.split(html)]
    known = [line for line in lines if line is not None]
    return _paragraphs(known) if len(known) == len(lines) else None


def _line(html: str) -> str | None:
    if _FEWEST.search(html):
        return None
    pieces = _FORMULA.split(html.strip(" "))
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            if _TEXT.fullmatch(piece) is None:
                return None
            continue
        made = None if "\\(" in piece else formula(" ".join(piece.split()), display=False)
        if made is None:
            return None
        pieces[place] = made
    return line_start("".join(pieces))


def _paragraphs(lines: list[str]) -> str:
    """Lines with breaks between them; empty ones are between paragraphs."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return "\n\n".join(BREAK.join(block) for block in blocks if block)
