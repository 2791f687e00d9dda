"""How a query is written."""

from __future__ import annotations

import re

from studyapp.domain.query import (
    Added,
    And,
    Duplicate,
    Edited,
    Everything,
    FieldIs,
    Flagged,
    Has,
    InDeck,
    Introduced,
    Is,
    LinksTo,
    Not,
    OfKind,
    OfOrdinal,
    OfTemplate,
    Or,
    Property,
    Query,
    Rated,
    Regex,
    Tagged,
    TagRegex,
    Term,
    Text,
    WholeWord,
)
from studyapp.domain.query_text import Pattern, Wild

_ESCAPED_IN_PATTERN = re.compile(r'[\\"*_]')
_QUOTE_OR_BACKSLASH = re.compile(r'[\\"]')
_NEEDS_NO_QUOTES = re.compile(r"[^\s()\"\\:-][^\s()\"\\]*")
_OPERATORS = ("and", "or")


def written(query: Query) -> str:
    """A query in words that parse to the same query."""
    return "" if query == Everything() else _written(query)


def _written(query: Query) -> str:
    match query:
        case And(parts):
            return " ".join(_grouped(part, (And, Or)) for part in parts)
        case Or(parts):
            return " or ".join(_grouped(part, (Or,)) for part in parts)
        case Not(part):
            return f"-{_grouped(part, (And, Or, Not))}"
        case _:
            return _quoted(_term(query))


def _grouped(query: Query, kinds: tuple[type[Query], ...]) -> str:
    return f"({_written(query)})" if isinstance(query, kinds) else _written(query)


def _quoted(term: str) -> str:
    if _NEEDS_NO_QUOTES.fullmatch(term) and term.lower() not in _OPERATORS:
        return term
    return f'"{term}"'


def _term(term: Term) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each word
    match term:
        case Text(pattern):
            return _starting(_pattern(pattern))
        case WholeWord(pattern):
            return f"w:{_pattern(pattern)}"
        case FieldIs(field, pattern):
            return f"{field}:{_value(pattern)}"
        case Regex(expression, field):
            return f"{field}:re:{_raw(expression)}" if field else f"re:{_raw(expression)}"
        case InDeck(pattern):
            return f"deck:{_pattern(pattern)}"
        case Tagged(pattern):
            return "tag:none" if pattern is None else f"tag:{_value(pattern)}"
        case TagRegex(expression):
            return f"tag:re:{_raw(expression)}"
        case OfKind(pattern):
            return f"note:{_pattern(pattern)}"
        case OfOrdinal(number):
            return f"card:{number}"
        case OfTemplate(pattern):
            return f"card:{_pattern(pattern)}"
        case Is(state):
            return f"is:{state}"
        case Flagged(flag):
            return f"flag:{flag}"
        case Has(name, comparison, value):
            return f"prop:{name}{comparison}{_number(name, value)}"
        case Added(days) | Edited(days) | Introduced(days):
            return f"{type(term).__name__.lower()}:{days}"
        case Rated(days, grade):
            return f"rated:{days}" if grade is None else f"rated:{days}:{grade}"
        case LinksTo(pattern):
            return "link:none" if pattern is None else f"link:{_pattern(pattern)}"
        case Duplicate(front, kind):
            return f"dupe:{f'{kind},' if kind else ''}{_raw_text(front)}"
        case Everything():
            return "*"


def _pattern(pattern: Pattern) -> str:
    return "".join(
        part.value if isinstance(part, Wild) else _ESCAPED_IN_PATTERN.sub(r"\\\g<0>", part)
        for part in pattern.parts
    )


def _starting(text: str) -> str:
    """A text at the start of a term, where a `-` would negate it and a colon end a word."""
    text = text.replace(":", r"\:")
    return f"\\{text}" if text.startswith("-") else text


def _value(pattern: Pattern) -> str:
    text = _pattern(pattern)
    return text.replace(":", r"\:", 1) if text.startswith(("re:", "nc:")) else text


def _raw(expression: str) -> str:
    """A regular expression; only quotes are escaped in it."""
    return expression.replace('"', '\\"')


def _raw_text(front: str | None) -> str:
    return "" if front is None else _QUOTE_OR_BACKSLASH.sub(r"\\\g<0>", front)


def _number(name: Property, value: int) -> str:
    return f"{value / 1000:.3f}" if name is Property.EASE else str(value)
