"""A note that is kept in two places: in the collection and in a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.merging import merge
from studyapp.domain.notes import Note, Source

_T = TypeVar("_T")


class Status(StrEnum):
    """How the two sides of a note differ."""

    SAME = "same"
    COMES_IN = "comes in"
    """Only the text was changed."""
    GOES_OUT = "goes out"
    """Only the collection was changed."""
    MERGED = "merged"
    """Both were changed, in different parts."""
    NEW_IN_TEXT = "new in the text"
    NEW_IN_APP = "new in the app"
    CONFLICT = "conflict"
    """Both were changed in the same part, or it is not known what they began with."""
    GONE_FROM_TEXT = "deleted in the text"
    GONE_FROM_APP = "deleted in the app"
    GONE = "deleted in both"


NEEDS_CHOICE = frozenset({Status.CONFLICT, Status.GONE_FROM_TEXT, Status.GONE_FROM_APP})
"""Nothing happens to these until somebody has chosen."""


class Choice(StrEnum):
    """Which side of a difference counts."""

    LATER = "later"
    """Neither: both stay as they are, and the next look shows it again."""
    APP = "app"
    """The collection: its words, or that it has the note no more."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Placed:
    """A note and where it is."""

    note: Note
    deck_key: str
    """Of the deck file; empty where it is in none that is linked, which never counts as a move."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A note as it is on both sides; None where it is not."""

    base: Placed | None
    """What both were when they were brought together last."""
    app: Placed | None
    text: Placed | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both sides should become."""

    status: Status
    wanted: Placed | None
    """None: the note should be on neither."""


def decide(sides: Sides, choice: Choice = Choice.LATER) -> Outcome | Status:
    """What a note should become; only the status where a choice is needed and was not made."""
    status = status_of(sides)
    if status in NEEDS_CHOICE:
        return status if choice is Choice.LATER else Outcome(status, _chosen(sides, choice))
    if status in (Status.GOES_OUT, Status.NEW_IN_APP):
        return Outcome(status, sides.app)
    if status is Status.MERGED:
        return Outcome(status, _chosen(sides, Choice.APP))
    return Outcome(status, sides.text)


def status_of(sides: Sides) -> Status:
    """How the two sides differ."""
    base, app, text = sides.base, sides.app, sides.text
    if app is None or text is None:
        return _of_one_side(base, app, text)
    if is_same(app, text):
        return Status.SAME
    if base is None:
        return Status.CONFLICT
    if is_same(app, base):
        return Status.COMES_IN
    if is_same(text, base):
        return Status.GOES_OUT
    conflicts = merge(base.note, app.note, text.note).conflicts or _moved_apart(base, app, text)
    return Status.CONFLICT if conflicts else Status.MERGED


def is_same(one: Placed, other: Placed) -> bool:
    """Whether there is nothing to bring over; tags have no order and know no capitals."""
    moved = one.deck_key != other.deck_key and one.deck_key and other.deck_key
    return not moved and _plain(one.note) == _plain(other.note)


def _of_one_side(base: Placed | None, app: Placed | None, text: Placed | None) -> Status:
    if app is None and text is None:
        return Status.GONE
    if base is None:
        return Status.NEW_IN_TEXT if app is None else Status.NEW_IN_APP
    return Status.GONE_FROM_APP if app is None else Status.GONE_FROM_TEXT


def _plain(note: Note) -> Note:
    return replace(note, tags=tuple(sorted({tag.casefold() for tag in note.tags})))


def _moved_apart(base: Placed, app: Placed, text: Placed) -> bool:
    places = {base.deck_key, app.deck_key, text.deck_key}
    return "" not in places and len(places) == len(("base", "app", "text"))


def _chosen(sides: Sides, choice: Choice) -> Placed | None:
    """One side with what only the other changed; of a conflict its own words."""
    mine, theirs = sides.app, sides.text
    if choice is Choice.TEXT:
        mine, theirs = theirs, mine
    if sides.base is None or mine is None or theirs is None:
        return mine
    note = merge(sides.base.note, mine.note, theirs.note).note
    stayed = mine.deck_key in ("", sides.base.deck_key)
    return Placed(note, (theirs.deck_key or mine.deck_key) if stayed else mine.deck_key)


@dataclass(frozen=True, slots=True)
class Head:
    """What a deck says besides its notes."""

    description: str = ""
    """Markdown."""
    sources: tuple[Source, ...] = ()
    macros: Macros = NO_MACROS


NO_HEAD = Head()


@dataclass(frozen=True, slots=True)
class MergedHead:
    """What came of it."""

    head: Head
    conflicts: tuple[str, ...]
    """What both changed: `description`, `sources`, or the name of a macro."""


def merge_heads(base: Head, app: Head, text: Head, choice: Choice = Choice.LATER) -> MergedHead:
    """Three-way, part by part and macro by macro; `choice` tells whose of a conflict counts."""
    conflicts: list[str] = []

    def part(name: str, began: _T, here: _T, there: _T) -> _T:
        if there in (began, here):
            return here
        if here == began:
            return there
        conflicts.append(name)
        return there if choice is Choice.TEXT else here

    macros = _merged_macros(base.macros, app.macros, text.macros, part)
    head = Head(
        part("description", base.description, app.description, text.description),
        part("sources", base.sources, app.sources, text.sources),
        macros,
    )
    return MergedHead(head, tuple(conflicts))


def is_same_head(one: Head, other: Head) -> bool:
    """Whether there is nothing to bring over; macros have no order."""
    return (one.description, one.sources, one.macros.bodies()) == (
        other.description,
        other.sources,
        other.macros.bodies(),
    )


def _merged_macros(
    base: Macros,
    app: Macros,
    text: Macros,
    part: Callable[[str, str | None, str | None, str | None], str | None],
) -> Macros:
    bodies = [each.bodies() for each in (base, app, text)]
    found = {
        name: part(name, *(each.get(name) for each in bodies))
        for each in bodies[1:]
        for name in each
    }
    return Macros.of({name: body for name, body in found.items() if body is not None})
