"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from studyapp.advice.context import Context
from studyapp.advice.reading import Reading
from studyapp.domain.notes import Note

FieldName = Literal["front", "back"]
WOZNIAK: Final = "Wozniak, “Twenty rules of formulating knowledge”"
MATUSCHAK: Final = "Matuschak, “How to write good prompts”"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the note that a click can make."""

    label: str
    """What it does, as a button says it."""
    note: Note
    """The note after it; the key is the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a note is weak."""

    message: str
    """What is weak and what would help: sentences that are fit to read."""
    field: FieldName | None = None
    """Where it stands; None: it is about the note as a whole."""
    span: tuple[int, int] | None = None
    """Start and end in the field's Markdown."""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A sign by which weak cards are known."""

    name: str
    """In settings and on the command line: lower case with hyphens."""
    title: str
    reason: str
    """Why it matters, in one sentence."""
    source: str
    """Who says so, and where."""
    check: Callable[[Reading, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule says of a note."""

    rule: Rule
    message: str
    field: FieldName | None
    span: tuple[int, int] | None
    fix: Fix | None
