"""Space between the parts of a row: what kind each is, and how far TeX sets the kinds apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.rendering.mathml_scripts import is_marked_limit, takes_limits
from studyapp.rendering.mathml_symbols import (
    BIG,
    BINARY,
    CLOSING,
    FENCES,
    INNER,
    OPENING,
    ORDINARY_OPERATORS,
    PUNCTUATION,
)

_THIN: Final = "0.1667em"
_NONE: Final = {"lspace": "0", "rspace": "0"}
_SCRIPTS: Final = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_GROUPS: Final = frozenset(("mrow", "mstyle", "mpadded"))
_THIN_BETWEEN: Final = frozenset(
    # The TeXbook, chapter 18; what punctuation, operators and relations leave is their own.
    (
        *(("ord", "op"), ("ord", "inner"), ("close", "op"), ("close", "inner")),
        *(("op", "ord"), ("op", "op"), ("op", "inner"), ("inner", "ord"), ("inner", "op")),
        *(("inner", "open"), ("inner", "punct"), ("inner", "inner")),
    )
)
_BEFORE_A_SIGN: Final = frozenset(("", "bin", "rel", "op", "open", "punct"))
"""Behind these a plus or minus belongs to what follows; so it does in front of the next ones."""
_BEHIND_A_SIGN: Final = frozenset(("", "rel", "close", "punct"))


def space_row(row: Element) -> None:
    """Mends the space in a row in place."""
    if len(row) > 1:
        kinds = [kind(child) for child in row]
        _set_signs(row, kinds)
        _join_relations(row, kinds)
        row[:] = _with_thin_spaces(list(row), kinds)


def space_formula(formula: Element) -> None:
    """Takes the space from an operator that is the whole formula and so connects nothing."""
    if len(formula) == 1 and formula[0].tag == "mo" and kind(formula[0]) in ("bin", "rel"):
        formula[0].attrib |= _NONE


def kind(element: Element) -> str:
    """What TeX calls it: ord, op, bin, rel, open, close, punct or inner; empty for white space."""
    element = _base(element)
    text = element.text or ""
    if element.tag == "mspace":
        return ""
    if element.tag == "mo":
        return _kind_of_operator(element, text)
    if is_marked_limit(element):
        return "op"
    is_name = element.tag == "mi" and len(text) > 1 and text.isascii() and not element.attrib
    if is_name and text == "mod":
        return "ord"
    if is_name:
        return "op"
    return "inner" if text in INNER or _is_fenced(element) else "ord"


def _base(element: Element) -> Element:
    """The element without its scripts and without groups of one."""
    while len(element):
        is_group_of_one = (
            element.tag in _GROUPS and len(element) == 1 and "class" not in element.attrib
        )
        if not is_group_of_one and element.tag not in _SCRIPTS:
            break
        element = element[0]
    return element


def _kind_of_operator(operator: Element, text: str) -> str:
    if text in BIG or takes_limits(operator):
        return "op"
    if operator.get("stretchy") == "false" and text in "<>":
        return "open" if text == "<" else "close"
    if text in FENCES or "minsize" in operator.attrib:
        return _kind_of_fence(operator, text)
    if text in PUNCTUATION or operator.get("separator") == "true":
        return "punct"
    if _spaces(operator) <= {"0", "0em"} or text in ORDINARY_OPERATORS:
        return "ord"
    return "bin" if text in BINARY or _spaces(operator) == {"0.2222em"} else "rel"


def _kind_of_fence(fence: Element, text: str) -> str:
    form = fence.get("form", "")
    if form == "infix":
        return "rel"
    if form == "prefix" or (not form and text in OPENING):
        return "open"
    return "close" if form == "postfix" or text in CLOSING else "ord"


def _spaces(operator: Element) -> set[str]:
    return {operator.get("lspace", ""), operator.get("rspace", "")}


def _is_fenced(element: Element) -> bool:
    r"""Whether it is what `\left` and `\right` stand around."""
    if element.tag != "mrow":
        return False
    forms = [child.get("form") for child in element if "minsize" not in child.attrib]
    return forms[:1] == ["prefix"] and forms[-1:] == ["postfix"]


def _set_signs(row: Element, kinds: list[str]) -> None:
    """A plus or minus that has nothing to connect gets no space: `x = -1`, `(-1)`, `x+`.

    Its kind becomes that of a letter.
    """
    if "bin" not in kinds:
        return
    seen = [at for at, each in enumerate(kinds) if each]
    for before, at, behind in zip([None, *seen], seen, [*seen[1:], None], strict=False):
        if kinds[at] != "bin":
            continue
        is_first = before is None
        if (is_first or kinds[before or 0] in _BEFORE_A_SIGN) or (
            behind is None or kinds[behind] in _BEHIND_A_SIGN
        ):
            kinds[at] = "ord"
            operator = _base(row[at])
            if not is_first or "lspace" in operator.attrib:
                operator.attrib |= _NONE


def _join_relations(row: Element, kinds: list[str]) -> None:
    """Relations side by side are one: no space stands between the signs of `:=` and `<=`."""
    for at, (first, second) in enumerate(pairwise(kinds)):
        if first == second == "rel":
            left, right = _base(row[at]), _base(row[at + 1])
            if left.tag == right.tag == "mo":
                left.set("rspace", "0")
                right.set("lspace", "0")


def _with_thin_spaces(children: list[Element], kinds: list[str]) -> Iterator[Element]:
    before = ""
    for child, own in zip(children, kinds, strict=True):
        if (before, own) in _THIN_BETWEEN:
            yield Element("mspace", {"width": _THIN})
        yield child
        before = own or before


def tighten(script: Element) -> None:
    """Takes the space of operators out of a script, where TeX leaves none."""
    for operator in script.iter("mo"):
        if operator.text not in FENCES and kind(operator) not in ("ord", "op"):
            operator.attrib |= _NONE
