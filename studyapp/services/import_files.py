"""Opens a file or folder that shall be imported, by what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path

from studyapp.anki import package_reading, package_source, text_source
from studyapp.anki.collection_opening import Stopped
from studyapp.anki.incoming import (
    Findings,
    Incoming,
    IncomingDeck,
    IncomingMedium,
    IncomingNote,
    Seen,
)
from studyapp.anki.package_names import deck_name
from studyapp.deckfile.parse import read_deck
from studyapp.domain.media_names import media_names, safe_name
from studyapp.domain.notes import DeckText
from studyapp.domain.presets import DayOptions
from studyapp.domain.study_day import Instant
from studyapp.errors import Cancelled, PackageError, StorageError
from studyapp.services.import_values import Digest
from studyapp.store import media

DECK_ENDING = ".md"
ENDINGS = (*package_reading.ENDINGS, *text_source.ENDINGS, DECK_ENDING)
_MEDIA = "media"
"""The folder beside deck files."""
_CHUNK = 1024 * 1024


def digest_of(path: Path) -> Digest:
    """Of a file, or of the deck files in a folder; raises StorageError."""
    try:
        if path.is_dir():
            return _digest_of_all(_deck_files(path))
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
            return Digest(file.tell(), digest)
    except OSError as failure:
        raise StorageError(
            f"{path} cannot be read ({failure.strerror}). Check that it is a file and that you may "
            "read it."
        ) from failure


def _digest_of_all(paths: Sequence[Path]) -> Digest:
    found = {path.name: digest_of(path) for path in paths}
    whole = "\n".join(f"{each.sha256} {name}" for name, each in found.items())
    size = sum(each.size for each in found.values())
    return Digest(size, sha256(whole.encode("utf-8", "surrogateescape")).hexdigest())


def _deck_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == DECK_ENDING)


@contextmanager
def opened(
    path: Path,
    now: Instant,
    options: DayOptions,
    go_on: Callable[[], bool],
    seen: Seen | None = None,
) -> Iterator[Incoming]:
    """What the file brings, or the deck files of a folder.

    `seen`: what a look through the same bytes has found.
    Raises PackageError, DeckFileError, StorageError or Cancelled.
    """
    ending = path.suffix.lower()
    try:
        if path.is_dir():
            yield _decks(path, _deck_files(path))
        elif ending in package_reading.ENDINGS:
            with package_source.opened(path, now, options, go_on, seen) as incoming:
                yield incoming
        elif ending in text_source.ENDINGS:
            with text_source.opened(path, deck_name(path.stem)) as incoming:
                yield incoming
        elif ending == DECK_ENDING:
            yield _decks(path, [path])
        else:
            raise PackageError(
                f"{path} cannot be imported: its name ends in none of {', '.join(ENDINGS)}."
            )
    except Stopped as stopped:
        raise Cancelled("That was cancelled; nothing was changed.") from stopped


def _decks(path: Path, files: Sequence[Path]) -> Incoming:
    """Deck files that lie in one folder."""
    if not files:
        raise PackageError(
            f"{path} cannot be imported: there is no deck file ({DECK_ENDING}) in it."
        )
    texts = [read_deck(file) for file in files]

    def notes(names: Mapping[str, str], _: Findings) -> Iterator[IncomingNote]:
        others = {there: here for there, here in names.items() if there != here}
        for text in texts:
            for note in text.notes:
                front, back = _renamed(note.front, others), _renamed(note.back, others)
                yield IncomingNote(replace(note, front=front, back=back), text.name)

    return Incoming(
        what=path.name,
        notes=notes,
        note_count=sum(len(text.notes) for text in texts),
        decks={
            text.name: IncomingDeck(text.name, text.description, text.sources, text.macros)
            for text in texts
        },
        media=tuple(_pictures(files[0].parent / _MEDIA, texts)),
    )


def _renamed(markdown: str, names: Mapping[str, str]) -> str:
    """The text with other names for files whose names others have here."""
    for there, here in names.items():
        markdown = markdown.replace(f"]({there})", f"]({here})")
        markdown = markdown.replace(f"[sound:{there}]", f"[sound:{here}]")
    return markdown


def _pictures(folder: Path, texts: Sequence[DeckText]) -> Iterator[IncomingMedium]:
    """The files beside the decks, under the names that their notes call them by."""
    called = {name for text in texts for name in _called(text)}
    for name, file in sorted(media.files(folder).items()):
        if name in called and name == safe_name(name):
            yield IncomingMedium(name, name, _reader(file))


def _called(text: DeckText) -> Iterator[str]:
    for note in text.notes:
        yield from media_names(f"{note.front}\n\n{note.back}")


def _reader(path: Path) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as failure:
            raise StorageError(
                f"{path} cannot be read ({failure.strerror}). Check its permissions."
            ) from failure

    return read
