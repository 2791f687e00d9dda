"""Pictures and sounds that an import brings: which names they get, and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path

from studyapp.anki.incoming import IncomingMedium
from studyapp.domain.media_names import safe_name
from studyapp.store import media
from studyapp.store.database import Transaction
from studyapp.store.incoming_media import digest_of, remove, write
from studyapp.store.media import Medium

GoOn = Callable[[], None]
"""Called now and then; raises Cancelled."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file that is not here yet."""

    medium: Medium
    incoming: IncomingMedium


@dataclass(slots=True)
class MediaPlan:
    """What becomes of an import's media."""

    names: dict[str, str] = field(default_factory=dict)
    """The names that files have here by those that they have there."""
    arriving: list[Arriving] = field(default_factory=list)


def plan(folder: Path, incoming: Sequence[IncomingMedium], go_on: GoOn) -> MediaPlan:
    """Read all media once; each gets its own name, unless another content here has it.

    Raises PackageError, StorageError or Cancelled.
    """
    found = MediaPlan()
    here = _Here(media.files(folder))
    for each in incoming:
        go_on()
        whole, size = sha256(), 0
        for chunk in each.read():
            whole.update(chunk)
            size += len(chunk)
        name, is_new = here.place(each.name, whole.hexdigest())
        found.names[each.called] = name
        if is_new:
            found.arriving.append(Arriving(Medium(name, whole.hexdigest(), size), each))
    return found


class _Here:
    """The names that are taken, whatever their case: some disks know none."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._paths = {name.casefold(): path for name, path in files.items()}
        self._names = {name.casefold(): name for name in files}
        self._digests: dict[str, str] = {}

    def place(self, wanted: str, digest: str) -> tuple[str, bool]:
        """The name that this content has here or gets, and whether it is new."""
        for name in _candidates(wanted, digest):
            folded = name.casefold()
            if folded not in self._names:
                self._names[folded], self._digests[folded] = name, digest
                return name, True
            if self._digest(folded) == digest:
                return self._names[folded], False
        raise AssertionError("there are names without end")

    def _digest(self, folded: str) -> str:
        if folded not in self._digests:
            self._digests[folded] = digest_of(self._paths[folded])
        return self._digests[folded]


def _candidates(name: str, digest: str) -> Iterator[str]:
    """Its own name, or one with a part of the digest."""
    yield name
    path = Path(name)
    for number in count(1):
        more = f"-{number}" if number > 1 else ""
        yield safe_name(f"{path.stem[:40]}-{digest[:12]}{more}{path.suffix}")


class Files:
    """Writes files into the folder, and takes them away again unless they are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[Path] = []

    def write(self, tx: Transaction, arriving: Arriving, at: int) -> None:
        """Raises PackageError or StorageError."""
        medium = arriving.medium
        self._written.append(write(self._folder, medium, arriving.incoming.read()))
        media.remember(tx, medium, at)

    def take_back(self) -> None:
        """As if nothing had been written."""
        remove(self._written, self._folder)
