"""What a search can go on with: words of the query language, and names of the collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studyapp.domain.notes import NoteKind
from studyapp.domain.query import InDeck, Property, State, Tagged
from studyapp.domain.query_terms import TEMPLATES
from studyapp.domain.query_text import plain
from studyapp.domain.query_writing import written
from studyapp.ui.flags import FLAG_NAMES
from studyapp.ui.suggestions import Suggestion

_MOST = 40
_BEGINS, _CONTAINS = 1, 2
"""How well a name fits: a part of it begins so, or it is only within it; 0: all of it does."""
_SHORTEST_NAME = 2
"""Letters, before names of decks and tags are offered for a word that stands alone."""

WORDS: Final[Mapping[str, str]] = {
    "deck:": "in a deck or below it",
    "tag:": "with a tag or one below it",
    "is:": "new, learn, review, due, suspended, buried",
    "flag:": "with a flag, 0 to 7",
    "note:": "basic, reversed, cloze",
    "card:": "the first, second … card of a note",
    "prop:": "ivl, due, reps, lapses, ease or pos, compared",
    "added:": "notes added in the last days",
    "edited:": "notes edited in the last days",
    "rated:": "cards graded in the last days",
    "introduced:": "cards first graded in the last days",
    "front:": "a front that is this",
    "back:": "a back that is this",
    "source:": "a source that is this",
    "link:": "notes that link to a key",
    "dupe:": "fronts that more than one note has",
    "re:": "a regular expression",
    "w:": "a whole word",
}
"""What begins a term, and what it finds."""

_PROPERTIES = {
    Property.INTERVAL: "ivl>=30",
    Property.DUE: "due=1",
    Property.REPS: "reps<3",
    Property.LAPSES: "lapses>=4",
    Property.EASE: "ease<2",
    Property.POSITION: "pos<100",
}
_VALUES: Mapping[str, Sequence[str]] = {
    "is": tuple(State),
    "note": tuple(NoteKind),
    "card": ("1", "2", *TEMPLATES),
    "prop": tuple(_PROPERTIES.values()),
    "added": ("1", "7", "30"),
    "edited": ("1", "7", "30"),
    "rated": ("1", "7", "7:1"),
    "introduced": ("1", "7", "30"),
    "link": ("none",),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the collection has."""

    decks: Sequence[str] = ()
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """The term that stands before the cursor."""

    start: int
    """Where it begins in the text, without a `-`."""
    text: str
    """Up to the cursor, without the quote that opens it."""


def begun_term(text: str, cursor: int) -> Begun:
    """The term that is being written."""
    start, quoted, escaped = 0, False, False
    for place, sign in enumerate(text[:cursor]):
        if escaped or sign == "\\":
            escaped = not escaped
        elif sign == '"':
            quoted = not quoted
        elif not quoted and (sign.isspace() or sign in "()"):
            start = place + 1
    if text[start:cursor].startswith("-"):
        start += 1
    return Begun(start, text[start:cursor].replace('"', ""))


def completions(begun: str, names: Names) -> list[Suggestion]:
    """Terms that something begun may become; a suggestion's value is the whole term."""
    key, colon, value = begun.partition(":")
    if not colon:
        return (_words(begun) + _names(begun, names))[:_MOST]
    return _values(key.casefold(), value, names)[:_MOST]


def _words(begun: str) -> list[Suggestion]:
    wanted = begun.casefold()
    return [
        Suggestion(f"{word} – {finds}", word)
        for word, finds in WORDS.items()
        if wanted and word.startswith(wanted)
    ]


def _names(begun: str, names: Names) -> list[Suggestion]:
    if len(begun) < _SHORTEST_NAME:
        return []
    return _decks(begun, names.decks, _BEGINS) + _tags(begun, names.tags, _BEGINS)


def _values(key: str, value: str, names: Names) -> list[Suggestion]:
    if key == "deck":
        return _decks(value, names.decks)
    if key == "tag":
        none = [Suggestion("tag:none – notes without a tag", "tag:none")]
        return ([] if value else none) + _tags(value, names.tags)
    if key == "flag":
        flags = ((str(number), name) for number, name in enumerate(FLAG_NAMES))
        return [
            Suggestion(f"flag:{number} – {name}", f"flag:{number}")
            for number, name in flags
            if value in (number, "") or name.casefold().startswith(value.casefold())
        ]
    known = _VALUES.get(key, ())
    terms = [f"{key}:{each}" for each in known if each.startswith(value.casefold())]
    return [Suggestion(each, each) for each in terms]


def _decks(begun: str, decks: Sequence[str], worst: int = _CONTAINS) -> list[Suggestion]:
    return [_suggested(written(InDeck(plain(name)))) for name in _matching(begun, decks, worst)]


def _tags(begun: str, tags: Sequence[str], worst: int = _CONTAINS) -> list[Suggestion]:
    return [_suggested(written(Tagged(plain(name)))) for name in _matching(begun, tags, worst)]


def _suggested(term: str) -> Suggestion:
    return Suggestion(term, term)


def _matching(begun: str, names: Sequence[str], worst: int) -> list[str]:
    """Names that begin so, or of which a part below another does, or that have it in them."""
    wanted = begun.casefold()
    ranked = [(_rank(wanted, name.casefold()), name) for name in names]
    found = [each for each in ranked if each[0] <= worst]
    return [name for _, name in sorted(found, key=lambda each: each[0])[:_MOST]]


def _rank(wanted: str, name: str) -> int:
    if name.startswith(wanted):
        return 0
    if any(part.startswith(wanted) for part in name.split("::")):
        return _BEGINS
    return _CONTAINS if wanted in name else _CONTAINS + 1
