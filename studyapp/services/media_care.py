"""Pictures and sounds of notes: adding them, and finding those that are missing or not used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studyapp.domain.media_names import media_names, safe_name
from studyapp.errors import StorageError
from studyapp.services.clock import Clock
from studyapp.store import media, notes
from studyapp.store.database import Database, Transaction

TRASH = "media-trash"
"""Beside the media folder: files that were put away, until they are had back or emptied."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that notes call for and nobody has."""

    name: str
    note_keys: tuple[str, ...]


class MediaCare:
    """The files of a collection."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.folder = media.folder_of(database.path)
        self.trash = self.folder.with_name(TRASH)
        self._had_back: set[str] = set()

    def add(self, name: str, content: bytes) -> str:
        """Keep a file; returns the name that notes may call it by.

        The same content is kept once, whatever its name; another content of the same name gets a
        name of its own. Raises StorageError.
        """
        described = media.described(safe_name(name), content)
        with self._database.read() as tx:
            known = media.name_of(tx, described.sha256)
        if known is not None and (self.folder / known).is_file():
            return known
        free = _free_name(described.name, described.sha256, media.files(self.folder))
        media.write(self.folder, free, content)
        at = self._clock().at
        with self._database.change("add a file", at) as tx:
            media.remember(tx, media.described(free, content), at)
            _not_away(tx, [free])
        return free

    def unused(self) -> tuple[str, ...]:
        """Files that no note calls for; those that begin with `_` belong to Anki's templates."""
        called = {name for names in self._called().values() for name in names}
        names = media.files(self.folder).keys() - called
        return tuple(sorted(name for name in names if name[0] not in "_."))

    def missing(self) -> tuple[Missing, ...]:
        """Files that notes call for and that are not there."""
        present = media.files(self.folder).keys()
        wanting: dict[str, list[str]] = {}
        for key, names in self._called().items():
            for name in names:
                if name not in present:
                    wanting.setdefault(name, []).append(key)
        return tuple(Missing(name, tuple(keys)) for name, keys in sorted(wanting.items()))

    def put_away(self, names: Iterable[str]) -> int:
        """Move files out of the folder; returns how many. Undo brings them back.

        Raises StorageError.
        """
        moved = [name for name in names if _move(self.folder / name, self.trash / name)]
        with self._database.change("put files away", self._clock().at) as tx:
            media.forget(tx, moved)
            media.remember_away(tx, media.put_away(tx) | set(moved))
        return len(moved)

    def settle(self) -> None:
        """After undo or redo: files are where the collection says that they are.

        What nobody put away stays in the folder. Raises StorageError.
        """
        in_trash = media.files(self.trash).keys()
        if not in_trash and not self._had_back:
            return
        with self._database.read() as tx:
            away = media.put_away(tx)
        for name in in_trash - away - media.files(self.folder).keys():
            _move(self.trash / name, self.folder / name)
            self._had_back.add(name)
        for name in self._had_back & away:  # put away once more
            _move(self.folder / name, self.trash / name)
            self._had_back.discard(name)

    def trashed(self) -> tuple[str, ...]:
        """Files that were put away."""
        return tuple(sorted(media.files(self.trash)))

    def restore(self, names: Iterable[str]) -> int:
        """Have files back that were put away; returns how many. Raises StorageError."""
        at = self._clock().at
        moved = [name for name in names if _move(self.trash / name, self.folder / name)]
        with self._database.change("restore files", at) as tx:
            for name in moved:
                content = (self.folder / name).read_bytes()
                media.remember(tx, media.described(name, content), at)
            _not_away(tx, moved)
        return len(moved)

    def empty_trash(self) -> int:
        """Delete what was put away, for ever; returns how many files."""
        files = media.files(self.trash)
        for path in files.values():
            path.unlink(missing_ok=True)
        return len(files)

    def _called(self) -> dict[str, tuple[str, ...]]:
        with self._database.read() as tx:
            return {
                key: names
                for key, *fields in notes.with_media(tx)
                if (names := media_names("\n".join(fields)))
            }


def _not_away(tx: Transaction, names: Iterable[str]) -> None:
    away = media.put_away(tx)
    if away & set(names):
        media.remember_away(tx, away - set(names))


def _free_name(name: str, digest: str, taken: Iterable[str]) -> str:
    """`name`, or one with a part of the digest if another file has it, whatever its case."""
    if name.casefold() not in {each.casefold() for each in taken}:
        return name
    path = Path(name)
    return safe_name(f"{path.stem[:60]}-{digest[:12]}{path.suffix}")


def _move(source: Path, target: Path) -> bool:
    if not source.is_file():
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
    except OSError as failure:
        raise StorageError(
            f"{source} could not be moved to {target} ({failure.strerror}). Check the folder's "
            "permissions."
        ) from failure
    return True
