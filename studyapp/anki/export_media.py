"""Pictures and sounds on their way to Anki: which ones, and what they are called there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from studyapp.domain.media_names import safe_name

_LONGEST_STEM: Final = 60


class ExportMedia:
    """The files that notes call for, as they do so."""

    def __init__(self, files: Mapping[str, Path], *, every: bool = False) -> None:
        """`files` are by the names that notes give them; `every` takes those without a note too."""
        self._files = files
        self._every = every
        self._called: dict[str, None] = {}

    def call(self, names: Iterable[str]) -> None:
        """Notes call for these files."""
        self._called.update(dict.fromkeys(names))

    def name(self, name: str) -> str:
        """What a file is called in Anki: as here, unless Anki would refuse that or mix it up."""
        if name not in self._files:
            return name
        composed = unicodedata.normalize("NFC", name)
        is_clear = composed == name or composed not in self._files
        if is_clear and safe_name(name) == composed:
            return name
        path = Path(safe_name(name))
        digest = sha256(name.encode("utf-8", "replace")).hexdigest()
        return safe_name(f"{path.stem[:_LONGEST_STEM]}-{digest[:12]}{path.suffix}")

    def present(self) -> dict[str, Path]:
        """The files that there are, by their names in Anki."""
        return {
            self.name(name): self._files[name] for name in self._wanted() if self._is_file(name)
        }

    def missing(self) -> tuple[str, ...]:
        """Names of files that notes call for and nobody has."""
        return tuple(name for name in self._called if not self._is_file(name))

    def renamed(self) -> tuple[str, ...]:
        """Names of files that are called something else in Anki."""
        return tuple(
            name for name in self._wanted() if self._is_file(name) and self.name(name) != name
        )

    def _wanted(self) -> Iterable[str]:
        if not self._every:
            return self._called
        return dict.fromkeys([*self._called, *sorted(n for n in self._files if n[0] != ".")])

    def _is_file(self, name: str) -> bool:
        return name in self._files and self._files[name].is_file()
