"""The header lines of a text with notes: how it is written, and what all its notes share.

They are described at https://docs.ankiweb.net/importing/text-files.html.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

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


@dataclass(slots=True)
class Header:
    """What the first lines say."""

    separator: str = "\t"
    is_html: bool = False
    tags: tuple[str, ...] = ()
    deck: str = ""
    note_type: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    """Indices of the columns for deck, notetype, tags and guid."""


def read_header(lines: Sequence[str]) -> tuple[Header, int]:
    """What the header says, and the index of the first line after it."""
    header = Header()
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


def _take(header: Header, key: str, value: str) -> None:
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


def _guessed(lines: Sequence[str]) -> str:
    first = lines[0] if lines else ""
    return next((sign for sign in "\t;,|" if sign in first), "\t")
