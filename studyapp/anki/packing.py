"""What is inside a package, in Anki's older format and in the one that it has had since 2.1.50.

Entries opened by their names have a fixed date, so equal collections make equal packages.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from zstandard import ZstdCompressor

from studyapp.anki.export_values import Progress
from studyapp.anki.wire_format import written

_DATABASE: Final = "collection.anki2"
_MODERN_DATABASE: Final = "collection.anki21b"
_META: Final = "meta"
_MEDIA: Final = "media"
_VERSION: Final = ((1, 3),)
"""Of the modern format, as a message."""
_ENTRY, _NAME, _SIZE, _SHA1 = 1, 1, 2, 3
"""Fields of the list of media, and of an entry of it."""
_ZLIB_LEVEL: Final = 1
"""The others take two to four times as long, for packages a tenth smaller."""
_ZSTD_LEVEL: Final = 3
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package."""

    database: Path
    """To be made there."""
    older: Path | None = None
    """To be made there too, if the package is a modern one: what older versions of Anki open."""
    media: dict[str, Path] = field(default_factory=dict)
    """Files by the names that notes call them by."""


def pack_legacy(file: IO[bytes], contents: Contents, progress: Progress) -> None:
    """For any Anki 2.1; `progress` is told how many bytes are packed."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_ZLIB_LEVEL) as package:
        _Legacy(package, contents, progress).run()


def pack_modern(file: IO[bytes], contents: Contents, progress: Progress) -> None:
    """For Anki from 2.1.50 on; `progress` is told how many bytes are packed."""
    with ZipFile(file, "w", ZIP_STORED) as package:
        _Modern(package, contents, progress).run()


class _Packing(ABC):
    """Packs the contents and tells how far it is."""

    def __init__(self, package: ZipFile, contents: Contents, progress: Progress) -> None:
        self._package = package
        self._contents = contents
        self._progress = progress
        self._total = sum(
            path.stat().st_size for path in (contents.database, *contents.media.values())
        )
        self._done = 0

    @abstractmethod
    def run(self) -> None:
        """Pack all of it."""

    def _copy(self, path: Path, to: IO[bytes]) -> bytes:
        """Returns the file's SHA-1."""
        digest = sha1(usedforsecurity=False)
        with path.open("rb") as source:
            while block := source.read(_BLOCK):
                digest.update(block)
                to.write(block)
                self._done += len(block)
                self._progress(self._done, self._total)
        return digest.digest()

    def _write(self, name: str | ZipInfo, data: bytes) -> None:
        with self._package.open(name, "w") as packed:
            packed.write(data)


class _Legacy(_Packing):
    def run(self) -> None:
        self._add(_DATABASE, self._contents.database)
        # The files are called by numbers, which this entry translates.
        self._write(_MEDIA, json.dumps(dict(enumerate(self._contents.media))).encode())
        for number, path in enumerate(self._contents.media.values()):
            self._add(str(number), path)

    def _add(self, name: str, path: Path) -> None:
        with self._package.open(name, "w", force_zip64=True) as packed:
            self._copy(path, packed)


class _Modern(_Packing):
    def run(self) -> None:
        self._write(_META, written(_VERSION))
        self._add(_MODERN_DATABASE, self._contents.database)
        if self._contents.older is not None:
            notice = ZipInfo(_DATABASE)
            notice.compress_type = ZIP_DEFLATED
            self._write(notice, self._contents.older.read_bytes())
        entries = [
            (_ENTRY, self._medium(number, name)) for number, name in enumerate(self._contents.media)
        ]
        self._write(_MEDIA, ZstdCompressor(level=_ZSTD_LEVEL).compress(written(entries)))

    def _medium(self, number: int, name: str) -> bytes:
        """Its entry in the list."""
        path = self._contents.media[name]
        digest = self._add(str(number), path)
        return written([(_NAME, name.encode()), (_SIZE, path.stat().st_size), (_SHA1, digest)])

    def _add(self, name: str, path: Path) -> bytes:
        compressor = ZstdCompressor(level=_ZSTD_LEVEL)
        with (
            self._package.open(name, "w", force_zip64=True) as packed,
            compressor.stream_writer(packed, size=path.stat().st_size, closefd=False) as squeezed,
        ):
            return self._copy(path, squeezed)
