"""Reads the TOML at the head of a deck file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from studyapp.deckfile.blocks import STARTS_NOTE, without_blank_ends
from studyapp.deckfile.characters import check_key, check_one_line, control_characters
from studyapp.deckfile.macros_table import read_macros
from studyapp.deckfile.retired_table import TABLE, read_retired
from studyapp.domain.notes import DeckText, Source
from studyapp.errors import Problem

DELIMITER = "+++"
_DECK_KEYS = ("deck", "key", "description", "macros", "retired", "sources")
_SOURCE_KEYS = ("title", "author", "date", "file")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_TABLE = re.compile(r"\s*\[")
_NAME = re.compile(r"\s*(?:\[+\s*)?[\"']?(?P<name>[\w-]+)")
_SOURCE_TABLE = re.compile(r"\s*\[\[\s*sources\s*\]\]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a deck file says; `deck` has no notes yet and is whole without problems."""

    deck: DeckText
    problems: tuple[Problem, ...]
    end: int
    """How many lines of the file it takes."""


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Reads the front matter from all lines of a file, of which it takes the first ones."""
    if lines[0].rstrip() != DELIMITER:
        remedy = 'Begin with the lines +++, deck = "…", key = "…" and +++'
        return _without(lines, Problem(1, "The file does not begin with front matter", remedy))
    closing = next((n for n, line in enumerate(lines) if n and line.rstrip() == DELIMITER), None)
    if closing is None:
        remedy = "End it with a line +++ before the first note"
        return _without(lines, Problem(1, "The front matter is not closed", remedy))
    head = lines[:closing]
    try:
        table = tomllib.loads("\n".join(head[1:]) + "\n")
    except (ValueError, RecursionError) as error:  # also numbers too long, nesting too deep
        return FrontMatter(DeckText("", ""), (_toml_problem(error, closing),), closing + 1)
    reader = _Reader(head)
    deck = reader.deck(table)
    return FrontMatter(deck, tuple(reader.problems), closing + 1)


def _without(lines: Sequence[str], problem: Problem) -> FrontMatter:
    start = next((n for n, line in enumerate(lines) if STARTS_NOTE.match(line)), len(lines))
    return FrontMatter(DeckText("", ""), (problem,), start)


def _toml_problem(error: Exception, last_line: int) -> Problem:
    place = _PLACE.search(str(error))
    line = int(place["line"]) + 1 if place is not None and place["line"] else last_line
    message = f"The front matter is not valid TOML: {_PLACE.sub('', str(error))}"
    return Problem(min(line, last_line), message, "Correct this line; text stands in quotes")


class _Reader:
    """Takes the values out of the TOML table and collects what is wrong with them."""

    def __init__(self, head: Sequence[str]) -> None:
        self.problems: list[Problem] = []
        self._lines = _lines_of_keys(head)
        self._head = head

    def deck(self, table: Mapping[str, object]) -> DeckText:
        self._check_names(table, _DECK_KEYS, None)
        macros, problems = read_macros(table.get("macros", {}), self._head, self._at("macros"))
        self.problems += problems
        retired, problems = read_retired(table.get(TABLE, {}), self._head, self._at(TABLE))
        self.problems += problems
        deck = DeckText(
            name=self._line(table, "deck", None, required=True),
            key=self._line(table, "key", None, required=True),
            description=self._description(table),
            sources=self._sources(table.get("sources", [])),
            macros=macros,
            retired=retired,
        )
        self._check_deck_name(deck.name)
        return deck

    def _check_deck_name(self, name: str) -> None:
        if name and any(part != part.strip() or not part for part in name.split("::")):
            message = f"The deck name “{name}” has an empty part, or white space beside a ::"
            self._report("deck", None, message, 'Write it as "Deck" or "Deck::Sub-deck"')

    def _description(self, table: Mapping[str, object]) -> str:
        text = without_blank_ends(self._text(table, "description", None).split("\n"))
        line = self._at("description")
        for problem in control_characters(text, line):
            remedy = "Write \\\\ for a backslash, or put the text in '''…'''"
            self.problems.append(Problem(line, f"In the description {problem.message}", remedy))
        return text

    def _sources(self, tables: object) -> tuple[Source, ...]:
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            message = "sources is no list of tables"
            self._report("sources", None, message, "Begin each source with a line [[sources]]")
            return ()
        return tuple(self._source(table, number) for number, table in enumerate(tables))

    def _source(self, table: Mapping[str, object], number: int) -> Source:
        self._check_names(table, _SOURCE_KEYS, number)
        return Source(
            title=self._line(table, "title", number, required=True),
            author=self._line(table, "author", number),
            date=self._line(table, "date", number),
            file=self._line(table, "file", number),
        )

    def _check_names(
        self, table: Mapping[str, object], known: Sequence[str], source: int | None
    ) -> None:
        for name in table:
            if name not in known:
                close = get_close_matches(name, known, n=1)
                hint = f"Did you mean {close[0]}?" if close else ""
                remedy = f"{hint} Known here are {', '.join(known)}".lstrip()
                self._report(name, source, f"{name[:40]!r} is no key of the front matter", remedy)

    def _line(
        self,
        table: Mapping[str, object],
        name: str,
        source: int | None,
        *,
        required: bool = False,
    ) -> str:
        value = self._text(table, name, source)
        if required and value == "" and (name not in table or table[name] == ""):
            where = "The front matter" if source is None else "The source"
            self._report(name, source, f"{where} has no {name}", f'Write {name} = "…"')
        check = check_key if name == "key" else check_one_line
        self.problems += check(value, f"The {name}", self._at(name, source))
        return value

    def _text(self, table: Mapping[str, object], name: str, source: int | None) -> str:
        value = table.get(name, "")
        if isinstance(value, str):
            return value
        remedy = f'Put it in quotes: {name} = "…"'
        self._report(name, source, f"The value of {name} is no text", remedy)
        return ""

    def _report(self, name: str, source: int | None, message: str, remedy: str) -> None:
        self.problems.append(Problem(self._at(name, source), message, remedy))

    def _at(self, name: str, source: int | None = None) -> int:
        """The line of a key, or else of what it belongs to."""
        whole = 1 if source is None else self._lines.get((source, ""), self._at("sources"))
        return self._lines.get((source, name), whole)


def _lines_of_keys(head: Sequence[str]) -> dict[tuple[int | None, str], int]:
    """The line of each key, by the number of its source, None: the deck; tomllib does not tell.

    A source's own line has the key "". Only keys at the start of a line are found.
    """
    found: dict[tuple[int | None, str], int] = {}
    source: int | None = None
    sources = 0
    for number, line in enumerate(head, 1):
        if _TABLE.match(line):
            source = None
        if (match := _NAME.match(line)) is not None:
            found.setdefault((source, match["name"]), number)
        if _SOURCE_TABLE.match(line):
            source = sources
            sources += 1
            found[source, ""] = number
    return found
