"""Built-up parts of a formula: fractions, roots, scripts, accents, boxes, padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.characters import ACCENTS, drawn
from tests.rendering.reference.looks import Look, changed, classes, colour, length
from tests.rendering.reference.markup import css
from tests.rendering.reference.operators import GROUPS, core, properties, text_of
from tests.rendering.reference.pieces import Draw, Gap, Part, Piece, Reading, part, read

_NAMES: Final = {
    "msub": "sub",
    "msup": "sup",
    "msubsup": "subsup",
    "munder": "under",
    "mover": "over",
}
_BESIDE: Final = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}
_NOTATIONS: Final = {
    # class of ours: notation of MathML 3
    "boxed": "box",
    "overline": "top",
    "underline": "bottom",
    "cancel": "updiagonalstrike",
    "bcancel": "downdiagonalstrike",
    "xcancel": "updiagonalstrike downdiagonalstrike",
    "sout": "horizontalstrike",
}
_NOTHING: Final = 0.012
"""Widths and heights up to this, in em, count as none: one writer uses 0.1px for 0."""
_BORDERS: Final = frozenset(
    ("border", "border-top", "border-bottom", "border-left", "border-right")
)


def fraction(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Numerator over denominator, with the line's thickness if it is not the usual one."""
    inner = replace(look, display=False, level=look.level + (not look.display), tall=False)
    rows = [read(draw(child, inner)) for child in element]
    thickness = length(element.get("linethickness", "0.04em"))
    name = "frac" if abs(thickness - 0.04) < 0.01 else f"frac {thickness:.1f}"
    yield part(name, *rows)


def square_root(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    row = Element("mrow")
    row[:] = list(element)
    yield part("root", read(draw(row, replace(look, tall=False))))


def root(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    base, index = element
    row = read(draw(base, replace(look, tall=False)))
    yield part("root", row, read(draw(index, look.script(deeper=2))))


def scripts(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Scripts beside, below and above; those of a big operator go beside it in a line of text."""
    operator = core(element[0])
    tag = element.tag
    if operator is not None and not look.display and tag in _BESIDE:
        tag = _BESIDE[tag] if properties(operator, "prefix").movablelimits else tag
    base = read(draw(element[0], look))
    if tag in _BESIDE and _is_arrow(element[0]):
        base = replace(base, text=f"{base.text} wide")
    marks = list(element)[1:]
    if tag == "munderover":
        # Below and above at once look like above what is below.
        below = part("under", base, _mark(element, marks[0], look, draw))
        base = Reading(below.text, below.gaps)
        tag, marks = "mover", marks[1:]
    if tag in ("mover", "munder"):
        yield from _stacked(element, tag, base, marks[0], look, draw)
    else:
        yield part(_NAMES[tag], base, *(read(draw(mark, look.script())) for mark in marks))


def _stacked(
    element: Element, tag: str, base: Reading, mark: Element, look: Look, draw: Draw
) -> Iterator[Piece]:
    if mark.tag == "mspace":
        # Only gives an arrow its least length.
        yield Part(base.text, base.gaps)
        return
    above = _mark(element, mark, look, draw)
    if above.text == "¯ wide":
        yield part("enclosed top" if tag == "mover" else "enclosed bottom", base)
    else:
        yield part(_NAMES[tag], base, above)


def _mark(element: Element, mark: Element, look: Look, draw: Draw) -> Reading:
    """What stands above or below: an accent by its name, anything else as a row."""
    is_accent = "true" in (element.get("accent"), element.get("accentunder"))
    inner = look.script(deeper=0 if is_accent else 1)
    operator = _alone_operator(mark)
    if operator is None:
        return read(draw(_label(mark) if _is_arrow(element[0]) else mark, inner))
    text = text_of(operator)
    if {"tml-vec", "vec"} & classes(operator):
        return Reading("→", ())
    if properties(operator, "postfix").stretchy:
        # As wide as what it stands over, whatever its own size is.
        return Reading(f"{ACCENTS.get(text, drawn(text))} wide", ())
    if text in ACCENTS:
        size = changed(inner, operator).size / look.size
        return Reading(ACCENTS[text] + (" small" if size < 0.9 else ""), ())
    return read(draw(mark, inner))


def _alone_operator(element: Element) -> Element | None:
    while element.tag in GROUPS and len(element) == 1:
        element = element[0]
    return element if element.tag == "mo" else None


def _is_arrow(base: Element) -> bool:
    operator = core(base)
    return operator is not None and properties(operator, "infix").stretchy


def _label(mark: Element) -> Element:
    """What stands over an arrow; how far above, and how much longer the arrow is, is not compared."""
    if mark.tag == "mover" and mark[-1].tag == "mspace":
        mark = mark[0]
    if mark.tag == "mpadded":
        row = Element("mrow")
        row[:] = list(mark)
        return row
    return mark


def enclosure(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Lines around or through something."""
    name = element.get("notation", "") or next(
        (_NOTATIONS[each] for each in sorted(classes(element)) if each in _NOTATIONS), ""
    )
    if not name and any(each in css(element) for each in _BORDERS):
        name = "box"
    yield part(f"enclosed {name}", _inside(element, look, draw))


def is_enclosure(element: Element) -> bool:
    """Whether an element that is no `menclose` draws lines."""
    return bool(classes(element) & _NOTATIONS.keys() or css(element).keys() & {"border"})


def _inside(element: Element, look: Look, draw: Draw) -> Reading:
    """The content; empty rows in it only carry the lines."""
    row = Element("mrow")
    row[:] = [child for child in element if child.tag != "mrow" or len(child)]
    return read(draw(row, replace(look, tall=False)))


def background(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Something on a coloured ground, which may have a border."""
    border = css(element).get("border", "")
    line = f" border {colour(border.split()[-1])}" if border else ""
    yield part(f"on {colour(element.attrib['mathbackground'])}{line}", _inside(element, look, draw))


def space(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """A gap, or a black rule."""
    width = length(element.get("width", "0"))
    if "mathbackground" in element.attrib:
        height = length(element.get("height", "0"))
        yield Part(f"⦃rule {width * look.size:.1f} × {height * look.size:.1f}⦄")
    else:
        yield Gap(width, look.level > 0)


def phantom(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    yield part("phantom", _inside(element, look, draw))


def padded(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Something that takes less room than it needs, or that is raised."""
    size = {name: element.get(name) for name in ("width", "height", "depth", "voffset")}
    names = [f"no {name}" for name in ("width", "height", "depth") if _is_none(size[name])]
    if _is_none(size["width"]):
        names += [side for side in ("-1width", "-0.5width") if element.get("lspace") == side]
    if (raised := length(size["voffset"] or "0")) and abs(raised) > 0.05:
        names.append(f"raised {raised:.1f}")
    row = Element("mrow")
    row[:] = _visible(element)
    if names:
        yield part(" ".join(names), read(draw(row, replace(look, tall=False))))
    else:
        yield from draw(row, look)


def _visible(element: Element) -> list[Element]:
    """The children; where one is laid over another, only the one on top."""
    on_top = [child for child in element if css(child).get("position") == "absolute"]
    return on_top or list(element)


def _is_none(size: str | None) -> bool:
    return size is not None and size[:1] not in "+-" and length(size) <= _NOTHING
