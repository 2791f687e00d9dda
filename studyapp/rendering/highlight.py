"""Code as HTML: coloured by Pygments' classes, the language being known, else plain."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN, without_cloze_marks

MAX_COLOURED: Final = 20_000
"""Characters; lexers take long over more."""
_PARAGRAPH_MARKS = re.compile(f"[{CLOZE_OPEN}{CLOZE_CLOSE}]")
_MARK_TAGS = {CLOZE_OPEN: '<mark class="cloze">', CLOZE_CLOSE: "</mark>"}


def inline_html(code: str) -> str:
    """A few words of code within a line."""
    return f"<code>{_with_clozes(code)}</code>"


def block_html(code: str, language: str) -> str:
    """A block of code; unknown languages and code with a cloze in it are not coloured."""
    has_cloze = without_cloze_marks(code) != code
    coloured = None if has_cloze else _coloured(code, language)
    inner = _with_clozes(code) if coloured is None else coloured
    return f'<pre class="code"><code>{inner}</code></pre>'


def _with_clozes(code: str) -> str:
    parts = _PARAGRAPH_MARKS.split(code)
    marks = _PARAGRAPH_MARKS.findall(code)
    if marks != [CLOZE_OPEN, CLOZE_CLOSE] * (len(marks) // 2):
        return escape("".join(parts))
    tags = [_MARK_TAGS[mark] for mark in marks]
    return "".join(escape(part) + tag for part, tag in zip(parts, [*tags, ""], strict=True))


def _coloured(code: str, language: str) -> str | None:
    if not language or len(code) > MAX_COLOURED:
        return None
    # Pygments is slow to import, and most cards have no code.
    from pygments import highlight  # noqa: PLC0415
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
    return highlight(code, lexer, HtmlFormatter(nowrap=True)).removesuffix("\n")
