"""How a part of a drawing looks: size, style, colour; what attributes, styles and classes do to it.

Attributes that change nothing that is seen are named here, each with its reason. Anything else is
an error, so that a difference cannot hide in what nobody thought of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

from studyapp.rendering.design import CARD_TEXT
from tests.rendering.reference.markup import css

SCRIPT_SCALE: Final = 0.71
"""By how much the browser shrinks a script."""
_POINT: Final = 4 / 3 / CARD_TEXT
"""In em, on a card."""
_UNITS: Final = {
    "em": 1.0,
    "ex": 0.431,
    "pt": _POINT,
    "px": 0.75 * _POINT,
    "mu": 1 / 18,
    "in": 72 * _POINT,
    "cm": 28.35 * _POINT,
    "mm": 2.835 * _POINT,
    "pc": 12 * _POINT,
    "": 1.0,
}
_COMMON_SIZES: Final = (1.0, SCRIPT_SCALE, SCRIPT_SCALE**2)
_SAME_SIZE: Final = 0.015
_LENGTH = re.compile(r"\+?(-?(?:\d+\.?\d*|\.\d+))\s*([a-z]*)")
_COLOURS: Final = {
    "black": "#000000",
    "blue": "#0000ff",
    "red": "#ff0000",
    "aqua": "#00ffff",
    "green": "#008000",
}
HARMLESS_CLASSES: Final = {
    # paddings of less than a tenth of an em that stand in for italic corrections
    *("tml-sml-pad", "tml-med-pad", "tml-lrg-pad"),
    # the same for accents, browser by browser
    *("wbk-acc", "wbk-sml", "wbk-sml-acc", "wbk-sml-vec", "wbk-med", "wbk-med-acc", "wbk-lrg"),
    *("wbk-med-vec", "wbk-lrg-acc", "wbk-lrg-vec"),
    *("chr-sml", "chr-sml-vec", "chr-med", "chr-med-vec", "chr-lrg", "chr-lrg-vec"),
    # how one style sheet stretches wide accents, where the other lets the font do it
    *("tml-hat-1", "tml-hat-2", "tml-hat-3", "tml-tilde-1", "tml-tilde-2", "tml-tilde-3"),
    "tml-hat-4",
    # distances between rows, and the height of primes, are the style sheet's
    *("tml-jot", "tml-small", "tml-prime", "prime", "tight"),
    # a square root of the usual height
    "short",
    # how far an arrow stands from its label
    *("arrow", "label"),
    # no more room around a fence than it needs
    *("big1", "big2", "big3", "big4", "slant1", "slant2", "slant3"),
    # the script alphabet's usual form
    "mathcal",
    # the style sheet's names for a line that is read from `notation`
    *("tml-overline", "tml-underline", "tml-fbox", "tml-cancel", "phasor-bottom"),
    "circle-pad",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down to its children."""

    display: bool
    """In display style."""
    level: int = 0
    """How deep in scripts."""
    scale: float = 1.0
    """Size that was asked for by name, as a factor."""
    colour: str = ""
    bold: bool = False
    alphabet: str = ""
    """Of text in a class of ours."""
    roundhand: bool = False
    """The script alphabet's other form."""
    tall: bool = False
    """Stands in a row that fences grow with."""
    as_meant: bool = False
    """Of the reference it is read what it means, of ours what the browser makes of it."""

    @property
    def size(self) -> float:
        """Of the type, in em of the formula."""
        return self.scale * SCRIPT_SCALE**self.level

    def script(self, *, deeper: int = 1) -> Look:
        return replace(self, display=False, level=self.level + deeper, tall=False)

    def name(self, *more: str) -> str:
        """As it is written behind ink."""
        nearest = min(_COMMON_SIZES, key=lambda size: abs(size - self.size))
        shown = nearest if abs(nearest - self.size) < _SAME_SIZE else self.size
        size = f"{shown:.2f}" if shown != 1 else ""
        roundhand = "roundhand" if self.roundhand else ""
        return " ".join(filter(None, (size, self.colour, roundhand, *more)))


def length(text: str) -> float:
    """A length in em; ValueError if it is none."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or match[2] not in _UNITS:
        raise ValueError(f"{text} is no length")
    return float(match[1]) * _UNITS[match[2]]


def colour(text: str) -> str:
    """A colour as `#rrggbb`."""
    text = text.strip().lower()
    if re.fullmatch("#[0-9a-f]{3}", text):
        return "#" + "".join(2 * digit for digit in text[1:])
    return _COLOURS.get(text, text)


def classes(element: Element) -> set[str]:
    """The classes that change what is seen."""
    return set(element.get("class", "").split()) - HARMLESS_CLASSES


_ALPHABETS: Final = {
    # our classes for words that are set in the text face, in place of an alphabet of Unicode
    "bold": "bold",
    "italic": "italic",
    "sans": "sans-serif",
    "code": "monospace",
}


def changed(look: Look, element: Element) -> Look:
    """The look inside an element."""
    style = css(element)
    if "displaystyle" in element.attrib:
        look = replace(look, display=element.attrib["displaystyle"] == "true")
    if (level := element.get("scriptlevel", style.get("math-depth"))) is not None:
        relative = level[0] in "+-"
        look = replace(look, level=int(level) + (look.level if relative else 0))
    if size := element.get("mathsize") or style.get("font-size"):
        look = replace(look, scale=look.scale * _factor(size))
    if tint := element.get("mathcolor") or style.get("color"):
        look = replace(look, colour=colour(tint))
    if style.get("font-weight") == "bold":
        look = replace(look, bold=True)
    return _in_class(look, element)


def _in_class(look: Look, element: Element) -> Look:
    for name in classes(element) & _ALPHABETS.keys():
        look = replace(look, alphabet=_ALPHABETS[name])
    if classes(element) & {"mathscr", "script"}:
        look = replace(look, roundhand=True)
    return look


def _factor(size: str) -> float:
    return float(size[:-1]) / 100 if size.endswith("%") else length(size)
