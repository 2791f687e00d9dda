"""Files that appear complete or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from studyapp.errors import StorageError


@contextmanager
def whole_text(target: Path) -> Iterator[TextIO]:
    """A text in UTF-8 that takes the place of `target` at the end.

    Whatever goes wrong, `target` is as it was before. Raises StorageError.
    """
    with (
        _in_place_of(target) as part,
        part.open("w", encoding="utf-8", newline="") as file,
    ):
        yield file
        file.flush()
        os.fsync(file.fileno())


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file into the place of another; raises StorageError."""
    with _in_place_of(target) as part:
        shutil.copyfile(source, part)


def write_whole(target: Path, content: bytes) -> None:
    """Put a file into the place of another; raises StorageError."""
    with _in_place_of(target) as part, part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _in_place_of(target: Path) -> Iterator[Path]:
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        part.replace(target)
    except OSError as failure:
        raise StorageError(
            f"{target} could not be written ({failure.strerror}). Nothing was changed. Check that "
            "the folder exists, that you may write to it and that the disk has free space, or "
            "choose another one."
        ) from failure
    finally:
        if part.is_file():
            part.unlink()
