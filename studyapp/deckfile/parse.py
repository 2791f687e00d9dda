"""Reads the text form of a deck; the format is described in docs/deck-format.md."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from studyapp.deckfile.blocks import RawNote, read_blocks
from studyapp.deckfile.characters import control_characters
from studyapp.deckfile.checks import note_problems, twin_problems, unretired_problems
from studyapp.deckfile.front_matter import read_front_matter
from studyapp.domain.notes import DeckText, Note, NoteKind
from studyapp.errors import DeckFileError, Problem, StorageError

MAX_BYTES = 20_000_000
_SPACES = re.compile(r"[ \t]+")


def read_deck(path: Path) -> DeckText:
    """The deck in the file `path`.

    Raises StorageError when the file cannot be read, and DeckFileError when it is no deck.
    """
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """What stands in a deck file, to the byte; raises as `read_deck`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"{path} cannot be read: {reason}. Check that it is a file and that you may read it."
        ) from error
    return _decoded(data, str(path))


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise DeckFileError(file, [Problem(1, message, "Split the deck into several files")])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(line, "The text is not UTF-8", "Save the file as UTF-8 in your editor")
        raise DeckFileError(file, [problem]) from error


def parse(text: str, file: str) -> DeckText:
    """The deck that `text` is; `file` names it in errors.

    Raises DeckFileError with all problems, by their lines. A byte order mark and CRLF are accepted.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    front = read_front_matter(lines)
    raw, problems = read_blocks(lines[front.end :], front.end + 1)
    problems += front.problems
    problems += control_characters("\n".join(lines[front.end :]), front.end + 1)
    notes = [_note(block, front.deck.key) for block in raw]
    for block, note in zip(raw, notes, strict=True):
        problems += note_problems(block, note)
    problems += twin_problems(raw, notes)
    problems += unretired_problems(front.deck.retired, raw, notes)
    if problems:
        raise DeckFileError(file, sorted(problems, key=lambda problem: problem.line))
    return replace(front.deck, notes=tuple(notes))


def _note(raw: RawNote, deck_key: str) -> Note:
    front = raw.front.text
    return Note(
        key=_value(raw, "id") or derived_key(deck_key, front),
        kind=_kind(raw),
        front=front,
        back=raw.back.text if raw.back is not None else "",
        tags=_words(_value(raw, "tags")),
        source=_value(raw, "source"),
        links=_words(_value(raw, "links")),
    )


def derived_key(deck_key: str, front: str) -> str:
    """The key of a note that names none; white space in its front may change without effect."""
    digest = sha256(" ".join(front.split()).encode("utf-8", "replace")).hexdigest()
    return f"{deck_key}-{digest[:16]}"


def _kind(raw: RawNote) -> NoteKind:
    if raw.opener == "C":
        return NoteKind.CLOZE
    return NoteKind.REVERSED if _value(raw, "kind") == NoteKind.REVERSED else NoteKind.BASIC


def _value(raw: RawNote, word: str) -> str:
    entry = raw.metadata.get(word)
    return "" if entry is None else entry.value


def _words(value: str) -> tuple[str, ...]:
    return tuple(_SPACES.split(value)) if value else ()
