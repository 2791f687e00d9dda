"""Decks as a document to be printed: questions at the left, answers at the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note, Source
from studyapp.domain.paper import Paper
from studyapp.rendering.design import LIGHT
from studyapp.rendering.formulas import FormulaDrawer
from studyapp.rendering.markdown import marked_to_html
from studyapp.rendering.marks import clean
from studyapp.rendering.packaged import packaged
from studyapp.rendering.page import document, printed_faces
from studyapp.rendering.style import card_css

MARGIN_MM: Final = 15
"""At both sides."""


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One card."""

    note: Note
    ordinal: int
    macros: Macros = NO_MACROS


@dataclass(frozen=True, slots=True)
class SheetDeck:
    """A deck with the cards that are printed below its name."""

    name: str
    description: str = ""
    """Markdown."""
    sources: tuple[Source, ...] = ()
    macros: Macros = NO_MACROS
    cards: tuple[SheetCard, ...] = ()


def sheet(decks: Sequence[SheetDeck], paper: Paper) -> str:
    """The whole document, safe HTML; raises NotFound if a note has no such card."""
    width = paper.width_mm - 2 * MARGIN_MM
    rules = packaged("sheet.css").decode()
    style = f"{card_css()}\n:root {{ --scale: 1; --sheet-width: {width}mm; }}\n{rules}"
    title = decks[0].name if decks else "Cards"
    body = "".join(part for deck in decks for part in _deck(deck))
    return document(LIGHT.name, title, style, f"<main>{body}</main>")


def _deck(deck: SheetDeck) -> Iterable[str]:
    yield f'<header><h1 dir="auto">{escape(clean(deck.name.replace("::", " · ")))}</h1>'
    if deck.cards:
        count = f"{len(deck.cards):,} card{'' if len(deck.cards) == 1 else 's'}"
        yield f'<p class="counts">{count}</p>'
    if deck.description.strip():
        html = marked_to_html(clean(deck.description), FormulaDrawer(deck.macros))
        yield f'<div class="description" dir="auto">{html}</div>'
    if deck.sources:
        yield f'<ul class="sources">{"".join(map(_source, deck.sources))}</ul>'
    yield "</header>"
    yield from map(_pair, deck.cards)


def _source(source: Source) -> str:
    rest = ", ".join(part for part in (source.author, source.date) if part)
    told = f"<cite>{escape(clean(source.title))}</cite>"
    return f'<li dir="auto">{told}{", " if rest else ""}{escape(clean(rest))}</li>'


def _pair(card: SheetCard) -> str:
    faces = printed_faces(card.note, card.ordinal, card.macros)
    return (
        f'<article class="pair"><div>{faces.question_html}</div>'
        f"<div>{faces.answer_html}</div></article>"
    )
