"""What a card asks and what it answers, as Markdown with cloze marks of ours."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.cloze import cloze_numbers
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import NotFound
from studyapp.rendering import cloze
from studyapp.rendering.marks import clean


@dataclass(frozen=True, slots=True)
class FaceTexts:
    """The texts of a card, for `markdown.marked_to_html`."""

    question: str
    answered: str
    """The question again, once the answer is shown: of a cloze card its text, else the same."""
    below: str
    """What is shown below the question then; may be empty."""


def face_texts(note: Note, ordinal: int) -> FaceTexts:
    """The texts of a note's card; raises NotFound if the note has no card `ordinal`."""
    front, back = clean(note.front), clean(note.back)
    if note.kind is NoteKind.CLOZE:
        number = ordinal + 1
        if number in cloze_numbers(front):
            return FaceTexts(cloze.question(front, number), cloze.answer(front, number), back)
    elif ordinal == 0:
        return FaceTexts(front, front, back)
    elif note.kind is NoteKind.REVERSED and ordinal == 1:
        return FaceTexts(back, back, front)
    raise NotFound(f"The note {note.key} has no card {ordinal + 1}.")
