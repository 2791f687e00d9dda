"""Text that was not added or saved yet: it survives a crash."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from studyapp.domain.notes import Note, NoteKind
from studyapp.errors import StorageError
from studyapp.services.authoring import Written


class Draft:
    """One text in a file beside the collection, written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, written: Written) -> None:
        """Write the text down; raises StorageError."""
        part = self._path.with_suffix(".part")
        content = json.dumps(asdict(written), ensure_ascii=False, indent=1)
        try:
            part.write_text(content, encoding="utf-8")
            part.replace(self._path)
        except OSError as failure:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise StorageError(
                f"What you type could not be kept in {self._path} ({failure.strerror}). It will be "
                "lost if the app ends before you add or save it. Check the free space."
            ) from failure

    def kept(self) -> Written | None:
        """What was kept last; None if there is nothing, or nothing that can be read."""
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
            note = Note(**values["note"])
            note = replace(
                note, kind=NoteKind(note.kind), tags=tuple(note.tags), links=tuple(note.links)
            )
            return Written(note, str(values["deck_name"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def forget(self) -> None:
        """The text was added, or is not wanted."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


class EditDrafts:
    """A draft for each note that is being edited, beside the collection."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, note_id: int) -> Draft:
        """Of what is written in a note."""
        return Draft(self._folder / f"draft-of-{note_id}.json")

    def note_ids(self) -> list[int]:
        """Of the notes in which something was written and not saved, in order."""
        return sorted(filter(None, map(_number, self._folder.glob("draft-of-*.json"))))


def _number(path: Path) -> int:
    """Of the note that a draft belongs to; 0: the name is no draft's."""
    digits = path.stem.removeprefix("draft-of-")
    return int(digits) if digits.isascii() and digits.isdecimal() else 0
