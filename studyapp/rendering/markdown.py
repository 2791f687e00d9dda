"""Markdown to safe HTML."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import cached_property
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from studyapp.rendering.assemble import assemble
from studyapp.rendering.block_layout import TooDeep, lay_out
from studyapp.rendering.budget import TooMuchWork
from studyapp.rendering.marks import LESS_THAN, clean, without_cloze_marks, without_controls
from studyapp.rendering.mathml_writer import ELEMENTS as MATH_ELEMENTS
from studyapp.rendering.media import media_url as url_of_media
from studyapp.rendering.media import sound_html
from studyapp.rendering.pieces import DrawMath, DrawSound, Piece, Pieces, Place, take_out
from studyapp.rendering.sanitize import (
    DROPPED_WITH_CONTENT,
    OTHER_KNOWN_ELEMENTS,
    TEXT_ELEMENTS,
    is_too_deep,
    sanitize,
)

if TYPE_CHECKING:
    from studyapp.rendering.markdown_extension import Converter

MAX_LENGTH: Final = 50_000
"""Characters; a longer text is shown as it was written."""
_KNOWN = "|".join(
    sorted(TEXT_ELEMENTS | DROPPED_WITH_CONTENT | OTHER_KNOWN_ELEMENTS | MATH_ELEMENTS)
)
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
_FLAG = "controls|autoplay|loop|muted|hidden|open|reversed"
_ATTRIBUTE = rf"\s+(?:[\w:-]+\s*=\s*{_VALUE}|{_FLAG})"
_NO_ELEMENT = re.compile(
    rf"(?<!\\)(?<!\]\()(?<!\]: )<(?!/?(?:{_KNOWN})(?:{_ATTRIBUTE})*\s*/?>"
    r"|[a-z][a-z0-9+.-]*://[^<>\s]*>|[^<>\s@]+@[^<>\s@]+>)",
    re.IGNORECASE,
)
"""A `<` that begins neither an element nor an address: `a < b`, `a <b and c> d`, `List<T>`."""
_ELEMENT_OR_REFERENCE = re.compile(r"<[^<>]*>|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);")


def to_html(
    markdown: str,
    draw_math: DrawMath,
    *,
    media_url: Callable[[str], str] = url_of_media,
    draw_sound: DrawSound = sound_html,
    footnotes: str = "",
) -> str:
    r"""Sanitised, balanced HTML; any text is taken, and nothing is raised for any of them.

    What `draw_math` (LaTeX without delimiters, display) and `draw_sound` (name of a file) return
    is put in as it is, so it must be safe: MathML of `to_mathml`, or an escaped `\(…\)`. Where
    `draw_math` raises MathError, source and reason are shown in the class `math-error`.
    `footnotes`, a letter, keeps the ids of this text's footnotes apart from others on the page.
    """
    return marked_to_html(clean(markdown), draw_math, media_url, draw_sound, footnotes)


def marked_to_html(
    text: str,
    draw_math: DrawMath,
    media_url: Callable[[str], str] = url_of_media,
    draw_sound: DrawSound = sound_html,
    footnotes: str = "",
    *,
    place: Place | None = None,
) -> str:
    """The same for a text that was cleaned already and holds cloze marks of ours.

    `place` tells where in what its author wrote an index into it is.
    """
    if len(text) > MAX_LENGTH:
        return as_source(text, f"This text is longer than {MAX_LENGTH:,} characters")
    with_slots, pieces = take_out(text, draw_math, draw_sound, place)
    try:
        html = _convert(with_slots, pieces, footnotes)
    except RecursionError:
        return as_source(text, "This text is nested too deeply")
    except (TooMuchWork, TooDeep) as error:
        return as_source(text, str(error))
    except Exception:  # noqa: BLE001  Python-Markdown raises what its data structures raise
        return as_source(text, "This text confuses the Markdown converter")
    safe = sanitize(html, media_url)
    if is_too_deep(safe):
        return as_source(text, "This text is nested too deeply")
    return assemble(without_controls(safe), pieces)


def as_source(text: str, reason: str) -> str:
    """A text that cannot be laid out, as its author wrote it."""
    shown = escape(without_cloze_marks(text))
    return f'<p class="notice">{escape(reason)}; here is its source.</p><pre>{shown}</pre>'


def _convert(text: str, pieces: Pieces, footnotes: str) -> str:
    """What Python-Markdown makes of a text with slots; not yet safe."""
    text = _NO_ELEMENT.sub(LESS_THAN, _without_comments(text))
    text = lay_out(_ELEMENT_OR_REFERENCE.sub(lambda match: _slot(match[0], pieces), text))
    return _LOCAL.converter.convert(text, pieces, footnotes)


def _slot(found: str, pieces: Pieces) -> str:
    """A slot for a reference such as `&lt;`: Python-Markdown may put it in another place."""
    if found[0] == "<":
        return found
    return pieces.slot(Piece(found, escape(unescape(found), quote=False)))


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]


class _Local(threading.local):
    """One converter for each thread, since a converter holds the text it is working on."""

    @cached_property
    def converter(self) -> Converter:
        # Python-Markdown takes a while to import, so that waits for the first card.
        from studyapp.rendering.markdown_extension import Converter  # noqa: PLC0415

        return Converter()


_LOCAL = _Local()
