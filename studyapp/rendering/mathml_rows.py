"""Rows of a formula: words, negated signs, fences, space around function names."""

from __future__ import annotations

import unicodedata
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.rendering.mathml_leaves import JOINS
from studyapp.rendering.mathml_scripts import takes_limits
from studyapp.rendering.mathml_symbols import BIG, CLOSING, FENCES, TIGHT

_THIN: Final = "0.1667em"
_TALL = frozenset(("mfrac", "mtable", "munder", "munderover", "msqrt", "mroot"))
_SLASH = "⧸"
_OVERLAY = "\N{COMBINING LONG SOLIDUS OVERLAY}"
_SCRIPTS = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))


def mend_row(row: Element) -> None:
    """Mends the children of a row in place."""
    _negate(row)
    _join_words(row)
    _stretch_fences(row)
    _space_functions(row)


def _negate(row: Element) -> None:
    r"""`\not` and the sign that follows it become one sign."""
    mended: list[Element] = []
    for child in row:
        if mended and _is_slash(mended[-1]) and child.tag in ("mo", "mi") and child.text:
            mended.pop()
            child.text = unicodedata.normalize("NFC", child.text + _OVERLAY)
        mended.append(child)
    row[:] = mended


def _is_slash(element: Element) -> bool:
    return element.tag == "mpadded" and len(element) == 1 and element[0].text == _SLASH


def _join_words(row: Element) -> None:
    r"""The letters of `\mathrm{word}` become one word; those of `abc` stay three variables."""
    mended: list[Element] = []
    for child in row:
        if mended and child.tag == "mi" and _continues(child, mended[-1]):
            mended[-1].text = (mended[-1].text or "") + (child.text or "")
        else:
            mended.append(child)
    for child in mended:
        _set_as_text(child, child.attrib.pop(JOINS, ""))
    row[:] = mended


def _continues(letter: Element, word: Element) -> bool:
    alphabet = letter.get(JOINS)
    return alphabet is not None and word.tag == "mi" and word.get(JOINS) == alphabet


def _set_as_text(word: Element, alphabet: str) -> None:
    """Bold and italic words are set in the text face, which kerns them."""
    text = word.text or ""
    if alphabet in ("bold", "italic") and word.tag == "mi" and len(text) > 1:
        word.text = unicodedata.normalize("NFKC", text)
        word.set("class", alphabet)


def _stretch_fences(row: Element) -> None:
    r"""Fences grow around a matrix, and after `\left` around what is tall.

    Around something small they would look the same, but with a gap: browsers give a fence that
    may stretch the width of its largest variant.
    """
    children = list(row)
    for i, child in enumerate(children):
        if child.tag == "mo" and child.text in FENCES:
            around = [*children[max(i - 1, 0) : i], *children[i + 1 : i + 2]]
            if any(neighbour.tag == "mtable" for neighbour in around):
                child.set("stretchy", "true")
            elif child.get("form") and not is_tall(row):
                child.set("stretchy", "false")


def is_tall(element: Element) -> bool:
    """Whether a formula is taller than letters with a simple script."""
    return any(
        part.tag in _TALL
        or (part.tag == "mo" and (part.text in BIG or "minsize" in part.attrib))
        or (part.tag in ("msub", "msup") and part[-1].tag in ("msub", "msup"))
        for part in element.iter()
    )


def _space_functions(row: Element) -> None:
    r"""Thin space between `\log`, `\max_x` or `\sum` and its neighbours; none before brackets."""
    if len(row) < 2:
        return
    children = list(row)
    mended: list[Element] = []
    for i, child in enumerate(children):
        if _is_function(child):
            if i > 0 and _is_operand(children[i - 1]):
                mended.append(Element("mspace", {"width": _THIN}))
            mended.append(child)
            if i + 1 < len(children) and _wants_space_before(children[i + 1]):
                mended.append(Element("mspace", {"width": _THIN}))
        else:
            mended.append(child)
    row[:] = mended


def _is_function(element: Element) -> bool:
    """Whether it is, or has as its base, a function's name or a big operator."""
    while element.tag in _SCRIPTS and len(element):
        element = element[0]
    text = element.text or ""
    if element.tag == "mo":
        return text in BIG or takes_limits(element)
    return element.tag == "mi" and len(text) > 1 and text.isascii() and not element.attrib


def _is_operand(element: Element) -> bool:
    if element.tag == "mo":
        return element.text in CLOSING
    return element.tag != "mspace" and not _is_function(element)


def _wants_space_before(element: Element) -> bool:
    while element.tag in ("mrow", *_SCRIPTS) and len(element):
        element = element[0]
    return element.tag != "mspace" and (
        element.tag != "mo" or element.text in TIGHT or _is_function(element)
    )
