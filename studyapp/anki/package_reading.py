"""Takes a package of Anki's apart: which database counts, and which media are in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile, ZipInfo

from studyapp.anki import package_bounds
from studyapp.anki.package_bounds import Bound, broken, open_archive, unpacked
from studyapp.anki.wire_format import BrokenMessage, read_message, text, whole
from studyapp.errors import PackageError, StorageError

ENDINGS: Final = (".apkg", ".colpkg")
_MODERN = "collection.anki21b"
_LEGACY = ("collection.anki21", "collection.anki2")
_META, _MEDIA = "meta", "media"
_LATEST = 3
_NO_SPACE = 28


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the list of media says of a file."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A picture or sound in a package."""

    name: str
    """As notes call it, unchecked: it may be any text."""
    entry: ZipInfo
    size: int | None = None
    """Bytes that it should have, if the package says so."""


@dataclass(slots=True)
class Package:
    """An open package; its database is unpacked to a file that is gone when it is closed."""

    path: Path
    database: Path
    media: tuple[PackedFile, ...]
    missing: tuple[str, ...]
    """Names of media that are listed and not there."""
    is_modern: bool
    _archive: ZipFile
    _media_bound: Bound = field(
        default_factory=lambda: Bound("All media", package_bounds.MAX_MEDIA)
    )

    def read(self, file: PackedFile) -> Iterator[bytes]:
        """What a picture or sound holds, some at a time; raises PackageError or StorageError."""
        if file is self.media[0]:
            # Read from the start again: all of them together have a bound.
            self._media_bound = Bound(f"All media of {self.path}", package_bounds.MAX_MEDIA)
        what = f"“{file.name[:100]}” in {self.path}"
        bound = Bound(what, package_bounds.MAX_FILE)
        size = 0
        with _told(self.path):
            for chunk in unpacked(self._archive, file.entry, bound, zstd=self.is_modern):
                size += len(chunk)
                self._media_bound.take(len(chunk), 0, 1)
                yield chunk
        if file.size not in (None, size):
            raise broken(self.path, f"“{file.name[:100]}” has {size} bytes, not {file.size}")


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Unpack the database of a package; raises PackageError or StorageError."""
    with ExitStack() as stack:
        with _told(path):
            made = TemporaryDirectory(prefix="studyapp-import-", ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(made))
            package = _package(path, stack.enter_context(open_archive(path)), folder)
        yield package


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise _unreadable(path, failure) from failure


def _unreadable(path: Path, failure: OSError) -> StorageError:
    if failure.errno == _NO_SPACE:
        return StorageError(
            f"There is no room to unpack {path}. Nothing was changed. Free some space and try "
            "again."
        )
    return StorageError(
        f"{path} cannot be read ({failure.strerror or failure}). Check that it is a file and that "
        "you may read it."
    )


def _package(path: Path, archive: ZipFile, folder: Path) -> Package:
    entries: dict[str, ZipInfo] = {}
    for entry in archive.infolist():
        if entry.filename in entries:
            raise broken(path, f"it holds two files called “{entry.filename[:100]}”")
        entries[entry.filename] = entry
    name = _collection_name(path, archive, entries)
    is_modern = name == _MODERN
    database = folder / "collection"
    bound = Bound(f"The collection in {path}", package_bounds.MAX_COLLECTION)
    with database.open("wb") as file:
        for chunk in unpacked(archive, entries[name], bound, zstd=is_modern):
            file.write(chunk)
    listed = _listed(path, archive, entries.get(_MEDIA), is_modern)
    media = tuple(
        PackedFile(each.name, entries[key], each.size)
        for key, each in listed.items()
        if key in entries
    )
    missing = tuple(each.name for key, each in listed.items() if key not in entries)
    return Package(path, database, media, missing, is_modern, archive)


def _collection_name(path: Path, archive: ZipFile, entries: dict[str, ZipInfo]) -> str:
    """Which of the databases is the real one: in newer packages `collection.anki2` is a dummy."""
    version = _version(path, archive, entries.get(_META))
    if version > _LATEST:
        raise PackageError(
            f"{path} has version {version} of Anki's packages; this app knows up to {_LATEST}. In "
            "Anki tick “Support older Anki versions” when you export."
        )
    if version == _LATEST:
        wanted: tuple[str, ...] = (_MODERN,)
    elif version:
        wanted = (_LEGACY[0],) if version == _LATEST - 1 else (_LEGACY[1],)
    else:
        wanted = (_MODERN, *_LEGACY)
    found = next((name for name in wanted if name in entries), None)
    if found is None:
        raise PackageError(
            f"{path} holds no collection of Anki's ({' or '.join(wanted)}). Is it a package that "
            "Anki exported?"
        )
    return found


def _version(path: Path, archive: ZipFile, entry: ZipInfo | None) -> int:
    """1 to 3; 0 if the package does not say."""
    if entry is None:
        return 0
    data = _small(path, archive, entry)
    try:
        return whole(read_message(data), 1)
    except BrokenMessage as failure:
        raise broken(path, f"its version cannot be read: {failure}") from failure


def _listed(
    path: Path, archive: ZipFile, entry: ZipInfo | None, is_modern: bool
) -> dict[str, _Listed]:
    """The media by what they are called in the archive."""
    if entry is None:
        return {}
    data = _small(path, archive, entry, zstd=is_modern)
    try:
        return _modern_list(data) if is_modern else _legacy_list(data)
    except (BrokenMessage, ValueError, RecursionError) as failure:
        raise broken(path, f"its list of media cannot be read: {failure}") from failure


def _small(path: Path, archive: ZipFile, entry: ZipInfo, *, zstd: bool = False) -> bytes:
    bound = Bound(f"The file “{entry.filename}” in {path}", package_bounds.MAX_LIST)
    return b"".join(unpacked(archive, entry, bound, zstd=zstd))


def _modern_list(data: bytes) -> dict[str, _Listed]:
    files = {}
    for index, value in enumerate(read_message(data).get(1, [])):
        if not isinstance(value, bytes):
            raise BrokenMessage("an entry without bytes")
        entry = read_message(value)
        key = whole(entry, 255) if 255 in entry else index
        files[str(key)] = _Listed(text(entry, 1), whole(entry, 2))
    return files


def _legacy_list(data: bytes) -> dict[str, _Listed]:
    with suppress(UnicodeDecodeError):
        found = json.loads(data.decode("utf-8") or "{}")
        if isinstance(found, dict):
            return {key: _Listed(name) for key, name in found.items() if isinstance(name, str)}
    raise BrokenMessage("it is no table of names")
