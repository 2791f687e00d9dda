"""Lengths of LaTeX as lengths of CSS."""

from __future__ import annotations

import re

_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*([a-z]+|%)?")
_CSS_UNIT = {  # LaTeX unit: how many of which CSS unit
    "em": (1.0, "em"),
    "ex": (1.0, "ex"),
    "mu": (1 / 18, "em"),
    # ten points to an em, whatever the size of the text
    "pt": (0.1, "em"),
    "bp": (0.100375, "em"),
    "pc": (1.2, "em"),
    "dd": (0.107, "em"),
    "cc": (1.284, "em"),
    "sp": (0.1 / 65536, "em"),
    "in": (1.0, "in"),
    "cm": (1.0, "cm"),
    "mm": (1.0, "mm"),
    "px": (1.0, "px"),
}
_MAX = {"em": 60.0, "ex": 120.0, "in": 10.0, "cm": 25.0, "mm": 250.0}
_NAMED = {  # of MathML 3, which browsers no longer know
    "thinmathspace": 1 / 6,
    "mediummathspace": 2 / 9,
    "thickmathspace": 5 / 18,
}


def css_length(text: str) -> str | None:
    """The length for CSS, at most about the width of a page; None if it is none."""
    text = text.strip()
    name = text.removeprefix("negative")
    if name in _NAMED:
        return f"{_NAMED[name] * (1 if name == text else -1):.4g}em"
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    number = float(match[1])
    if match[2] is None:
        return "0" if number == 0 else None
    factor, unit = _CSS_UNIT.get(match[2], (0.0, ""))
    if not unit:
        return None
    limit = _MAX.get(unit, 960.0)
    return f"{max(-limit, min(limit, number * factor)):.4g}{unit}"
