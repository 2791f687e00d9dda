"""Letters and digits of Unicode's mathematical alphabets: bold, script, double-struck and so on.

Browsers know `mathvariant="normal"` alone, so every other alphabet is written with its characters.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_LATIN: Final[dict[str, tuple[int, int | None]]] = {
    # variant: where its letters A–Za–z and its digits begin
    "bold": (0x1D400, 0x1D7CE),
    "italic": (0x1D434, None),
    "bold-italic": (0x1D468, 0x1D7CE),
    "script": (0x1D49C, None),
    "bold-script": (0x1D4D0, 0x1D7CE),
    "fraktur": (0x1D504, None),
    "double-struck": (0x1D538, 0x1D7D8),
    "bold-fraktur": (0x1D56C, 0x1D7CE),
    "sans-serif": (0x1D5A0, 0x1D7E2),
    "bold-sans-serif": (0x1D5D4, 0x1D7EC),
    "sans-serif-italic": (0x1D608, 0x1D7E2),
    "monospace": (0x1D670, 0x1D7F6),
}
_GREEK: Final[dict[str, int]] = {
    "bold": 0x1D6A8,
    "italic": 0x1D6E2,
    "bold-italic": 0x1D71C,
}
_GREEK_LETTERS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
_LATIN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ELSEWHERE: Final[dict[str, dict[str, str]]] = {
    # letters that Unicode had before it had the alphabets
    "italic": {"h": "ℎ"},
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}


def in_alphabet(text: str, variant: str) -> str:
    """The text in the alphabet `variant`; characters that it lacks stay as they are."""
    return text.translate(_table(variant))


@cache
def _table(variant: str) -> dict[int, str]:
    table: dict[int, str] = {}
    if variant in _LATIN:
        letters, digits = _LATIN[variant]
        table |= {ord(char): chr(letters + i) for i, char in enumerate(_LATIN_LETTERS)}
        if digits is not None:
            table |= {ord("0") + i: chr(digits + i) for i in range(10)}
    if variant in _GREEK:
        table |= {ord(char): chr(_GREEK[variant] + i) for i, char in enumerate(_GREEK_LETTERS)}
    return table | {ord(char): other for char, other in _ELSEWHERE.get(variant, {}).items()}
