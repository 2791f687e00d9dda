"""What can be wrong with the notes of a deck file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from studyapp.deckfile.blocks import RawNote
from studyapp.deckfile.characters import check_key
from studyapp.domain.cloze import find_cloze_problems
from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import Problem


def note_problems(raw: RawNote, note: Note) -> Iterator[Problem]:
    """What is wrong with one note."""
    yield from _field_problems(raw)
    yield from _kind_problems(raw)
    for word, what, values in (
        ("id", "The id", (note.key,)),
        ("tags", "The tag", note.tags),
        ("links", "The link", note.links),
    ):
        if (entry := raw.metadata.get(word)) is not None:
            yield from _word_problems(values, what, entry.line)
    if (entry := raw.metadata.get("links")) is not None and note.key in note.links:
        yield Problem(entry.line, "The note links to itself", "Take its own id out of links:")


def _field_problems(raw: RawNote) -> Iterator[Problem]:
    front, back = raw.front, raw.back
    if not front.text:
        remedy = "Write the question behind it" if raw.opener == "Q" else "Write the text behind it"
        yield Problem(front.line, f"{raw.opener}: is empty", remedy)
    elif raw.opener == "C":
        yield from _cloze_problems(front.text, front.text_line)
    if raw.opener == "Q" and back is None:
        yield Problem(front.line, "This Q: has no A:", "Add its answer on a line A:")
    if back is not None and not back.text:
        remedy = "Write the answer behind it" if raw.opener == "Q" else "Write behind it or drop it"
        yield Problem(back.line, "A: is empty", remedy)


def _cloze_problems(text: str, first_line: int) -> Iterator[Problem]:
    line, at = first_line, 0
    for problem in find_cloze_problems(text):
        line += text.count("\n", at, problem.start)
        at = problem.start
        yield Problem(line, problem.message, problem.remedy)


def _kind_problems(raw: RawNote) -> Iterator[Problem]:
    entry = raw.metadata.get("kind")
    if entry is None or not entry.value:
        return
    if raw.opener == "C":
        yield Problem(entry.line, "A C: note takes no kind:", "Drop this line")
    elif entry.value not in (NoteKind.BASIC, NoteKind.REVERSED):
        message = f"There is no kind “{entry.value[:40]}”"
        yield Problem(entry.line, message, "Write kind: reversed, or drop this line")


def _word_problems(words: Iterable[str], what: str, line: int) -> Iterator[Problem]:
    for word, count in Counter(words).items():
        yield from check_key(word, what, line)
        if count > 1:
            yield Problem(line, f"{what} {word} stands twice", "Keep one of them")
        if what == "The tag" and word.endswith(","):
            remedy = "Separate tags by spaces only"
            yield Problem(line, f"The tag “{word}” ends with a comma", remedy)


def twin_problems(raw: Iterable[RawNote], notes: Iterable[Note]) -> Iterator[Problem]:
    """Notes of one file that share a key, whether written or derived from the front."""
    first: dict[str, int] = {}
    for block, note in zip(raw, notes, strict=True):
        entry = block.metadata.get("id")
        line = block.front.line if entry is None else entry.line
        if note.key not in first:
            first[note.key] = line
        elif entry is None and block.front.text:
            message = f"This front is the same as that of line {first[note.key]}"
            yield Problem(line, message, "Change it, or give the note an id:")
        elif entry is not None:
            message = f"The id {note.key} is already taken on line {first[note.key]}"
            yield Problem(line, message, "Give this note an id of its own")


def unretired_problems(
    retired: Iterable[tuple[str, str]], raw: Iterable[RawNote], notes: Iterable[Note]
) -> Iterator[Problem]:
    """Notes of a file that says of them that it has them no more."""
    gone = {key for key, _reason in retired}
    for block, note in zip(raw, notes, strict=True):
        if note.key in gone:
            entry = block.metadata.get("id")
            line = block.front.line if entry is None else entry.line
            message = f"The note {note.key} is among the retired ones of the front matter"
            yield Problem(line, message, "Take it away there, or give this note another id")
