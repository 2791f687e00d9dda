"""A field's HTML as a tree, read as browsers read what Anki's editor writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, TypeAlias

MAX_DEPTH: Final = 60
VOID: Final = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"])
_DROPPED: Final = frozenset(
    ["script", "style", "title", "noscript", "iframe", "object", "template"]
)
_CLOSES: Final = {
    "li": ("li",),
    "p": ("p",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr", "td", "th"),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
}
"""What an opening tag ends, when it stands directly in it."""
_TOKEN = re.compile(
    r'<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<rest>[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+)>'
)
_ATTRIBUTE = re.compile(
    r"""([^\s=/"'<>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+"""
)


@dataclass(slots=True)
class Element:
    """An element with what is in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


Node: TypeAlias = "Element | str"
"""An element, or text as a reader sees it."""


class TooDeep(Exception):
    """Elements lie in each other more than `MAX_DEPTH` deep."""


def parse(html: str) -> Element:
    """A root without a name; raises TooDeep."""
    root = Element("")
    path = [root]
    for token in _tokens(html):
        if isinstance(token, str):
            _add_text(path[-1], token)
        elif token.name.startswith("/"):
            _end(path, token.name[1:])
        else:
            _start(path, token)
    return root


def _tokens(html: str) -> Iterator[Node]:
    at = 0
    for tag in _TOKEN.finditer(html):
        if tag.start() < at:
            continue
        if tag.start() > at:
            yield unescape(html[at : tag.start()])
        at = tag.end()
        name = tag["name"].lower()
        if name in _DROPPED and not tag["end"]:
            at = _behind(html, name, at)
        elif name not in _DROPPED:
            yield Element(tag["end"] + name, _attributes(tag["rest"]))
    if at < len(html):
        yield unescape(html[at:])


def _behind(html: str, name: str, at: int) -> int:
    """Behind the end of an element whose content is no HTML; without an end, the rest is its."""
    end = re.compile(rf"</{name}\s*+>", re.IGNORECASE).search(html, at)
    return len(html) if end is None else end.end()


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    return found


def _add_text(parent: Element, text: str) -> None:
    if parent.children and isinstance(parent.children[-1], str):
        parent.children[-1] += text
    else:
        parent.children.append(text)


def _start(path: list[Element], element: Element) -> None:
    while path[-1].name in _CLOSES.get(element.name, ()):
        path.pop()
    path[-1].children.append(element)
    if element.name not in VOID:
        path.append(element)
        if len(path) > MAX_DEPTH:
            raise TooDeep


def _end(path: list[Element], name: str) -> None:
    if name == "br":
        path[-1].children.append(Element("br"))
        return
    for index in range(len(path) - 1, 0, -1):
        if path[index].name == name:
            del path[index:]
            return
