"""Which cards a note makes."""

from __future__ import annotations

from studyapp.domain.cloze import cloze_numbers
from studyapp.domain.notes import Note, NoteKind


def ordinals(note: Note) -> tuple[int, ...]:
    """The ordinals of the note's cards, ascending (see `CardRef`); none: a cloze without marks."""
    if note.kind is NoteKind.CLOZE:
        return tuple(number - 1 for number in cloze_numbers(note.front))
    return (0, 1) if note.kind is NoteKind.REVERSED else (0,)
