r"""Numbers with units: `\pu{…}` as mhchem has it, made LaTeX.

The notation is that of mhchem's manual (https://mhchem.github.io/MathJax-mhchem/): `1.2e3` for a
power of ten, a unit's exponent behind it, `/` for a slash and `//` for a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from studyapp.errors import MathError
from studyapp.rendering.latex_tokens import start_of, tokenize

COMMAND: Final = r"\pu"
_NUMBER = re.compile(
    r"""(?P<number>[+-]?\d+(?:[.,]\d+)?)
    (?:\s?(?:\+-|\\pm\s?)\s?(?P<error>\d+(?:[.,]\d+)?))?
    (?:(?:[eE]|\s?[x*]\s?10\^)(?P<power>[+-]?\d+|\{[+-]?\d+\}))?
    (?P<space>\s*)""",
    re.VERBOSE,
)
_UNIT = re.compile(
    r"""(?P<unit>(?:[A-Za-zµμ°ÅΩ%]|\\[%]|\\[A-Za-z]+\s?)+)
    | \^?(?P<exponent>[+-]?\d+|\{[+-]?\d+\})
    | (?P<sign>\s*[/*.·]\s*)
    | (?P<space>\s+)""",
    re.VERBOSE,
)
_SIGNS: Final = {"/": "/", "*": r"{\cdot}", ".": r"{\cdot}", "·": r"{\cdot}"}


def units(tokens: Sequence[str]) -> list[str]:
    r"""The tokens for the argument of `\pu`; MathError names what is not supported, and where."""
    text = "".join(tokens)
    places = [start_of(token) for token in tokens for _ in token]
    try:
        latex = _quantity(text)
    except _Unread as unread:
        sign, index = text[unread.index], unread.index
        error = MathError(rf"{sign} in \pu is not supported")
        raise error.placed(sign, places[index]) from None
    return ["{", *map(str, tokenize(latex)), "}"]


class _Unread(Exception):
    """What stands at `index` is neither a number nor a unit."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def _quantity(text: str) -> str:
    number = _NUMBER.match(text)
    start = number.end() if number is not None else 0
    written = _number(number) if number is not None else ""
    over, fraction, under = text[start:].partition("//")
    behind = "".join(_units(text, start, start + len(over)))
    if fraction:
        below = "".join(_units(text, len(text) - len(under), len(text)))
        behind = rf"\tfrac{{{behind}}}{{{below}}}"
    return f"{written}~{behind}" if written and behind and number is not None else written + behind


def _number(match: re.Match[str]) -> str:
    parts = [match["number"].replace(",", "{,}")]
    if match["error"]:
        parts.append(rf"\pm {match['error'].replace(',', '{,}')}")
    if match["power"]:
        parts.append(rf"\cdot 10^{{{match['power'].strip('{}')}}}")
    return "".join(parts)


def _units(text: str, start: int, end: int) -> Iterator[str]:
    at = start
    while at < end:
        match = _UNIT.match(text, at, end)
        if match is None:
            raise _Unread(at)
        at = match.end()
        yield from _unit(match)


def _unit(match: re.Match[str]) -> Iterator[str]:
    if match["unit"]:
        yield rf"\mathrm{{{match['unit']}}}".replace(r"{%", r"{\%")
    elif match["exponent"]:
        yield f"^{{{match['exponent'].strip('{}')}}}"
    elif match["sign"]:
        yield _SIGNS[match["sign"].strip()]
    else:
        yield r"\,"
