"""The characters of a term: where it ends, what is escaped in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studyapp.domain.query_text import Pattern, Wild, pattern_of

_UNQUOTED = re.compile(r'(?:\\\S|[^\s()"])*')
_QUOTED = re.compile(r'(?:\\.|[^\\"])*+', re.DOTALL)
_KEY = re.compile(r"((?:\\.|[^\\:])*+):", re.DOTALL)
_TOKEN = re.compile(r"\\.|.", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPABLE = '\\"*_:()-'


@dataclass(frozen=True, slots=True)
class RawTerm:
    """A term as it was written, without its quotes."""

    key: str | None
    """What stands before the first colon; None without a colon."""
    at: int
    """Where it begins, as an index into the query."""
    value: str
    """With its escapes."""
    value_at: int


def unquoted_end(text: str, start: int) -> int:
    """Where a term without quotes ends: before a space, bracket or quote that is not escaped."""
    match = _UNQUOTED.match(text, start)
    assert match is not None  # noqa: S101 - for the type checker: it matches nothing too
    return match.end()


def quoted_end(text: str, start: int) -> int | None:
    """Where the quote stands that closes one; None if there is none."""
    match = _QUOTED.match(text, start)
    end = len(text) if match is None else match.end()
    return end if text[end : end + 1] == '"' else None


def split_at_colon(content: str) -> tuple[str | None, int]:
    """What stands before the first colon that is not escaped, and where the value begins."""
    match = _KEY.match(content)
    return (None, 0) if match is None else (match[1], match.end())


def pattern(value: str) -> Pattern:
    r"""A value with wildcards. Unlike `\*`, `\_` and the like `\frac` is text as it stands."""
    parts: list[str | Wild] = []
    for token in _TOKEN.findall(value):
        if token in tuple(Wild):
            parts.append(Wild(token))
        else:
            parts.append(unescaped(token))
    return pattern_of(parts)


def unescaped(value: str) -> str:
    """A value in which wildcards mean themselves."""
    return _ESCAPED.sub(lambda m: m[1] if m[1] in _ESCAPABLE else m[0], value)


def raw(value: str) -> str:
    """A regular expression: escapes are its own but those of quotes."""
    return _ESCAPED.sub(lambda m: '"' if m[1] == '"' else m[0], value)
