"""MathML as it stands in a page, read into a tree."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element, SubElement

_WITHOUT_END: Final = frozenset(("img", "br"))
_NOT_DRAWN: Final = frozenset(("annotation", "annotation-xml"))


def parse(html: str) -> Element:
    """The `math` element; ValueError if there is none or its tags do not match."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    if len(parser.open) > 1:
        raise ValueError(f"<{parser.open[-1].tag}> is not closed: {html}")
    math = parser.open[0].find(".//math")
    if math is None:
        raise ValueError(f"No formula: {html}")
    return math


def css(element: Element) -> dict[str, str]:
    """The properties in an element's `style`."""
    parts = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in parts if value}


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _WITHOUT_END:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        if closed.tag != tag:
            raise ValueError(f"</{tag}> closes <{closed.tag}>")
        if tag in _NOT_DRAWN:
            self.open[-1].remove(closed)

    def handle_data(self, data: str) -> None:
        if data.strip(" \n") or not len(self.open[-1]):
            self.open[-1].text = (self.open[-1].text or "") + data
