"""A text with a note on each line, as Anki exports and imports them: CSV or TSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from html import escape
from io import StringIO
from pathlib import Path
from typing import Final

from studyapp.anki.anki_values import AnkiNote
from studyapp.anki.from_html import Media, no_media
from studyapp.anki.incoming import Findings, Incoming, IncomingNote
from studyapp.anki.note_mapping import NotTaken, map_note
from studyapp.anki.note_shapes import Shape
from studyapp.anki.package_names import deck_name
from studyapp.anki.text_header import MAX_COLUMNS, Header, read_header
from studyapp.anki.text_shapes import TextShapes, own_fields
from studyapp.errors import PackageError, StorageError

ENDINGS: Final = (".txt", ".csv", ".tsv")
MAX_BYTES: Final = 128 * 1024**2
"""Of the file."""


@contextmanager
def opened(path: Path, default_deck: str) -> Iterator[Incoming]:
    """Open a text; raises PackageError or StorageError.

    `default_deck`: for notes whose deck the text does not say.
    """
    lines = _lines(path)
    header, start = read_header(lines)
    source = _Text(path, lines[start:], start, header, default_deck)
    yield Incoming(what=path.name, notes=source.notes, note_count=len(lines) - start)


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as failure:
        raise StorageError(
            f"{path} cannot be read: {failure.strerror}. Check that it is a file and that you may "
            "read it."
        ) from failure
    if len(data) > MAX_BYTES:
        raise PackageError(f"{path} is larger than {MAX_BYTES >> 20} MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        raise PackageError(
            f"{path}:{line}: the text is not UTF-8. Save the file as UTF-8 in your editor."
        ) from failure
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise PackageError(f"{path}:{line}: this is no text. Is it the file that you meant?")
    return list(StringIO(text, newline=""))


class _Text:
    """The lines behind the header."""

    def __init__(
        self, path: Path, lines: list[str], first: int, header: Header, default_deck: str
    ) -> None:
        self._path = path
        self._lines = lines
        self._first = first
        self._header = header
        self._deck = deck_name(header.deck) if header.deck else default_deck
        self._shapes = TextShapes()
        self._is_row_start = True
        self._number = first

    def notes(self, _: Mapping[str, str], findings: Findings) -> Iterator[IncomingNote]:
        keys: set[str] = set()
        for number, row in self._rows():
            what = f"{self._path.name}:{number}"
            try:
                note = self._note(row, number, no_media)
            except NotTaken as failure:
                findings.skip(what, str(failure))
                continue
            if note.note.key in keys:
                findings.skip(what, "another line before it is the same note")
                continue
            keys.add(note.note.key)
            yield note

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number of its last line."""
        self._is_row_start = True
        reader = csv.reader(self._without_comments(), delimiter=self._header.separator)
        try:
            for row in reader:
                self._is_row_start = True
                if any(value.strip() for value in row):
                    yield self._number, row[:MAX_COLUMNS]
        except csv.Error as failure:
            raise PackageError(
                f"{self._path}:{self._number}: this line cannot be read ({failure}). Put fields "
                "with line breaks or quotes into quotes, and double the quotes within."
            ) from failure

    def _without_comments(self) -> Iterator[str]:
        for number, line in enumerate(self._lines, self._first + 1):
            self._number = number
            if self._is_row_start and line.startswith("#"):
                continue
            self._is_row_start = False
            yield line

    def _note(self, row: list[str], number: int, media: Media) -> IncomingNote:
        """Raises NotTaken."""
        named = {name: _cell(row, index) for name, index in self._header.columns.items()}
        taken = set(self._header.columns.values())
        fields = tuple(
            value if self._header.is_html else _as_html(value)
            for index, value in enumerate(row)
            if index not in taken
        )
        type_name = named.get("notetype") or self._header.note_type
        fields = own_fields(type_name, fields)
        shape = self._shapes.of(type_name, fields)
        guid = named.get("guid", "")
        tags = (*self._header.tags, *named.get("tags", "").split())
        anki = AnkiNote(number, guid, 0, 0, tags, fields)
        mapped = map_note(anki, shape, self._deck, media)[0]
        note = mapped.note if guid else replace(mapped.note, key=_derived_key(type_name, fields))
        is_own = shape.shape is Shape.OWN
        deck = deck_name(named["deck"]) if named.get("deck") else self._deck
        exported = fields if is_own else None
        return IncomingNote(note, deck, is_partial=not is_own, exported=exported)


def _cell(row: list[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br>")


def _derived_key(type_name: str, fields: tuple[str, ...]) -> str:
    """Of a line without a guid: its first field is what it is known by, as in Anki."""
    first = " ".join(fields[0].split()) if fields else ""
    digest = sha256(f"{type_name}\x1f{first}".encode("utf-8", "replace")).hexdigest()
    return f"text-{digest[:16]}"
