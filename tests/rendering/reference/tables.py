"""Tables of a formula: cells, alignment, distances between columns, lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import add
from typing import Final
from xml.etree.ElementTree import Element

from tests.rendering.reference.attributes import check
from tests.rendering.reference.looks import Look, changed, classes, length
from tests.rendering.reference.markup import css
from tests.rendering.reference.pieces import Draw, Gap, Part, Piece, Reading, part, read
from tests.rendering.reference.style_sheet import outer_padding, without_style

_CORE_PADDING: Final = 0.4
"""Left and right of each cell, in em, where nothing else is said (MathML Core)."""
_TIGHT_PADDING: Final = 0.2
"""The same of a small matrix of ours."""
_TIGHT, _WIDE = 0.05, 1.5
"""Distances of columns, in em: below the one they touch, from the other on they are far apart."""
_SIDES: Final = ("left", "right")


def table(element: Element, look: Look, draw: Draw) -> Iterator[Piece]:
    """A table; the margins that carry an equation's number or tag are taken off."""
    rows = [_without_margins(row) for row in element]
    edge = Gap(_outer_padding(element))
    yield edge
    if len(rows) == 1 and len(rows[0].cells) == 1 and rows[0].tag is not None:
        yield from draw(_row_of(rows[0].cells[0]), inside(element, look))
    else:
        yield _table(rows, element, look, draw)
    yield edge
    yield from (part("tag", read(draw(row.tag, look))) for row in rows if row.tag is not None)


def _table(rows: Sequence[_Row], element: Element, look: Look, draw: Draw) -> Part:
    cells = [[_cell(cell, element, look, draw) for cell in row.cells] for row in rows]
    lines = [_line_below(row, element, at) for at, row in enumerate(element)]
    text = [" | ".join(cell.text for cell in row) for row in cells]
    gaps = [tuple(chain.from_iterable(cell.gaps for cell in row)) for row in cells]
    columns = "".join(_columns(rows[0].cells, element)) if rows else ""
    is_stretched = any(_is_stretched(cell) for row in rows for cell in row.cells)
    name = f"table {columns}{' stretched' if is_stretched else ''}"
    return part(name, *map(Reading, map(add, text, lines), gaps))


def _is_stretched(cell: Element) -> bool:
    """By its padding, or by something empty in it that has a height."""
    return "padding-top" in css(cell) or any(
        each.tag == "mspace" and "height" in each.attrib and "width" not in each.attrib
        for each in cell
    )


def is_lines(element: Element) -> bool:
    """Whether it is a table of one centred column without lines or tags."""
    if element.tag != "mtable" or not len(element):
        return False
    rows = [_without_margins(row) for row in element]
    if any(len(row.cells) != 1 or row.tag is not None for row in rows):
        return False
    is_ruled = any(_line_below(row, element, at) for at, row in enumerate(element))
    is_centred = len(rows) == 1 or all(
        _alignment(row.cells[0], 0, element) == "center" for row in rows
    )
    return is_centred and not is_ruled


def only_cells(element: Element) -> list[Element]:
    """The cells of such a table."""
    return [_without_margins(row).cells[0] for row in element]


def inside(element: Element, look: Look) -> Look:
    """The look of a table's cells."""
    display = look.display and "centred" in classes(element)
    return changed(replace(look, display=display, tall=False), element)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[Element]
    tag: Element | None = None


def _without_margins(row: Element) -> _Row:
    """The cells without the half-empty ones at both ends that centre a numbered equation.

    Numbers that count by themselves are not compared: they would count the formulas of a page.
    """
    cells = [cell for cell in row if not _is_margin(cell)]
    tags = [each for each in row.iter("mtext") if "tml-tag" in classes(each)]
    return _Row(cells, tags[0] if tags else None)


def _is_margin(cell: Element) -> bool:
    return css(cell).get("width") == "50%" or bool(classes(cell) & {"mtr-glue", "mml-eqn-num"})


def _cell(cell: Element, element: Element, look: Look, draw: Draw) -> Reading:
    check(cell)
    content = read(draw(_row_of(cell), inside(element, look)))
    unstyled = without_style(classes(cell)) if not look.as_meant else []
    marks = [f" ⦃{name} without style⦄" for name in unstyled]
    return replace(
        content, text=content.text + "".join(marks) + (" ‖" if "ruled" in classes(cell) else "")
    )


def _row_of(cell: Element) -> Element:
    row = Element("mrow")
    row[:] = list(cell)
    return row


def _columns(cells: Sequence[Element], element: Element) -> Iterator[str]:
    """Alignment of each column as `l`, `c`, `r`, and the distances: `·` none, `__` far."""
    for at, cell in enumerate(cells):
        if at:
            yield _distance(cells[at - 1], cell, at, element)
        yield _alignment(cell, at, element)[0]


def _alignment(cell: Element, at: int, element: Element) -> str:
    named = {name.removeprefix("tml-") for name in classes(cell)} & set(_SIDES)
    named |= {side for side in _SIDES if side in css(cell).get("text-align", "")}
    columns = element.get("columnalign", "center").split()
    return next(iter(named), columns[min(at, len(columns) - 1)])


def _distance(before: Element, after: Element, at: int, element: Element) -> str:
    if spacing := element.get("columnspacing", "").split():
        gap = length(spacing[min(at - 1, len(spacing) - 1)])
    elif "aligned" in classes(element):
        # Pairs of a right and a left column touch; two pairs are far apart.
        gap = 0.0 if at % 2 or "joined" in classes(element) else 2.0
    else:
        gap = _padding(before, "right") + _padding(after, "left")
    return "·" if gap < _TIGHT else "__" if gap >= _WIDE else "_"


def _outer_padding(element: Element) -> float:
    if "aligned" in classes(element):
        return 0.0
    return _TIGHT_PADDING if "tight" in classes(element) else outer_padding()


def _padding(cell: Element, side: str) -> float:
    given = css(cell).get(f"padding-{side}")
    return _CORE_PADDING if given is None else length(given)


def _line_below(row: Element, element: Element, at: int) -> str:
    """` ⎯solid` or ` ⎯dashed` for the line between a row and the next, or above the first one."""
    following = element[at + 1] if at + 1 < len(element) else None
    if "below" in classes(row) or (following is not None and "above" in classes(following)):
        ruled = row if "below" in classes(row) else element[at + 1]
        return " ⎯dashed" if "dashed" in classes(ruled) else " ⎯solid"
    borders = {css(cell).get("border-bottom", "none").split()[-1] for cell in row}
    named = element.get("rowlines", "").split()
    if named and following is not None:
        borders.add(named[min(at, len(named) - 1)])
    return "".join(f" ⎯{line}" for line in sorted(borders & {"solid", "dashed"}))
