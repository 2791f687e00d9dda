"""`studyapp add`: writing a note without the window."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass

from studyapp.domain.card_making import ordinals
from studyapp.domain.notes import Note, NoteKind
from studyapp.domain.query_text import heading
from studyapp.errors import ContentError
from studyapp.services.authoring import Authoring, Written
from studyapp.services.looking_over import LookingOver

FROM_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Added:
    """A note that was added."""

    written: Written
    twins: tuple[str, ...]
    """Keys of other notes with the same front."""


def add_options(adding: argparse.ArgumentParser) -> None:
    adding.add_argument("deck", help="a deck's full name; a new name makes a deck")
    adding.add_argument("front", help=f"Markdown with LaTeX; {FROM_INPUT} reads it from the input")
    adding.add_argument("back", nargs="?", default="", help="the same; a cloze note needs none")
    adding.add_argument(
        "--kind", choices=[*NoteKind], type=NoteKind, help="else cloze if the front has cloze marks"
    )
    adding.add_argument("--tag", action="append", default=[], help="may be given several times")
    adding.add_argument("--source", default="", help="where it is from")
    adding.add_argument("--json", action="store_true", help="for programs to read")


def add(authoring: Authoring, looking_over: LookingOver, options: argparse.Namespace) -> str:
    """Add a note; what to tell of it. Raises ContentError, StorageError."""
    note = _note(options)
    twins = tuple(each.key for each in looking_over.likely_duplicates(note))
    written = authoring.open(authoring.add(Written(note, options.deck)))
    added = Added(written, twins)
    return _as_json(added) if options.json else _as_text(added)


def _note(options: argparse.Namespace) -> Note:
    if options.front == options.back == FROM_INPUT:
        raise ContentError("Front and back cannot both be read from the input. Give one of them.")
    front, back = (
        sys.stdin.read() if text == FROM_INPUT else text for text in (options.front, options.back)
    )
    as_cloze = Note("", NoteKind.CLOZE, front, back)
    kind = options.kind or (NoteKind.CLOZE if ordinals(as_cloze) else NoteKind.BASIC)
    return Note("", kind, front, back, tags=tuple(options.tag), source=options.source)


def _as_text(added: Added) -> str:
    note = added.written.note
    count = len(ordinals(note))
    title = heading(note.front, note.kind is NoteKind.CLOZE)
    lines = [f"Added to {added.written.deck_name}: {title}"]
    lines.append(f"{count} card{'' if count == 1 else 's'}; the note's key is {note.key}.")
    lines += [f"The note {key} has the same front." for key in added.twins]
    return "\n".join(lines)


def _as_json(added: Added) -> str:
    note = added.written.note
    told = {
        "key": note.key,
        "kind": note.kind,
        "deck": added.written.deck_name,
        "cards": len(ordinals(note)),
        "same_front": added.twins,
    }
    return json.dumps(told, indent=2, ensure_ascii=False)
