"""Our note types as Anki knows them.

Anki tells note types apart by id and compares their fields and templates, by id and else by name.
If any of these changed, the next import would put a second note type beside the first and refuse to
update the notes of the old one. So ids, names and the order of fields and templates stay for ever;
a new field goes to the end, and `CHANGED_AT` rises with every change of a template or the style.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studyapp.domain.notes import NoteKind

CHANGED_AT: Final = 1_795_266_229
"""Seconds since the epoch; Anki takes over templates and style that are newer than its own."""

BOTH_WAYS: Final = "y"
"""What the field "Add Reverse" of a reversed note holds; it is empty in a basic one."""


@dataclass(frozen=True, slots=True)
class _Field:
    id: int
    """Anki knows a field by it even after its user renamed the field."""
    name: str


@dataclass(frozen=True, slots=True)
class _Template:
    id: int
    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type; all of its notes have a value for each of its fields."""

    id: int
    name: str
    is_cloze: bool
    fields: tuple[_Field, ...]
    templates: tuple[_Template, ...]


def note_type(kind: NoteKind) -> NoteType:
    """The note type of a kind of note.

    Basic and reversed notes share one, as Anki refuses to update a note whose type has changed.
    """
    return CLOZE if kind is NoteKind.CLOZE else BASIC


_RELATED = "{{#Related}}<div>Related:</div>{{Related}}{{/Related}}"
_ABOUT = f"""
{{{{#Source}}}}<div class="about">{{{{Source}}}}{_RELATED}</div>{{{{/Source}}}}
{{{{^Source}}}}{{{{#Related}}}}<div class="about">{_RELATED}</div>{{{{/Related}}}}{{{{/Source}}}}
"""
"""Where the idea stands and what the note is linked to; nothing if neither is known."""


def _question(field: str) -> str:
    return f'<div class="column">{{{{{field}}}}}</div>'


def _answer(field: str) -> str:
    return (
        f'{{{{FrontSide}}}}\n<div class="column">\n<hr id="answer">\n{{{{{field}}}}}{_ABOUT}</div>'
    )


BASIC: Final = NoteType(
    id=1_659_387_240_611,
    name="Basic (studyapp)",
    is_cloze=False,
    fields=(
        _Field(4_108_775_320_171_001, "Front"),
        _Field(4_108_775_320_171_002, "Back"),
        _Field(4_108_775_320_171_003, "Source"),
        _Field(4_108_775_320_171_004, "Related"),
        _Field(4_108_775_320_171_005, "Add Reverse"),
    ),
    templates=(
        _Template(4_108_775_320_172_001, "Forward", _question("Front"), _answer("Back")),
        _Template(
            4_108_775_320_172_002,
            "Backward",
            "{{#Add Reverse}}" + _question("Back") + "{{/Add Reverse}}",
            _answer("Front"),
        ),
    ),
)

CLOZE: Final = NoteType(
    id=1_659_387_240_612,
    name="Cloze (studyapp)",
    is_cloze=True,
    fields=(
        _Field(4_108_775_320_173_001, "Text"),
        _Field(4_108_775_320_173_002, "Extra"),
        _Field(4_108_775_320_173_003, "Source"),
        _Field(4_108_775_320_173_004, "Related"),
    ),
    templates=(
        _Template(
            4_108_775_320_174_001,
            "Cloze",
            _question("cloze:Text"),
            '<div class="column">\n{{cloze:Text}}\n'
            f'{{{{#Extra}}}}<hr id="answer">{{{{Extra}}}}{{{{/Extra}}}}{_ABOUT}</div>',
        ),
    ),
)

ALL: Final = (BASIC, CLOZE)
