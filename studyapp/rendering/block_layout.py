"""Lays out the lines of a Markdown text the way Python-Markdown wants to read them.

Authors write as in CommonMark: a list, heading or table may follow a paragraph at once, and a
nested list is indented as far as the text above it. Python-Markdown wants blank lines and steps
of four spaces. Code is no longer in the text when this happens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from studyapp.errors import ContentError

MAX_QUOTES: Final = 12
"""Levels of block quotes that are looked into."""
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +)(?=\S)(.*)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_HEADING = re.compile(r" {0,3}#{1,6} ")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *")
_QUOTE = re.compile(r" {0,3}> ?")
_REFERENCE = re.compile(r" {0,3}\[[^\[\]]+\]:")
_DEEP = re.compile(r"(?:[> ]*(?:[-*+]|\d{1,9}[.)])(?=\s)){25}", re.ASCII)
_TABLE_RULE = re.compile(r" {0,3}\|?[ :]*-+[ :]*(?:\|[ :]*-+[ :]*)*\|? *")
_STEP = 4


class TooDeep(ContentError):
    """A line opens so many lists that reading it would take too long."""


def lay_out(text: str) -> str:
    """The text with blank lines between its blocks and list items indented by fours.

    Raises TooDeep if one line opens 25 lists inside of each other.
    """
    lines = text.expandtabs(_STEP).split("\n")
    if any(_DEEP.match(line) and not _RULE.fullmatch(line) for line in lines):
        raise TooDeep("This text is nested too deeply")
    return "\n".join(_laid_out(lines, 0))


def _laid_out(lines: list[str], quotes: int) -> list[str]:
    layout = _Layout()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _QUOTE.match(lines[end]):
            end += 1
        if end > at and quotes < MAX_QUOTES and not layout.items:
            layout.blank_before()
            inner = [_QUOTE.sub("", line, count=1) for line in lines[at:end]]
            layout.lines += [f"> {line}" for line in _laid_out(inner, quotes + 1)]
            at = end
        else:
            # Python-Markdown would follow quotes as deep as its stack goes.
            line = f"\\{lines[at].lstrip()}" if quotes == MAX_QUOTES and end > at else lines[at]
            layout.add(line, lines[at + 1] if at + 1 < len(lines) else "")
            at += 1
    return layout.lines


@dataclass(slots=True)
class _Item:
    """A list item that is still open."""

    indent: int
    """Spaces before its marker."""
    content: int
    """Spaces before its text."""


@dataclass(slots=True)
class _Layout:
    """Lines that are laid out already, and the list items around the next one."""

    lines: list[str] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)

    def add(self, line: str, following: str) -> None:
        item = _ITEM.match(line)
        if not line.strip():
            self.lines.append("")
        elif item is not None and not _RULE.fullmatch(line):
            self._add_item(item)
        elif self.items:
            self._add_to_item(line)
        else:
            self._add_plain(line, following)

    def blank_before(self) -> None:
        """A blank line, unless there is one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _add_item(self, item: re.Match[str]) -> None:
        indent = len(item[1])
        self._leave(indent)
        if not self.items:
            if indent >= _STEP:
                self.lines.append(item[0])
                return
            if not self._continues_list():
                self.blank_before()
        depth = len(self.items)
        self.items.append(_Item(indent, indent + len(item[2]) + min(len(item[3]), _STEP)))
        marker = item[2].replace(")", ".")
        self.lines.append(f"{' ' * (_STEP * depth)}{marker} {item[4]}")

    def _continues_list(self) -> bool:
        return bool(self.lines) and _ITEM.match(self.lines[-1]) is not None

    def _leave(self, indent: int) -> None:
        """Closes the items that something at `indent` cannot be inside of."""
        while self.items and indent < self.items[-1].indent + 2:
            self.items.pop()

    def _add_to_item(self, line: str) -> None:
        indent = len(line) - len(line.lstrip(" "))
        if not self.lines[-1]:
            self._leave(indent)
        if not self.items:
            self.lines.append(line)
            return
        inside = max(indent - self.items[-1].content, 0)
        self.lines.append(" " * (_STEP * len(self.items) + inside) + line.lstrip(" "))

    def _add_plain(self, line: str, following: str) -> None:
        starts_table = "|" in line and "-" in following and _TABLE_RULE.fullmatch(following)
        if (
            _HEADING.match(line)
            or (starts_table and not self._in_table())
            or self._in_references(line)
        ):
            self.blank_before()
        self.lines.append(line)
        if _HEADING.match(line) or _RULE.fullmatch(line) or _UNDERLINE.fullmatch(line):
            self.lines.append("")

    def _in_references(self, line: str) -> bool:
        """Python-Markdown reads the rest of a block again for each reference in it."""
        return bool(self.lines and _REFERENCE.match(line) and _REFERENCE.match(self.lines[-1]))

    def _in_table(self) -> bool:
        return bool(self.lines) and "|" in self.lines[-1]
