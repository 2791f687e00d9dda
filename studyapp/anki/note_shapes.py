"""Which of our kinds a note type of Anki's is, by its fields and templates, not by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from studyapp.anki import note_types
from studyapp.anki.anki_values import AnkiNoteType, AnkiTemplate
from studyapp.anki.templates import FRONT_SIDE, conditions, has_script, replacements, shown

_NAME = r"[^#^/:{}]+"
_TYPED = rf"\{{\{{type:(?:nc:)?{_NAME}\}}\}}"
_QUESTION = re.compile(
    rf"\s*(?:\{{\{{\#(?P<if>{_NAME})\}}\}}\s*)?\{{\{{(?P<field>{_NAME})\}}\}}(?:\s*{_TYPED})?"
    rf"\s*(?:\{{\{{/(?P<end>{_NAME})\}}\}}\s*)?"
)
_ANSWER = re.compile(
    rf"\s*(?:\{{\{{(?P<question>{_NAME})\}}\}})?(?:\s|<br ?/?>|<hr[^<>]*>)*"
    rf"\{{\{{(?:type:(?:nc:)?)?(?P<field>{_NAME})\}}\}}\s*"
)
_ONLY_FIELDS = re.compile(r"(?:\s|<br ?/?>|<hr[^<>]*>|\{\{[^{}]*\}\})*")
_TWO = 2


class Shape(Enum):
    """How notes of a type become ours."""

    OWN = "own"
    """One of the types that this app exports."""
    PAIR = "pair"
    """A question and an answer, in one direction or both."""
    CLOZE = "cloze"
    FLAT = "flat"
    """Each card becomes a basic note, as its template shows it."""


@dataclass(frozen=True, slots=True)
class NoteShape:
    """What is known of a note type."""

    type: AnkiNoteType
    shape: Shape
    front: str = ""
    """Of a pair, the field that asks; of a cloze, the field with the marks."""
    back: str = ""
    both_ways: bool = False
    condition: str = ""
    """Of a pair in both directions: the field that must be filled for the second one."""
    losses: tuple[str, ...] = ()
    """What of its templates does not come along, each as a sentence without a full stop."""
    unshown: tuple[str, ...] = ()
    """Fields that are on no card."""

    @property
    def is_flattened(self) -> bool:
        """Whether the user should know what becomes of it."""
        return self.shape is Shape.FLAT or bool(self.losses)


def shape_of(note_type: AnkiNoteType) -> NoteShape:
    """How notes of this type become ours."""
    if any(_is_ours(note_type, ours) for ours in note_types.ALL):
        return NoteShape(note_type, Shape.OWN)
    unshown = _unshown(note_type)
    if note_type.is_cloze:
        return _cloze(note_type, unshown)
    return _pair(note_type, unshown) or NoteShape(
        note_type, Shape.FLAT, losses=_losses(note_type), unshown=unshown
    )


def _is_ours(note_type: AnkiNoteType, ours: note_types.NoteType) -> bool:
    fields = tuple(each.name for each in ours.fields)
    questions = [each.question for each in ours.templates]
    return (
        note_type.is_cloze == ours.is_cloze
        and note_type.fields[: len(fields)] == fields
        and [each.question for each in note_type.templates] == questions
    )


def _pair(note_type: AnkiNoteType, unshown: tuple[str, ...]) -> NoteShape | None:
    if not 1 <= len(note_type.templates) <= _TWO:
        return None
    sides = [_sides(template, note_type.fields) for template in note_type.templates]
    if sides[0] is None or sides[0][2]:
        return None
    front, back, _ = sides[0]
    condition = ""
    if len(sides) == _TWO:
        if sides[1] is None or sides[1][:2] != (back, front):
            return None
        condition = sides[1][2]
    shown_names = tuple(name for name in unshown if name != condition)
    both = len(sides) == _TWO
    return NoteShape(note_type, Shape.PAIR, front, back, both, condition, unshown=shown_names)


def _sides(template: AnkiTemplate, fields: tuple[str, ...]) -> tuple[str, str, str] | None:
    """The fields of question and answer, and the condition, if the template has nothing else."""
    question = _QUESTION.fullmatch(shown(template.question))
    answer = _ANSWER.fullmatch(shown(template.answer))
    if question is None or answer is None or question["if"] != question["end"]:
        return None
    front, back = question["field"].strip(), answer["field"].strip()
    repeated = (answer["question"] or FRONT_SIDE).strip()
    if front not in fields or back not in fields or repeated not in (FRONT_SIDE, front):
        return None
    condition = (question["if"] or "").strip()
    return (front, back, condition if condition != front else "") if front != back else None


def _cloze(note_type: AnkiNoteType, unshown: tuple[str, ...]) -> NoteShape:
    template = note_type.templates[0] if note_type.templates else None
    marked = [] if template is None else [r for r in replacements(template.question) if r.is_cloze]
    names = [each.field for each in marked if each.field in note_type.fields]
    if not names:
        return NoteShape(note_type, Shape.FLAT, losses=_losses(note_type), unshown=unshown)
    return NoteShape(
        note_type,
        Shape.CLOZE,
        front=names[0],
        losses=_losses(note_type) if _has_more(note_type) else (),
        unshown=unshown,
    )


def _has_more(note_type: AnkiNoteType) -> bool:
    """Whether the templates say more than which fields come where."""
    return any(
        _ONLY_FIELDS.fullmatch(side) is None
        for template in note_type.templates
        for side in (template.question, template.answer)
    )


_STYLE: Final = "Its style sheet is left out"
_SCRIPTS: Final = "Scripts in its templates are left out"


def _losses(note_type: AnkiNoteType) -> tuple[str, ...]:
    sides = [side for each in note_type.templates for side in (each.question, each.answer)]
    found = [_STYLE] if note_type.css.strip() else []
    if any(has_script(side) for side in sides):
        found.append(_SCRIPTS)
    if any(each.is_typed for side in sides for each in replacements(side)):
        found.append("The answer is not typed here")
    return tuple(found)


def _unshown(note_type: AnkiNoteType) -> tuple[str, ...]:
    sides = [side for each in note_type.templates for side in (each.question, each.answer)]
    used = {each.field for side in sides for each in replacements(side)}
    used |= {name for side in sides for name in conditions(side)}
    return tuple(name for name in note_type.fields if name not in used)
