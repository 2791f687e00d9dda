"""How large what is in a package may be; all of it is checked while it is unpacked.

A few kilobytes can claim to be, or unfold to, terabytes. So nothing is believed of what a package
says of itself: bytes are counted as they come out, and each reading stops at its bound.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError  # noqa: N812 - the library's name is not a class's

from zstandard import ZstdDecompressor, ZstdError

from studyapp.errors import PackageError

MAX_ENTRIES: Final = 200_000
"""Files in a package."""
MAX_DIRECTORY: Final = 64 * 1024 * 1024
"""Bytes of the archive's list of files, which is read into memory as a whole."""
MAX_COLLECTION: Final = 2 * 1024**3
"""Bytes of the database."""
MAX_FILE: Final = 512 * 1024**2
"""Bytes of one picture or sound."""
MAX_MEDIA: Final = 20 * 1024**3
"""Bytes of all pictures and sounds."""
MAX_LIST: Final = 32 * 1024**2
"""Bytes of the list of media."""
MAX_RATIO: Final = 500
"""Bytes that one byte of the package may unfold to, once there are more than `FREE`."""
FREE: Final = 64 * 1024**2

_BROKEN = (
    *(BadZipFile, DeflateError, ZstdError, EOFError, NotImplementedError, ValueError),
    *(OverflowError, struct.error),
)
"""What the libraries raise for archives that are none."""
_NOWHERE: Final = "it begins before the start of the archive"
"""What the system calls an invalid argument, when somebody reads from there."""
_CHUNK = 256 * 1024
_WINDOW = 128 * 1024**2
"""Bytes of memory that unpacking zstd may use."""
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 1


@dataclass(slots=True)
class Bound:
    """How much may still come out of one file or several."""

    what: str
    """What is read, for the message."""
    left: int

    def take(self, size: int, unpacked: int, packed: int) -> None:
        """Count `size` more bytes; raises PackageError if they are too many.

        `unpacked` is the size of the file so far, `packed` that of what it was packed into.
        """
        self.left -= size
        if self.left < 0:
            raise PackageError(f"{self.what} is larger than this app unpacks. Nothing was changed.")
        if unpacked > FREE and unpacked > MAX_RATIO * packed:
            raise PackageError(
                f"{self.what} unfolds to more than {MAX_RATIO} times its size, as only a file does "
                "that was made to fill a disk. Nothing was changed."
            )


def open_archive(path: Path) -> ZipFile:
    """The zip archive, whose list of files is known to be small; raises PackageError or OSError."""
    with path.open("rb") as file:
        entries, size = _directory(file, path)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise PackageError(
            f"{path} holds {entries:,} files; this app reads packages of up to {MAX_ENTRIES:,}."
        )
    try:
        return ZipFile(path)
    except _BROKEN as failure:
        raise broken(path, str(failure)) from failure
    except OSError as failure:
        if failure.errno != EINVAL:
            raise
        raise broken(path, _NOWHERE) from failure


def broken(path: Path, reason: str) -> PackageError:
    """The error for a package that cannot be unpacked."""
    return PackageError(
        f"{path} is damaged or not complete ({reason}). Nothing was changed. Export or download it "
        "again."
    )


def _directory(file: IO[bytes], path: Path) -> tuple[int, int]:
    """How many files an archive lists, and how many bytes the list has."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _LONGEST_COMMENT - _END.size))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise PackageError(
            f"{path} is no package of Anki's, or only a part of one: the end of a zip archive is "
            "missing. Export or download it again."
        )
    entries, size = _END.unpack_from(tail, at)[4:6]
    if (entries == 0xFFFF or size == 0xFFFFFFFF) and at >= _LOCATOR.size:
        signature, _, place, _ = _LOCATOR.unpack_from(tail, at - _LOCATOR.size)
        if signature == b"PK\x06\x07" and place + _END_64.size <= length:
            file.seek(place)
            entries, size = _END_64.unpack(file.read(_END_64.size))[7:9]
    return entries, size


def unpacked(
    archive: ZipFile, entry: ZipInfo, bound: Bound, *, zstd: bool = False
) -> Iterator[bytes]:
    """What a file in the archive holds, some at a time; raises PackageError.

    `zstd`: it was compressed that way before it was put into the archive.
    """
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise PackageError(f"{bound.what} is encrypted, or packed in a way that Anki does not use.")
    size = 0
    try:
        with archive.open(entry) as packed:
            for chunk in _zstd(packed) if zstd else _plain(packed):
                size += len(chunk)
                bound.take(len(chunk), size, max(entry.compress_size, 1))
                yield chunk
    except _BROKEN as failure:
        raise _damaged(bound, str(failure)) from failure
    except OSError as failure:
        if failure.errno != EINVAL:
            raise
        raise _damaged(bound, _NOWHERE) from failure


def _damaged(bound: Bound, reason: str) -> PackageError:
    return PackageError(
        f"{bound.what} is damaged or not complete ({reason}). Nothing was changed. Export or "
        "download the package again."
    )


def _plain(packed: IO[bytes]) -> Iterator[bytes]:
    while chunk := packed.read(_CHUNK):
        yield chunk


def _zstd(packed: IO[bytes]) -> Iterator[bytes]:
    decompressor = ZstdDecompressor(max_window_size=_WINDOW)
    with decompressor.stream_reader(packed, read_across_frames=True, closefd=False) as reader:
        while chunk := reader.read(_CHUNK):
            yield chunk
