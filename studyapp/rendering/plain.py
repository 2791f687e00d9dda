"""Cards as plain text for the terminal."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import Final

from studyapp.domain.card_making import ordinals
from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.faces import face_texts
from studyapp.rendering.html_text import text_of_html
from studyapp.rendering.markdown import marked_to_html
from studyapp.rendering.marks import clean
from studyapp.rendering.unicode_math import to_unicode

MAX_LINE: Final = 120
_LINE_END = re.compile(r"\s*\n\s*")


def to_text(markdown: str) -> str:
    """Markdown as readable text, formulas in Unicode; no control characters but line ends.

    Any text is taken; a formula that cannot be drawn stays LaTeX.
    """
    return _text(clean(markdown))


def one_line(markdown: str) -> str:
    """The same in one line of at most `MAX_LINE` characters."""
    return _shortened(to_text(markdown))


def title(note: Note, macros: Macros = NO_MACROS) -> str:
    """What a note is called in a line: the question of its first card, a cloze's answer blank."""
    cards = ordinals(note)
    return _shortened(card_text(note, cards[0], macros)[0]) if cards else one_line(note.front)


def card_text(note: Note, ordinal: int, macros: Macros = NO_MACROS) -> tuple[str, str]:
    """Question and answer of a note's card as text.

    The answer of a cloze card is the whole text and what stands below it; of others, the other
    side alone. Raises NotFound if the note has no card `ordinal`.
    """
    texts = face_texts(note, ordinal)
    answer = _text(texts.below, macros)
    if note.kind is NoteKind.CLOZE:
        answer = "\n\n".join(part for part in (_text(texts.answered, macros), answer) if part)
    return _text(texts.question, macros), answer


def _shortened(text: str) -> str:
    line = _LINE_END.sub(" ", text)
    return line if len(line) <= MAX_LINE else f"{line[: MAX_LINE - 1]}…"


def _text(marked: str, macros: Macros = NO_MACROS) -> str:
    draw_math = partial(_draw_math, macros=macros)
    return text_of_html(marked_to_html(marked, draw_math, draw_sound=_draw_sound))


def _draw_math(latex: str, display: bool, macros: Macros) -> str:
    text = escape(to_unicode(latex, macros))
    return f"<pre>{text}</pre>" if display else text


def _draw_sound(name: str) -> str:
    return escape(f"[sound: {name}]")
