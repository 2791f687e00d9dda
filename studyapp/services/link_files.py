"""Writes deck files of linked folders, and copies the pictures that their notes call for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from filecmp import cmp
from pathlib import Path
from typing import Final

from studyapp.deckfile.parse import read_text
from studyapp.domain.media_names import media_names
from studyapp.domain.notes import Note
from studyapp.errors import ContentError, StorageError
from studyapp.services.link_values import FolderPlan
from studyapp.services.whole_file import copy_whole, whole_text
from studyapp.store import media

MEDIA: Final = "media"
"""The folder beside deck files."""

CHANGED = "has changed since it was looked at"


def check_unchanged(plan: FolderPlan, texts: Iterable[Path]) -> None:
    """Raises ContentError if one of the files is not as it was read."""
    was = {file.path: file.whole.text for file in plan.files}
    for path in texts:
        if read_text(path) != was[path]:
            raise ContentError(f"{path} {CHANGED}. Nothing was changed. Look again.")


def write_texts(plan: FolderPlan, texts: Mapping[Path, str]) -> None:
    """Put texts into the place of those that were read, each whole or not at all.

    What was written is on the disk for good when this returns. Raises ContentError if a file was
    changed in between, StorageError.
    """
    check_unchanged(plan, texts)
    for path, text in texts.items():
        target = path.resolve()
        with whole_text(target) as file:
            file.write(text)
            file.flush()
            # As late as it can be: somebody may save the file at this very moment.
            check_unchanged(plan, [path])
            _keep_mode(target, file.fileno())
    for folder in {path.resolve().parent for path in texts}:
        _keep_names(folder)


def copy_media(plan: FolderPlan, source: Path, notes: Iterable[Note]) -> tuple[str, ...]:
    """Copy what notes call for beside the deck files; a file in the way stays.

    Returns a message for each that was in the way. Raises StorageError.
    """
    present, messages = media.files(source), []
    folder = plan.path / MEDIA
    called = {name for note in notes for name in media_names(f"{note.front}\n\n{note.back}")}
    for name in sorted(called & present.keys()):
        target = folder / name
        if not target.exists():
            _make(folder)
            copy_whole(present[name], target)
        elif not (target.is_file() and cmp(target, present[name], shallow=False)):
            messages.append(
                f"{target} is another file than the app's of this name, so it was not copied. "
                "Rename one of them."
            )
    return tuple(messages)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as failure:
        raise StorageError(
            f"The folder {folder} cannot be made ({failure.strerror}). Check its permissions."
        ) from failure


def _keep_mode(target: Path, file: int) -> None:
    with suppress(OSError, AttributeError):
        os.fchmod(file, target.stat().st_mode)


def _keep_names(folder: Path) -> None:
    """Have the disk keep that files took the place of others; not every system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
