"""The file around the database: a zip archive that appears complete or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from studyapp.anki.export_values import Progress, unwatched
from studyapp.errors import StorageError

_DATABASE = "collection.anki2"
_MEDIA = "media"
_LEVEL = 1
"""Of zlib: the others take two to four times as long, for packages a tenth smaller."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package."""

    database: Path
    """To be made there."""
    media: dict[str, Path] = field(default_factory=dict)
    """Files by the names that notes call them by."""


@contextmanager
def package_for(target: Path, progress: Progress = unwatched) -> Iterator[Contents]:
    """Takes the contents of a package; then packs them and puts the package in `target`'s place.

    `progress` is told how many bytes are packed.

    Whatever goes wrong, `target` is as it was before, and nothing else is left in its folder.
    Raises StorageError when the folder cannot be written to or the disk is full.
    """
    try:
        with _workshop(target) as folder:
            contents = Contents(folder / _DATABASE)
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
    with archive.open("wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
            _Packing(package, contents, progress).run()
        file.flush()
        os.fsync(file.fileno())


class _Packing:
    """Packs the contents and tells how far it is."""

    def __init__(self, package: ZipFile, contents: Contents, progress: Progress) -> None:
        self._package = package
        self._contents = contents
        self._progress = progress
        self._total = sum(
            path.stat().st_size for path in (contents.database, *contents.media.values())
        )
        self._done = 0

    def run(self) -> None:
        self._add(_DATABASE, self._contents.database)
        # The files are called by numbers, which this entry translates.
        names = dict(enumerate(self._contents.media))
        with self._package.open(_MEDIA, "w") as packed:
            packed.write(json.dumps(names).encode())
        for number, name in names.items():
            self._add(str(number), self._contents.media[name])

    def _add(self, name: str, path: Path) -> None:
        # An entry opened by its name has a fixed date, so equal collections make equal packages.
        with path.open("rb") as source, self._package.open(name, "w", force_zip64=True) as packed:
            while block := source.read(_BLOCK):
                packed.write(block)
                self._done += len(block)
                self._progress(self._done, self._total)


def _refused(target: Path, reason: str) -> StorageError:
    return StorageError(
        f"{target} could not be written ({reason}). Nothing was changed. Check that the folder "
        "exists, that you may write to it and that the disk has free space, or choose another one."
    )
