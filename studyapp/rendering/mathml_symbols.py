"""What the characters of a formula are: operators, ordinary symbols, accents."""

from __future__ import annotations

import unicodedata
from typing import Final

ORDINARY: Final = frozenset("∞∅∀∃∄⊤⊥∂∇∠∡∢∁℘ℏ…⋯⋮⋱⋰′″‴⁗□△▽◊♭♮♯")
"""Symbols that latex2mathml or Unicode hold for operators, while TeX sets them as letters."""
TIGHT: Final = frozenset("|‖/∖")
"""Operators that TeX sets without space."""
FENCES: Final = frozenset("()[]{}|‖⟨⟩⌈⌉⌊⌋⟦⟧⟮⟯⌜⌝⌞⌟⎰⎱")
"""Operators that browsers stretch unless told not to; TeX does so after `\\left` only."""
UPRIGHT_ARROWS: Final = frozenset("↑↓↕⇑⇓⇕")
"""The same of these."""
OPENING: Final = frozenset("([{⟨⌈⌊⟦")
CLOSING: Final = frozenset(")]}⟩⌉⌋⟧")
BINARY_WITHOUT_SPACE: Final = frozenset("⨿∗⊡⊠⋅·∘⊛⊚⋄⋇⋗⋖⊺⋋⋌⋉⋊⊙⊗⋆×≀†‡")
"""Operators that MathML Core sets closer to, or further from, their neighbours than TeX."""
BINARY: Final = BINARY_WITHOUT_SPACE | frozenset("+−-±∓÷∧∨∩∪⊕⊖⊎⊓⊔∔⊞⊟⊘⊝⋏⋎⋒⋓⩞⊼⊻∖")
INNER: Final = frozenset("…⋯⋱⋰")
PUNCTUATION: Final = frozenset(",;")
ORDINARY_OPERATORS: Final = frozenset("|‖/∖!?.")
RELATIONS: Final = frozenset(":")
"""Signs that TeX, but no browser, sets with the space of a relation."""
BIG_WITH_LIMITS: Final = frozenset("∑∏∐⋂⋃⋀⋁⨀⨁⨂⨃⨄⨅⨆")
BIG: Final = BIG_WITH_LIMITS | frozenset("∫∬∭∮∯∰")
LIMIT_NAMES: Final = frozenset(("lim", "max", "min", "sup", "inf"))
PRIMES: Final = frozenset("′″‴⁗")
STAND_INS: Final = {"*": "∗"}
CAPITAL_GREEK: Final = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")
_PUNCTUATION = frozenset(":;")
_UPRIGHT_BINARY: Final = frozenset("†‡")
_FIRST_LETTER_OF_AN_ALPHABET = 0x1D400

ACCENTS: Final = {
    # what latex2mathml puts over a letter: what is drawn there, without stretching
    "^": "ˆ",
    "~": "˜",
    "¯": "¯",
    "´": "´",
    "`": "`",
    "˘": "˘",
    "ˇ": "ˇ",
    "˙": "˙",
    "¨": "¨",
    "\u20db": "…",
    "\u20dc": "….",
    "˚": "˚",
}
WIDE_ACCENTS: Final = {
    # the same for accents as wide as what they stand over
    **{sign: sign for sign in "^~ˇ"},
    "→": "\N{COMBINING RIGHT ARROW ABOVE}",
    "←": "\N{COMBINING LEFT ARROW ABOVE}",
    "↔": "\N{COMBINING LEFT RIGHT ARROW ABOVE}",
}
STRETCHED: Final = frozenset("⏠⏡˷")
"""Accents that `latex_shapes` puts in as they are."""
WIDE_BELOW: Final = frozenset("→←↔")
IN_MANY_LENGTHS: Final = frozenset("→←↔↦⇒⇐⇔↩↪⇀⇁↼↽⇌⇋⇄↠↞=^~ˇ˷")
"""Signs of the font for what stretches: in the math font some parts of arrows do not fit, and there
are few lengths of accents."""
BARS: Final = frozenset("|‖")
"""Fences of that font."""
LONG: Final = {"stretchy": "true", "class": "stretched"}
"""Attributes of such a sign where it is as long as what it stands over or under."""
RULE: Final = "―"
"""What latex2mathml draws as the line of `\\overline` and `\\underline`."""


def is_operator(char: str) -> bool:
    """Whether a character that stands alone is an operator, relation or fence."""
    if char in _PUNCTUATION or char in _UPRIGHT_BINARY:
        return True
    return (
        len(char) == 1
        and not char.isascii()
        and ord(char) < _FIRST_LETTER_OF_AN_ALPHABET
        and char not in ORDINARY
        and unicodedata.category(char) in ("Sm", "Ps", "Pe")
    )
