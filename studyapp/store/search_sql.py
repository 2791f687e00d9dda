"""The tree of a query as SQL on cards."""

# ruff: noqa: S608 - what users wrote is passed as values; the rest are our own names and numbers

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import count
from operator import and_, or_
from typing import TypeAlias

from sqlalchemy import Connection

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
    Query,
    Rated,
    Regex,
    Tagged,
    TagRegex,
    Text,
    WholeWord,
)
from studyapp.domain.query_terms import TEMPLATES
from studyapp.domain.query_text import Pattern, fold
from studyapp.store.driver import driver
from studyapp.store.search_cards import STATES, TEMPLATE_CARDS, Today, compared
from studyapp.store.search_postings import Bits, flags_of, ids_of
from studyapp.store.search_words import (
    Condition,
    Reader,
    containing,
    matching,
    with_field,
    with_whole_word,
)

Value: TypeAlias = str | int | bytes
_KINDS = ("basic", "reversed", "cloze")
_ONE_BY_ONE = 0.1
"""Notes, or those left out, are told as a list up to this part of all; else as a byte for each."""


class Where:
    """Turns a query into a condition on the cards `c`, and their notes `n` if need be."""

    def __init__(self, connection: Connection, reader: Reader, today: Today) -> None:
        self._driver = driver(connection)
        self._reader = reader
        self._today = today
        self._names = count()
        self._found: dict[Query, Bits] = {}
        self.needs_notes = False
        """Whether the condition speaks of `n`."""
        self.values: dict[str, Value] = {
            "day": today.moment.day,
            "learn_until": today.moment.at + today.learn_ahead_ms,
            "day_ends_at": today.moment.day_ends_at,
        }

    def sql(self, query: Query) -> str:
        """A condition that may be NULL, which is as good as false."""
        match query:
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return _balanced([self.sql(part) for part in parts], "OR")
            case Not(part):
                return f"NOT coalesce({self.sql(part)}, 0)"
            case Text() | WholeWord() | FieldIs() | Regex():
                bits = self.bits(query)
                return self._scanned(_condition(query)) if bits is None else self._in_set(bits)
            case _:
                return f"({self._term(query)})"

    def _all(self, parts: Sequence[Query]) -> str:
        """Sets of notes are met in memory."""
        common: Bits | None = None
        others = []
        for part in parts:
            bits = self.bits(part)
            if bits is None:
                others.append(self.sql(part))
            else:
                common = bits if common is None else common & bits
        if common is not None:
            others.append(self._in_set(common))
        return _balanced(others, "AND")

    def bits(self, query: Query) -> Bits | None:
        """The notes that a query finds, if it asks for texts alone."""
        if not self._reader.knows_ids:
            return None
        match query:
            case And(parts):
                return self._combined(parts, and_)
            case Or(parts):
                return self._combined(parts, or_)
            case Text() | WholeWord() | FieldIs() | Regex():
                if query not in self._found:
                    self._found[query] = self._reader.notes(_condition(query))
                return self._found[query]
        return None

    def _combined(self, parts: Sequence[Query], how: Callable[[Bits, Bits], Bits]) -> Bits | None:
        sets = []
        for part in parts:
            bits = self.bits(part)
            if bits is None:
                return None
            sets.append(bits)
        return reduce(how, sets)

    def _in_set(self, bits: Bits) -> str:
        few = self._reader.highest * _ONE_BY_ONE
        if bits.bit_count() <= few:
            return f"c.note_id IN {self._listed(ids_of(bits))}"
        others = ((1 << self._reader.highest + 1) - 1) & ~bits
        if others.bit_count() <= few:
            return f"c.note_id NOT IN {self._listed(ids_of(others))}"
        return f"substr({self._value(flags_of(bits))}, c.note_id + 1, 1) = x'01'"

    def _scanned(self, condition: Condition) -> str:
        names = {name: self._value(value) for name, value in condition.values.items()}
        sql = re.sub(r":(\w+)", lambda name: names[name[1]], condition.sql)
        return f"c.note_id IN (SELECT t.id FROM {self._reader.texts} AS t WHERE {sql})"

    def _term(self, term: Query) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each word
        match term:
            case Everything():
                return "1"
            case Duplicate():
                return self._duplicate(term)
            case InDeck(pattern):
                below = f"{pattern.folded().regex()}(?:::.*)?"
                return f"c.deck_id IN {self._named('decks', below)}"
            case Tagged(pattern):
                return self._tagged(pattern)
            case TagRegex(expression):
                return self._with_tags(self._named("tags", expression, anywhere=True))
            case OfKind(pattern):
                return self._of_note(f"n.kind IN {self._listed(_matching(pattern, _KINDS))}")
            case OfOrdinal(number):
                return f"c.ordinal = {number - 1}"
            case OfTemplate(pattern):
                names = _matching(pattern, TEMPLATES)
                return self._of_note(_balanced([TEMPLATE_CARDS[name] for name in names], "OR"))
            case Is(state):
                return STATES[state]
            case Flagged(flag):
                return f"c.flag = {flag}"
            case Has():
                return compared(term)
            case Added(days):
                return self._of_note(f"n.created_at >= {self._today.start(days)}")
            case Edited(days):
                return self._of_note(f"n.changed_at >= {self._today.start(days)}")
            case Rated(days, grade):
                graded = f" AND grade = {grade}" if grade else ""
                return f"c.id IN ({self._reviewed(days)}{graded})"
            case Introduced(days):
                return (
                    f"c.id IN ({self._reviewed(days)}) AND NOT EXISTS (SELECT 1 FROM reviews AS r"
                    f" WHERE r.card_id = c.id AND r.id < {self._today.start(days)})"
                )
            case LinksTo(pattern):
                return self._linked(pattern)
        raise AssertionError(term)

    def _of_note(self, sql: str) -> str:
        self.needs_notes = True
        return sql

    def _reviewed(self, days: int) -> str:
        return f"SELECT card_id FROM reviews WHERE id >= {self._today.start(days)}"

    def _tagged(self, pattern: Pattern | None) -> str:
        if pattern is None:
            return "c.note_id NOT IN (SELECT note_id FROM note_tags)"
        if pattern.matches_all:
            return "1"
        return self._with_tags(self._named("tags", f"{pattern.folded().regex()}(?:::.*)?"))

    def _with_tags(self, tag_ids: str) -> str:
        return f"c.note_id IN (SELECT note_id FROM note_tags WHERE tag_id IN {tag_ids})"

    def _named(self, table: str, expression: str, *, anywhere: bool = False) -> str:
        """Ids of the decks or tags with such a name."""
        found = re.compile(expression if anywhere else f"(?:{expression})\\Z", re.IGNORECASE)
        rows = self._driver.execute(f"SELECT id, name FROM {table}")
        if anywhere:
            return self._listed([row[0] for row in rows if found.search(row[1])])
        return self._listed([row[0] for row in rows if found.match(fold(row[1]))])

    def _linked(self, pattern: Pattern | None) -> str:
        if pattern is None:
            return "c.note_id NOT IN (SELECT note_id FROM links)"
        keys = _key(pattern)
        rows = self._driver.execute("SELECT note_id, target_key FROM links")
        ids = {row[0] for row in rows if keys.fullmatch(fold(row[1]))}
        return f"c.note_id IN {self._listed(sorted(ids))}"

    def _duplicate(self, term: Duplicate) -> str:
        of_kind = f" AND n.kind = '{term.kind}'" if term.kind else ""
        joined = "AS t JOIN notes AS n ON n.id = t.id"
        if term.front is not None:
            same = f"t.front = {self._value(fold(term.front))}{of_kind}"
            return f"c.note_id IN (SELECT t.id FROM {self._reader.texts} {joined} WHERE {same})"
        # What fronts begin with is in an index; few that begin alike have to be read in full.
        alike = (
            f"SELECT id, front FROM {self._reader.texts} WHERE beginning IN (SELECT beginning"
            f" FROM {self._reader.texts} GROUP BY beginning HAVING count(*) > 1)"
        )
        same = (
            f"t.front IN (SELECT t.front FROM alike {joined} WHERE 1{of_kind} GROUP BY t.front"
            " HAVING count(*) > 1)"
        )
        return (
            f"c.note_id IN (WITH alike AS MATERIALIZED ({alike})"
            f" SELECT t.id FROM alike {joined} WHERE {same}{of_kind})"
        )

    def _listed(self, values: Iterable[int | str]) -> str:
        return f"(SELECT value FROM json_each({self._value(json.dumps(list(values)))}))"

    def _value(self, value: Value) -> str:
        name = f"v{next(self._names)}"
        self.values[name] = value
        return f":{name}"


def _key(pattern: Pattern) -> re.Pattern[str]:
    """A note's key; it is folded, as all that is searched."""
    return re.compile(pattern.folded().regex(), re.DOTALL)


def _condition(query: Text | WholeWord | FieldIs | Regex) -> Condition:
    match query:
        case Text(pattern):
            return containing(pattern)
        case WholeWord(pattern):
            return with_whole_word(pattern)
        case FieldIs(field, pattern):
            return with_field(field, pattern)
        case Regex(expression, regex_field):
            return matching(expression, regex_field)


def _matching(pattern: Pattern, names: Iterable[str]) -> list[str]:
    found = _key(pattern)
    return [name for name in names if found.fullmatch(name)]


def _balanced(conditions: Sequence[str], operator: str) -> str:
    """Conditions in brackets: SQLite bounds how deep a condition may be, not how long."""
    if len(conditions) < 2:
        return conditions[0] if conditions else "0"
    middle = len(conditions) // 2
    left, right = _balanced(conditions[:middle], operator), _balanced(conditions[middle:], operator)
    return f"({left} {operator} {right})"
