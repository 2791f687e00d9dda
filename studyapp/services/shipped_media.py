"""The pictures that come with decks."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from studyapp.errors import StorageError
from studyapp.store import media
from studyapp.store.database import Transaction

FOLDER = "media"
"""Beside the deck files."""


def digest(folder: Path) -> bytes:
    """Of all pictures beside the deck files of a folder: another one when any has changed."""
    whole = sha256()
    for name, path in sorted(media.files(folder / FOLDER).items()):
        whole.update(f"{name}\n".encode())
        whole.update(sha256(path.read_bytes()).digest())
    return whole.digest()


def install(tx: Transaction, source: Path, target: Path, at: int) -> tuple[str, ...]:
    """Copy the pictures beside the deck files of `source` into the collection's folder.

    One that the user put there, or changed, stays. Returns a message for each that could not be
    installed.
    """
    failures: list[str] = []
    known = media.shipped(tx)
    for name, path in sorted(media.files(source / FOLDER).items()):
        try:
            content = path.read_bytes()
            medium = media.described(name, content)
            if _is_users(target / name, {medium.sha256, known.get(name)}):
                failures.append(
                    f"{target / name} is a file of yours, so the deck's picture of this name was "
                    "not installed. Rename yours to have both."
                )
                continue
            if not _holds(target / name, medium.sha256):
                media.write(target, name, content)
            media.remember(tx, medium, at)
            known[name] = medium.sha256
        except OSError as failure:
            failures.append(f"{path} cannot be read: {failure.strerror}. It was not installed.")
        except StorageError as failure:
            failures.append(str(failure))
    if known:
        media.remember_shipped(tx, known)
    return tuple(failures)


def _is_users(path: Path, ours: set[str | None]) -> bool:
    return path.is_file() and sha256(path.read_bytes()).hexdigest() not in ours


def _holds(path: Path, digest_wanted: str) -> bool:
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == digest_wanted
