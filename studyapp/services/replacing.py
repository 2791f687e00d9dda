"""Find and replace in many notes at once, with a look at what it would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.query import Field
from studyapp.domain.replacing import Replacement, Replacer, replacer
from studyapp.errors import ContentError
from studyapp.services.authoring import check_question, normal
from studyapp.services.chosen import Chosen, Done, done, notes_of
from studyapp.services.clock import Clock
from studyapp.services.fitting import change_note
from studyapp.services.progress import Progress, in_chunks, silent
from studyapp.store import bulk, cards, notes
from studyapp.store.bulk import Texts
from studyapp.store.database import Database, Transaction

SHOWN = 100
"""Changes that a preview shows."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A field of a note before and after."""

    note_id: int
    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A note that stays as it is, since it would ask nothing any more."""

    note_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What replacing would do."""

    notes: int
    """That would be changed."""
    places: int
    """At which something would be put in, all notes together."""
    changes: tuple[TextChange, ...]
    """The first of them, at most `SHOWN`."""
    refused: tuple[Refusal, ...]


class Replacing:
    """Find and replace; raises as `services.changing` tells, and `replacer`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def preview(
        self, chosen: Chosen, replacement: Replacement, progress: Progress = silent
    ) -> Preview:
        """What `apply` would do; 100,000 notes take a second or two."""
        work = _Work(replacement)
        shown: list[TextChange] = []
        with self._database.read() as tx:
            ids = notes_of(tx, chosen)
            for chunk in in_chunks(ids, progress):
                for before, after in work.changes(tx, chunk):
                    if len(shown) < SHOWN:
                        shown += _fields_changed(before, after)
        return Preview(work.notes, work.places, tuple(shown[:SHOWN]), tuple(work.refused))

    def apply(self, chosen: Chosen, replacement: Replacement, progress: Progress = silent) -> Done:
        """Change the notes; their cards follow, and keep their progress."""
        work, at = _Work(replacement), self._clock().at
        with self._database.change("find and replace", at) as tx:
            ids = notes_of(tx, chosen)
            for chunk in in_chunks(ids, progress):
                _keep(tx, list(work.changes(tx, chunk)), at)
            return done(tx, "replacement in the texts", work.notes, "note")


class _Work:
    """Goes through notes and counts."""

    def __init__(self, replacement: Replacement) -> None:
        self._replace: Replacer = replacer(replacement)
        self._fields = tuple(Field) if replacement.field is None else (replacement.field,)
        self.notes = self.places = 0
        self.refused: list[Refusal] = []

    def changes(self, tx: Transaction, ids: Sequence[int]) -> Iterator[tuple[Texts, Texts]]:
        """The notes before and after, without those that stay as they are."""
        for before in bulk.texts(tx, ids):
            after, places = self._replaced(before)
            if after == before:
                continue
            why = _spoilt(before, after)
            if why is None:
                self.notes += 1
                self.places += places
                yield before, after
            else:
                self.refused.append(Refusal(before.note_id, why))

    def _replaced(self, texts: Texts) -> tuple[Texts, int]:
        found = {field.value: self._replace(getattr(texts, field)) for field in self._fields}
        places = sum(number for _, number in found.values())
        if places == 0:
            return texts, 0
        tidy = normal(_note(_with_fields(texts, {name: text for name, (text, _) in found.items()})))
        changed = [name for name, (_, number) in found.items() if number]
        return _with_fields(texts, {name: getattr(tidy, name) for name in changed}), places


def _with_fields(texts: Texts, fields: dict[str, str]) -> Texts:
    now = {"front": texts.front, "back": texts.back, "source": texts.source}
    return Texts(texts.note_id, texts.is_cloze, **{**now, **fields})


def _note(texts: Texts) -> Note:
    kind = NoteKind.CLOZE if texts.is_cloze else NoteKind.BASIC
    return Note("", kind, texts.front, texts.back, source=texts.source)


def _spoilt(before: Texts, after: Texts) -> str | None:
    """Why the note would ask nothing any more; None if it would, or did not before either."""
    why = _missing(after)
    return None if why is None or _missing(before) is not None else why


def _missing(texts: Texts) -> str | None:
    try:
        check_question(_note(texts))
    except ContentError as failure:
        return str(failure)
    return None


def _fields_changed(before: Texts, after: Texts) -> Iterator[TextChange]:
    for field in Field:
        was, becomes = getattr(before, field), getattr(after, field)
        if was != becomes:
            yield TextChange(before.note_id, field, was, becomes)


def _keep(tx: Transaction, changed: Sequence[tuple[Texts, Texts]], at: int) -> None:
    """Write the texts; where another set of cards is asked for, the cards follow."""
    same = [after for before, after in changed if _cards_asked(before) == _cards_asked(after)]
    bulk.set_texts(tx, same, at)
    for before, after in changed:
        if _cards_asked(before) != _cards_asked(after):
            stored = notes.get(tx, after.note_id)
            fields = {field.value: getattr(after, field) for field in Field}
            deck_id = cards.of_note(tx, after.note_id)[0].deck_id
            change_note(tx, stored, replace(stored.note, **fields), deck_id, at)


def _cards_asked(texts: Texts) -> tuple[int, ...]:
    return ordinals(_note(texts)) if texts.is_cloze else ()
