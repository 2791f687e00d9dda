"""Scripts of a formula: beside, below and above, accents, labels of arrows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.characters import ACCENTS, drawn
from tests.rendering.reference.looks import Look, changed, classes
from tests.rendering.reference.operators import GROUPS, core, properties, text_of
from tests.rendering.reference.pieces import Draw, Part, Piece, Reading, part, read, without_ends

_NAMES: Final = {
    "msub": "sub",
    "msup": "sup",
    "msubsup": "subsup",
    "munder": "under",
    "mover": "over",
}
_BESIDE: Final = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}
GROWING: Final = frozenset(
    "\u0302\u0332_‾\u20d0\u20d1\u20d6\u20d7\u20e1←↤↩↪↼↽⇀⇁⇐⇒⇔⇚⇛⎴⎵⏜⏝⏞⏟⏠⏡⥎⥐⥚⥛⥞⥟"
)
"""What Chromium 140 stretches in STIX Two Math 2.13; not →, ↔, ↦, whose parts do not fit there."""
IN_MANY_LENGTHS: Final = frozenset("→←↔↦⇒⇐⇔↩↪⇀⇁↼↽⇌⇋⇄↠↞=^~ˇ˷")
"""What it stretches in STIX Two Stretch."""


def scripts(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Scripts beside, below and above; those of a big operator go beside it in a line of text."""
    operator = core(element[0])
    tag = element.tag
    if operator is not None and not look.display and tag in _BESIDE:
        tag = _BESIDE[tag] if properties(operator, "prefix").movablelimits else tag
    base = read(draw(element[0], look))
    if tag in _BESIDE and _is_arrow(element[0], look):
        base = replace(base, text=f"{ACCENTS.get(base.text, base.text)} wide")
    marks = list(element)[1:]
    if tag == "munderover":
        # Below and above at once look like above what is below.
        below = part("under", base, _mark(element, marks[0], look, draw))
        base = Reading(below.text, below.gaps)
        tag, marks = "mover", marks[1:]
    if tag not in ("mover", "munder"):
        yield part(_NAMES[tag], base, *(read(draw(mark, look.script())) for mark in marks))
    elif marks[0].tag == "mspace":
        # Only gives an arrow its least length.
        yield Part(base.text, base.gaps)
    else:
        yield _stacked(tag, base, _mark(element, marks[0], look, draw))


def _stacked(tag: str, base: Reading, mark: Reading) -> Part:
    if mark.text == "¯ wide":
        return part("enclosed top" if tag == "mover" else "enclosed bottom", base)
    return part(_NAMES[tag], base, mark)


def _mark(element: Element, mark: Element, look: Look, draw: Draw) -> Reading:
    """What stands above or below: an accent by its name, anything else as a row."""
    is_accent = "true" in (element.get("accent"), element.get("accentunder"))
    inner = look.script(deeper=0 if is_accent else 1)
    operator = _alone_operator(mark)
    if operator is None:
        label = draw(_label(mark), inner) if core(element[0]) is not None else draw(mark, inner)
        return read(without_ends(label))
    text = text_of(operator)
    if {"tml-vec", "vec"} & classes(operator):
        # An arrow of one length, made smaller by the style sheet.
        return Reading("→", ())
    if _is_wide(operator, "postfix", look):
        # As wide as what it stands over, whatever its own size is.
        return Reading(f"{ACCENTS.get(text, drawn(text))} wide", ())
    if text in ACCENTS:
        size = changed(inner, operator).size / look.size
        return Reading(ACCENTS[text] + (" small" if size < 0.9 else ""), ())
    return read(draw(mark, inner))


def _alone_operator(element: Element) -> Element | None:
    while element.tag in GROUPS and len(element) == 1:
        element = element[0]
    return element if element.tag == "mo" else None


def _is_wide(operator: Element, its_form: str, look: Look) -> bool:
    """Whether an operator is as wide as what it stands over or under."""
    if classes(operator) & {"wide1", "wide2", "wide3", "wide4"}:
        return True
    signs = IN_MANY_LENGTHS if "stretched" in classes(operator) else GROWING
    grows = look.as_meant or text_of(operator) in signs
    return grows and properties(operator, its_form).stretchy


def _is_arrow(base: Element, look: Look) -> bool:
    operator = core(base)
    return operator is not None and _is_wide(operator, "infix", look)


def _label(mark: Element) -> Element:
    """What stands over an arrow; how far, and how much longer the arrow is, is not compared."""
    if mark.tag == "mover" and mark[-1].tag == "mspace":
        mark = mark[0]
    if mark.tag == "mpadded":
        row = Element("mrow")
        row[:] = list(mark)
        return row
    return mark
