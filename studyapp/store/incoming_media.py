"""Files of media that are written piece by piece, however large they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path

from studyapp.errors import StorageError
from studyapp.store.media import Medium


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal; raises StorageError."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as failure:
        raise StorageError(
            f"{path} cannot be read ({failure.strerror}). Check its permissions."
        ) from failure


def write(folder: Path, medium: Medium, chunks: Iterable[bytes]) -> Path:
    """Put a new file into the folder, whole or not at all; returns where it is.

    Raises StorageError, also if something else is there, or what it holds is not what it should.
    """
    target = folder / medium.name
    part = folder / f".{medium.sha256}.part"
    whole = sha256()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            for chunk in chunks:
                whole.update(chunk)
                file.write(chunk)
        if whole.hexdigest() != medium.sha256 or target.is_symlink() or target.exists():
            raise StorageError(f"{target} was changed meanwhile. Nothing was imported; try again.")
        part.replace(target)
    except OSError as failure:
        raise StorageError(
            f"{target} could not be written ({failure.strerror}). Check the folder's permissions "
            "and free space."
        ) from failure
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def remove(paths: Sequence[Path], folder: Path) -> None:
    """Delete files that were just written, and the folder if it is empty then."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    if paths:
        with suppress(OSError):
            folder.rmdir()
