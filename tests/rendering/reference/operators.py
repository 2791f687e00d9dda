"""Operators in a row: their form, their space, and whether they grow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.looks import classes, length
from tests.rendering.reference.operator_dictionary import Properties, look_up

GROUPS: Final = frozenset(("math", "mrow", "mstyle", "mphantom", "mpadded", "mtd", "semantics"))
"""Elements that set their children in a row."""
SCRIPTS: Final = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_SPACES: Final = frozenset(("mtext", "mspace"))
_UPRIGHT: Final = frozenset("↑↓↕⇑⇓⇕/\\∣∥")
"""What else grows with the height of a row; other arrows grow with what they stand over."""
_TALL: Final = frozenset(("mfrac", "mtable", "munder", "munderover", "msqrt", "mroot"))


def core(element: Element) -> Element | None:
    """The operator that an element is built on, as `=` with a sign above it, if there is one."""
    if element.tag == "mo":
        return element
    if element.tag in SCRIPTS or element.tag == "mfrac":
        return core(element[0]) if len(element) else None
    if (
        element.tag in GROUPS - {"math", "mtd"}
        and not classes(element)
        and "style" not in element.attrib
    ):
        found = [child for child in element if not _is_space(child)]
        return core(found[0]) if len(found) == 1 else None
    return None


def _is_space(element: Element) -> bool:
    if element.tag in _SPACES:
        return True
    return element.tag in GROUPS and all(_is_space(child) for child in element)


def form(operator: Element, at: int, row: Sequence[Element]) -> str:
    """`prefix`, `infix` or `postfix`: as it says, or by its place in the row.

    Spaces and text are neighbours too, as Chromium has it and MathML Core has not.
    """
    if given := operator.get("form"):
        return given
    if len(row) > 1 and at == 0:
        return "prefix"
    return "postfix" if len(row) > 1 and at == len(row) - 1 else "infix"


def properties(operator: Element, its_form: str) -> Properties:
    """What it says of itself, and the dictionary of the rest."""
    known = look_up(text_of(operator), its_form, form_is_given="form" in operator.attrib)
    return Properties(
        lspace=_space(operator, "lspace", known.lspace),
        rspace=_space(operator, "rspace", known.rspace),
        stretchy=_flag(operator, "stretchy", known.stretchy),
        largeop=_flag(operator, "largeop", known.largeop),
        movablelimits=_flag(operator, "movablelimits", known.movablelimits),
    )


def text_of(token: Element) -> str:
    """Its text, without the white space at its ends that nobody sees."""
    return "".join(token.itertext()).strip(" \t\n")


def grows_in_height(operator: Element, its_form: str) -> bool:
    """Whether an operator is as tall as its row."""
    text = text_of(operator)
    fences = (look_up(text, each, form_is_given=True) for each in ("prefix", "postfix"))
    is_fence = any(known.stretchy for known in fences) or text in _UPRIGHT
    return is_fence and properties(operator, its_form).stretchy


def is_tall(element: Element) -> bool:
    """Whether something is taller than letters with a simple script, so that fences grow."""
    return any(
        each.tag in _TALL or (each.tag == "mo" and ("minsize" in each.attrib or _is_large(each)))
        for each in element.iter()
    )


def _is_large(operator: Element) -> bool:
    return properties(operator, "prefix").largeop


def _space(operator: Element, name: str, known: float) -> float:
    given = operator.get(name)
    return known if given is None else length(given)


def _flag(operator: Element, name: str, known: bool) -> bool:
    given = operator.get(name)
    return known if given is None else given == "true"
