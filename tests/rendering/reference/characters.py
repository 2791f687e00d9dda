"""Characters as they are drawn: one for each look, whatever they are called.

Unicode has several characters for one look, and MathML two ways to choose an alphabet. Here each
look gets one character, so that drawings can be compared as text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_BLOCK: Final = range(0x1D400, 0x1D800)
_LETTERLIKE: Final = "ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤ"
"""Letters that Unicode had before it had the alphabets; their places in the block are empty."""
_OLD_NAMES: Final = {"PLANCK": "ITALIC", "BLACK-LETTER": "FRAKTUR"}
_ALPHABET = re.compile(
    r"(?:MATHEMATICAL )?((?:[A-Z]+(?:-[A-Z]+)?)(?: (?:BOLD|ITALIC|SCRIPT|FRAKTUR))*) "
)

LOOK_ALIKE: Final = {
    # a stroke is a stroke, with or without the meaning "divides" or "parallel"
    "∣": "|",
    "❘": "|",
    "∥": "‖",
    # the same dot, ring, angle and colon under two names
    "·": "⋅",
    "∶": ":",
    "⟂": "⊥",
    "∙": "•",
    # the same stroke, and the same two bars above a wedge
    "⧵": "∖",
    "⌆": "⩞",
    # KaTeX has one sign for the partial derivative, which is neither upright nor italic
    "𝜕": "∂",
    # capital Greek letters that have no shape of their own
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)),
    "𝜊": "𝑜",
    # the space between two words, which may be told not to break
    "\N{NO-BREAK SPACE}": " ",
}
ACCENTS: Final = {
    # over or under a letter the spacing and the combining character are the same mark
    **dict.fromkeys("´ˊ\u0301", "´"),
    **dict.fromkeys("`ˋ\u0300", "`"),
    **dict.fromkeys("^ˆ\u0302", "^"),
    **dict.fromkeys("~˜∼˷\u0303", "~"),
    **dict.fromkeys("¯ˉ‾―_\u0304\u0305", "¯"),
    **dict.fromkeys("˘\u0306", "˘"),
    **dict.fromkeys("ˇ\u030c", "ˇ"),
    **dict.fromkeys("˙\u0307", "˙"),
    **dict.fromkeys("¨\u0308", "¨"),
    **dict.fromkeys("˚\u030a", "˚"),
    "…": "…",
    "….": "….",
    # arrows that grow with what they stand over
    "\u20d7": "→",
    "\u20d6": "←",
    "\u20e1": "↔",
}
SPACES: Final = {
    # narrow and wide ones, in em: a gap, and no space between words
    "\N{EM SPACE}": 1.0,
    "\N{EN SPACE}": 0.5,
    "\N{THREE-PER-EM SPACE}": 1 / 3,
    "\N{FOUR-PER-EM SPACE}": 2 / 9,
    "\N{MEDIUM MATHEMATICAL SPACE}": 2 / 9,
    "\N{THIN SPACE}": 1 / 6,
    "\N{NARROW NO-BREAK SPACE}": 1 / 6,
    "\N{HAIR SPACE}": 1 / 18,
}
INVISIBLE: Final = "\u2061\u2062\u2063\u2064\u200b\ufe0e"
"""Function application, invisible times and so on; "as text", which is no picture."""


def drawn(text: str, alphabet: str = "") -> str:
    """The text in an alphabet such as `bold italic`, each look written in one way only."""
    plain = (char for char in text if char not in INVISIBLE)
    shaped = (shape(char, alphabet) if alphabet else char for char in plain)
    composed = unicodedata.normalize("NFC", "".join(shaped))
    return "".join(LOOK_ALIKE.get(char, char) for char in composed)


def shape(char: str, alphabet: str) -> str:
    """The character in an alphabet; itself if the alphabet lacks it.

    Bold and italic add to what the character is already.
    """
    base, own = split(char)
    wanted = _sum(own, alphabet)
    return _alphabets().get((wanted, base), char)


def split(char: str) -> tuple[str, str]:
    """The plain character and its alphabet, which is empty for a plain one."""
    return _plain().get(char, (char, ""))


def _sum(own: str, wanted: str) -> str:
    if not own or wanted not in ("bold", "italic"):
        return wanted
    words = set(own.split()) | {wanted}
    return " ".join(word for word in _WORD_ORDER if word in words)


_WORD_ORDER: Final = (
    "sans-serif",
    "double-struck",
    "monospace",
    "bold",
    "italic",
    "script",
    "fraktur",
)


@cache
def _alphabets() -> dict[tuple[str, str], str]:
    return {(alphabet, base): char for char, (base, alphabet) in _plain().items()}


@cache
def _plain() -> dict[str, tuple[str, str]]:
    """Of each character of an alphabet the plain one, and the alphabet's name."""
    found = {}
    for char in (*map(chr, _BLOCK), *_LETTERLIKE):
        match = _ALPHABET.match(unicodedata.name(char, ""))
        if match is not None:
            name = _OLD_NAMES.get(match[1].split()[0], match[1])
            found[char] = (_base(char), name.lower())
    return found


def _base(char: str) -> str:
    """The plain character: one step back only, since NFKC would make ε of ϵ too."""
    return chr(int(unicodedata.decomposition(char).rsplit(" ", 1)[1], 16))
