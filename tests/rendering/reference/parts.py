"""Built-up parts of a formula: fractions, roots, boxes, phantoms, padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.looks import Look, classes, colour, length
from tests.rendering.reference.markup import css
from tests.rendering.reference.pieces import Draw, Gap, Part, Piece, Reading, part, read
from tests.rendering.reference.style_sheet import has_padding

_NOTATIONS: Final = {
    # class of ours: notation of MathML 3
    "boxed": "box",
    "overline": "top",
    "underline": "bottom",
    "cancel": "updiagonalstrike",
    "bcancel": "downdiagonalstrike",
    "xcancel": "updiagonalstrike downdiagonalstrike",
    "sout": "horizontalstrike",
    "actuarial": "actuarial",
    "phase": "phasorangle",
    "circled": "circle",
    "oversegment": "top segment",
    "undersegment": "bottom segment",
}
_LAPS: Final = {"llap": "-1width", "clap": "-0.5width"}
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
    """Something on a coloured ground, which may have a border.

    A line around a ground is what is seen of a larger ground below it.
    """
    if "frame" in classes(element) and len(element) == 1:
        framed = Element(element[0].tag, dict(element[0].attrib))
        framed[:] = list(element[0])
        framed.set("style", f"border: {element.attrib['mathbackground']}")
        yield from background(framed, look, draw)
        return
    border = css(element).get("border", "")
    line = f" border {colour(border.split()[-1])}" if border else ""
    has_room = "padding" in css(element) or any(has_padding(name) for name in classes(element))
    ground = colour(element.attrib["mathbackground"]) + (" with room" if has_room else "")
    yield part(f"on {ground}{line}", _inside(element, look, draw))


def space(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """A gap, or a black rule."""
    width = length(element.get("width", "0"))
    if "mathbackground" in element.attrib:
        height = length(element.get("height", "0"))
        yield Part(f"⦃rule {width * look.size:.1f} × {height * look.size:.1f}⦄")
    else:
        yield Gap(width)


def phantom(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    yield part("phantom", _inside(element, look, draw))


def padded(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """Something that takes less room than it needs, or that is raised."""
    size = {name: element.get(name) for name in ("width", "height", "depth", "voffset")}
    names = [f"no {name}" for name in ("width", "height", "depth") if _is_none(size[name])]
    if _is_none(size["width"]):
        names += sorted({_LAPS.get(name, "") for name in classes(element)} - {""})
        asked = element.get("lspace", "") if look.as_meant else ""
        names += [asked] if asked in _LAPS.values() else []
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
