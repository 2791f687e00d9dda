"""Texts that have no Markdown in them but formulas, which are most: their HTML in short time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from studyapp.domain.math_spans import find_math

Draw: TypeAlias = Callable[[str, bool], str]
"""Makes HTML of a formula: its LaTeX, and whether it stands on a line of its own."""

_WORDS: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9 ,.;:?()’“”–…-]*")
_START: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")
_LONGEST: Final = 2000
_ADDRESS: Final = re.compile("www|:/", re.IGNORECASE)


def plain_html(markdown: str, draw: Draw) -> str | None:
    """What the conversion of Markdown makes of the text; None: that must be asked."""
    if not markdown:
        return ""
    if _START.match(markdown) is None or markdown[-1] == " " or len(markdown) > _LONGEST:
        return None
    if _ADDRESS.search(markdown):
        return None
    if _WORDS.fullmatch(markdown) is not None:
        return f"<p>{markdown}</p>"
    if "$" not in markdown and "\\(" not in markdown:
        return None
    return _with_formulas(markdown, draw)


def _with_formulas(markdown: str, draw: Draw) -> str | None:
    formulas = find_math(markdown)
    at = 0
    for formula in formulas:
        if formula.display or _WORDS.fullmatch(markdown, at, formula.start) is None:
            return None
        at = formula.end
    if _WORDS.fullmatch(markdown, at) is None:
        return None
    out: list[str] = []
    at = 0
    for formula in formulas:
        out += [markdown[at : formula.start], draw(formula.source, False)]
        at = formula.end
    return f"<p>{''.join(out)}{markdown[at:]}</p>"
