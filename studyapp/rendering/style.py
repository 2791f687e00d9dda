"""The card's style sheet: packaged rules, and the design's colours and sizes as variables."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from studyapp.rendering import design
from studyapp.rendering.design import DARK, LIGHT, Theme
from studyapp.rendering.packaged import packaged


@cache
def card_css() -> str:
    """The style sheet for both themes; `data-theme` of the root element chooses between them."""
    rules = packaged("card.css").decode()
    return f":root {{{_sizes()}}}\n{theme_css(LIGHT)}\n{theme_css(DARK)}\n{rules}"


def theme_css(theme: Theme) -> str:
    """A theme's colours as variables."""
    colours = "".join(
        f" --{field.name.replace('_', '-')}: {getattr(theme, field.name)};"
        for field in fields(theme)
        if field.name != "name"
    )
    return f':root[data-theme="{theme.name}"] {{{colours} color-scheme: {theme.name}; }}'


def _sizes() -> str:
    return (
        f" --card-text: {design.CARD_TEXT}px; --line-height: {design.LINE_HEIGHT};"
        f" --card-width: {design.CARD_WIDTH}px; --radius: {design.RADIUS}px;"
        f" --card-face: {design.CARD_FACE}; --code-face: {design.CODE_FACE};"
        f" --ui-face: {design.UI_FACE}; "
    )
