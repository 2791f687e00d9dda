"""The symbols of a formula that stand for something an author chose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]|[_^{}()|]|[^\sA-Za-z]", re.DOTALL)
_GREEK_NAMES: Final = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho
    varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Sigma Upsilon Phi
    Psi Omega
"""
_GREEK: Final = frozenset(f"\\{name}" for name in _GREEK_NAMES.split())
_NAMING: Final = """
    text mathrm operatorname mathbb mathsf mathtt textbf textit textrm mbox hbox label tag begin end
    ce color textcolor mathcal mathfrak mathscr
"""
_NAMES: Final = frozenset(f"\\{name}" for name in _NAMING.split())
"""What stands in their braces is a name or a set, not a symbol that wants one."""
_OPERATORS: Final = "sum prod int iint oint lim max min sup inf bigcup bigcap arg"
_BINDING: Final = frozenset(f"\\{name}" for name in _OPERATORS.split())
CONVENTIONAL: Final = frozenset("abfghijkmnxyzt")
"""Numbers, functions, indices and arguments of any identity; alone they need no name."""
_CONSTANTS: Final = frozenset(("d", "e", "i", "O", "o"))
_APPLIED: Final = frozenset("PpEf")
"""With a parenthesis behind them: probability, expectation, any function."""
_RELATION: Final = re.compile(
    r"=|\\(?:approx|propto|equiv|leq?|geq?|sim|simeq)(?![A-Za-z])|[<>≤≥≈]"
)


def states_something(latex: str) -> bool:
    """Whether it is an equation or the like, and not a term alone."""
    return bool(_RELATION.search(latex))


def symbols_of(latex: str) -> list[str]:
    r"""The symbols in the order in which they first stand, each once; Greek ones as LaTeX.

    Left out: constants, bound variables, what stands in subscripts, names in letters as `\sin`
    and `\text{…}`, sets as `\mathbb{R}`, differentials, transposes, `P(…)`, `f(…)`.
    """
    tokens = _TOKEN.findall(latex)
    bound: set[str] = set()
    found: dict[str, None] = {}
    for index, token in _free_tokens(tokens, bound):
        behind = tokens[index + 1 : index + 3]
        is_applied = token in _APPLIED and bool({"(", r"\left"} & set(behind[:1]))
        if _is_symbol(token) and not is_applied:
            found[token] = None
    return [each for each in found if each not in bound]


def _is_symbol(token: str) -> bool:
    if token[0] == "\\":
        return token in _GREEK
    return token.isalpha() and token.isascii() and token not in _CONSTANTS


def _free_tokens(tokens: list[str], bound: set[str]) -> Iterator[tuple[int, str]]:
    """The tokens outside of names and subscripts; what subscripts of operators bind is noted."""
    operator = ""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token in _NAMES:
            at = _behind_group(tokens, at + 1)
        elif token == "_":
            end = _behind_group(tokens, at + 1)
            if operator in _BINDING:
                bound.update(each for each in tokens[at:end] if _is_symbol(each))
            at = end
        elif token == "^" and tokens[at + 1 : at + 2] in (["T"], [r"\top"], ["*"]):
            at += 2
        else:
            yield at, token
            if token not in (r"\limits", r"\nolimits"):
                operator = token
            at += 1


def _behind_group(tokens: list[str], at: int) -> int:
    """Where the group or the single token that begins at `at` ends."""
    if at >= len(tokens) or tokens[at] != "{":
        return min(at + 1, len(tokens))
    depth = 0
    for index in range(at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[index], 0)
        if depth == 0:
            return index + 1
    return len(tokens)
