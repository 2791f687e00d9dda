"""Scripts of a formula: limits below big operators, accents, bases of several parts."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from studyapp.errors import MathError
from studyapp.rendering.mathml_symbols import (
    ACCENTS,
    BIG_WITH_LIMITS,
    IN_MANY_LENGTHS,
    LIMIT_NAMES,
    LONG,
    PRIMES,
    RULE,
    STRETCHED,
    WIDE_ACCENTS,
    WIDE_BELOW,
)

PARTS: Final = {
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "mfrac": 2,
    "mroot": 2,
    "msubsup": 3,
    "munderover": 3,
}
_BRACKETS: Final = frozenset("⎴⎵")
_WITH_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}


def mend_scripts(element: Element) -> None:
    """Mends an element with scripts in place; MathError if one of its parts is missing."""
    fold_base(element)
    base, *_, last = element
    if takes_limits(base):
        # The browser knows when there is room for limits: in display style.
        is_movable = element.tag in _WITH_LIMITS and "always" not in base.attrib
        base.set("movablelimits", "true" if is_movable else "false")
        element.tag = _WITH_LIMITS.get(element.tag, element.tag)
    elif element.tag in ("msub", "msup") and _is_bracketed(base):
        element.tag = _WITH_LIMITS[element.tag]
    elif last.get("stretchy") == "true" and last.text in STRETCHED:
        element.set("accent" if element.tag == "mover" else "accentunder", "true")
    elif element.tag in ("mover", "munder") and last.tag == "mo":
        _mend_accent(element, base, last)
    if (last.text or "") in PRIMES:
        last.set("class", "prime")


def fold_base(element: Element) -> None:
    """Of too many children the first ones are the base, such as `(`, table and `)`."""
    surplus = len(element) - PARTS[element.tag]
    if surplus < 0:
        raise MathError("A fraction, root or script misses a part")
    if surplus > 0:
        base = Element("mrow")
        base[:] = element[: surplus + 1]
        element[: surplus + 1] = [base]


def takes_limits(base: Element) -> bool:
    """Whether TeX sets the scripts of an operator below and above it."""
    if base.tag != "mo":
        return False
    text = base.text or ""
    return text in BIG_WITH_LIMITS or text in LIMIT_NAMES or "movablelimits" in base.attrib


def _is_bracketed(base: Element) -> bool:
    """Whether a bracket as wide as the base takes a label, or a limit has a line or arrow."""
    is_bracket = base.tag in ("mover", "munder") and base[-1].text in _BRACKETS
    return is_bracket or is_marked_limit(base)


def is_marked_limit(element: Element) -> bool:
    r"""Whether it is a limit with a line or arrow, as `\varlimsup` and `\varinjlim`."""
    if element.get("class", "") not in ("overline", "underline") and element.tag != "munder":
        return False
    base = element[0]
    while base.tag == "mrow" and len(base) == 1:
        base = base[0]
    return takes_limits(base)


def _mend_accent(element: Element, base: Element, mark: Element) -> None:
    """Chooses the sign that the math font has for an accent, and whether it stretches."""
    sign = mark.text or ""
    stretches = mark.get("stretchy")
    if sign == RULE:
        _draw_rule(element, base)
    elif element.tag == "munder":
        _mend_accent_below(element, mark)
    elif sign == "→" and stretches == "true":
        mark.attrib = {"stretchy": "false", "class": "vec"}
        element.set("accent", "true")
    elif sign in WIDE_ACCENTS and _is_wide(element, sign, stretches):
        mark.text = WIDE_ACCENTS[sign]
        mark.attrib = dict(LONG) if mark.text in IN_MANY_LENGTHS else {"stretchy": "true"}
        element.set("accent", "true")
    elif sign in ACCENTS:
        mark.text, mark.attrib = ACCENTS[sign], {"stretchy": "false"}
        if "…" in ACCENTS[sign]:
            mark.set("class", "dots")
        element.set("accent", "true")


def _mend_accent_below(element: Element, mark: Element) -> None:
    sign = mark.text or ""
    if sign in WIDE_BELOW:
        mark.text, mark.attrib = WIDE_ACCENTS[sign], {"stretchy": "true"}
        element.set("accentunder", "true")


def _is_wide(element: Element, sign: str, stretches: str | None) -> bool:
    r"""How latex2mathml tells `\widehat` from `\hat`, and so on."""
    if sign == "^":
        return element.get("accent") is None
    if sign == "ˇ":
        return stretches == "true"
    return stretches is None


def _draw_rule(element: Element, base: Element) -> None:
    element.attrib = {"class": "overline" if element.tag == "mover" else "underline"}
    element.tag = "mrow"
    element[:] = [base]
