"""Reads the deck files of a linked folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from studyapp.deckfile.front_matter import DELIMITER
from studyapp.deckfile.parse import read_text
from studyapp.deckfile.splicing import SplitDeck, split
from studyapp.errors import DeckFileError, StorageError
from studyapp.services.link_values import TextFile

_ENDING: Final = ".md"


@dataclass(slots=True)
class Texts:
    """What a folder holds."""

    files: list[TextFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


class Owners:
    """Which file has which key of a deck, name of a deck, and id of a note, in all folders."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], Path] = {}

    def clashes(self, file: TextFile) -> list[str]:
        """What the file shares with one before it; if that is nothing, it owns its names."""
        deck = file.whole.deck
        names = [("key", deck.key), ("deck", deck.name.casefold())]
        names += [("id", note.key) for note in deck.notes]
        found = [
            f"{file.path}:{line_of(file.whole, what, value)}: The {what} “{value}” is that of "
            f"{self._owners[what, value]} too. Give one of them another."
            for what, value in names
            if (what, value) in self._owners
        ]
        if not found:
            self._owners.update(dict.fromkeys(names, file.path))
        return found


def line_of(whole: SplitDeck, what: str, value: str) -> int:
    """The first line that says it behind the word `what`; 1 if none does as it stands."""
    lines = enumerate(whole.text.casefold().split("\n"), 1)
    said = value.casefold()
    return next((n for n, line in lines if line.lstrip().startswith(what) and said in line), 1)


def read_folder(folder: Path, known: Collection[str], owners: Owners) -> Texts:
    """The deck files of a folder; `known` has the names of those that were there before.

    A text without front matter is passed over, unless it was a deck file before. A folder that
    cannot be read is a problem among others.
    """
    texts = Texts()
    # A copy of a known file is the one to be told of, not the file.
    paths = sorted(_paths(folder, texts), key=lambda path: path.name not in known)
    for path in paths:
        try:
            text = read_text(path)
            if not _is_deck(text) and path.name not in known:
                texts.passed_over.append(path.name)
                continue
            file = TextFile(path, split(text, str(path)))
        except (DeckFileError, StorageError) as failure:
            texts.problems.append(str(failure))
            continue
        clashes = owners.clashes(file)
        texts.problems += clashes
        texts.files += [] if clashes else [file]
    return texts


def _paths(folder: Path, texts: Texts) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() == _ENDING]
    except OSError as failure:
        texts.problems.append(
            f"The linked folder {folder} cannot be read ({failure.strerror}). Bring it back, or "
            f"unlink it: studyapp unlink {folder}"
        )
        return []
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _is_deck(text: str) -> bool:
    return text.removeprefix("\ufeff").split("\n", 1)[0].rstrip() == DELIMITER
