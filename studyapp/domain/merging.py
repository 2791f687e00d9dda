"""A note that its author's deck and the user have both changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studyapp.domain.notes import Note


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it."""

    note: Note
    """With what only one side changed taken over, and the user's words where both did."""
    base: Note
    """What the note stands on now: the next change is held against this."""
    conflicts: bool
    """Whether both changed the same words, so that the user has to choose."""


def merge(base: Note, mine: Note, theirs: Note) -> Merged:
    """Three-way: `base` is what both sides began with.

    Kind, front and back are one thing, since they are read together; the source is another. Tags
    and links never conflict: what either side added is there, what either took away is not.
    """
    words, source = _words(mine), mine.source
    base_words, base_source = _words(theirs), theirs.source
    conflicts = False
    if _words(base) != _words(theirs) != _words(mine):
        if _words(mine) == _words(base):
            words = _words(theirs)
        else:
            base_words, conflicts = _words(base), True
    if base.source != theirs.source != mine.source:
        if mine.source == base.source:
            source = theirs.source
        else:
            base_source, conflicts = base.source, True
    note = replace(
        _with_words(mine, words),
        source=source,
        tags=_united(base.tags, mine.tags, theirs.tags),
        links=_united(base.links, mine.links, theirs.links),
    )
    return Merged(note, replace(_with_words(theirs, base_words), source=base_source), conflicts)


def _words(note: Note) -> tuple[str, str, str]:
    return note.kind, note.front, note.back


def _with_words(note: Note, words: tuple[str, str, str]) -> Note:
    kind, front, back = words
    return replace(note, kind=type(note.kind)(kind), front=front, back=back)


def _united(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """In the order of `mine` and then of `theirs`."""
    added = [each for each in theirs if each not in base and each not in mine]
    gone = set(base) - set(theirs)
    return (*(each for each in mine if each not in gone), *added)
