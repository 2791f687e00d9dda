"""A formula in MathML, read as what a browser draws: one text for each look.

`drawing` gives the same text for two formulas exactly if they look the same, whichever elements
they are written with. What is taken for the same look is said where it is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference import parts, scripts, tables
from tests.rendering.reference.attributes import check
from tests.rendering.reference.characters import INVISIBLE, SPACES, drawn, shape, split
from tests.rendering.reference.looks import Look, changed, classes, length
from tests.rendering.reference.markup import css, parse
from tests.rendering.reference.operators import (
    GROUPS,
    SCRIPTS,
    core,
    form,
    grows_in_height,
    is_tall,
    properties,
    text_of,
)
from tests.rendering.reference.pieces import (
    Draw,
    Gap,
    Ink,
    Part,
    Piece,
    Reading,
    read,
    without_ends,
)
from tests.rendering.reference.style_sheet import without_style

_NARROW = re.compile(f"([{''.join(SPACES)}])")
_BACK: Final = {f"back{mu}": mu / 18 for mu in range(1, 19)}
_VARIANTS: Final = {
    "bold-italic": "bold italic",
    "bold-sans-serif": "sans-serif bold",
    "sans-serif-italic": "sans-serif italic",
    "normal": "",
}


def drawing(mathml: str, *, display: bool, as_meant: bool = False) -> Reading:
    """What the formula looks like; ValueError for MathML that this does not know how to read.

    `as_meant`: as its writer meant it, even if the browser and our font do otherwise.
    """
    math = parse(mathml)
    look = changed(Look(display=display, as_meant=as_meant), math)
    content = _innermost(math)
    if tables.is_lines(content):
        # A column of centred rows that is the whole formula is lines one below the other.
        return _lines(content, tables.inside(content, look))
    return read(without_ends(_row_of(content, look)))


def _lines(table: Element, look: Look) -> Reading:
    lines = [read(without_ends(_row_of(cell, look))) for cell in tables.only_cells(table)]
    return Reading("⏎".join(line.text for line in lines), sum((line.gaps for line in lines), ()))


def _row_of(content: Element, look: Look) -> Iterator[Piece]:
    return row(list(content) if content.tag in GROUPS else [content], look)


def _innermost(math: Element) -> Element:
    """The one element in which all of the formula is."""
    content = math
    while content.tag in ("math", "mrow", "semantics") and len(content) == 1:
        if content[0].attrib and content[0].tag != "mtable":
            break
        content = content[0]
    return content


def pieces(element: Element, look: Look) -> Iterator[Piece]:
    """What an element puts into the row that it stands in."""
    check(element)
    inner = changed(look, element)
    if not look.as_meant:
        yield from (Part(f"⦃{name} without style⦄") for name in without_style(classes(element)))
    yield _pulled_back(element)
    if element.tag == "mtable":
        yield from tables.table(element, look, pieces)
    elif element.tag in _TOKENS:
        yield from _token(element, inner)
    elif "mathbackground" in element.attrib and element.tag != "mspace":
        yield from parts.background(element, inner, pieces)
    elif parts.is_enclosure(element):
        yield from parts.enclosure(element, inner, pieces)
    elif element.tag in _PARTS:
        yield from _PARTS[element.tag](element, inner, pieces)
    elif element.tag in GROUPS:
        yield from row(list(element), inner)
    else:
        raise ValueError(f"<{element.tag}> is not known")


def _pulled_back(element: Element) -> Gap:
    """Negative space, which MathML Core lacks, is a style's or class's."""
    margin = css(element).get("margin-left", "0")
    back = sum(_BACK[name] for name in classes(element) & _BACK.keys())
    return Gap(length(margin) - back)


def row(children: Sequence[Element], look: Look) -> Iterator[Piece]:
    """Children side by side, with the space of the operators among them."""
    tall = [is_tall(child) for child in children]
    if len(children) == 1:
        # What is alone in its row is part of the row around it, and so is an operator's space.
        yield from pieces(children[0], look)
        return
    for at, child in enumerate(children):
        inner = replace(look, tall=any(tall[:at] + tall[at + 1 :]))
        operator = core(child)
        if operator is not None:
            yield from _spaced(child, operator, form(operator, at, children), inner)
        else:
            yield from pieces(child, inner)


def _spaced(child: Element, operator: Element, its_form: str, look: Look) -> Iterator[Piece]:
    known = properties(operator, its_form)
    yield Gap(known.lspace)
    yield from pieces(child, look)
    yield Gap(known.rspace)


def _token(token: Element, look: Look) -> Iterator[Piece]:
    """Letters, digits, signs and words."""
    text = text_of(token)
    if token.find(".//img") is not None or token.tag == "mglyph":
        yield Part("⦃picture⦄")
    elif "tag" in classes(token):
        yield Part(f"⦃tag {text}⦄")
    elif token.tag == "mo":
        # Browsers draw a hyphen that is an operator as a minus sign.
        yield from _signs(token, text.replace("-", "−"), look)
    else:
        yield from _words(token, text, look)


def _signs(operator: Element, text: str, look: Look) -> Iterator[Piece]:
    """Thin spaces in the name of a function are gaps."""
    for word in _NARROW.split(text):
        if word in SPACES:
            yield Gap(SPACES[word])
        else:
            yield Ink(drawn(_bold(word, look)), look.name(*_growth(operator, look)))


def _words(token: Element, text: str, look: Look) -> Iterator[Piece]:
    """Thin spaces in a name are gaps; the space between two words is a character."""
    for word in _NARROW.split(text):
        if word in SPACES:
            yield Gap(SPACES[word])
        else:
            yield Ink(_letters(token, word, look), look.name())


def _letters(token: Element, text: str, look: Look) -> str:
    alphabet = token.get("mathvariant")
    if alphabet is None and token.tag == "mi" and _is_plain_letter(text.strip(INVISIBLE)):
        alphabet = "italic"
    alphabet = look.alphabet or _VARIANTS.get(alphabet or "", alphabet or "")
    return drawn(_bold(drawn(text, alphabet), look))


def _is_plain_letter(text: str) -> bool:
    return len(text) == 1 and not split(text)[1]


def _bold(text: str, look: Look) -> str:
    return "".join(shape(char, "bold") for char in text) if look.bold else text


def _growth(operator: Element, look: Look) -> Iterator[str]:
    """How an operator is larger than its sign in a line of text."""
    if "minsize" in operator.attrib:
        yield f"{length(operator.attrib['minsize']):.1f} high"
    elif look.tall and grows_in_height(operator, operator.get("form", "prefix")):
        yield "as high as its row"
    if look.display and properties(operator, "prefix").largeop:
        yield "large"


_TOKENS: Final = frozenset(("mi", "mn", "mo", "mtext", "mglyph"))
_PARTS: Final[dict[str, Callable[[Element, Look, Draw], Iterator[Piece]]]] = {
    **dict.fromkeys(SCRIPTS, scripts.scripts),
    "mfrac": parts.fraction,
    "msqrt": parts.square_root,
    "mroot": parts.root,
    "menclose": parts.enclosure,
    "mspace": parts.space,
    "mphantom": parts.phantom,
    "mpadded": parts.padded,
}
