"""A note as its rules read it: the words of its fields, its formulas and its deletions."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.advice.prose import CODE, FORMULA, masked, without_noise
from studyapp.domain.cloze import MAX_NUMBER
from studyapp.domain.cloze_marks import Mark, Nature, find_marks, regions
from studyapp.domain.math_spans import MathSpan, find_math
from studyapp.domain.notes import Note, NoteKind

_HIDDEN = {Nature.CODE: CODE, Nature.MATH: FORMULA}


@dataclass(frozen=True, slots=True)
class Field:
    """A field's Markdown and its words; both have the same length, so places are the same."""

    markdown: str
    prose: str
    """Its words alone, cloze marks and hints taken away."""
    formulas: tuple[MathSpan, ...]
    """Without cloze marks in their sources."""
    is_illustrated: bool
    """Whether a block of code, a displayed formula or a picture stands in it."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a cloze mark hides."""

    number: int
    start: int
    """Of the mark, in the front's Markdown."""
    end: int
    body: tuple[int, int]
    """Of what is hidden."""
    hint: tuple[int, int] | None
    """Of the hint, without its `::`; None: there is none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A note, read."""

    note: Note
    front: Field
    back: Field
    deletions: tuple[Deletion, ...] = ()
    """Of a cloze note, by their start; they may be nested."""

    @property
    def is_cloze(self) -> bool:
        return self.note.kind is NoteKind.CLOZE


def read(note: Note) -> Reading:
    """The note as rules read it."""
    is_cloze = note.kind is NoteKind.CLOZE and "{{c" in note.front
    marks = [mark for mark in find_marks(note.front) if mark.end] if is_cloze else []
    front = _field(note.front, marks)
    return Reading(note, front, _field(note.back, []), tuple(_deletions(marks)))


def _deletions(marks: list[Mark]) -> list[Deletion]:
    found = []
    for mark in marks:
        number = int(mark.digits[-9:])
        if mark.end is not None and 1 <= number <= MAX_NUMBER:
            close = mark.end - 2
            hint = None if mark.hint is None else (mark.hint + 2, close)
            body = (mark.body, close if mark.hint is None else mark.hint)
            found.append(Deletion(number, mark.start, mark.end, body, hint))
    return found


def _field(markdown: str, marks: list[Mark]) -> Field:
    edges = _edges(marks)
    inner = [region for region in regions(markdown) if region.nature is not Nature.TEXT]
    # Formulas and code first, so that none of their signs is taken for Markdown.
    prose = markdown
    for nature, filler in _HIDDEN.items():
        spans = ((each.start, each.end) for each in inner if each.nature is nature)
        prose = masked(prose, spans, filler)
    prose = without_noise(masked(prose, edges))
    formulas = tuple(_bare(markdown, span, edges) for span in find_math(markdown))
    is_illustrated = (
        "```" in markdown
        or "~~~" in markdown
        or "![" in markdown
        or "<img" in markdown
        or any(span.display for span in formulas)
    )
    return Field(markdown, prose, formulas, is_illustrated)


def _edges(marks: list[Mark]) -> list[tuple[int, int]]:
    """Where the openings, hints and closings of marks stand, in the order of the text."""
    edges = []
    for mark in marks:
        if mark.end is not None:
            edges.append((mark.start, mark.body))
            edges.append((mark.end - 2 if mark.hint is None else mark.hint, mark.end))
    return sorted(edges)


def _bare(markdown: str, span: MathSpan, edges: list[tuple[int, int]]) -> MathSpan:
    """The formula without the cloze marks in it."""
    within = [(a, b) for a, b in edges if span.start <= a and b <= span.end]
    if not within:
        return span
    width = 2 if markdown.startswith(("$$", r"\(", r"\["), span.start) else 1
    pieces, at = [], span.start + width
    for start, end in within:
        pieces.append(markdown[at:start] if start > at else "")
        at = max(at, end)
    pieces.append(markdown[at : span.end - width])
    return MathSpan(span.start, span.end, "".join(pieces).strip(), span.display)
