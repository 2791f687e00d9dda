"""One of Anki's fields as Markdown of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Final
from urllib.parse import unquote

from studyapp.anki import marks
from studyapp.anki.field_markdown import Writer, is_simple, picture_address, raw
from studyapp.anki.field_slots import SLOT, Slots, take_out
from studyapp.anki.field_tree import Element, Node, TooDeep, parse
from studyapp.anki.markdown_text import Escaping, collapsed
from studyapp.anki.plain_html import plain_markdown
from studyapp.rendering.markdown import to_html
from studyapp.rendering.marks import clean
from studyapp.rendering.sanitize import sanitize

MAX_FIELD: Final = 1_000_000
"""Characters of a field; longer ones are not taken."""

Media = Callable[[str], str | None]
"""Gives the name that a file has here by its name in the package; None: it is not there."""

_ANY_TAG = re.compile(r'<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>')
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [^<>]*)?)>")
_SURROGATE = re.compile("[\ud800-\udfff]+")
_SAME: Final = {"b": "strong", "i": "em"}
_BREAKS: Final = frozenset(["p", "div", "br"])
_LINK_OF_ITSELF = re.compile(r'<a href="([^"]*)"[^<>]*>\1</a>')
_AROUND_BREAK = re.compile(r"\s*\n\s*")
_AROUND_BLOCK = re.compile(
    r"\s*(</?(?:ul|ol|li|table|tbody|thead|tr|td|th|h[1-6]|hr|blockquote|pre|dl|dt|dd|details|summary"
    r"|figure|figcaption)(?: [^<>]*)?>)\s*"
)


def no_media(_name: str) -> None:
    """For fields without a package."""


def has_broken_characters(text: str) -> bool:
    """Whether some of it was no UTF-8."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def to_markdown(html: str, media: Media = no_media, *, cloze: bool = False) -> str:
    """Markdown that looks the same; HTML stays what Markdown has no word for.

    `cloze`: the field may have marks of clozes. Bytes that were no UTF-8 become `�`.
    """
    plain = plain_markdown(html)
    return markdown_of_html(html, media, cloze=cloze) if plain is None else plain


def markdown_of_html(html: str, media: Media, *, cloze: bool) -> str:
    """As `to_markdown`, by reading the field as HTML whatever is in it."""
    html = _SURROGATE.sub("\ufffd", html)
    slots = Slots(media)
    text = take_out(clean(html), slots, cloze=cloze)
    try:
        root = parse(text)
    except TooDeep:
        root = Element("", children=[unescape(_ANY_TAG.sub(" ", text))])
    _settle(root, slots)
    dollars = bool(slots.raw) or text.count("$") > 1
    escaping = Escaping(dollars, clozes=marks.OPEN in text)
    markdown = Writer(escaping).markdown(root.children)
    if not is_simple(root.children) and not _says_the_same(markdown, root.children):
        markdown = f"<div>{raw(root.children)}</div>"
    return _with_clozes(slots.put_back(markdown))


def plain_text(html: str) -> str:
    """What a reader sees of a field, in one line; for titles in messages."""
    without = _ANY_TAG.sub(" ", html.replace("<!--", "<").replace("-->", ">"))
    return " ".join(_SURROGATE.sub("\ufffd", unescape(without)).split())


def _settle(element: Element, slots: Slots) -> None:
    """Attributes hold what they held; pictures have the names of their files here."""
    for name, value in element.attributes.items():
        element.attributes[name] = marks.without_marks(slots.put_back(value, raw=True))
    if element.name == "img" and "src" in element.attributes:
        element.attributes["src"] = _address(element.attributes["src"], slots.media)
    for child in element.children:
        if isinstance(child, Element):
            _settle(child, slots)


def _address(src: str, media: Media) -> str:
    """Of a picture: the file's name here, or the address in the web that it is."""
    src = src.strip()
    if re.match(r"[a-z][a-z0-9+.-]*:", src, re.IGNORECASE):
        return src
    # Anki decodes addresses, unless a file has the very name.
    name = unquote(src)
    return picture_address(media(src) or media(name) or name)


def _with_clozes(text: str) -> str:
    return re.sub(marks.CLOZE, _cloze_part, text)


def _cloze_part(part: re.Match[str]) -> str:
    if part[0][0] == marks.OPEN:
        return f"{{{{c{marks.number_of(part[0])}::"
    return "::" if part[0] == marks.HINT else "}}"


def _says_the_same(markdown: str, nodes: Iterable[Node]) -> bool:
    """Whether the Markdown is shown as the HTML is, apart from white space and line breaks."""
    shown = to_html(_with_words(markdown), lambda latex, _: f"formula {latex}")
    wanted = sanitize(_with_words(raw(nodes)))
    return _normal(shown) == _normal(wanted)


def _with_words(text: str) -> str:
    """Words for slots and marks, which the conversion would take out."""
    text = SLOT.sub(lambda slot: f"Slot{slot[1]}q", text)
    return re.sub(marks.CLOZE, lambda part: f"Mark{ord(part[0][0]):x}q{len(part[0])}", text)


def _normal(html: str) -> str:
    html = _LINK_OF_ITSELF.sub(r"\1", collapsed(html.replace("&nbsp;", "\xa0")))
    html = _TAG.sub(_normal_tag, html)
    html = _AROUND_BREAK.sub("\n", re.sub(" +", " ", html))
    html = _AROUND_BLOCK.sub(r"\1", html)
    return html.strip()


def _normal_tag(tag: re.Match[str]) -> str:
    end, name, attributes = tag[1], tag[2], tag[3]
    if name in _BREAKS:
        return "\n"
    if name == "span":
        return ""
    attributes = attributes.replace(' alt=""', "").replace("/", "")
    return f"<{end}{_SAME.get(name, name)}{attributes}>"
