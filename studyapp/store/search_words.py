"""Finds the notes that contain a text, by the words that the index has of them."""

# ruff: noqa: S608 - what users wrote is passed as values; the rest are our own names and numbers

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import Connection

from studyapp.domain.query_regex import compiled, required
from studyapp.domain.query_text import Pattern, Wild, fold, words
from studyapp.store import search_upkeep
from studyapp.store.driver import driver
from studyapp.store.search_postings import FARTHEST, Bits, bits_of, ids_of, union

MANY_WORDS: Final = 6000
"""Beyond so many words that contain a text, looking through the texts is faster."""
_FEW_NOTES: Final = 0.15
"""Up to this part of all notes, those that may match are looked at one by one."""
_SHORT: Final = 3
BEGINNING: Final = 50
"""So many characters of a front are in an index, as `beginning`."""

_ALL_TEXTS = (
    "(SELECT id, fold(front) AS front, fold(back) AS back, fold(source) AS source,"
    f" substr(fold(front), 1, {BEGINNING}) AS beginning FROM notes)"
)
_STALE_TEXTS = (
    "(SELECT id, front, back, source, beginning FROM search_texts WHERE id NOT IN search_stale"
    " UNION ALL SELECT id, fold(front), fold(back), fold(source),"
    f" substr(fold(front), 1, {BEGINNING}) FROM notes WHERE id IN search_stale)"
)

Values: TypeAlias = Mapping[str, str | int | bytes]


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL on the texts `t` of a note, and what is needed to find candidates."""

    sql: str
    values: Values
    words: tuple[str, ...] = ()
    """Every note that matches has each of them within a word of its text."""
    is_word: bool = False
    """Every note that has the one word within a word of its text matches."""
    is_whole: bool = False
    """The same, but it must be the whole word."""
    in_word: str = ""
    """Every note matches that has a word in which this expression is found; empty: unknown."""


class Index:
    """What is kept in memory of a collection's index; one for each collection that is open."""

    def __init__(self) -> None:
        self._generation = -1
        self._lexicon = b"\n"

    def reader(self, connection: Connection) -> Reader:
        """The index as a transaction sees it."""
        row = driver(connection).execute("SELECT generation FROM search_state").fetchone()
        if row[0] != self._generation:
            lexicon = driver(connection).execute("SELECT lexicon FROM search_state").fetchone()
            self._generation, self._lexicon = row[0], lexicon[0]
        return Reader(connection, self._lexicon)


class Reader:
    """The index within one transaction."""

    def __init__(self, connection: Connection, lexicon: bytes) -> None:
        self._driver = driver(connection)
        self._driver.create_function("fold", 1, fold, deterministic=True)
        self._driver.create_function("matches", -1, _matches, deterministic=True)
        self._lexicon = lexicon
        self.highest: int
        """The highest id of a note."""
        (self.highest,) = self._driver.execute("SELECT coalesce(max(id), 0) FROM notes").fetchone()
        self.is_current = search_upkeep.is_current(connection)
        self._is_folded = search_upkeep.has_current_folding(connection)
        self.knows_ids = self._is_folded and self.highest < FARTHEST
        self._unsure: Bits | None = None

    @property
    def texts(self) -> str:
        """A table of folded texts of all notes: id, front, back, source, beginning."""
        if self.is_current:
            return "search_texts"
        return _STALE_TEXTS if self._is_folded else _ALL_TEXTS

    def notes(self, condition: Condition) -> Bits:
        """Ids of the notes that match; only if the reader `knows_ids`."""
        if condition.is_whole:
            return self._entered_exactly(self._with_whole(condition.words[0]), condition)
        candidates = self._candidates(condition.words)
        if candidates is not None and condition.is_word:
            return self._entered_exactly(candidates, condition)
        return self._looked_through(candidates, condition)

    def _entered_exactly(self, entered: Bits, condition: Condition) -> Bits:
        """Where the words that are entered tell all, but of notes that are loose."""
        loose = self._among(ids_of(self._loose()), condition)
        return entered & ~self._loose() | bits_of(loose)

    def _looked_through(self, candidates: Bits | None, condition: Condition) -> Bits:
        """Candidates, or all, are looked at, but for those whose frequent words show a match."""
        every = (1 << self.highest + 1) - 1
        left = every if candidates is None else candidates | self._loose()
        sure = 0
        if condition.in_word and self._is_many(left):
            sure = self._with_frequent(condition.in_word) & ~self._loose()
            left &= ~sure
        if self._is_many(left):
            return sure | left & bits_of(self._ids(condition.sql, condition.values))
        return sure | bits_of(self._among(ids_of(left), condition))

    def _with_frequent(self, expression: str) -> Bits:
        """Notes with a frequent word in which the expression is found."""
        found = re.compile(expression).search
        # The index of frequent words is small; their notes are read of those alone that match.
        rows = self._driver.execute("SELECT id, word FROM search_words WHERE dense = 1")
        return self._notes_of([row[0] for row in rows if found(row[1])])

    def entered(self, word: str) -> Bits | None:
        """Notes that have the text within a word, by what is entered; None: of too many words."""
        places = self._places(word.encode())
        return None if places is None else self._notes_of(places)

    def _notes_of(self, places: Sequence[int]) -> Bits:
        """Notes that have any of the words that begin there."""
        found = "SELECT dense, notes FROM search_words WHERE id IN (SELECT value FROM json_each(?))"
        return union(self._driver.execute(found, (json.dumps(places),)))

    def _candidates(self, parts: Sequence[str]) -> Bits | None:
        """Notes that may match, None if that is not known of any note."""
        found: Bits | None = None
        for part in sorted(parts, key=len, reverse=True):
            # A short one is within many words: only if the others left many notes.
            if len(part) < _SHORT and found is not None and not self._is_many(found):
                break
            entered = self.entered(part)
            if entered is not None:
                found = entered if found is None else found & entered
        return found

    def _is_many(self, bits: Bits) -> bool:
        return bits.bit_count() > self.highest * _FEW_NOTES

    def _with_whole(self, word: str) -> Bits:
        """Notes with this word, by what is entered."""
        found = "SELECT dense, notes FROM search_words WHERE word = ?"
        return union(self._driver.execute(found, (word,)))

    def _places(self, part: bytes) -> list[int] | None:
        """Where the words begin that contain a text."""
        lexicon, places = self._lexicon, []
        many = min(MANY_WORDS, 100 + self.highest // 8)
        at = lexicon.find(part)
        while at >= 0:
            places.append(lexicon.rfind(b"\n", 0, at) + 1)
            if len(places) > many:
                return None
            at = lexicon.find(part, lexicon.find(b"\n", at))
        return places

    def _loose(self) -> Bits:
        """Notes whose words are not, or not all, entered."""
        if self._unsure is None:
            rows = self._driver.execute(
                "SELECT id FROM search_loose UNION SELECT id FROM search_stale"
            )
            self._unsure = bits_of(row[0] for row in rows if row[0] < FARTHEST)
        return self._unsure

    def _among(self, ids: Iterable[int], condition: Condition) -> list[int]:
        """Those of the ids that match."""
        chosen = json.dumps(list(ids))
        if chosen == "[]":
            return []
        sql = f"t.id IN (SELECT value FROM json_each(:chosen)) AND ({condition.sql})"
        return self._ids(sql, {**condition.values, "chosen": chosen})

    def _ids(self, sql: str, values: Values) -> list[int]:
        rows = self._driver.execute(f"SELECT t.id FROM {self.texts} AS t WHERE {sql}", values)
        return [row[0] for row in rows]


def containing(pattern: Pattern) -> Condition:
    """Notes with a text in front, back or source."""
    folded = _inner(pattern.folded())
    parts = _words_of(folded)
    if folded.literal is not None:
        sql = "instr(t.front, :text) OR instr(t.back, :text) OR instr(t.source, :text)"
        is_word = words(folded.literal) == [folded.literal]
        in_word = re.escape(folded.literal) if is_word else ""
        return Condition(sql, {"text": folded.literal}, parts, is_word, in_word=in_word)
    # What begins in one field may end in another, as in Anki.
    sql = (
        "t.front GLOB :glob OR t.back GLOB :glob OR t.source GLOB :glob OR"
        " t.front || char(31) || t.back || char(31) || t.source GLOB :glob"
    )
    return Condition(sql, {"glob": f"*{_glob(folded)}*"}, parts, in_word=folded.regex())


def _inner(folded: Pattern) -> Pattern:
    """Without `*` at the ends, which changes nothing where a text may stand anywhere."""
    parts = folded.parts
    first = 1 if parts[:1] == (Wild.ANY,) else 0
    last = len(parts) - 1 if len(parts) > 1 and parts[-1] is Wild.ANY else len(parts)
    return Pattern(parts[first:last])


def with_field(field: str, pattern: Pattern) -> Condition:
    """Notes with a field that is this and nothing more."""
    folded = pattern.folded()
    parts = _words_of(folded)
    if folded.literal is None:
        return Condition(f"t.{field} GLOB :glob", {"glob": _glob(folded)}, parts)
    return Condition(f"t.{field} = :text", {"text": folded.literal}, parts)


def with_whole_word(pattern: Pattern) -> Condition:
    """Notes with a word that has no letter or digit beside it."""
    folded = pattern.folded()
    expression = rf"(?<![^\W_]){folded.regex()}(?![^\W_])"
    sql = "matches(:regex, t.front, t.back, t.source)"
    is_whole = folded.literal is not None and words(folded.literal) == [folded.literal]
    return Condition(sql, {"regex": expression}, _words_of(folded), is_whole=is_whole)


def matching(expression: str, field: str | None) -> Condition:
    """Notes with a match in a field, or in any."""
    fields = f"n.{field}" if field else "n.front, n.back, n.source"
    found = f"n.id = t.id AND matches(:regex, {fields})"
    sql = f"EXISTS (SELECT 1 FROM notes AS n WHERE {found})"
    needed = tuple(dict.fromkeys(fold(part) for part in required(expression)))
    return Condition(sql, {"regex": expression}, needed)


def _words_of(folded: Pattern) -> tuple[str, ...]:
    literals = (part for part in folded.parts if not isinstance(part, Wild))
    return tuple(dict.fromkeys(word for part in literals for word in words(part)))


def _glob(folded: Pattern) -> str:
    """For SQLite's GLOB, which unlike its LIKE need not try both cases of each letter."""
    return "".join(
        _GLOB_WILD[part] if isinstance(part, Wild) else _GLOB_SIGNS.sub(r"[\g<0>]", part)
        for part in folded.parts
    )


_GLOB_WILD = {Wild.ANY: "*", Wild.ONE: "?"}
_GLOB_SIGNS = re.compile(r"[*?\[]")


def _matches(expression: str, *texts: str) -> bool:
    search = compiled(expression).search
    return any(search(text) for text in texts)
