"""The notes that a look at a file made, kept in a file for the import that may follow it.

Making them of fields in HTML can take most of a look. They are kept as JSON: the file is ours, and
has no name where the system can do without, but nothing in it could be run either.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from tempfile import TemporaryFile
from typing import IO, Any, Final

from studyapp.anki.incoming import Findings, Incoming, IncomingCard, IncomingNote
from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant

MOST_BYTES: Final = 512 * 1024**2
"""On the disk; of a larger file the notes are made again."""
_AT_ONCE: Final = 500
_CHARACTERS_AT_ONCE: Final = 1_000_000
_SCHEDULE: Final = IncomingCard._fields.index("schedule")
_BEHIND: Final = _SCHEDULE + len(fields(Schedule))
_KINDS: Final = {kind.value: kind for kind in NoteKind}
_STATES: Final = {state.value: state for state in CardState}


class KeptNotes:
    """What a file's `notes` were, and under which circumstances; gone when nobody holds it."""

    def __init__(self, now: Instant, options: DayOptions) -> None:
        """`now` and `options` are those that the file was opened with."""
        self._circumstances = (now.utc_offset_ms, options)
        self._names: Mapping[str, str] = {}
        self._findings = Findings()
        self._is_whole = False
        self._file: IO[bytes] = TemporaryFile(prefix="studyapp-import-")  # noqa: SIM115 - kept
        weakref.finalize(self, self._file.close)

    def keeping(self, incoming: Incoming) -> Incoming:
        """The same, whose notes are kept here as they are read for the first time."""

        def notes(names: Mapping[str, str], findings: Findings) -> Iterator[IncomingNote]:
            self._names = dict(names)
            for some in portions(
                incoming.notes(names, self._findings), _AT_ONCE, _CHARACTERS_AT_ONCE
            ):
                self._keep(some)
                yield from some
            findings.add(self._findings)
            self._is_whole = not self._file.closed

        return replace(incoming, notes=notes)

    def instead(self, incoming: Incoming, now: Instant, options: DayOptions) -> Incoming:
        """The same file, opened again, with the notes from here where that makes no difference."""
        if not self._is_whole or self._circumstances != (now.utc_offset_ms, options):
            return incoming

        def notes(names: Mapping[str, str], findings: Findings) -> Iterator[IncomingNote]:
            if names != self._names:
                yield from incoming.notes(names, findings)
                return
            findings.add(self._findings)
            yield from self._read()

        return replace(incoming, notes=notes)

    def _keep(self, notes: Sequence[IncomingNote]) -> None:
        if self._file.closed:
            return
        try:
            self._file.write(json.dumps([_row(note) for note in notes]).encode("ascii") + b"\n")
            if self._file.tell() > MOST_BYTES:
                self._file.close()
        except OSError:
            # There is no room, which an import can do without.
            self._file.close()

    def _read(self) -> Iterator[IncomingNote]:
        self._file.seek(0)
        for line in self._file:
            yield from map(_note, json.loads(line))


def portions(
    notes: Iterator[IncomingNote], at_once: int, characters: int
) -> Iterator[list[IncomingNote]]:
    """Some notes at a time, fewer if they are long."""
    some: list[IncomingNote] = []
    left = characters
    for each in notes:
        some.append(each)
        left -= len(each.note.front) + len(each.note.back)
        if len(some) == at_once or left < 0:
            yield some
            some, left = [], characters
    if some:
        yield some


def _row(incoming: IncomingNote) -> tuple[object, ...]:
    note, deck_name, cards, *known = incoming
    return (
        (note.key, note.kind, note.front, note.back, note.tags, note.source, note.links),
        deck_name,
        [(*card[:_SCHEDULE], *card.schedule.values(), *card[_SCHEDULE + 1 :]) for card in cards],
        *known,
    )


def _note(row: Sequence[Any]) -> IncomingNote:
    content, deck_name, cards, created_at, changed_at, is_partial, exported = row
    key, kind, front, back, tags, source, links = content
    return IncomingNote(
        Note(key, _KINDS[kind], front, back, tuple(tags), source, tuple(links)),
        deck_name,
        tuple(map(_card, cards)),
        created_at,
        changed_at,
        is_partial,
        None if exported is None else tuple(exported),
    )


def _card(row: Sequence[Any]) -> IncomingCard:
    before, values, behind = row[:_SCHEDULE], row[_SCHEDULE:_BEHIND], row[_BEHIND:]
    schedule = Schedule(_STATES[values[0]], *values[1:])
    return IncomingCard._make((*before, schedule, *behind))
