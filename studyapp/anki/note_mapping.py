"""Notes of Anki's as notes of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from html import escape, unescape
from typing import Final, NamedTuple

from studyapp.anki import note_types, templates
from studyapp.anki.anki_values import AnkiNote, AnkiTemplate
from studyapp.anki.from_html import MAX_FIELD, Media, has_broken_characters, plain_text, to_markdown
from studyapp.anki.note_shapes import NoteShape, Shape
from studyapp.anki.templates import FRONT_SIDE, Replacement, filtered, is_empty, render
from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from studyapp.rendering.marks import clean

MAX_KEY: Final = 200
_SIDE = "\ufdcf"  # the question's place in an answer; no text of Anki's keeps it
_ANSWER_LINE = re.compile(r"<hr\b[^<>]*\bid\s*=\s*[\"']?answer[\"']?[^<>]*>", re.IGNORECASE)
_LEADING = re.compile(r"(?:\s|<br\s*/?>|<hr[^<>]*>)+", re.IGNORECASE)
_LINK = re.compile(r'<li\b[^<>]*\bdata-key="([^"<>]*)"')
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_OCCLUSION = re.compile(r"\{\{c[0-9,]+::image-occlusion:")
_LONGEST_KEPT: Final = 200
_SHOWS_SOMETHING = re.compile(r"<img\b|\[sound:|<audio\b|<math\b", re.IGNORECASE)


class NotTaken(Exception):
    """The note cannot become one of ours; the message says why."""


class MappedNote(NamedTuple):
    """One of ours, and which of Anki's cards its cards are."""

    note: Note
    card_of: dict[int, int]
    """Anki's ordinals by ours."""


def key_of(note: AnkiNote) -> str:
    """The note's key: its guid, unless that is no key."""
    guid = clean(note.guid)
    if guid and len(guid) <= MAX_KEY and not _SPACE.search(guid):
        return guid
    return f"anki-{sha256(guid.encode()).hexdigest()[:16]}" if guid else f"anki-{note.id}"


def map_note(note: AnkiNote, shape: NoteShape, deck_name: str, media: Media) -> list[MappedNote]:
    """Our notes, without a key if it asks nothing; raises NotTaken."""
    whole = "\n".join(note.fields)
    if len(whole) - len(note.fields) >= MAX_FIELD:
        raise NotTaken(f"it has more than {MAX_FIELD:,} characters")
    if "image-occlusion" in whole and _OCCLUSION.search(whole):
        raise NotTaken("parts of a picture that are covered are not known here")
    try:
        mapped = _Mapping(note, shape, deck_name, media).notes()
    except templates.TooLong as failure:
        raise NotTaken("its templates make more of it than this app takes") from failure
    if not mapped:
        raise NotTaken("it asks nothing: what its cards show first is empty")
    return mapped


def broken_characters(note: AnkiNote) -> bool:
    """Whether something of it was no UTF-8."""
    return has_broken_characters("".join((*note.fields, *note.tags, note.guid)))


def tags_of(note: AnkiNote) -> tuple[str, ...]:
    """Its tags as ours: no commas, no empty ones, each once."""
    tags = note.tags
    is_short = len("".join(tags)) <= _LONGEST_KEPT
    return _tags(tags) if is_short else _tags.__wrapped__(tags)


@lru_cache(maxsize=1000)
def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Many notes have the same ones."""
    found: dict[str, str] = {}
    for tag in tags:
        name = _SPACE.sub("", clean(tag)).replace(",", "_")
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


class _Mapping:
    """The mapping of one note."""

    def __init__(self, note: AnkiNote, shape: NoteShape, deck_name: str, media: Media) -> None:
        self._anki = note
        self._shape = shape
        self._deck_name = deck_name
        self._media = media
        names = shape.type.fields
        # Fields that are missing are empty; those that are too many belong to no name.
        missing = len(names) - len(note.fields)
        padded = note.fields if missing <= 0 else (*note.fields, *[""] * missing)
        self._values = dict(zip(names, padded, strict=False))
        self._key = key_of(note)
        self._tags = tags_of(note)

    def notes(self) -> list[MappedNote]:
        match self._shape.shape:
            case Shape.PAIR:
                return self._pair()
            case Shape.OWN:
                return self._own()
            case Shape.CLOZE:
                return self._cloze()
            case Shape.FLAT:
                return self._flat()

    def _markdown(self, html: str, *, cloze: bool = False) -> str:
        return to_markdown(html, self._media, cloze=cloze)

    def _own(self) -> list[MappedNote]:
        """A note that this app exported once."""
        is_cloze = self._shape.type.is_cloze
        front, back, source, related = (
            self._values[each.name] for each in note_types.note_type(_kind(is_cloze)).fields[:4]
        )
        links = (unescape(key) for key in _LINK.findall(related))
        both = not is_cloze and not is_empty(self._values["Add Reverse"])
        return self._made(
            front,
            back,
            is_cloze=is_cloze,
            both=both,
            source=" ".join(self._markdown(source).replace("\\\n", " ").split()),
            links=tuple(dict.fromkeys(key for key in links if key and not _SPACE.search(key))),
        )

    def _pair(self) -> list[MappedNote]:
        shape = self._shape
        both = shape.both_ways
        if shape.condition:
            both = both and not is_empty(self._values[shape.condition])
        front, back = self._values[shape.front], self._values[shape.back]
        return self._made(front, back, is_cloze=False, both=both)

    def _cloze(self) -> list[MappedNote]:
        """The question with the field that has the marks in it, as it stands."""
        template = self._shape.type.templates[0]
        front = self._rendered(template.question, template, is_question=True, keep_marks=True)
        answer = self._rendered(template.answer, template, is_question=False, keep_marks=True)
        answer = answer.replace(_SIDE, front, 1).replace(_SIDE, "").strip()
        if answer.startswith(front.strip()):
            answer = answer[len(front.strip()) :]
        else:
            answer = self._rendered(template.answer, template, is_question=False).replace(_SIDE, "")
        return self._made(front, _without_edges(answer), is_cloze=True)

    def _made(
        self,
        front: str,
        back: str,
        *,
        is_cloze: bool,
        both: bool = False,
        source: str = "",
        links: tuple[str, ...] = (),
    ) -> list[MappedNote]:
        kind = NoteKind.REVERSED if both else _kind(is_cloze)
        question, answer = self._markdown(front, cloze=is_cloze), self._markdown(back)
        note = Note(self._key, kind, question, answer, self._tags, source, links)
        if is_cloze and not ordinals(note):
            # Nothing is hidden in it, so it can but ask for what stands below.
            note = replace(note, kind=NoteKind.BASIC)
        if not note.front.strip():
            return []
        return [MappedNote(note, {ordinal: ordinal for ordinal in ordinals(note)})]

    def _flat(self) -> list[MappedNote]:
        """A note for each card that Anki has, or would make."""
        present = {card.ordinal for card in self._anki.cards}
        found = []
        for template in self._shape.type.templates:
            if not present or template.ordinal in present:
                note = self._flattened(template)
                if note is not None:
                    found.append(MappedNote(note, {0: template.ordinal}))
        return found

    def _flattened(self, template: AnkiTemplate) -> Note | None:
        front = self._rendered(template.question, template, is_question=True)
        if not _shows_something(front):
            return None
        answer = self._rendered(template.answer, template, is_question=False).strip()
        if answer.startswith(front.strip()):
            answer = answer[len(front.strip()) :]
        key = self._key if not template.ordinal else f"{self._key}:{template.ordinal + 1}"
        back = self._markdown(_without_edges(answer.replace(_SIDE, "")))
        return Note(key, NoteKind.BASIC, self._markdown(front), back, self._tags)

    def _rendered(
        self, side: str, template: AnkiTemplate, *, is_question: bool, keep_marks: bool = False
    ) -> str:
        def write(replacement: Replacement) -> str:
            if replacement.field == FRONT_SIDE:
                return _SIDE
            if replacement.is_typed and (is_question or replacement.is_cloze):
                return ""
            if replacement.is_cloze and not keep_marks:
                return ""
            return filtered(replacement, self._value(replacement.field, template))

        number = template.ordinal + 1
        return _ANSWER_LINE.sub("", render(side, self._values, write, number))

    def _value(self, name: str, template: AnkiTemplate) -> str:
        if name in self._values:
            return self._values[name]
        special = {
            "Tags": " ".join(self._anki.tags),
            "Type": self._shape.type.name,
            "Deck": self._deck_name,
            "Subdeck": self._deck_name.rpartition("::")[2],
            "Card": template.name,
        }
        return escape(special.get(name, ""), quote=False)


def _kind(is_cloze: bool) -> NoteKind:
    return NoteKind.CLOZE if is_cloze else NoteKind.BASIC


def _without_edges(html: str) -> str:
    """An answer without the lines between it and the question."""
    start = _LEADING.match(html)
    return html[start.end() if start else 0 :].strip()


def _shows_something(html: str) -> bool:
    return bool(plain_text(html)) or _SHOWS_SOMETHING.search(html) is not None


def title_of(note: AnkiNote) -> str:
    """What a message calls the note."""
    words = next((text for value in note.fields if (text := plain_text(value[:500]))), "")
    return words[:60] or f"the note {note.id}"


def unshown_values(note: AnkiNote, shape: NoteShape) -> Sequence[str]:
    """The fields of a note that are on no card and have something in them."""
    if not shape.unshown:
        return []
    values = dict(zip(shape.type.fields, note.fields, strict=False))
    return [name for name in shape.unshown if not templates.is_empty(values.get(name, ""))]
