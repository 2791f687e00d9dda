"""The file around the database: a zip archive that appears complete or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from studyapp.anki.export_values import Progress, unwatched
from studyapp.anki.packing import Contents, pack_legacy, pack_modern
from studyapp.errors import StorageError

_DATABASE = "collection"
_OLDER = "older"


@contextmanager
def package_for(
    target: Path, progress: Progress = unwatched, *, modern: bool = False
) -> Iterator[Contents]:
    """Takes the contents of a package; then packs them and puts the package in `target`'s place.

    `progress` is told how many bytes are packed. `modern`: as Anki has it since 2.1.50.

    Whatever goes wrong, `target` is as it was before, and nothing else is left in its folder.
    Raises StorageError when the folder cannot be written to or the disk is full.
    """
    try:
        with _workshop(target) as folder:
            contents = Contents(folder / _DATABASE, folder / _OLDER if modern else None)
            yield contents
            archive = folder / "package"
            _pack(archive, contents, progress)
            archive.replace(target)
    except OSError as failure:
        raise _refused(target, failure.strerror or str(failure)) from failure
    except sqlite3.OperationalError as failure:
        raise _refused(target, str(failure)) from failure


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, for a while; a killed export may have left the same one."""
    digest = sha256(target.name.encode("utf-8", "replace")).hexdigest()
    folder = target.with_name(f".export-{digest[:12]}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pack(archive: Path, contents: Contents, progress: Progress) -> None:
    pack = pack_legacy if contents.older is None else pack_modern
    with archive.open("wb") as file:
        pack(file, contents, progress)
        file.flush()
        os.fsync(file.fileno())


def _refused(target: Path, reason: str) -> StorageError:
    return StorageError(
        f"{target} could not be written ({reason}). Nothing was changed. Check that the folder "
        "exists, that you may write to it and that the disk has free space, or choose another one."
    )
