"""Text that was not added yet: it survives a crash."""

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
                "lost if the app ends before you add it. Check the free space."
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
