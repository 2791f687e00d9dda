"""What a card asks and what it answers, as Markdown with cloze marks of ours."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.cloze import cloze_numbers
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import NotFound
from studyapp.rendering import cloze
from studyapp.rendering.marks import clean, without_cloze_marks


@dataclass(frozen=True, slots=True)
class FaceTexts:
    """The texts of a card, for `markdown.marked_to_html`."""

    question: str
    answered: str
    """The question again, once the answer is shown: of a cloze card its text, else the same."""
    below: str
    """What is shown below the question then; may be empty."""
    asked_from: Origin
    answered_from: Origin
    below_from: Origin


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from, to tell its author the place of a mistake."""

    field: str
    """What its author calls it: `front`, `back` or `source`."""
    source: str
    """What its author wrote, cleaned."""
    runs: cloze.Runs = ((0, 0),)

    def place(self, text: str, index: int) -> str:
        """Where what stands at `text[index]` was written: "front, line 2, column 5"."""
        at = cloze.source_of(self.runs, len(without_cloze_marks(text[:index])))
        line = self.source.count("\n", 0, at) + 1
        column = at - self.source.rfind("\n", 0, at)
        return f"{self.field}, line {line}, column {column}"


def face_texts(note: Note, ordinal: int) -> FaceTexts:
    """The texts of a note's card; raises NotFound if the note has no card `ordinal`."""
    front, back = clean(note.front), clean(note.back)
    if note.kind is NoteKind.CLOZE:
        number = ordinal + 1
        if number in cloze_numbers(front):
            return _cloze_texts(front, back, number)
    elif ordinal == 0:
        return _sides(front, back, Origin("front", front), Origin("back", back))
    elif note.kind is NoteKind.REVERSED and ordinal == 1:
        return _sides(back, front, Origin("back", back), Origin("front", front))
    raise NotFound(f"The note {note.key} has no card {ordinal + 1}.")


def _sides(asked: str, below: str, asked_from: Origin, below_from: Origin) -> FaceTexts:
    return FaceTexts(asked, asked, below, asked_from, asked_from, below_from)


def _cloze_texts(front: str, back: str, number: int) -> FaceTexts:
    asked, answered = cloze.origins(front, number)
    return FaceTexts(
        cloze.question(front, number),
        cloze.answer(front, number),
        back,
        Origin("front", front, asked),
        Origin("front", front, answered),
        Origin("back", back),
    )
