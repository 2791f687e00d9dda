"""The card's page: a shell that is loaded once, and the two faces of a card that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Final

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.domain.notes import Note
from studyapp.errors import NotFound
from studyapp.rendering.design import THEMES
from studyapp.rendering.faces import Origin, face_texts
from studyapp.rendering.formulas import FormulaDrawer
from studyapp.rendering.markdown import marked_to_html
from studyapp.rendering.marks import clean
from studyapp.rendering.media import asset_url, note_url
from studyapp.rendering.packaged import packaged
from studyapp.rendering.style import card_css

BASE_URL: Final = asset_url("")
"""Where the shell must be loaded: a page of this address may use the packaged fonts."""
_WORD_JOINER = "\N{WORD JOINER}"
_FONT = "font/woff2"
_ASSETS: Final = {
    "STIXTwoText-Regular.woff2": _FONT,
    "STIXTwoText-Italic.woff2": _FONT,
    "STIXTwoText-Bold.woff2": _FONT,
    "STIXTwoText-BoldItalic.woff2": _FONT,
    "STIXTwoMath-Regular.woff2": _FONT,
    "STIXTwoStretch-Regular.woff2": _FONT,
}
_BESIDE_MATH = re.compile(r"</math>(?=[.,;:!?)\]’”…-])|(?<=[(\[‘“])(?=<math>)")
_FONTS_TO_LOAD = "a<i>a</i><b>a<i>a</i></b><math><mi>a</mi><mo class='stretched'>^</mo></math>"


@dataclass(frozen=True, slots=True)
class CardFaces:
    """The content of `<main id="card">` before and after the answer is shown; safe HTML."""

    question_html: str
    answer_html: str
    """Begins with the question, so that the question stays where it is."""


def card_faces(
    note: Note,
    ordinal: int,
    link_titles: Mapping[str, str] | None = None,
    macros: Macros = NO_MACROS,
) -> CardFaces:
    """Both faces of a note's card; raises NotFound if the note has no card `ordinal`.

    `link_titles` gives the text that a linked note is called by; its key is the default. `macros`
    are known in its formulas.
    """
    texts = face_texts(note, ordinal)
    rule = '<hr class="divide">' if texts.below.strip() else ""
    question = answered = _section("question", texts.question, texts.asked_from, macros)
    if texts.answered != texts.question:
        answered = _section("question", texts.answered, texts.answered_from, macros)
    return CardFaces(
        question,
        answered
        + rule
        + _section("answer", texts.below, texts.below_from, macros)
        + _about(note, link_titles or {}, macros),
    )


def _section(name: str, text: str, origin: Origin, macros: Macros) -> str:
    if not text.strip():
        return ""
    html = marked_to_html(
        text,
        FormulaDrawer(macros),
        footnotes=name[0],
        place=partial(origin.place, text),
    )
    # No line may end between a formula and the comma behind it.
    html = _BESIDE_MATH.sub(rf"\g<0>{_WORD_JOINER}", html)
    return f'<section class="{name}" dir="auto">{html}</section>'


def _about(note: Note, link_titles: Mapping[str, str], macros: Macros) -> str:
    """The quiet part below the answer: where the idea stands, and what it is linked to."""
    text = clean(note.source)
    place = partial(Origin("source", text).place, text)
    source = ""
    if text.strip():
        source = marked_to_html(text, FormulaDrawer(macros), footnotes="s", place=place)
    links = "".join(
        f'<a href="{note_url(key)}">{escape(clean(link_titles.get(key, key)))}</a>'
        for key in note.links
    )
    if not source and not links:
        return ""
    nav = f'<nav class="links">{links}</nav>' if links else ""
    return f'<footer class="about" dir="auto">{source}{nav}</footer>'


def printed_faces(note: Note, ordinal: int, macros: Macros = NO_MACROS) -> CardFaces:
    """Both faces to stand side by side: the answer repeats the question of a cloze card only.

    Without links to other notes. Raises NotFound if the note has no card `ordinal`.
    """
    texts = face_texts(note, ordinal)
    answered = ""
    if texts.answered != texts.question:
        answered = _section("question", texts.answered, texts.answered_from, macros)
    return CardFaces(
        _section("question", texts.question, texts.asked_from, macros),
        answered
        + _section("answer", texts.below, texts.below_from, macros)
        + _about(replace(note, links=()), {}, macros),
    )


def shell(theme: str, scale: float) -> str:
    """The whole document, without a card; `scale` is the text's size, 1 being the usual one.

    Later on the theme is `data-theme` of the root element, the size its CSS variable `--scale`;
    raises KeyError for an unknown theme.
    """
    style = f"{card_css()}\n:root {{ --scale: {scale:.3f}; }}"
    return document(THEMES[theme].name, "Card", style, '<main id="card"></main>')


def document(theme: str, title: str, style: str, body_html: str) -> str:
    """A page with a policy that lets it run no script, and load nothing but the app's own files."""
    # Imported here since they are slow to import, like all others of this module.
    from binascii import b2a_base64  # noqa: PLC0415
    from hashlib import sha256  # noqa: PLC0415

    digest = b2a_base64(sha256(style.encode()).digest(), newline=False).decode()
    policy = (
        f"default-src 'none'; script-src 'none'; style-src 'sha256-{digest}'; "
        "font-src studyapp:; img-src studyapp:; media-src studyapp:; "
        "form-action 'none'; base-uri 'none'"
    )
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="{theme}"><head>'
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f'<p id="fonts" aria-hidden="true">{_FONTS_TO_LOAD}</p>'
        f"{body_html}</body></html>"
    )


def asset(name: str) -> tuple[bytes, str]:
    """The bytes and the MIME type of a packaged file; raises NotFound for any other name."""
    if name not in _ASSETS:
        raise NotFound(f"There is no packaged file {name}.")
    return packaged(f"fonts/{name}"), _ASSETS[name]
