"""Decks as a package names and describes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from studyapp.anki.rows import DEFAULT_PRESET, DeckRow, PresetRow, UniqueIds
from studyapp.domain.decks import SEPARATOR
from studyapp.domain.notes import Source
from studyapp.domain.presets import Preset
from studyapp.rendering.markdown import to_html
from studyapp.rendering.unicode_math import to_unicode

_FIRST_ID = 1_000_000_000_000
_IDS = 600_000_000_000
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&$]")
_EDGES = re.compile(r"^[\s:]+|[\s:]+$")


@dataclass(frozen=True, slots=True)
class ExportDeck:
    """What is told about a deck."""

    name: str
    """Full name; `A::B` is a sub-deck of `A`."""
    description: str = ""
    """Markdown."""
    sources: tuple[Source, ...] = ()
    preset: Preset | None = None
    """None: the deck gets the preset that is Anki's default."""


def deck_rows(
    names: Iterable[str], decks: Iterable[ExportDeck], presets: Mapping[str, PresetRow]
) -> dict[str, DeckRow]:
    """The decks `names`, each by its name, and all decks above them; `presets` are by their names.

    Anki knows a deck by its name, whatever its case. An id is made from the name, so that equal
    exports are equal.
    """
    told = {_folded(deck.name): deck for deck in decks}
    rows: dict[str, DeckRow] = {}
    ids = UniqueIds()
    for name in names:
        above = ""
        for part in _parts(name):
            clean = f"{above}{SEPARATOR}{part}" if above else part
            folded = clean.casefold()
            if folded not in rows:
                deck = told.get(folded) or ExportDeck(clean)
                preset_id = DEFAULT_PRESET if deck.preset is None else presets[deck.preset.name].id
                deck_id = ids.take(_id(folded))
                rows[folded] = DeckRow(deck_id, clean, _description(deck), preset_id)
            above = rows[folded].name
    return rows


def row_of(name: str, rows: Mapping[str, DeckRow]) -> DeckRow:
    """The row of the deck with this full name."""
    return rows[_folded(name)]


def _folded(name: str) -> str:
    return SEPARATOR.join(_parts(name)).casefold()


def _parts(name: str) -> list[str]:
    """The name as Anki has it: composed, and without what Anki cuts off."""
    composed = unicodedata.normalize("NFC", _CONTROL.sub("", name))
    return [_EDGES.sub("", part) or "blank" for part in composed.split(SEPARATOR)]


def _id(folded: str) -> int:
    digest = sha256(folded.encode()).digest()
    return _FIRST_ID + int.from_bytes(digest[:8], "big") % _IDS


def _description(deck: ExportDeck) -> str:
    """Safe HTML in one line, the sources at its end.

    Anki takes Markdown too, but shows each line end that its converter leaves as an empty line.
    """
    sources = [_source(source) for source in deck.sources]
    listed = "Sources:\n\n" + "\n".join(sources) if sources else ""
    markdown = "\n\n".join(filter(None, [deck.description.strip(), listed]))
    return " ".join(to_html(markdown, _in_letters).split("\n"))


def _in_letters(latex: str, _display: bool) -> str:
    """Anki draws no formulas in descriptions."""
    return escape(to_unicode(latex))


def _source(source: Source) -> str:
    told = ", ".join(filter(None, [source.title, source.author, source.date]))
    return "* " + _MARKDOWN.sub(r"\\\g<0>", told)
