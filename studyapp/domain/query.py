"""What a search asks for: the tree of a query."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from studyapp.domain.query_text import Pattern


class Field(StrEnum):
    """A field of a note that can be searched alone."""

    FRONT = "front"
    BACK = "back"
    SOURCE = "source"


class State(StrEnum):
    """What a card is; a card can be several of these."""

    NEW = "new"
    LEARN = "learn"
    """In learning or relearning steps."""
    REVIEW = "review"
    """Has left learning once: also a card in relearning steps."""
    DUE = "due"
    SUSPENDED = "suspended"
    BURIED = "buried"


class Property(StrEnum):
    """A number that a card has."""

    INTERVAL = "ivl"
    DUE = "due"
    """Days from today on."""
    REPS = "reps"
    LAPSES = "lapses"
    EASE = "ease"
    POSITION = "pos"


class Comparison(StrEnum):
    """How two numbers are compared; the longer signs come first."""

    AT_MOST = "<="
    AT_LEAST = ">="
    NOT = "!="
    EQUAL = "="
    LESS = "<"
    MORE = ">"


class Column(StrEnum):
    """What a table of cards shows and is sorted by."""

    FRONT = "front"
    DECK = "deck"
    TAGS = "tags"
    KIND = "kind"
    CARD = "card"
    STATE = "state"
    DUE = "due"
    """New cards come last, in the order in which they are learned."""
    INTERVAL = "interval"
    EASE = "ease"
    REPS = "reps"
    LAPSES = "lapses"
    FLAG = "flag"
    SUSPENDED = "suspended"
    ADDED = "added"
    EDITED = "edited"


class Listed(StrEnum):
    """What the rows of a table are."""

    CARDS = "cards"
    NOTES = "notes"
    """Notes of which a card was found; sorted by the card that comes first."""


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text somewhere in front, back or source."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class WholeWord:
    """A word with no letter or digit right before and after it."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field that is this and nothing more."""

    field: Field
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression that is found in a field, or in any if none is given."""

    expression: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class InDeck:
    """A deck or one below it."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag or one below it; without a pattern: no tag at all."""

    pattern: Pattern | None


@dataclass(frozen=True, slots=True)
class TagRegex:
    """A regular expression that is found in a tag."""

    expression: str


@dataclass(frozen=True, slots=True)
class OfKind:
    """A note's kind."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class OfOrdinal:
    """The first, second, … card of a note, or the card of this cloze number."""

    number: int
    """From 1 on."""


@dataclass(frozen=True, slots=True)
class OfTemplate:
    """A card by its name: forward, backward or cloze."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Is:
    """A card's state."""

    state: State


@dataclass(frozen=True, slots=True)
class Flagged:
    """A card's flag."""

    flag: int
    """0 none, 1 to 7 the colours."""


@dataclass(frozen=True, slots=True)
class Has:
    """A number of a card, compared."""

    property: Property
    comparison: Comparison
    value: int
    """Of ease: permille."""


@dataclass(frozen=True, slots=True)
class Added:
    """Notes made in the last days; 1 is today."""

    days: int


@dataclass(frozen=True, slots=True)
class Edited:
    """Notes whose content changed in the last days; 1 is today."""

    days: int


@dataclass(frozen=True, slots=True)
class Rated:
    """Cards graded in the last days; 1 is today."""

    days: int
    grade: int | None = None
    """1 again to 4 easy; None: any."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """Cards graded for the first time in the last days; 1 is today."""

    days: int


@dataclass(frozen=True, slots=True)
class LinksTo:
    """Notes with a link to a note with this key; without a pattern: with no link at all."""

    pattern: Pattern | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Notes with this front; without a text: with the front of another note."""

    front: str | None
    kind: str | None = None
    """Only among notes of this kind."""


Term: TypeAlias = (
    Everything | Text | WholeWord | FieldIs | Regex | InDeck | Tagged | TagRegex | OfKind
    | OfOrdinal | OfTemplate | Is | Flagged | Has | Added | Edited | Rated | Introduced | LinksTo
    | Duplicate
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Not:
    """All that the part does not match."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """What all parts match; two or more."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any part matches; two or more."""

    parts: tuple[Query, ...]


Query: TypeAlias = Term | Not | And | Or
