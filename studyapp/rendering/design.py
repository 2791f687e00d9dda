"""Design tokens: the one place for colours, spacing, radii and type sizes.

The window's style sheet and the card's CSS are both made from these. Text colours keep a contrast
of at least 4.5 : 1 against `window`, `surface` and `rail`; a test measures it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as `#rrggbb`."""

    name: str
    window: str
    """Behind everything."""
    surface: str
    """Cards, lists, fields."""
    rail: str
    """The navigation at the left edge."""
    hover: str
    selected: str
    line: str
    """Borders and separators."""
    text: str
    muted: str
    """Second-rank text: sources, hints, intervals."""
    accent: str
    """The one thing to do next, links and focus."""
    on_accent: str
    new: str
    learning: str
    due: str
    error: str
    mark: str
    """Behind highlighted text."""


LIGHT = Theme(
    name="light",
    window="#faf9f6",
    surface="#ffffff",
    rail="#f1efe9",
    hover="#e9e6de",
    selected="#dde6f0",
    line="#dcd8ce",
    text="#1e2126",
    muted="#5c626b",
    accent="#2b5c8f",
    on_accent="#ffffff",
    new="#1f669c",
    learning="#a6420d",
    due="#2a6f3a",
    error="#b3261e",
    mark="#fbeeb8",
)

DARK = Theme(
    name="dark",
    window="#17191d",
    surface="#1f2227",
    rail="#131518",
    hover="#292d34",
    selected="#2a3a4d",
    line="#343941",
    text="#e3e5e9",
    muted="#9ea5b0",
    accent="#8fb8ea",
    on_accent="#0f1c2b",
    new="#84bbef",
    learning="#efa273",
    due="#86ca93",
    error="#f2938c",
    mark="#5a4d1c",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

RECALL = {
    LIGHT.name: ("#b5400f", "#946021", "#746d62", "#3f6f95", "#1a5fa6"),
    DARK.name: ("#f08a4b", "#d6a163", "#b0aaa0", "#8ab3d8", "#6ab2ff"),
}
"""How likely something is recalled, the least first: orange to blue, which the colour-blind tell
apart too."""

GRID = 4
"""All spacing is a multiple of this, in device-independent pixels."""
RADIUS = 8
CARD_WIDTH = 720
"""The widest a card's column gets."""
LINE_HEIGHT = 1.6

SMALL_TEXT = 12
UI_TEXT = 14
CARD_TEXT = 19
TITLE_TEXT = 22

UI_FACE = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
CARD_FACE = "'STIX Two Text', 'STIX Two Math', serif"
CODE_FACE = "'DejaVu Sans Mono', 'Cascadia Mono', Menlo, monospace"
