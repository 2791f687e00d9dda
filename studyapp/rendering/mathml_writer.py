"""Writes a MathML tree as HTML; lets nothing out but the elements and attributes listed here."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.rendering.math_length import css_length

_ELEMENTS_NAMES = """
    math mrow mi mn mo mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup
    msubsup munder mover munderover mtable mtr mtd semantics annotation
"""
ELEMENTS: Final = frozenset(_ELEMENTS_NAMES.split())
_CLASSES_NAMES = """
    aligned tight left right ruled above below boxed cancel bcancel xcancel sout overline
    underline vec prime short bold italic sans code cloze script actuarial phase circled
    oversegment undersegment padded tag llap clap dots joined ink raised dashed stretched label
    centred frame edge twice big1 big2 big3 big4 slant1 slant2 slant3 back1 back2 back3 back4
    back5 back6 back7 back8 back9 back10 back11 back12 back13 back14 back15 back16 back17 back18
"""
CLASSES: Final = frozenset(_CLASSES_NAMES.split())
_BOOLEANS_NAMES = """
    displaystyle stretchy fence separator symmetric largeop movablelimits accent accentunder
"""
_BOOLEANS: Final = frozenset(_BOOLEANS_NAMES.split())
_LENGTHS_NAMES = """
    lspace rspace minsize maxsize linethickness width height depth voffset mathsize
"""
_LENGTHS: Final = frozenset(_LENGTHS_NAMES.split())
COLOUR: Final = re.compile(r"[A-Za-z]{3,20}|#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}")
_WORDS: Final = {
    "display": re.compile("block|inline"),
    "form": re.compile("prefix|infix|postfix"),
    "scriptlevel": re.compile(r"[+-]?\d"),
    "mathvariant": re.compile("normal"),
    "encoding": re.compile("application/x-tex"),
    "mathcolor": COLOUR,
    "mathbackground": COLOUR,
}


def write(element: Element) -> str:
    """The tree as HTML, escaped; an element that is not listed becomes an `mrow`."""
    parts: list[str] = []
    _write(element, parts)
    return "".join(parts)


def _write(element: Element, parts: list[str]) -> None:
    tag = element.tag if element.tag in ELEMENTS else "mrow"
    parts.append(f"<{tag}")
    for name, value in element.attrib.items():
        allowed = _allowed(name, value)
        if allowed:
            parts.append(f' {name}="{allowed}"')
    parts.append(">")
    if element.text:
        parts.append(escape(element.text))
    for child in element:
        _write(child, parts)
    parts.append(f"</{tag}>")


def _allowed(name: str, value: str) -> str | None:
    """The value as it may be written, or None if the attribute is left out."""
    if name in _BOOLEANS:
        return value if value in ("true", "false") else None
    if name in _LENGTHS:
        # With a sign they were increments once; Core knows no negative lengths.
        is_plain = value[:1] not in ("+", "-") or name == "voffset"
        return css_length(value) if is_plain else None
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES)
    pattern = _WORDS.get(name)
    return value if pattern is not None and pattern.fullmatch(value) else None
