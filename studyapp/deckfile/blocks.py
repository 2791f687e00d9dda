"""Cuts the lines of a deck file into raw notes: which keyword stands where, with which text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from studyapp.domain.markup import closes_fence, opening_fence
from studyapp.errors import Problem

METADATA = ("id", "tags", "links", "source", "kind")
KEYWORDS = ("Q", "A", "C", *METADATA)
KEYWORD_LINE = re.compile(rf"(?P<word>{'|'.join(KEYWORDS)}):(?P<rest>.*)")
STARTS_NOTE = re.compile(r"[QC]:")
ESCAPED_KEYWORD = re.compile(rf"\\+(?:{'|'.join(KEYWORDS)}):")
_ANY_WORD = re.compile(r"[ \t]*(?P<word>[A-Za-z]{1,12})[ \t]*:")


@dataclass(slots=True)
class Field:
    """The text of a `Q:`, `A:` or `C:`."""

    line: int
    """Of the keyword."""
    text: str = ""
    """Without blank lines at its ends, backslashes before keywords taken away."""
    text_line: int = 0
    """Of the first line of `text`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of metadata."""

    line: int
    value: str


@dataclass(slots=True)
class RawNote:
    """A note as it stands in the file."""

    opener: Literal["Q", "C"]
    front: Field
    back: Field | None = None
    metadata: dict[str, Entry] = field(default_factory=dict)


def read_blocks(lines: Sequence[str], first_line: int) -> tuple[list[RawNote], list[Problem]]:
    """The raw notes of `lines`, the first of which has the number `first_line`."""
    reader = _Reader()
    for number, line in enumerate(lines, first_line):
        reader.read(number, line)
    reader.end()
    return reader.notes, reader.problems


class _Reader:
    """Reads line by line; a line belongs to the open field, or else to the note's metadata."""

    def __init__(self) -> None:
        self.notes: list[RawNote] = []
        self.problems: list[Problem] = []
        self._field: Field | None = None
        self._lines: list[str] = []
        self._fence: tuple[str, int] | None = None
        self._strays = False
        """Whether text in a wrong place was already reported for this note."""

    def read(self, number: int, line: str) -> None:
        if self._fence is not None:
            self._lines.append(line)
            if closes_fence(self._fence[0], line):
                self._fence = None
        elif (match := KEYWORD_LINE.fullmatch(line)) is not None:
            self._keyword(number, match["word"], match["rest"])
        elif self._field is not None:
            self._text(number, line[1:] if ESCAPED_KEYWORD.match(line) else line)
        elif line.strip():
            self._stray(number, line)

    def end(self) -> None:
        if self._fence is not None:
            fence, number = self._fence
            self._report(number, "This code block is not closed", f"End it with a line {fence}")
        self._end_field()

    def _text(self, number: int, line: str) -> None:
        self._lines.append(line)
        fence = opening_fence(line)
        if fence is not None:
            self._fence = fence, number

    def _keyword(self, number: int, word: str, rest: str) -> None:
        self._end_field()
        if word in ("Q", "C"):
            self._begin_note(number, "Q" if word == "Q" else "C", rest)
        elif not self.notes:
            message = f"{word}: stands before the first note"
            self._report(number, message, "Begin the note with Q: or C:")
        elif word == "A":
            self._begin_back(number, rest)
        else:
            self._add_entry(number, word, rest.strip())

    def _begin_note(self, number: int, opener: Literal["Q", "C"], rest: str) -> None:
        self._strays = False
        self.notes.append(RawNote(opener, self._begin_field(number, rest)))

    def _begin_back(self, number: int, rest: str) -> None:
        note = self.notes[-1]
        back = self._begin_field(number, rest)
        if note.back is not None:
            self._twice(number, "A", note.back.line)
        elif note.metadata:
            message = f"A: stands after the {next(iter(note.metadata))}: of its note"
            self._report(number, message, "Put A: before it, or begin a new note with Q:")
        note.back = note.back or back

    def _begin_field(self, number: int, rest: str) -> Field:
        self._field = Field(number)
        self._text(number, rest.lstrip(" \t"))
        return self._field

    def _end_field(self) -> None:
        if self._field is None:
            return
        above = next((n for n, line in enumerate(self._lines) if line.strip()), 0)
        self._field.text_line = self._field.line + above
        self._field.text = without_blank_ends(self._lines)
        self._field = None
        self._lines = []

    def _add_entry(self, number: int, word: str, value: str) -> None:
        entries = self.notes[-1].metadata
        if word in entries:
            self._twice(number, word, entries[word].line)
        elif not value:
            self._report(number, f"{word}: is empty", "Write its value behind it or drop the line")
        entries.setdefault(word, Entry(number, value))

    def _twice(self, number: int, word: str, first: int) -> None:
        message = f"{word}: stands a second time in this note, after line {first}"
        self._report(number, message, "Keep one of them, or begin a new note with Q: or C:")

    def _stray(self, number: int, line: str) -> None:
        """Reports each misspelt keyword, and of other text the first line only."""
        meant = _meant(line) if self.notes else None
        if meant is not None:
            message = f"{line.strip()[:20]} is no keyword here; did you mean {meant}:"
            self._report(number, message, f"Write {meant}: at the start of the line")
        elif not self._strays:
            self._strays = True
            self._report(number, *self._misplaced())

    def _misplaced(self) -> tuple[str, str]:
        if not self.notes:
            return "Text stands before the first note", "Begin the note with Q: or C:"
        word = next(iter(self.notes[-1].metadata), "id")
        remedy = f"Move it before {word}:, or begin a new note with Q: or C:"
        return f"Text stands after the {word}: of its note", remedy

    def _report(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(line, message, remedy))


def without_blank_ends(lines: Sequence[str]) -> str:
    """The lines as one text, without the lines of white space at its two ends."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while start < end and not lines[end - 1].strip():
        end -= 1
    return "\n".join(lines[start:end])


def _meant(line: str) -> str | None:
    match = _ANY_WORD.match(line)
    if match is None:
        return None
    by_lower = {word.lower(): word for word in KEYWORDS}
    close = get_close_matches(match["word"].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None
