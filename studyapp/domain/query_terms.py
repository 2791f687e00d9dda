"""What a term says: the words before a colon, and their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from studyapp.domain.notes import NoteKind
from studyapp.domain.query import (
    Added,
    Comparison,
    Duplicate,
    Edited,
    Everything,
    Field,
    FieldIs,
    Flagged,
    Has,
    InDeck,
    Introduced,
    Is,
    LinksTo,
    OfKind,
    OfOrdinal,
    OfTemplate,
    Property,
    Rated,
    Regex,
    State,
    Tagged,
    TagRegex,
    Term,
    Text,
    WholeWord,
)
from studyapp.domain.query_raw import RawTerm, pattern, raw, unescaped
from studyapp.domain.query_regex import checked
from studyapp.errors import QueryError

TEMPLATES: Final = ("forward", "backward", "cloze")
"""Names of cards: of basic and reversed notes, of reversed ones, of cloze notes."""

_DAYS = re.compile(r"[0-9]{1,6}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_SIGNS = ", ".join(sorted(Comparison))


def term(found: RawTerm) -> Term:
    """Raises QueryError."""
    if found.key is None:
        everywhere = pattern(found.value)
        return Everything() if everywhere.matches_all else Text(everywhere)
    key = found.key.lower()
    read = _WORDS.get(key)
    if read is None:
        raise _unknown_word(found)
    return read(found)


def _unknown_word(found: RawTerm) -> QueryError:
    key = found.key or ""
    near = _nearest(key.lower(), _WORDS)
    text = f"{key}:{found.value}".replace(":", r"\:")
    return QueryError(
        f"“{key}:” is no word of a search",
        found.at,
        len(key) + 1,
        f"Words are {', '.join(f'{word}:' for word in sorted(_WORDS))}; to find the text write"
        f" {text}",
        f"{near}:{found.value}" if near else "",
    )


def _nearest(given: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(given, list(known), n=1, cutoff=0.5)), "")


def _choice(found: RawTerm, known: Iterable[str]) -> str:
    """One of the known values, whatever its case; raises QueryError."""
    every = tuple(known)
    value = unescaped(found.value).lower()
    if value not in every:
        raise _wrong(found, f"One of {', '.join(every)}", _nearest(value, every))
    return value


def _wrong(found: RawTerm, expected: str, near: str = "") -> QueryError:
    return QueryError(
        f"“{found.value}” is nothing that {found.key}: knows",
        found.value_at,
        max(len(found.value), 1),
        f"Expected: {expected}",
        f"{found.key}:{near}" if near else "",
    )


def _field(found: RawTerm) -> Term:
    field = Field((found.key or "").lower())
    if found.value.startswith("re:"):
        return Regex(checked(raw(found.value[3:]), found.value_at + 3), field)
    return FieldIs(field, pattern(found.value.removeprefix("nc:")))


def _text(found: RawTerm) -> Term:
    everywhere = pattern(found.value)
    return Everything() if everywhere.matches_all or not everywhere.parts else Text(everywhere)


def _regex(found: RawTerm) -> Term:
    return Regex(checked(raw(found.value), found.value_at))


def _tag(found: RawTerm) -> Term:
    if found.value.startswith("re:"):
        return TagRegex(checked(raw(found.value[3:]), found.value_at + 3))
    is_none = found.value.lower() == "none"
    return Tagged(None if is_none else pattern(found.value))


def _kind(found: RawTerm) -> Term:
    kinds = pattern(found.value)
    if kinds.literal is not None:
        _choice(found, NoteKind)
    return OfKind(kinds)


def _card(found: RawTerm) -> Term:
    if _DAYS.fullmatch(found.value):
        return OfOrdinal(max(int(found.value), 1))
    names = pattern(found.value)
    if names.literal is not None:
        _choice(found, TEMPLATES)
    return OfTemplate(names)


def _flag(found: RawTerm) -> Term:
    if not re.fullmatch("[0-7]", found.value):
        raise _wrong(found, "0 for none, or 1 to 7")
    return Flagged(int(found.value))


def _days(found: RawTerm, value: str) -> int:
    if not _DAYS.fullmatch(value):
        raise _wrong(found, "a number of days; 1 is today")
    return max(int(value), 1)


def _rated(found: RawTerm) -> Term:
    days, colon, grade = found.value.partition(":")
    if colon and not re.fullmatch("[1-4]", grade):
        raise _wrong(found, "after the second colon a grade, 1 again to 4 easy")
    return Rated(_days(found, days), int(grade) if grade else None)


def _property(found: RawTerm) -> Term:
    sign = re.search("[<>=!]", found.value)
    name = found.value[: sign.start()] if sign else found.value
    if name.lower() not in tuple(Property):
        near = _nearest(name.lower(), Property)
        rest = found.value[len(name) :]
        raise _wrong(found, f"One of {', '.join(Property)}", f"{near}{rest}" if near else "")
    rest = found.value[len(name) :]
    compared = next((each for each in Comparison if rest.startswith(each)), None)
    if compared is None:
        raise _wrong(found, f"after {name} one of {_SIGNS} and a number")
    return _compared(found, Property(name.lower()), compared, rest.removeprefix(compared))


def _compared(found: RawTerm, name: Property, compared: Comparison, number: str) -> Has:
    if name is Property.EASE:
        if not _DECIMAL.fullmatch(number):
            raise _wrong(found, "a number such as 2.5")
        return Has(name, compared, round(float(number) * 1000))
    if not _NUMBER.fullmatch(number) or (number.startswith("-") and name is not Property.DUE):
        raise _wrong(found, "a whole number")
    return Has(name, compared, int(number))


def _link(found: RawTerm) -> Term:
    return LinksTo(None if found.value.lower() == "none" else pattern(found.value))


def _duplicate(found: RawTerm) -> Term:
    before, comma, after = found.value.partition(",")
    has_kind = bool(comma) and before.lower() in tuple(NoteKind)
    front = unescaped(after if has_kind else found.value)
    return Duplicate(front or None, before.lower() if has_kind else None)


_WORDS: Mapping[str, Callable[[RawTerm], Term]] = {
    "deck": lambda found: InDeck(pattern(found.value)),
    "tag": _tag,
    "note": _kind,
    "card": _card,
    "is": lambda found: Is(State(_choice(found, State))),
    "flag": _flag,
    "prop": _property,
    "added": lambda found: Added(_days(found, found.value)),
    "edited": lambda found: Edited(_days(found, found.value)),
    "introduced": lambda found: Introduced(_days(found, found.value)),
    "rated": _rated,
    "re": _regex,
    "w": lambda found: WholeWord(pattern(found.value)),
    "nc": _text,
    "link": _link,
    "dupe": _duplicate,
    **dict.fromkeys(Field, _field),
}
