"""What the check of pictures and sounds found, told in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studyapp.services.media_care import MediaCare, Missing
from studyapp.services.progress import Progress
from studyapp.ui.spans import counted

_KB = 1000
_LOOKS = 2


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the collection."""

    path: Path
    size_bytes: int

    @property
    def line(self) -> str:
        """Name and size: "a.png · 12 kB"."""
        return f"{self.path.name}   ·   {size(self.size_bytes)}"


@dataclass(frozen=True, slots=True)
class MediaReport:
    """The files that need a decision, in the order of their names."""

    missing: tuple[Missing, ...] = ()
    unused: tuple[StoredFile, ...] = ()
    trashed: tuple[StoredFile, ...] = ()


def look(care: MediaCare, progress: Progress = lambda _done, _total: True) -> MediaReport | None:
    """Look through all notes and files; None if `progress` cancelled it. Raises StorageError."""
    missing = care.missing() if progress(0, _LOOKS) else None
    if missing is None or not progress(1, _LOOKS):
        return None
    unused = _stored(care.folder, care.unused())
    return MediaReport(missing, unused, _stored(care.trash, care.trashed()))


def _stored(folder: Path, names: tuple[str, ...]) -> tuple[StoredFile, ...]:
    return tuple(StoredFile(folder / name, _size_of(folder / name)) for name in names)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it has just gone
        return 0


def size(number: int) -> str:
    """Bytes as one tells them: "812 bytes", "12 kB", "3.4 MB"."""
    if number < _KB:
        return counted(number, "byte")
    if number < _KB * _KB:
        return f"{number / _KB:.0f} kB"
    return f"{number / _KB / _KB:.1f} MB"


def wanted_by(missing: Missing) -> str:
    """A missing file and how many notes call for it, in a line."""
    return f"{missing.name}   ·   {counted(len(missing.note_keys), 'note')}"
