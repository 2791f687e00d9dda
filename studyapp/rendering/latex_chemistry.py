r"""Chemical formulas: `\ce{…}` as mhchem has it, at the level of common formulas, made LaTeX.

The notation is that of mhchem's manual (https://mhchem.github.io/MathJax-mhchem/): amounts,
charges, isotopes, states, bonds, hydrates, and reaction arrows with what stands above and below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from studyapp.errors import MathError
from studyapp.rendering.latex_tokens import start_of, tokenize

COMMAND: Final = r"\ce"
_TOKEN = re.compile(
    r"""(?P<mark>[\ufdd0-\ufdef])
    | (?P<arrow><=>>|<<=>|<-->|<=>|<->|->|<-)
    | (?P<space>\s+)
    | (?P<gas>\(\^\)|(?<!\S)\^(?!\S))
    | (?P<solid>\(v\)|(?<!\S)v(?!\S))
    | (?P<math>\$[^$]*\$|\\[A-Za-z]+)
    | (?P<brace>\\[{}])
    | (?P<raised>\^(?:\{[^{}]*\}|\d*[+-]|\d+|[A-Za-z*.]))
    | (?P<lowered>_(?:\{[^{}]*\}|\d+|[A-Za-z]))
    | (?P<number>\d+)
    | (?P<letters>[A-Za-z]+)
    | (?P<dot>[*.·])
    | (?P<sign>[+-])
    | (?P<bond>[=#])
    | (?P<bracket>[()[\]])
    | (?P<comma>,)
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_AMOUNT = re.compile(r"(?P<top>\d+)/(?P<bottom>\d+)|\d+(?:\.\d+)?")
_AMOUNT_LETTER = re.compile(r"[a-z]\s+[A-Z(\[]")
_ENDS_CHARGED = re.compile(r"\s|[)\]\ufdd0-\ufdef]|\((?:aq|s|l|g|cr)\)|\Z")
_LABEL = re.compile(r"\[(?P<label>[^\[\]]*)\]")
_ROMAN = re.compile(r"[IVX]+")
_ARROWS: Final = {
    "->": r"\xrightarrow",
    "<-": r"\xleftarrow",
    "<->": r"\xleftrightarrow",
    "<-->": r"\xtofrom",
    "<=>": r"\xrightleftharpoons",
}
_BONDS: Final = {"=": "{=}", "#": r"{\equiv}"}


def chemistry(tokens: Sequence[str]) -> list[str]:
    r"""The tokens for the argument of `\ce`; MathError names what is not supported, and where."""
    places = [start_of(token) for token in tokens for _ in token]
    latex = _Formula("".join(tokens), places).latex()
    return ["{", *map(str, tokenize(latex)), "}"]


class _Formula:
    """Reads a formula from its start to its end."""

    def __init__(self, text: str, places: Sequence[int | None], *, is_label: bool = False) -> None:
        self._text = text
        self._places = places
        self._is_label = is_label
        self._at = 0
        self._out: list[str] = []
        self._base = ""
        self._lower = self._upper = ""
        self._is_raised_first = False
        self._starts_word = True
        self._wants_gap = False
        self._write: dict[str, Callable[[str], None]] = {
            "mark": self._operator,
            "arrow": self._react,
            "space": self._space,
            "gas": lambda _: self._operator(r"\uparrow{}"),
            "solid": lambda _: self._operator(r"\downarrow{}"),
            "math": self._math,
            "raised": self._raised,
            "lowered": self._lowered,
            "number": self._number,
            "letters": self._letters,
            "dot": lambda _: self._joint(r"{\cdot}"),
            "sign": self._sign,
            "bond": lambda bond: self._joint(_BONDS[bond]),
            "bracket": self._begin,
            "brace": self._begin,
            "comma": self._operator,
            "other": self._refuse,
        }

    def latex(self) -> str:
        while (match := _TOKEN.match(self._text, self._at)) is not None:
            kind = match.lastgroup or "other"
            amount = _AMOUNT.match(self._text, self._at)
            if amount is not None and self._starts_word and not (self._lower or self._upper):
                self._amount(amount)
            else:
                self._at = match.end()
                self._write[kind](match[0])
                opens = match[0] in ("(", "[", r"\{") or kind in ("space", "arrow")
                kept = kind in ("mark", "raised", "lowered")
                self._starts_word = opens or (self._starts_word and kept)
        self._flush()
        return "".join(self._out)

    def _refuse(self, sign: str) -> None:
        error = MathError(rf"{sign} in \ce is not supported")
        index = self._at - len(sign)
        raise error.placed(sign, self._places[index] if index < len(self._places) else None)

    def _begin(self, base: str) -> None:
        """What scripts that follow belong to."""
        self._flush()
        if self._wants_gap:
            self._out.append(r"\ ")
            self._wants_gap = False
        self._base = base

    def _flush(self) -> None:
        lower = f"_{{{self._lower}}}" if self._lower else ""
        upper = f"^{{{self._upper}}}" if self._upper else ""
        scripts = self._both(lower, upper) if lower and upper else lower + upper
        # On a base of their own, which is empty, all indices stand level.
        self._out += [self._base, "{}" if scripts else "", scripts]
        self._base = self._lower = self._upper = ""

    def _both(self, lower: str, upper: str) -> str:
        """Behind an element one after the other, before it one above the other, to the right."""
        if self._base:
            return "{}".join((upper, lower) if self._is_raised_first else (lower, upper))
        room, laid = r"\hphantom", r"\mathllap"
        places = (f"_{{{how}{lower[1:]}}}^{{{how}{upper[1:]}}}" for how in (room, laid))
        return "{}".join(places)

    def _operator(self, sign: str) -> None:
        """What needs no space around it but its own."""
        self._flush()
        self._wants_gap = False
        self._out.append(sign)

    def _joint(self, sign: str) -> None:
        """A bond or a dot within a word, an operator between words."""
        self._flush()
        is_apart = self._starts_word
        self._operator(sign.strip("{}") if is_apart else sign)
        self._at_joint(sign)

    def _at_joint(self, sign: str) -> None:
        amount = _AMOUNT.match(self._text, self._at)
        if sign == r"{\cdot}" and amount is not None:
            self._amount(amount)

    def _space(self, _: str) -> None:
        self._wants_gap = bool(self._base)
        self._flush()

    def _letters(self, letters: str) -> None:
        """An element or several; a small letter in an amount's place is a variable."""
        is_amount = self._starts_word and _AMOUNT_LETTER.match(self._text, self._at - len(letters))
        self._begin(letters if is_amount else rf"\mathrm{{{letters}}}")
        if is_amount:
            self._end_amount()

    def _math(self, latex: str) -> None:
        self._begin(f"{{{latex[1:-1]}}}" if latex[0] == "$" else f"{{{latex}}}")

    def _raised(self, written: str) -> None:
        if self._upper:
            self._flush()
        self._is_raised_first = not self._lower
        inner = written[1:].strip("{}")
        self._upper = {".": r"\bullet"}.get(inner, inner)
        if _ROMAN.fullmatch(inner):
            self._upper = rf"\mathrm{{{inner}}}"

    def _lowered(self, written: str) -> None:
        if self._lower:
            self._flush()
        self._lower = written[1:].strip("{}")

    def _number(self, digits: str) -> None:
        """Behind an element or a bracket."""
        self._lowered(f"_{digits}")

    def _amount(self, amount: re.Match[str]) -> None:
        self._at = amount.end()
        self._begin(
            rf"\tfrac{{{amount['top']}}}{{{amount['bottom']}}}" if amount["top"] else amount[0]
        )
        self._end_amount()

    def _end_amount(self) -> None:
        self._flush()
        if not self._text.startswith(")", self._at):
            self._out.append(r"\,")
        if self._text[self._at : self._at + 1].isspace():
            self._at += 1

    def _sign(self, sign: str) -> None:
        """A charge at the end of a word, else a bond within it, or an operator."""
        if self._base and not self._upper and _ENDS_CHARGED.match(self._text, self._at):
            self._is_raised_first = not self._lower
            self._upper = sign
        elif sign == "-" and self._base:
            # Behind a Greek letter it is the hyphen of a name.
            self._joint(r"\text{-}" if self._base.startswith("{") else "{-}")
        else:
            self._operator(sign)

    def _react(self, arrow: str) -> None:
        if arrow not in _ARROWS:
            self._refuse(arrow)
        above, below = self._label(), self._label()
        self._operator(_arrow_latex(arrow, above, below))

    def _label(self) -> str | None:
        """The LaTeX of what stands in brackets behind an arrow; None without brackets."""
        if not self._text.startswith("[", self._at):
            return None
        match = _LABEL.match(self._text, self._at)
        if match is None or self._is_label:
            self._at += 1
            self._refuse("[")
            return None
        start, end = match.span("label")
        self._at = match.end()
        label = _Formula(match["label"], self._places[start:end], is_label=True)
        return label.latex()


def _arrow_latex(arrow: str, above: str | None, below: str | None) -> str:
    return _ARROWS[arrow] + (f"[{below}]" if below else "") + f"{{{above or ''}}}"
