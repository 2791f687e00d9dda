"""HTML of this room as plain text, laid out for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from studyapp.rendering.html_tree import Node, parse_html
from studyapp.rendering.marks import without_controls
from studyapp.rendering.unicode_scripts import lowered, raised

_BLOCKS_NAMES = """
    p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table thead tbody tfoot tr caption dl dt
    dd details summary figure figcaption hr
"""
_BLOCKS: Final = frozenset(_BLOCKS_NAMES.split())
_CLOSE_TOGETHER_NAMES = "ul ol li dl table thead tbody tfoot"
_CLOSE_TOGETHER: Final = frozenset(_CLOSE_TOGETHER_NAMES.split())
"""Elements whose blocks follow each other without a blank line."""
_WHITE = re.compile(r"[ \t\n\r\f]+")
_BREAK = "\x0b"  # stands for <br> while white space is collapsed; no text holds it
_AROUND_BREAK = re.compile(f" *{_BREAK} *")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text_of_html(html: str) -> str:
    """The text of sanitised HTML: lists with bullets, tables with bars, no control characters."""
    tree = parse_html(without_controls(html))
    try:
        text = "\n".join(_lines(tree))
    except RecursionError:
        text = re.sub(r"<[^>]*>", " ", html)
    return _DIRECTION.sub("", without_controls(text)).strip("\n")


def _lines(node: Node) -> list[str]:
    """The lines of a block."""
    if node.tag == "pre":
        return [f"    {line}" for line in _raw(node).strip("\n").split("\n")]
    if node.tag == "tr":
        return [" | ".join(_inline(cell).strip() for cell in _elements(node))]
    if node.tag == "hr":
        return ["———"]
    if node.tag in ("ul", "ol"):
        return _list(node)
    lines = _joined(_blocks(node), apart=node.tag not in _CLOSE_TOGETHER)
    return [f"> {line}".rstrip() for line in lines] if node.tag == "blockquote" else lines


def _list(node: Node) -> list[str]:
    lines: list[str] = []
    number = int(start) if (start := node.attributes.get("start", "1")).isdecimal() else 1
    for item in _elements(node):
        marker = f"{number}. " if node.tag == "ol" else "• "
        number += 1
        first, *rest = _joined(_blocks(item), apart=False) or [""]
        lines += [marker + first, *(" " * len(marker) + line for line in rest)]
    return lines


def _blocks(node: Node) -> Iterator[list[str]]:
    """The blocks inside a node; text between them is a block too."""
    inline = Node("span")
    for child in node.children:
        if isinstance(child, str) or child.tag not in _BLOCKS:
            inline.children.append(child)
            continue
        yield from _text_block(inline)
        inline = Node("span")
        if lines := _lines(child):
            yield lines
    yield from _text_block(inline)


def _text_block(inline: Node) -> Iterator[list[str]]:
    if text := _inline(inline).strip():
        yield text.split("\n")


def _joined(blocks: Iterator[list[str]], *, apart: bool) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if lines and apart:
            lines.append("")
        lines += block
    return lines


def _elements(node: Node) -> Iterator[Node]:
    yield from (child for child in node.children if isinstance(child, Node))


def _raw(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _raw(child) for child in node.children)


def _inline(node: Node) -> str:
    """Text in lines, its white space collapsed."""
    text = _WHITE.sub(" ", "".join(_run(child) for child in node.children))
    return _AROUND_BREAK.sub("\n", text)


def _run(child: Node | str) -> str:
    if isinstance(child, str):
        return child
    if child.tag == "br":
        return _BREAK
    if child.tag == "img":
        return f"[{child.attributes.get('alt') or 'picture'}]"
    text = "".join(_run(inner) for inner in child.children)
    shown = _SPECIAL.get(child.tag)
    return text if shown is None else shown(child, text)


def _link(link: Node, text: str) -> str:
    address = link.attributes.get("href", "")
    if link.attributes.get("class") == "footnote-backref":
        return ""
    if not address or address.startswith("#") or address.removeprefix("mailto:") == text:
        return text
    return f"{text} ({address})"


_SPECIAL: Final[dict[str, Callable[[Node, str], str]]] = {
    "a": _link,
    "sup": lambda _, text: raised(text) or f"^{text}",
    "sub": lambda _, text: lowered(text) or f"_{text}",
}
