"""Puts a note's fields into a template of Anki's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from studyapp.anki.from_html import plain_text

FRONT_SIDE: Final = "FrontSide"
_TOKEN = re.compile(r"\{\{(?P<sign>[#^/]?)(?P<inner>[^{}]*)\}\}")
_UNSEEN = re.compile(r"<!--|<(?:script|style)\b", re.IGNORECASE)
_ENDS: Final = {"<!--": "-->", "<script": "</script>", "<style": "</style>"}
_EMPTY = re.compile(r"(?:\s|</?(?:br|div)\s?/?>)*+")
_CLOZE_NUMBER = re.compile(r"c[0-9]+")
MAX_TEMPLATE: Final = 200_000
"""Characters of a template; longer ones show nothing."""
MAX_RENDERED: Final = 2_000_000
"""Characters of what a template makes of a note, which it may show many times."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A `{{filter:filter:Field}}` in a template."""

    filters: tuple[str, ...]
    field: str

    @property
    def is_typed(self) -> bool:
        """Where the user types the answer."""
        return "type" in self.filters

    @property
    def is_cloze(self) -> bool:
        return "cloze" in self.filters


def replacements(template: str) -> list[Replacement]:
    """All that is replaced in a template, whatever conditions it stands in."""
    tokens = _TOKEN.finditer(shown(template))
    return [_replacement(token["inner"]) for token in tokens if not token["sign"]]


def conditions(template: str) -> set[str]:
    """The fields that parts of a template depend on."""
    return {token["inner"].strip() for token in _TOKEN.finditer(template) if token["sign"]}


class TooLong(Exception):
    """What a template makes of a note has more than `MAX_RENDERED` characters."""


@lru_cache(maxsize=256)
def shown(template: str) -> str:
    """The template without comments, scripts and styles; nothing, if it is too long for one."""
    if len(template) > MAX_TEMPLATE:
        return ""
    out: list[str] = []
    at = 0
    lower = template.lower() if template.isascii() else template
    while (start := _UNSEEN.search(template, at)) is not None:
        ending = _ENDS[start[0].lower()]
        end = lower.find(ending, start.end())
        out.append(template[at : start.start()])
        at = len(template) if end < 0 else end + len(ending)
    return "".join([*out, template[at:]])


def has_script(template: str) -> bool:
    return re.search(r"<script\b", template, re.IGNORECASE) is not None


def render(
    template: str, values: Mapping[str, str], write: Callable[[Replacement], str], number: int = 0
) -> str:
    """The template with what `write` gives for each replacement, where its conditions hold.

    `number`: of the cloze that is asked, for conditions such as `{{#c1}}`. Raises TooLong.
    """
    out: list[str] = []
    size = 0
    for part in _parts(shown(template), values, write, number):
        out.append(part)
        size += len(part)
        if size > MAX_RENDERED:
            raise TooLong
    return "".join(out)


def _parts(
    template: str, values: Mapping[str, str], write: Callable[[Replacement], str], number: int
) -> Iterator[str]:
    holds = [True]
    at = 0
    for token in _TOKEN.finditer(template):
        if holds[-1]:
            yield template[at : token.start()]
        at = token.end()
        name = token["inner"].strip()
        if token["sign"] in ("#", "^"):
            met = _is_filled(name, values, number) == (token["sign"] == "#")
            holds.append(holds[-1] and met)
        elif token["sign"] == "/":
            holds[1:] = holds[1:-1]
        elif holds[-1]:
            yield write(_replacement(token["inner"]))
    if holds[-1]:
        yield template[at:]


def _is_filled(name: str, values: Mapping[str, str], number: int) -> bool:
    if name not in values and _CLOZE_NUMBER.fullmatch(name):
        return name == f"c{number}"
    return not is_empty(values.get(name, ""))


def is_empty(value: str) -> bool:
    """Whether Anki takes a field for empty."""
    return _EMPTY.fullmatch(value) is not None


def _replacement(inner: str) -> Replacement:
    *filters, field = (part.strip() for part in inner.split(":"))
    return Replacement(tuple(filters), field)


def filtered(replacement: Replacement, value: str) -> str:
    """A field's HTML as its filters leave it, as far as they are known here."""
    for each in reversed(replacement.filters):
        if each == "text":
            value = escape(plain_text(value), quote=False)
        elif each == "hint" and not is_empty(value):
            title = escape(replacement.field, quote=False)
            value = f"<details><summary>{title}</summary>{value}</details>"
        elif each.startswith("tts"):
            value = ""
    return value
