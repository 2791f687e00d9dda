"""Tables of a formula: matrices, cases, aligned equations."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

RULE_CLASS: Final = "hline"
DASHED_RULE_CLASS: Final = "hdashline"
"""Of an empty element at the start of a row that has a line above it."""
CENTRED: Final = "centred"
"""Of a table that only sets what it holds in the middle of the line."""
GRID: Final = "grid"
"""Of a group around a table; behind it a factor for the height of its rows, and the lines before,
between and behind its columns: an index of `LINES` for each, or nothing if there are none."""
LINES: Final = ("", "|", "||", ":")
_LINE_CLASSES: Final = ("", "ruled", "ruled twice", "ruled dashed")
_STRUT: Final = {"height": 0.84, "depth": 0.36}
_PADDING: Final = 0.3
"""Above and below each cell by the style sheet; all in em."""
_RULES: Final = {RULE_CLASS: "solid", DASHED_RULE_CLASS: "dashed"}


def mend_table(table: Element) -> None:
    """Turns the alignment and lines of MathML 3 into classes for the style sheet."""
    if table.attrib.pop("columnspacing", "").startswith("0em 2em"):
        table.set("class", "aligned")
    for cell in (cell for row in table for cell in row):
        alignment = cell.attrib.pop("columnalign", "center")
        if alignment != "center":
            cell.set("class", alignment)
    _draw_rules(table)


def set_grid(group: Element) -> None:
    """What a group of the class `GRID` says of its table becomes struts and classes of it."""
    _, factor, *lines = group.attrib.pop("class").split()
    for row in next(group.iter("mtable")):
        for line, cell in zip("".join(lines)[1:], row, strict=False):
            _add_class(cell, _LINE_CLASSES[int(line)])
        if lines and lines[0][0] != "0":
            _add_class(row[0], "edge")
        if factor != "1":
            row[0].insert(0, _strut(float(factor)))


def _strut(factor: float) -> Element:
    """An empty sign of TeX's usual height and depth of a row, times the factor."""
    parts = {side: max(part * factor - _PADDING, 0) for side, part in _STRUT.items()}
    return Element("mspace", {side: f"{part:.4g}em" for side, part in parts.items()})


def _draw_rules(table: Element) -> None:
    previous: Element | None = None
    for row in list(table):
        rule = _take_rule(row)
        if not rule:
            previous = row
        elif not any(len(cell) for cell in row) and previous is not None:
            # Nothing follows the line: it closes the row before.
            table.remove(row)
            _add_class(previous, _at("below", rule))
        else:
            _add_class(row, _at("above", rule))
            previous = row


def _take_rule(row: Element) -> str:
    """The kind of line that the row begins with, empty if none; the line's element is removed."""
    cell = row[0] if len(row) else row
    rules = [child for child in cell if child.get("class") in _RULES]
    for rule in rules:
        cell.remove(rule)
    return _RULES[rules[0].get("class", "")] if rules else ""


def _at(side: str, rule: str) -> str:
    return side if rule == "solid" else f"{side} {rule}"


def _add_class(element: Element, name: str) -> None:
    if name:
        element.set("class", " ".join(filter(None, (element.get("class"), name))))
