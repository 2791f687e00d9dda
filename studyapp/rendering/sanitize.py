"""HTML that is safe to show: known elements, no scripts, no styles, media from the collection only.

The first wall of three: the page's CSP and the web view's settings stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from typing import Final

import nh3

from studyapp.rendering.marks import HAS_MARK
from studyapp.rendering.mathml_writer import ELEMENTS as MATH_ELEMENTS
from studyapp.rendering.media import media_url as url_of_media
from studyapp.rendering.media import plain_name

_TEXT_ELEMENTS_NAMES = """
    a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div
    dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt
    ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var
    wbr
"""
TEXT_ELEMENTS: Final = frozenset(_TEXT_ELEMENTS_NAMES.split())
_DROPPED_WITH_CONTENT_NAMES = """
    script style iframe object embed template noscript noembed noframes title textarea select
    svg annotation annotation-xml
"""
DROPPED_WITH_CONTENT: Final = frozenset(_DROPPED_WITH_CONTENT_NAMES.split())
_OTHER_KNOWN_ELEMENTS_NAMES = """
    acronym address applet area article aside base big body button center font footer form frame
    frameset head header hgroup html input label link maction main malignmark map marquee
    menclose merror meta mfenced mglyph mmultiscripts mprescripts ms nav none option section
    strike track tt video
"""
OTHER_KNOWN_ELEMENTS: Final = frozenset(_OTHER_KNOWN_ELEMENTS_NAMES.split())
"""Left out, their content kept; any other word in angle brackets is text, not an element."""
_MATH_ATTRIBUTES = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "form", "lspace", "rspace", "movablelimits", "largeop"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mspace": {"width"},
    "mtable": {"displaystyle"},
    "mtd": {"columnspan", "rowspan"},
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "audio": {"src", "controls"},
    "ol": {"start", "reversed"},
    "li": {"value", "id"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "abbr": {"title"},
    "details": {"open"},
    "bdo": {"dir"},
    "*": {"lang"},
}
_ALIGNMENTS = {"align": {"left", "right", "center"}}
_LINK = re.compile(r"(?:https?://|mailto:).+|#fn[\w:-]*", re.IGNORECASE | re.DOTALL)
_FOOTNOTE_ID = re.compile(r"fn(?:ref\d*)?:[\w-]+")
_MEDIA_TAG = re.compile(r'<(img|audio)((?: [a-z]+="[^"]*")*)>')
MAX_DEPTH: Final = 100
"""Elements inside of each other.

A browser reads what lies more than 512 deep in another way than the sanitiser, and takes seconds to
lay out a few hundred elements of MathML.
"""
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>')
_VOID = frozenset(("br", "col", "hr", "img", "wbr"))
_NO_AUDIO = "<audio></audio>"
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def sanitize(html: str, media_url: Callable[[str], str] = url_of_media) -> str:
    """The safe part of `html`, balanced; `media_url` gives a media file's address by its name.

    A picture from anywhere else is replaced by its description.
    """
    clean = _cleaner().clean(html)
    if "<img" not in clean and "<audio" not in clean:
        return clean
    return _MEDIA_TAG.sub(lambda tag: _media(tag, media_url), clean).replace(_NO_AUDIO, "")


def is_too_deep(html: str) -> bool:
    """Whether more than `MAX_DEPTH` elements of sanitised HTML lie inside of each other."""
    if html.count("</") <= MAX_DEPTH:
        return False
    depth = 0
    for closing, tag in _TAG.findall(html):
        if tag not in _VOID:
            depth += -1 if closing else 1
        if depth > MAX_DEPTH:
            return True
    return False


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TEXT_ELEMENTS | MATH_ELEMENTS - DROPPED_WITH_CONTENT,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES | _MATH_ATTRIBUTES,
        attribute_filter=_filter,
        tag_attribute_values={"td": _ALIGNMENTS, "th": _ALIGNMENTS},
        allowed_classes={"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if HAS_MARK.search(value):
        return None
    if attribute == "href":
        return value if tag == "a" and _LINK.fullmatch(value.strip()) else None
    if attribute == "src":
        return value if plain_name(value) is not None else None
    if attribute == "id":
        return value if _FOOTNOTE_ID.fullmatch(value) else None
    return value


def _media(tag: re.Match[str], media_url: Callable[[str], str]) -> str:
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[2])}
    name = plain_name(attributes.get("src", ""))
    if name is None and tag[1] == "img":
        return escape(attributes.get("alt", ""))
    if name is None:
        return "<audio>"
    attributes["src"] = media_url(name)
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{tag[1]}{written}>"
