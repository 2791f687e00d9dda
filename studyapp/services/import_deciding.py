"""What becomes of each note that an import brings: decisions for the preview and the import."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from studyapp.anki.fields import anki_fields
from studyapp.anki.incoming import IncomingNote
from studyapp.domain.macros import Macros
from studyapp.domain.merging import merge
from studyapp.domain.notes import Note
from studyapp.domain.reviews import LoggedReview
from studyapp.services.authoring import normal
from studyapp.store.incoming import LoggedGrade
from studyapp.store.notes import StoredNote

ORIGIN = "an import"
"""In the place of a deck file's key, which holds no space: what came in by an import."""
_COMPARED_FIELDS = 2
_SAME_GRADE_MS = 1000
"""A grade whose instant was taken is logged at the next free one."""


class Status(Enum):
    """What becomes of a note."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"
    OLDER = "older"
    """What is here was changed later."""


class Decision(NamedTuple):
    """What becomes of a note."""

    status: Status
    theirs: Note
    """As the file has it."""
    note: Note
    """What it should be here, if it is updated."""
    base: Note
    """What both sides have in common then."""
    is_theirs: bool = True
    """Whether `note` has nothing of the user's own."""


def decide(incoming: IncomingNote, stored: StoredNote | None, macros: Macros) -> Decision:
    """Three-way where it is known what was imported before; else the newer counts, as in Anki."""
    theirs = normal(incoming.note)
    if stored is None:
        return Decision(Status.NEW, theirs, theirs, theirs)
    theirs = _completed(incoming, theirs, stored.note, macros)
    if same(theirs, stored.note):
        return Decision(Status.UNCHANGED, theirs, stored.note, theirs)
    if stored.shipped_by == ORIGIN and stored.shipped is not None:
        return _three_way(incoming, stored, theirs, stored.shipped)
    return _by_time(incoming, stored, theirs)


def same(one: Note, other: Note) -> bool:
    """Whether two notes say the same; tags know no capitals."""
    return (
        (one.kind, one.front, one.back, one.source, one.links)
        == (other.kind, other.front, other.back, other.source, other.links)
    ) and _folded(one.tags) == _folded(other.tags)


def _folded(tags: Sequence[str]) -> set[str]:
    return {tag.casefold() for tag in tags}


def _completed(incoming: IncomingNote, theirs: Note, mine: Note, macros: Macros) -> Note:
    """The note with what only this app knows, where the file says nothing else."""
    links = tuple(dict.fromkeys((*mine.links, *theirs.links)))
    if incoming.is_partial:
        return replace(theirs, source=mine.source, links=links)
    if incoming.exported is None:
        return theirs
    values = anki_fields(mine, {}, macros).values
    equal = [ours == given for ours, given in zip(values, incoming.exported, strict=False)]
    return replace(
        theirs,
        front=mine.front if equal[0] else theirs.front,
        back=mine.back if equal[1] else theirs.back,
        source=mine.source if equal[_COMPARED_FIELDS] else theirs.source,
        links=links,
    )


def _is_older(incoming: IncomingNote, stored: StoredNote) -> bool:
    return incoming.changed_at is not None and incoming.changed_at < stored.changed_at


def _three_way(incoming: IncomingNote, stored: StoredNote, theirs: Note, base: Note) -> Decision:
    mine = stored.note
    if same(theirs, base):
        return Decision(Status.UNCHANGED, theirs, mine, base)
    if same(mine, base):
        status = Status.OLDER if _is_older(incoming, stored) else Status.UPDATED
        return Decision(status, theirs, theirs, theirs)
    merged = merge(base, mine, theirs)
    # An older file may be one from before the base; what it lacks was not taken away since.
    if merged.conflicts or _is_older(incoming, stored):
        return Decision(Status.CONFLICTING, theirs, mine, base)
    return Decision(Status.UPDATED, theirs, merged.note, merged.base, is_theirs=False)


def _by_time(incoming: IncomingNote, stored: StoredNote, theirs: Note) -> Decision:
    if incoming.changed_at is None:
        return Decision(Status.CONFLICTING, theirs, stored.note, theirs)
    # Anki keeps whole seconds.
    there, here = incoming.changed_at // 1000, stored.changed_at // 1000
    if there == here:
        return Decision(Status.UNCHANGED, theirs, stored.note, theirs)
    status = Status.UPDATED if there > here else Status.OLDER
    return Decision(status, theirs, theirs, theirs)


def new_reviews(
    reviews: Sequence[LoggedReview], known: Sequence[LoggedGrade]
) -> list[LoggedReview]:
    """Those that the log of the card here does not have; `known` is in its order."""
    ids = [at for at, _, _ in known]
    return [review for review in reviews if not _is_known(review, known, ids)]


def _is_known(review: LoggedReview, known: Sequence[LoggedGrade], ids: Sequence[int]) -> bool:
    at, grade, took_ms, _, _ = review
    for index in range(bisect_left(ids, at), len(known)):
        if ids[index] >= at + _SAME_GRADE_MS:
            break
        if known[index][1:] == (grade, took_ms):
            return True
    return False


def is_studied_further(
    reviews: Sequence[LoggedReview], new: Sequence[LoggedReview], known: Sequence[LoggedGrade]
) -> bool:
    """Whether a card was studied there after all that it was studied here, and by nobody else.

    Where both sides went on, their schedules cannot both be true; the one here stays.
    """
    if not new:
        return False
    shared = len(reviews) - len(new)
    return shared >= len(known) and (not known or new[0][0] > known[-1][0])
