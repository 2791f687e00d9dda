"""Writes the tree of a field as Markdown; what Markdown has no word for stays HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from studyapp.anki import marks
from studyapp.anki.field_tree import VOID, Element, Node
from studyapp.anki.markdown_text import Escaping, collapsed, line_start, referenced
from studyapp.rendering.mathml_writer import ELEMENTS as MATH_ELEMENTS
from studyapp.rendering.sanitize import OTHER_KNOWN_ELEMENTS, TEXT_ELEMENTS

BREAK: Final = "\\\n"
_KNOWN = TEXT_ELEMENTS | OTHER_KNOWN_ELEMENTS | MATH_ELEMENTS
_BLOCK_NAMES = """
    address article aside blockquote caption center col colgroup dd details div dl dt figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hr hgroup legend li main nav ol p pre
    section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_HEADINGS: Final = {f"h{level}": "#" * level for level in range(1, 7)}
_STARS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_ATTRIBUTE_NAME = re.compile(r"[a-zA-Z_][\w:-]*")
_ATTRIBUTE_SIGN = re.compile(r"[\\*$`\[\]{}~\n\r\t|]")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\[\]()\\`$*{}\"']+", re.IGNORECASE)
_PLAIN_IMAGE: Final = {"src", "alt"}
_UNSAFE_IN_NAME = re.compile(r"[^\w.,;=+@!'-]", re.ASCII)
_ALT = re.compile(r"[^\W_]?(?:[^\W_]|[ .,;:=+()'/-])*")
_CODE = re.compile(r"[!-_a-~](?:[ -_a-~]*[!-_a-~])?")
_NOT_IN_CODE = re.compile(r"\$|\{\{|\}\}|::")
_ONLY_ENDS = re.compile(f"{marks.CLOSE}+")
_IN_LIST: Final = "    "


def picture_address(name: str) -> str:
    """The name of a file as an address in Markdown or HTML."""
    return "".join(
        f"%{ord(sign):02X}" if sign.isascii() and _UNSAFE_IN_NAME.match(sign) else sign
        for sign in name
    )


def is_simple(nodes: Iterable[Node]) -> bool:
    """Whether there is but text, line breaks and pictures, whose Markdown is certain."""
    return all(
        isinstance(node, str)
        or (node.name in ("div", "p") and not node.attributes and is_simple(node.children))
        or node.name == "br"
        or (node.name == "img" and node.attributes.keys() <= _PLAIN_IMAGE)
        for node in nodes
    )


def raw(nodes: Iterable[Node], *, within: str = "") -> str:
    """HTML in one line, in which Markdown finds nothing."""
    return "".join(_raw(node, within) for node in nodes)


def _raw(node: Node, within: str) -> str:
    if isinstance(node, str):
        return referenced(node if within == "pre" else collapsed(node))
    inside = "pre" if "pre" in (within, node.name) else ""
    return _tagged(node, raw(node.children, within=inside))


def _tagged(element: Element, content: str) -> str:
    """The element as HTML; one that browsers do not know is its content alone."""
    if element.name not in _KNOWN:
        return content
    start = f"<{element.name}{_attributes(element)}>"
    return start if element.name in VOID else f"{start}{content}</{element.name}>"


def _attributes(element: Element) -> str:
    return "".join(
        f' {name}="{_ATTRIBUTE_SIGN.sub(lambda sign: f"&#{ord(sign[0])};", escape(value))}"'
        for name, value in element.attributes.items()
        if _ATTRIBUTE_NAME.fullmatch(name)
    )


def has_blocks(nodes: Iterable[Node]) -> bool:
    """Whether some of it does not stand in a line."""
    return any(
        node.name in _BLOCKS or has_blocks(node.children)
        for node in nodes
        if isinstance(node, Element)
    )


class Writer:
    """Writes the blocks of one field."""

    def __init__(self, escaping: Escaping) -> None:
        self._escaping = escaping
        self._blocks: list[str] = []
        self._lines: list[str] = []
        self._line: list[str] = []

    def markdown(self, nodes: Iterable[Node]) -> str:
        """Markdown of the whole field."""
        self._walk(nodes)
        self._end_block()
        return "\n\n".join(self._blocks)

    def _walk(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._line.append(self._text(node))
            elif node.name == "br":
                self._end_line(even_empty=True)
            elif node.name in ("div", "p") and not node.attributes:
                self._division(node)
            elif node.name in _BLOCKS or has_blocks(node.children):
                self._block(node)
            else:
                self._line.append(self._inline(node))

    def _division(self, node: Element) -> None:
        paragraph = node.name == "p"
        self._end_line()
        if paragraph and self._lines:
            self._lines.append("")
        self._walk(node.children)
        self._end_line()
        if paragraph and self._lines:
            self._lines.append("")

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = re.sub(" {2,}", " ", "".join(self._line)).strip(" ")
        self._line.clear()
        if _ONLY_ENDS.fullmatch(line) and self._lines and self._lines[-1]:
            self._lines[-1] += line
        elif line or even_empty:
            self._lines.append(BREAK.join(line_start(part) for part in line.split(BREAK)))

    def _end_block(self) -> None:
        self._end_line()
        paragraph: list[str] = []
        for line in [*self._lines, ""]:
            if line:
                paragraph.append(line)
            elif paragraph:
                self._blocks.append(BREAK.join(paragraph))
                paragraph = []
        self._lines.clear()

    def _block(self, node: Element) -> None:
        self._end_block()
        made = self._known_block(node) if not node.attributes else None
        self._blocks.append(
            _tagged(node, raw(node.children, within=node.name)) if made is None else made
        )

    def _known_block(self, node: Element) -> str | None:
        """Markdown of a block; None if there is none."""
        if node.name == "hr":
            return "---"
        if node.name in ("ul", "ol"):
            return self._list(node)
        if node.name in _HEADINGS and not has_blocks(node.children):
            content = self._inline_all(node.children).strip()
            if content and "\n" not in content and not content.endswith("#"):
                return f"{_HEADINGS[node.name]} {content}"
        return None

    def _list(self, node: Element, indent: str = "") -> str | None:
        lines: list[str] = []
        for child in node.children:
            if isinstance(child, str) and not child.strip():
                continue
            if isinstance(child, str) or child.name != "li" or child.attributes:
                return None
            sign = "-" if node.name == "ul" else f"{len(lines) + 1}."
            item = self._item(child, indent)
            if item is None:
                return None
            lines.append(f"{indent}{sign} {item}")
        return "\n".join(lines) or None

    def _item(self, item: Element, indent: str) -> str | None:
        """A line of a list, perhaps with a list below it."""
        *inline, last = item.children or [""]
        below = ""
        if isinstance(last, Element) and last.name in ("ul", "ol") and not last.attributes:
            made = self._list(last, indent + _IN_LIST)
            if made is None:
                return None
            below = f"\n{made}"
        else:
            inline.append(last)
        if has_blocks(inline):
            return None
        line = line_start(self._inline_all(inline).strip())
        return line + below if line and "\n" not in line else None

    def _text(self, text: str) -> str:
        return self._escaping.text(collapsed(text))

    def _inline_all(self, nodes: Sequence[Node]) -> str:
        return "".join(
            self._text(node) if isinstance(node, str) else self._inline(node) for node in nodes
        )

    def _inline(self, node: Element) -> str:
        if node.name == "br":
            return BREAK
        if node.name == "code" and not node.attributes:
            return self._code(node)
        content = self._inline_all(node.children)
        if node.name == "span" and not node.attributes:
            return content
        return _short(node, content) or _tagged(node, content)

    def _code(self, node: Element) -> str:
        alone = node.children[0] if len(node.children) == 1 else None
        if isinstance(alone, str) and _CODE.fullmatch(alone) and not _NOT_IN_CODE.search(alone):
            return f"`{alone}`"
        return _tagged(node, self._inline_all(node.children))


def _short(node: Element, content: str) -> str | None:
    """Markdown's own sign for an element; None if HTML has to do."""
    if node.name == "img" and node.attributes.keys() <= _PLAIN_IMAGE:
        alt = node.attributes.get("alt", "")
        src = node.attributes.get("src", "")
        if src and _ALT.fullmatch(alt) and not re.search(r"[\s()<>]", src):
            return f"![{alt}]({src})"
    if node.name == "a" and node.attributes.keys() == {"href"}:
        href = node.attributes["href"]
        if _LINK.fullmatch(href) and re.fullmatch(r"[^\W_](?:[\w ,.;-]*[^\W_])?", content):
            return f"[{content}]({href})"
    stars = _STARS.get(node.name)
    if stars and not node.attributes and re.fullmatch(r"[^\s*\\_](?:[^*\n]*[^\s*\\_])?", content):
        return f"{stars}{content}{stars}"
    return None
