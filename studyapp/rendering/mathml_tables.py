"""Tables of a formula: matrices, cases, aligned equations."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

RULE_CLASS: Final = "hline"
DASHED_RULE_CLASS: Final = "hdashline"
"""Of an empty element at the start of a row that has a line above it."""


_RULES: Final = {RULE_CLASS: "solid", DASHED_RULE_CLASS: "dashed"}


def mend_table(table: Element) -> None:
    """Turns the alignment and lines of MathML 3 into classes for the style sheet."""
    if table.attrib.pop("columnspacing", "").startswith("0em 2em"):
        table.set("class", "aligned")
    lines = table.attrib.pop("columnlines", "").split()
    for row in table:
        for index, cell in enumerate(row):
            _mend_cell(cell, ruled=index < len(lines) and lines[index] == "solid")
    _draw_rules(table)


def _mend_cell(cell: Element, *, ruled: bool) -> None:
    alignment = cell.attrib.pop("columnalign", "center")
    classes = ([] if alignment == "center" else [alignment]) + (["ruled"] if ruled else [])
    if classes:
        cell.set("class", " ".join(classes))


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


def _add_class(row: Element, name: str) -> None:
    row.set("class", " ".join(filter(None, (row.get("class"), name))))
