"""Texts that have no Markdown in them but formulas, which are most: their HTML in short time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from studyapp.anki import marks

Draw: TypeAlias = Callable[[str, bool], str]
"""Makes HTML of a formula: its LaTeX, and whether it stands on a line of its own."""

_WORDS: Final = re.compile(rf"(?:[A-Za-zÀ-ÖØ-öø-ÿ0-9 ,.;:?!()%=+/'’“”–…-]++|{marks.CLOZE})*+")
_START: Final = re.compile(rf"[A-Za-zÀ-ÖØ-öø-ÿ{marks.OPEN}]")
_LONGEST: Final = 2000
_FORMULA: Final = re.compile(
    # Money has a space before the second dollar, or a digit behind it.
    r"\$(?<!\$\$)(?=[^\s$])"
    r"((?:[^$\\`\n{}\ufdd0-\ufdef]++|\\[A-Za-z,;:!]|\{(?!\{)|\}(?!\}))++)(?<!\s)\$(?![\d$])"
)
r"""A formula between dollars, as `domain.math_spans` finds it where there is no other notation."""


def plain_html(markdown: str, draw: Draw) -> str | None:
    """What the conversion of Markdown makes a paragraph of; None: that must be asked."""
    if _START.match(markdown) is None or markdown[-1] == " " or len(markdown) > _LONGEST:
        return None
    if ":/" in markdown or "www" in markdown.lower():
        return None
    # Words, then a formula and words as often as there are formulas.
    parts = _FORMULA.split(markdown) if "$" in markdown else [markdown]
    if _WORDS.fullmatch("".join(parts[::2])) is None:
        return None
    parts[1::2] = [draw(latex, False) for latex in parts[1::2]]
    return "".join(parts)
