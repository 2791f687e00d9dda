"""Rows of a formula: words, negated signs, fences."""

from __future__ import annotations

import unicodedata
from xml.etree.ElementTree import Element

from studyapp.rendering.mathml_leaves import JOINS
from studyapp.rendering.mathml_spacing import space_row
from studyapp.rendering.mathml_symbols import BARS, BIG, FENCES, LONG

_TALL = frozenset(("mfrac", "mtable", "munder", "munderover", "msqrt", "mroot"))
_SLASH = "⧸"
_OVERLAY = "\N{COMBINING LONG SOLIDUS OVERLAY}"


def mend_row(row: Element) -> None:
    """Mends the children of a row in place."""
    _negate(row)
    _join_words(row)
    _stretch_fences(row)
    _wrap_binomials(row)
    space_row(row)


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
            if child.text in BARS and child.get("stretchy") == "true":
                child.attrib |= LONG


def _wrap_binomials(row: Element) -> None:
    """A fraction between fences gets a row of its own, with whose height they grow."""
    for fraction in row.findall("mfrac"):
        at = list(row).index(fraction)
        fences = [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row) and _is_of_binomial(row[i])]
        if len(fences) == 2:
            for fence in fences:
                fence.attrib = {"stretchy": "true"}
            row[at - 1 : at + 2] = [_row_of([fences[0], fraction, fences[1]])]


def _is_of_binomial(element: Element) -> bool:
    r"""As latex2mathml writes it; the fences of `\big` are ours."""
    return element.tag == "mo" and "minsize" in element.attrib and "stretchy" not in element.attrib


def _row_of(children: list[Element]) -> Element:
    row = Element("mrow")
    row[:] = children
    return row


def is_tall(element: Element) -> bool:
    """Whether a formula is taller than letters with a simple script."""
    return any(
        part.tag in _TALL
        or (part.tag == "mo" and (part.text in BIG or "minsize" in part.attrib))
        or (part.tag in ("msub", "msup") and part[-1].tag in ("msub", "msup"))
        for part in element.iter()
    )
