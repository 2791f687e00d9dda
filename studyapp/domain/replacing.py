r"""Find and replace in the texts of notes.

In what is put in place of a match of a regular expression, `\1` to `\9` and `\g<name>` are its
groups and `\0` all of it. Every other backslash stays as it is, since cards are full of LaTeX.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from studyapp.domain import query_regex
from studyapp.domain.query import Field
from studyapp.errors import ContentError

_GROUP = re.compile(r"\\(?:(?P<number>[0-9])|g<(?P<name>[^\W\d]\w*|[0-9]{1,2})>|\\)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is looked for, and what is put in its place."""

    find: str
    replace: str
    field: Field | None = None
    """None: in front, back and source."""
    regex: bool = False
    match_case: bool = False


Replacer = Callable[[str], tuple[str, int]]
"""Gives the text after replacing, and how many times that was done."""


def replacer(replacement: Replacement) -> Replacer:
    """Raises ContentError if there is nothing to find or `replace` has an unknown group.

    Raises QueryError, which has the place, for a regular expression that is wrong or could take
    forever.
    """
    if not replacement.find:
        raise ContentError("There is nothing to find. Write what shall be replaced.")
    pattern = _pattern(replacement)
    put = _expander(replacement.replace, pattern) if replacement.regex else None
    literal = replacement.replace
    return lambda text: pattern.subn(put or (lambda _match: literal), text)


def _pattern(replacement: Replacement) -> re.Pattern[str]:
    flags = re.NOFLAG if replacement.match_case else re.IGNORECASE
    if not replacement.regex:
        return re.compile(re.escape(replacement.find), flags)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sets that may mean something else one day
        return re.compile(query_regex.checked(replacement.find, 0), flags)


def _expander(template: str, pattern: re.Pattern[str]) -> Callable[[re.Match[str]], str]:
    """What makes the text that is put in place of a match."""
    for group in _GROUP.finditer(template):
        _check_group(_group_of(group), pattern)

    def expand(match: re.Match[str]) -> str:
        return _GROUP.sub(
            lambda group: group[0] if (key := _group_of(group)) is None else match[key] or "",
            template,
        )

    return expand


def _group_of(group: re.Match[str]) -> int | str | None:
    r"""The number or name of a group; None of `\\`, which is no group's beginning."""
    key = group["number"] or group["name"]
    return int(key) if key and key.isdecimal() else key


def _check_group(key: int | str | None, pattern: re.Pattern[str]) -> None:
    known = isinstance(key, int) and key <= pattern.groups
    if key is not None and not known and key not in pattern.groupindex:
        raise ContentError(
            f"The replacement asks for group {key}, which the expression does not have: groups "
            "stand in ( ), and \\0 is all that was found."
        )
