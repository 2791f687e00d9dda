"""What a note of a text is: its kind by the name of its note type, and its cards' sides."""

from __future__ import annotations

import re
from typing import Final

from studyapp.anki import note_types
from studyapp.anki.anki_values import AnkiNoteType, AnkiTemplate
from studyapp.anki.note_shapes import NoteShape, shape_of
from studyapp.anki.note_types import NoteType

_MARK = re.compile(r"\{\{c[0-9]+::")
_FEWEST = 2
"""Columns of a note: a question and an answer."""
_BASIC, _REVERSED, _OPTIONAL, _CLOZE = "basic", "reversed", "optional", "cloze"
_CONDITION = 2
_ANSWER: Final = '{{FrontSide}}<hr id="answer">'


class TextShapes:
    """Shapes of notes, made once for each kind and number of columns."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[str, int], NoteShape] = {}

    def of(self, name: str, fields: tuple[str, ...]) -> NoteShape:
        """Of a note with these fields, by the name of its note type."""
        kind, count = _kind(name, fields), len(fields)
        if (kind, count) not in self._shapes:
            own = _own(name)
            made = _type(kind, count) if own is None else _own_type(own)
            self._shapes[kind, count] = shape_of(made)
        return self._shapes[kind, count]


def own_fields(name: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Without padding: Anki gives each line the columns of the note type with the most fields."""
    count = len(fields)
    while _own(name) is None and count > _FEWEST and not fields[count - 1]:
        count -= 1
    return fields[:count]


def _own(name: str) -> NoteType | None:
    """The note type that this app exports under that name."""
    return next((each for each in note_types.ALL if each.name == name), None)


def _kind(name: str, fields: tuple[str, ...]) -> str:
    """By the name of the note type, which is all that a text tells of it."""
    folded = name.casefold()
    if _own(name):
        return name
    if _CLOZE in folded or (not name and fields and _MARK.search(fields[0])):
        return _CLOZE
    if _REVERSED in folded:
        return _OPTIONAL if _OPTIONAL in folded else _REVERSED
    return _BASIC


def _own_type(own: NoteType) -> AnkiNoteType:
    templates = (
        AnkiTemplate(index, each.name, each.question, each.answer)
        for index, each in enumerate(own.templates)
    )
    names = tuple(each.name for each in own.fields)
    return AnkiNoteType(0, own.name, own.is_cloze, names, tuple(templates))


def _type(kind: str, count: int) -> AnkiNoteType:
    """A note type for so many columns; those behind the second are shown below the answer."""
    names = tuple(f"Column {number}" for number in range(1, max(count, 2) + 1))
    front, back, *more = names
    if kind == _OPTIONAL:
        more = more[1:]
    answer = "<br>".join(f"{{{{{name}}}}}" for name in (back, *more))
    if kind == _CLOZE:
        question = f"{{{{cloze:{front}}}}}"
        sides = [(question, f"{question}<br>{answer}")]
    else:
        sides = [(f"{{{{{front}}}}}", _ANSWER + answer)]
    # Without the column that decides on it, there is no second direction.
    if (kind == _REVERSED or (kind == _OPTIONAL and count > _CONDITION)) and not more:
        asked = f"{{{{{back}}}}}"
        if kind == _OPTIONAL:
            asked = f"{{{{#{names[_CONDITION]}}}}}{asked}{{{{/{names[_CONDITION]}}}}}"
        sides.append((asked, f"{_ANSWER}{{{{{front}}}}}"))
    templates = (AnkiTemplate(index, str(index), *each) for index, each in enumerate(sides))
    return AnkiNoteType(0, kind, kind == _CLOZE, names, tuple(templates))
