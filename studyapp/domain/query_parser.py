"""Reads a query: terms, `and`, `or`, `-` and brackets; what a term says is read elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from studyapp.domain.query import And, Everything, Not, Or, Query
from studyapp.domain.query_raw import RawTerm, quoted_end, split_at_colon, unquoted_end
from studyapp.domain.query_terms import term
from studyapp.errors import QueryError

MAX_LENGTH: Final = 10_000
"""Characters of a query."""
MAX_TERMS: Final = 300
MAX_DEPTH: Final = 40
"""Of brackets within brackets."""

_SPACE = re.compile(r"\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(text: str) -> Query:
    """The tree of a query; an empty one asks for everything. Raises QueryError, nothing else."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            "the search is too long", MAX_LENGTH, expected=f"At most {MAX_LENGTH} characters"
        )
    broken = _SURROGATE.search(text)
    if broken is not None:
        raise QueryError("this is no character", broken.start())
    return _Parser(text).query()


@dataclass(frozen=True, slots=True)
class _Operator:
    """An `and` or `or` between terms."""

    name: str
    at: int


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._terms = 0

    def query(self) -> Query:
        found = self._group(depth=0)
        if self._at < len(self._text):
            raise QueryError(
                "this bracket closes nothing", self._at, expected=r"To find it as text write \)"
            )
        return found if found is not None else Everything()

    def _group(self, depth: int) -> Query | None:
        """Up to the bracket that closes it or the end; None if there is nothing."""
        alternatives: list[list[Query]] = [[]]
        pending: _Operator | None = None
        while (node := self._next(depth)) is not None:
            if isinstance(node, _Operator):
                if pending or not alternatives[-1]:
                    raise _misplaced(node)
                pending = node
                continue
            if pending is not None and pending.name == "or":
                alternatives.append([])
            pending = None
            alternatives[-1].append(node)
        if pending is not None:
            raise _misplaced(pending)
        return _joined(alternatives)

    def _next(self, depth: int) -> Query | _Operator | None:
        self._skip_spaces()
        if self._at == len(self._text) or self._text[self._at] == ")":
            return None
        start = self._at
        if self._is_negation():
            self._at += 1
            return Not(self._node(depth))
        return self._operator(start) or self._node(depth)

    def _is_negation(self) -> bool:
        after = self._text[self._at + 1 : self._at + 2]
        return self._text[self._at] == "-" and bool(after) and after != ")" and not after.isspace()

    def _operator(self, start: int) -> _Operator | None:
        end = unquoted_end(self._text, start)
        name = self._text[start:end].lower()
        if name not in ("and", "or"):
            return None
        self._at = end
        return _Operator(name, start)

    def _node(self, depth: int) -> Query:
        if self._text[self._at] == "(":
            return self._brackets(depth)
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise QueryError(
                "there are too many terms", self._at, expected=f"At most {MAX_TERMS} can be asked"
            )
        raw = self._quoted() if self._text[self._at] == '"' else self._unquoted()
        return term(raw)

    def _brackets(self, depth: int) -> Query:
        start = self._at
        if depth == MAX_DEPTH:
            raise QueryError(
                "too many brackets are open", start, expected=f"At most {MAX_DEPTH} can be"
            )
        self._at += 1
        found = self._group(depth + 1)
        if self._at == len(self._text):
            raise QueryError(
                "this bracket is never closed", start, expected=r"To find it as text write \("
            )
        self._at += 1
        if found is None:
            raise QueryError("there is nothing in the brackets", start, self._at - start)
        return found

    def _quoted(self) -> RawTerm:
        start = self._at
        content = self._quotation(start)
        key, value_at = split_at_colon(content)
        return RawTerm(key, start + 1, content[value_at:], start + 1 + value_at)

    def _quotation(self, start: int) -> str:
        """The text within the quotes that open at `start`; moves behind them."""
        end = quoted_end(self._text, start + 1)
        if end is None:
            raise QueryError(
                "this quote is never closed", start, expected=r"To find it as text write \""
            )
        if end == start + 1:
            raise QueryError("there is nothing between the quotes", start, 2)
        self._at = end + 1
        return self._text[start + 1 : end]

    def _unquoted(self) -> RawTerm:
        start = self._at
        self._at = end = unquoted_end(self._text, start)
        key, value_at = split_at_colon(self._text[start:end])
        starts_quote = self._text[end : end + 1] == '"'
        if starts_quote and key is not None and start + value_at == end:
            return RawTerm(key, start, self._quotation(end), end + 1)
        if starts_quote:
            raise QueryError(
                "a quote begins within a word",
                end,
                expected=r"Put a space before it, or write \" to find it as text",
            )
        return RawTerm(key, start, self._text[start + value_at : end], start + value_at)

    def _skip_spaces(self) -> None:
        space = _SPACE.match(self._text, self._at)
        assert space is not None  # noqa: S101 - for the type checker: it matches no space too
        self._at = space.end()


def _joined(alternatives: list[list[Query]]) -> Query | None:
    if not alternatives[0]:
        return None
    each = [parts[0] if len(parts) == 1 else And(tuple(parts)) for parts in alternatives]
    return each[0] if len(each) == 1 else Or(tuple(each))


def _misplaced(operator: _Operator) -> QueryError:
    return QueryError(
        f"“{operator.name}” does not stand between two terms",
        operator.at,
        len(operator.name),
        f'To find the word write "{operator.name}"',
    )
