"""Regular expressions of a query: those that could take forever are refused."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from studyapp.errors import QueryError

MAX_LENGTH: Final = 500
"""Characters of an expression."""

_TOKEN = re.compile(
    r"(?P<skip>\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?P?[:=!<>a-zA-Z-]*)?)|(?P<close>\))"
    r"|(?P<or>\|)|(?P<repeat>(?:\*|\+|\?|\{(?:[0-9]+,?[0-9]*|,[0-9]*)\})[?+]?)",
    re.DOTALL,
)
_MAX_LONG = 3
_MAX_SHORT = 8
_FEW = 3


@lru_cache(maxsize=64)
def compiled(expression: str) -> re.Pattern[str]:
    """An expression that `checked` let pass; capitals do not matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sets that may mean something else one day
        return re.compile(expression, re.IGNORECASE)


def checked(expression: str, at: int) -> str:
    """The expression; raises QueryError with its place if it is wrong or could take forever.

    A search in a text goes back to try again. It does so without end where a repetition, or a
    choice, is itself repeated; so that is refused, and so are many repetitions in one expression.
    """
    if len(expression) > MAX_LENGTH:
        raise QueryError(f"the expression has more than {MAX_LENGTH} characters", at)
    try:
        compiled(expression)
    except (re.error, OverflowError, RecursionError) as error:
        where = at + (getattr(error, "pos", None) or 0)
        raise QueryError(f"the expression is wrong: {error}", where) from error
    place = _endless(expression)
    if place is not None:
        raise QueryError(
            "this repetition could take forever",
            at + place,
            expected="A repetition within a repetition, or a choice | within one, is not possible,"
            f" nor are more than {_MAX_LONG} long and {_MAX_SHORT} short ones",
        )
    return expression


@dataclass(slots=True)
class _Group:
    """Brackets that are open or were closed last."""

    end: int = -1
    has_choice: bool = False
    """Of its own."""
    branches: bool = False
    """It has, at any depth, a repetition or a choice."""


def _endless(expression: str) -> int | None:
    """Where something is repeated that may not be."""
    stack = [_Group()]
    closed = _Group()
    long = short = 0
    for token in _TOKEN.finditer(expression):
        kind = token.lastgroup
        if kind == "open":
            stack.append(_Group())
        elif kind == "or":
            stack[-1].has_choice = stack[-1].branches = True
        elif kind == "close" and len(stack) > 1:
            closed = stack.pop()
            closed.end = token.end()
            stack[-1].branches |= closed.branches
            short += closed.has_choice
        elif kind == "repeat":
            if closed.end == token.start() and closed.branches and token[0][0] != "?":
                return token.start()
            stack[-1].branches = True
            long += _is_long(token[0])
            short += not _is_long(token[0])
        if long > _MAX_LONG or short > _MAX_SHORT:
            return token.start()
    return None


def _is_long(repeat: str) -> bool:
    """Whether it may repeat more than a few times."""
    if repeat[0] in "*+":
        return True
    most = repeat.rstrip("?+").strip("{}").rpartition(",")[2]
    return repeat[0] == "{" and (most == "" or int(most) > _FEW)


def required(expression: str) -> tuple[str, ...]:
    """Runs of ASCII letters and digits that every match contains, as far as that is plain to see.

    None of them is found where the expression has a choice, a group with a meaning or a numbered
    character.
    """
    if "(?" in expression or "|" in expression or _NUMBERED.search(expression):
        return ()
    return tuple(dict.fromkeys(match[0] for match in _LITERAL.finditer(_outside(expression))))


_NUMBERED = re.compile(r"\\[0-9xuUN]")
_LITERAL = re.compile(r"[A-Za-z0-9]+(?![?*+{])")


def _outside(expression: str) -> str:
    """What stands outside of groups, sets and escapes; a space for each of them."""
    depth = 0
    kept = []
    at = 0
    for token in _TOKEN.finditer(expression):
        if depth == 0:
            kept.append(expression[at : token.start()])
            # The numbers of a repetition are no text.
            kept.append(f"{token[0][0]} " if token.lastgroup == "repeat" else " ")
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        at = token.end()
    return "".join((*kept, expression[at:]))
