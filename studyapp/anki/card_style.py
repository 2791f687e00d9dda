"""The CSS of our note types: a card in Anki reads like a card here, in both themes."""

from __future__ import annotations

from dataclasses import fields
from importlib.resources import files

from studyapp.rendering import design
from studyapp.rendering.design import DARK, GRID, LIGHT, Theme

DARK_CARD = ".card.nightMode"
"""Anki gives the second class to the element of the first when its theme is dark."""
_CONTENT = ("/* Text */", "/* Formulas */")
"""The headings around the rules for what is written on a card, in the app's own style sheet."""


def card_css() -> str:
    """The style sheet of every note type; it changes only with the app's own."""
    return "\n".join([_colours(".card", LIGHT), _colours(DARK_CARD, DARK), _LAYOUT, _content()])


def _colours(selector: str, theme: Theme) -> str:
    colours = " ".join(
        f"--{field.name.replace('_', '-')}: {getattr(theme, field.name)};"
        for field in fields(theme)
        if field.name != "name"
    )
    return f"{selector} {{ {colours} color-scheme: {theme.name}; }}"


def _content() -> str:
    sheet = (files("studyapp.rendering") / "assets" / "card.css").read_text(encoding="utf-8")
    start, end = (sheet.index(heading) for heading in _CONTENT)
    return sheet[start:end].strip()


_LAYOUT = f"""\
.card {{
  --radius: {design.RADIUS}px; --code-face: {design.CODE_FACE};
  margin: {6 * GRID}px {4 * GRID}px; text-align: start; overflow-wrap: break-word;
  font: {design.CARD_TEXT}px/{design.LINE_HEIGHT} {design.CARD_FACE};
}}
/* Anki's own colours for a dark card count more than those of a single class. */
.card, {DARK_CARD} {{ color: var(--text); background-color: var(--window); }}
.column {{ max-width: {design.CARD_WIDTH}px; margin: 0 auto; }}
.column > :first-child {{ margin-top: 0; }}
mjx-container[display="true"] {{ overflow-x: auto; overflow-y: hidden; }}
.card .cloze {{ background: var(--mark); border-radius: 3px; padding: 0 0.1em; }}
.card hr {{ height: 0; background: none; }}
.card #answer {{ margin: {7 * GRID}px 0; }}
.about {{
  margin-top: {10 * GRID}px; padding-top: {3 * GRID}px; border-top: 1px solid var(--line);
  font-size: 0.76em; color: var(--muted);
}}
.about ul {{ margin: 0.3em 0; }}
.about > div {{ margin-top: 0.5em; }}"""
