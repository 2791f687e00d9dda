"""A text with a note on each line, as Anki exports and imports them: CSV, TSV, with header lines.

The header lines are described at https://docs.ankiweb.net/importing/text-files.html.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import escape
from io import StringIO
from pathlib import Path
from typing import Final

from studyapp.anki import note_types
from studyapp.anki.anki_values import AnkiNote, AnkiNoteType, AnkiTemplate
from studyapp.anki.from_html import Media, no_media
from studyapp.anki.incoming import Findings, Incoming, IncomingNote
from studyapp.anki.note_mapping import NotTaken, map_note
from studyapp.anki.note_shapes import NoteShape, Shape, shape_of
from studyapp.anki.package_names import deck_name
from studyapp.errors import PackageError, StorageError

ENDINGS: Final = (".txt", ".csv", ".tsv")
MAX_BYTES: Final = 128 * 1024**2
"""Of the file."""
MAX_COLUMNS: Final = 100
_SEPARATORS: Final = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "space": " ",
    "colon": ":",
    "\\t": "\t",
}
_HEADER = re.compile(r"#(?P<key>[a-z ]+):(?P<value>.*)", re.IGNORECASE)
_MARK = re.compile(r"\{\{c[0-9]+::")
_FEWEST = 2
"""Columns of a note: a question and an answer."""
_BASIC, _REVERSED, _OPTIONAL, _CLOZE = "basic", "reversed", "optional", "cloze"
_CONDITION = 2
_ANSWER: Final = '{{FrontSide}}<hr id="answer">'


@dataclass(slots=True)
class _Header:
    """What the first lines say."""

    separator: str = "\t"
    is_html: bool = False
    tags: tuple[str, ...] = ()
    deck: str = ""
    note_type: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    """Indices of the columns for deck, notetype, tags and guid."""


@contextmanager
def opened(path: Path, default_deck: str) -> Iterator[Incoming]:
    """Open a text; raises PackageError or StorageError.

    `default_deck`: for notes whose deck the text does not say.
    """
    lines = _lines(path)
    header, start = _read_header(lines)
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


def _read_header(lines: list[str]) -> tuple[_Header, int]:
    """What the header says, and the index of the first line after it."""
    header = _Header()
    at = 0
    separator = ""
    for line in lines:
        match = _HEADER.fullmatch(line.rstrip("\r\n"))
        if match is None:
            break
        at += 1
        key, value = match["key"].strip().lower(), match["value"]
        if key == "separator":
            separator = _SEPARATORS.get(value.strip().lower(), value[:1])
        else:
            _take(header, key, value.strip())
    header.separator = separator or _guessed(lines[at : at + 1])
    return header, at


def _take(header: _Header, key: str, value: str) -> None:
    if key == "html":
        header.is_html = value.lower() == "true"
    elif key == "tags":
        header.tags = tuple(value.split())
    elif key == "deck":
        header.deck = value
    elif key == "notetype":
        header.note_type = value
    elif key.endswith(" column") and value.isascii() and value.isdecimal():
        header.columns[key.removesuffix(" column")] = min(int(value), MAX_COLUMNS) - 1


def _guessed(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    return next((sign for sign in "\t;,|" if sign in first), "\t")


class _Text:
    """The lines behind the header."""

    def __init__(
        self, path: Path, lines: list[str], first: int, header: _Header, default_deck: str
    ) -> None:
        self._path = path
        self._lines = lines
        self._first = first
        self._header = header
        self._deck = deck_name(header.deck) if header.deck else default_deck
        self._shapes: dict[tuple[str, int], NoteShape] = {}
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
        if not _is_own(type_name):
            fields = _without_padding(fields)
        shape = self._shape(type_name, fields)
        guid = named.get("guid", "")
        tags = (*self._header.tags, *named.get("tags", "").split())
        anki = AnkiNote(number, guid, 0, 0, tags, fields)
        mapped = map_note(anki, shape, self._deck, media)[0]
        note = mapped.note if guid else replace(mapped.note, key=_derived_key(type_name, fields))
        is_own = shape.shape is Shape.OWN
        deck = deck_name(named["deck"]) if named.get("deck") else self._deck
        exported = fields if is_own else None
        return IncomingNote(note, deck, is_partial=not is_own, exported=exported)

    def _shape(self, name: str, fields: tuple[str, ...]) -> NoteShape:
        kind = _kind(name, fields)
        key = (kind, len(fields))
        if key not in self._shapes:
            own = next((each for each in note_types.ALL if each.name == name), None)
            made = _type(kind, len(fields)) if own is None else _own_type(own)
            self._shapes[key] = shape_of(made)
        return self._shapes[key]


def _cell(row: list[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br>")


def _derived_key(type_name: str, fields: tuple[str, ...]) -> str:
    """Of a line without a guid: its first field is what it is known by, as in Anki."""
    first = " ".join(fields[0].split()) if fields else ""
    digest = sha256(f"{type_name}\x1f{first}".encode("utf-8", "replace")).hexdigest()
    return f"text-{digest[:16]}"


def _kind(name: str, fields: tuple[str, ...]) -> str:
    """By the name of the note type, which is all that a text tells of it."""
    folded = name.casefold()
    if _is_own(name):
        return name
    if _CLOZE in folded or (not name and fields and _MARK.search(fields[0])):
        return _CLOZE
    if _REVERSED in folded:
        return _OPTIONAL if _OPTIONAL in folded else _REVERSED
    return _BASIC


def _is_own(name: str) -> bool:
    return any(each.name == name for each in note_types.ALL)


def _without_padding(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Anki gives each line as many columns as the note type with the most fields has."""
    count = len(fields)
    while count > _FEWEST and not fields[count - 1]:
        count -= 1
    return fields[:count]


def _own_type(own: note_types.NoteType) -> AnkiNoteType:
    templates = (
        AnkiTemplate(index, each.name, each.question, each.answer)
        for index, each in enumerate(own.templates)
    )
    names = tuple(each.name for each in own.fields)
    return AnkiNoteType(0, own.name, own.is_cloze, names, tuple(templates))


def _type(kind: str, count: int) -> AnkiNoteType:
    """A note type for so many columns; those behind the second are shown below the answer."""
    names = tuple(f"Column {number}" for number in range(1, max(count, 2) + 1))
    front, back, *more = names
    if kind == _OPTIONAL:
        more = more[1:]
    answer = "<br>".join(f"{{{{{name}}}}}" for name in (back, *more))
    if kind == _CLOZE:
        question = f"{{{{cloze:{front}}}}}"
        sides = [(question, f"{question}<br>{answer}")]
    else:
        sides = [(f"{{{{{front}}}}}", _ANSWER + answer)]
    # Without the column that decides on it, there is no second direction.
    if (kind == _REVERSED or (kind == _OPTIONAL and count > _CONDITION)) and not more:
        asked = f"{{{{{back}}}}}"
        if kind == _OPTIONAL:
            asked = f"{{{{#{names[_CONDITION]}}}}}{asked}{{{{/{names[_CONDITION]}}}}}"
        sides.append((asked, f"{_ANSWER}{{{{{front}}}}}"))
    templates = (AnkiTemplate(index, str(index), *each) for index, each in enumerate(sides))
    return AnkiNoteType(0, kind, kind == _CLOZE, names, tuple(templates))
