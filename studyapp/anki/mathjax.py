r"""Formulas rewritten for the MathJax within Anki, which knows fewer commands than this app.

What it lacks is written out (`\R` becomes `\mathbb{R}`), signs become their characters, and texts
are laid flat, since it shows each command within `\text{…}` as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final
from unicodedata import normalize

from studyapp.anki.mathjax_commands import KNOWN
from studyapp.domain.macros import Macros
from studyapp.errors import MathError
from studyapp.rendering.latex_commands import MACROS, known_commands
from studyapp.rendering.latex_expand import without_macros
from studyapp.rendering.latex_text_commands import TEXT_ACCENTS, TEXT_STYLES, TEXT_SYMBOLS
from studyapp.rendering.latex_tokens import SPACE, TokenReader, text_of, tokenize
from studyapp.rendering.unicode_math import to_unicode

_FUNCTIONS: Final = ("arcctg", "arctg", "ch", "cosec", "cotg", "ctg", "cth", "sh", "tg", "th")
_LACKING: Final = {
    **{f"\\{name}": rf"\operatorname{{{name}}}" for name in _FUNCTIONS},
    r"\plim": r"\operatorname*{plim}",
    r"\bm": r"\boldsymbol{#1}",
    r"\bold": r"\mathbf{#1}",
    r"\mathbold": r"\boldsymbol{#1}",
    r"\mathds": r"\mathbb{#1}",
    r"\mathsfbf": r"\boldsymbol{\mathsf{#1}}",
    r"\mathsfbfit": r"\boldsymbol{\mathsf{#1}}",
    r"\utilde": r"\underset{\sim}{#1}",
    r"\medspace": r"\:",
    r"\thickspace": r"\;",
    r"\dag": r"\dagger",
    r"\ddag": r"\ddagger",
    r"\lq": "`",
    r"\sout": r"\enclose{horizontalstrike}{\text{#1}}",
    r"\textcircled": r"\enclose{circle}{\text{#1}}",
    r"\phase": r"\enclose{phasorangle}{#1}",
    r"\angl": r"\enclose{actuarial}{#1}",
    r"\raisebox": r"\raise #1{\text{#2}}",
    r"\overgroup": r"\overparen{#1}",
    r"\undergroup": r"\underparen{#1}",
    r"\overleftharpoon": r"\overset{\leftharpoonup}{#1}",
    r"\overrightharpoon": r"\overset{\rightharpoonup}{#1}",
    r"\Overrightarrow": r"\overset{\Rightarrow}{#1}",
    r"\overlinesegment": r"\overline{#1}",
    r"\underlinesegment": r"\underline{#1}",
    r"\widecheck": r"\check{#1}",
    r"\htmlStyle": "{#2}",
    r"\sixptsize": r"\scriptsize",
    r"\footnotesize": r"\scriptsize",
    r"\begingroup": "{",
    r"\endgroup": "}",
    r"\operatornamewithlimits": r"\operatorname*{#1}",
}
"""Other ways to write what MathJax has no name for."""
_MATHJAX: Final = Macros.of(
    {name: body for name, (_, body) in MACROS.items() if name not in KNOWN} | _LACKING
)
_NAMES: Final = frozenset(macro.name for macro in _MATHJAX.entries)
_COMMAND = re.compile(r"\\[A-Za-z]+")
UNCHANGED: Final = KNOWN - _NAMES - TEXT_STYLES.keys() - {r"\begin", r"\end"}
"""Commands that mean the same there."""

_ENVIRONMENTS: Final = (
    (re.compile(r"\\begin\s*\{(?:display)?math\}"), "{"),
    (re.compile(r"\\end\s*\{(?:display)?math\}"), "}"),
    (re.compile(r"\\(begin|end)\s*\{darray\}"), r"\\\1{array}"),
)
_TAKES_ONE_NAMES = """
    sqrt hat bar vec tilde dot ddot acute grave check breve overline underline widehat widetilde
    overbrace underbrace boxed mathbf mathrm mathit mathsf mathtt boldsymbol bm pmb cancel bcancel
    xcancel mathcal mathfrak mathscr mathbb
"""
_TAKES_ONE: Final = frozenset(rf"\{name}" for name in _TAKES_ONE_NAMES.split())
_TAKES_TWO: Final = frozenset(
    (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\binom", r"\dbinom", r"\tbinom", r"\overset")
)

_STYLES: Final = {r"\emph": r"\textit", r"\textmd": r"\text"}
"""What MathJax has for styles of text that it lacks."""
_KEPT: Final = frozenset((r"\{", r"\}", r"\$"))
"""What means in its texts what it means here."""
_OUTSIDE: Final = frozenset((r"\%", r"\&"))
"""Signs that would be read as something else if they were bare."""
_ACTIVE: Final = frozenset("\\#$%&^_{}~'")
"""What means something in a formula."""
_MATH_ENDS: Final = {"$": "$", r"\(": r"\)"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A formula as MathJax takes it."""

    latex: str
    unknown: tuple[str, ...] = ()
    """Commands that are left and that it does not know, each once."""


def commands_of(latex: str) -> set[str]:
    r"""The control words of a formula, such as `\alpha`."""
    return set(_COMMAND.findall(latex))


def for_mathjax(latex: str) -> Rewritten:
    """The formula, of which the author's macros are gone already; the same if there is no need."""
    if commands_of(latex) <= UNCHANGED:
        return Rewritten(latex)
    for pattern, replacement in _ENVIRONMENTS:
        latex = pattern.sub(replacement, latex)
    commands = commands_of(latex)
    if commands & _NAMES:
        latex = _expanded(latex)
        commands = commands_of(latex)
    if commands & TEXT_STYLES.keys():
        latex = _with_flat_texts(latex)
        commands = commands_of(latex)
    signs = {command: sign for command in commands - KNOWN if (sign := _sign(command))}
    if signs:
        latex = text_of(signs.get(token, token) for token in tokenize(latex))
    return Rewritten(latex, tuple(sorted(commands - KNOWN - signs.keys())))


def braced(latex: str, names: Iterable[str]) -> str:
    r"""The formula with braces around macros that are arguments: `x^\R` becomes `x^{\R}`.

    What such a macro stands for may have several parts, of which only the first would be taken.
    """
    wanted = frozenset(names)
    if not any(command in wanted for command in _COMMAND.findall(latex)):
        return latex
    out: list[str] = []
    before: list[str] = ["", ""]
    for token in tokenize(latex):
        is_argument = (
            before[-1] in ("^", "_") or before[-1] in _TAKES_ONE or before[-1] in _TAKES_TWO
        ) or before[-2] in _TAKES_TWO
        out += ["{", token, "}"] if token in wanted and is_argument else [token]
        if token != SPACE:
            before = [before[-1], token]
    return text_of(out)


def _expanded(latex: str) -> str:
    try:
        return without_macros(braced(latex, _NAMES), _MATHJAX)
    except MathError:
        return latex  # of which the author is told elsewhere


@cache
def _sign(command: str) -> str:
    """The character that the command stands for; empty: it is none, or not known here."""
    if command not in known_commands():
        return ""
    sign = to_unicode(command)
    return "" if _ACTIVE.intersection(sign) or (sign.isalpha() and sign.isascii()) else sign


def _with_flat_texts(latex: str) -> str:
    try:
        return text_of(_formula(TokenReader(tokenize(latex))))
    except MathError:
        return latex


def _formula(reader: TokenReader) -> Iterator[str]:
    while reader:
        token = reader.next()
        if token in TEXT_STYLES:
            yield from _text(_STYLES.get(token, token), reader.argument(token))
        else:
            yield token


def _text(style: str, tokens: Iterable[str]) -> Iterator[str]:
    """Texts one after another; those within another style stand between them."""
    reader = TokenReader(tokens)
    words: list[str] = []
    while reader:
        token = reader.next()
        if token in TEXT_STYLES:
            yield from _closed(style, words)
            inner = _STYLES.get(token, token)
            yield from _text(style if inner == r"\text" else inner, reader.argument(token))
        elif token in _OUTSIDE:
            yield from _closed(style, words)
            yield token
        elif token in _MATH_ENDS:
            end = _MATH_ENDS[token]
            words += [token, *_formula(TokenReader(reader.until(end))), end]
        else:
            words.append(_character(token, reader))
    yield from _closed(style, words)


def _closed(style: str, words: list[str]) -> Iterator[str]:
    if words:
        yield from (style, "{", *words, "}")
        words.clear()


def _character(token: str, reader: TokenReader) -> str:
    if token in _KEPT:
        return token
    if token in TEXT_SYMBOLS:
        return {"{": r"\{", "}": r"\}", "$": r"\$"}.get(TEXT_SYMBOLS[token], TEXT_SYMBOLS[token])
    if token in TEXT_ACCENTS:
        return normalize("NFC", "".join(reader.argument(token)) + TEXT_ACCENTS[token])
    return token
