"""What the card's style sheet says of the classes in our formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from studyapp.rendering.packaged import packaged

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NEEDED: Final = {
    # class: what its rule must say for the class to be read as it is
    "right": r"text-align: -webkit-right",
    "left": r"text-align: (?:-webkit-)?left",
    "cancel": r"to bottom right|to top left",
    "bcancel": r"to top right|to bottom left",
    "xcancel": r"to bottom right.*to top right|to top right.*to bottom right",
    "sout": r"linear-gradient\(transparent|line-through",
    "overline": r"border-top:",
    "underline": r"border-bottom:",
    "boxed": r"border:",
    "ruled": r"border-right:",
    "above": r"border-top:",
    "below": r"border-bottom:",
    **{f"back{mu}": rf"-{mu / 18:.4f}em".replace(".", r"\.") for mu in range(1, 19)},
    "dashed": r"dashed",
    "dots": r"font-size:",
    "llap": r"flex-end",
    "clap": r"justify-content: center",
    "tag": r"margin-inline-start:",
    "circled": r"border-radius: 50%",
    "actuarial": r"border-top:.*border-right:",
    "phase": r"border-bottom:.*to bottom right",
    "oversegment": r"--edge: top",
    "undersegment": r"--edge: bottom",
    "bold": r"font-weight: bold",
    "italic": r"font-style: italic",
    "sans": r"font-family:",
    "code": r"font-family:",
    "script": r"ss01",
    "vec": r"font-size:",
    "edge": r"border-left:",
    "twice": r"double",
    "centred": r"math-style: inherit",
    "frame": r"padding: 0\.0667em",
    "stretched": r'font-family: "STIX Two Stretch"',
}
"""Browsers set a cell's content to the right only at the word of `-webkit-right`; a gradient goes
at right angles to the line that it draws."""


@cache
def declarations(name: str) -> str:
    """All that is said of a class, on one line; empty if nothing is."""
    said = [
        block
        for selectors, block in _RULE.findall(_COMMENT.sub("", packaged("card.css").decode()))
        if any(_is_about(selector.strip(), name) for selector in selectors.split(","))
    ]
    return " ".join(" ".join(said).split())


def without_style(names: Iterable[str]) -> list[str]:
    """The classes whose rules do not say what makes them look as they are read."""
    return sorted(
        name
        for name in names
        if name in NEEDED and re.search(NEEDED[name], declarations(name)) is None
    )


def has_padding(name: str) -> bool:
    """Whether a class leaves room around what it holds."""
    return "padding:" in declarations(name)


@cache
def outer_padding() -> float:
    """Left and right of a whole table, in em."""
    rules = _RULE.findall(packaged("card.css").decode())
    taken_off = any(
        "mtd:first-child" in selectors and re.search(r"padding-inline-start: 0(?!\.)", block)
        for selectors, block in rules
    )
    return 0.0 if taken_off else 0.4


def _is_about(selector: str, name: str) -> bool:
    """Whether the last part of a selector is about a class: `math .name`, `mtr.name > mtd`."""
    return re.search(rf"\.{re.escape(name)}(?![\w-])(?: > mtd)?$", selector) is not None
