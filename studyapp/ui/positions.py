"""Places in a text: Qt counts units of UTF-16, Python counts characters."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument

_PARAGRAPH = "\N{PARAGRAPH SEPARATOR}"
_LAST_OF_ONE_UNIT = "\uffff"


def text_of(document: QTextDocument) -> str:
    """What stands in it; `toPlainText` would turn non-breaking spaces into others."""
    return document.toRawText().replace(_PARAGRAPH, "\n")


def unit_of(text: str, index: int) -> int:
    """Qt's position of the character `text[index]`."""
    before = text[:index]
    if before.isascii():
        return len(before)
    return len(before) + sum(letter > _LAST_OF_ONE_UNIT for letter in before)


def index_of(text: str, unit: int) -> int:
    """The index of the character at Qt's position `unit`."""
    if text.isascii():
        return unit
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * unit]
    return len(before.decode("utf-16-le", "ignore"))
