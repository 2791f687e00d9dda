r"""Takes out of one of Anki's fields what is no HTML: formulas, sounds, and the marks of clozes.

A slot stands for each formula and sound until the HTML around it is read. The marks of clozes are
found as Anki finds them, before the HTML is read, and become our marks (see `marks`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from studyapp.anki import marks
from studyapp.domain.markup import first_from
from studyapp.domain.math_spans import find_math

SLOT_OPEN, SLOT_CLOSE = "\ufdd2", "\ufdd3"
SLOT: Final = re.compile(f"{SLOT_OPEN}([0-9]+){SLOT_CLOSE}")

_PAIRS: Final = {
    r"\(": (r"\)", False),
    r"\[": (r"\]", True),
    "[$]": ("[/$]", False),
    "[$$]": ("[/$$]", True),
    "[latex]": ("[/latex]", False),
}
_OPENING = re.compile(r"\\[(\[]|\[\$\$?\]|\[latex\]|\[sound:")
_SOUND: Final = "[sound:"
_LONGEST: Final = 10_000
"""Characters of a formula or a file's name."""
_LONGEST_NAME: Final = 250
_TAG = re.compile(r'<[a-zA-Z/!][^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>')
_BREAK = re.compile(r"<(?:br|/?div|/?p)\b[^<>]*+>", re.IGNORECASE)
_CLOZE = re.compile(r"\{\{c(?P<numbers>[0-9,]+)::|\}\}|::")
_WHOLE_FORMULA = re.compile(
    r"\s*(?:\$\$(?P<double>[^$]+)\$\$|\$(?P<single>[^$]+)\$|\\\((?P<round>.+?)\\\)"
    r"|\\\[(?P<square>.+?)\\\]|\\begin\{(?P<name>displaymath|math)\}(?P<body>.+?)\\end\{(?P=name)\}"
    r"|(?P<whole>\\begin\{(?P<kind>equation|align|gather|multline)\*?\}.+\\end\{(?P=kind)\*?\}))\s*",
    re.DOTALL,
)
_MOST_NUMBERS = 20
_ORDINARY: Final = re.compile(r"(?:[A-Za-z0-9 ^_{}=+*/().,:;'|!?\[\]-]++|\\(?:[A-Za-z]++|[,;!]))++")
"""LaTeX that dollar signs around it make a formula of, for there is neither code nor sign in it."""


@dataclass(slots=True)
class Slots:
    """What was taken out of one field."""

    media: Callable[[str], str | None]
    """As `from_html.Media`."""
    raw: list[str] = field(default_factory=list)
    """As the field had it."""
    markdown: list[str] = field(default_factory=list)
    """What takes its place."""

    def keep(self, raw: str, markdown: str) -> str:
        """Returns what stands for it."""
        self.raw.append(raw)
        self.markdown.append(markdown)
        return f"{SLOT_OPEN}{len(self.raw) - 1}{SLOT_CLOSE}"

    def put_back(self, text: str, *, raw: bool = False) -> str:
        """The text with what the slots in it stand for."""
        kept = self.raw if raw else self.markdown
        return SLOT.sub(lambda slot: kept[int(slot[1])], text)


def take_out(html: str, slots: Slots, *, cloze: bool) -> str:
    """The field with slots and, if it may have clozes, our marks; comments are left out."""
    return _without_comments("".join(_formulas_and_sounds(html, slots)), cloze=cloze)


def _formulas_and_sounds(html: str, slots: Slots) -> Iterator[str]:
    closers = _Places(html)
    at = 0
    for opening in _OPENING.finditer(html):
        start, inner = opening.span()
        delimiter = opening[0]
        if start < at or (start and html[start - 1] == "\\"):
            continue
        closer = "]" if delimiter == _SOUND else _PAIRS[delimiter][0]
        end = closers.next(closer, inner)
        if end is None or end - inner > _LONGEST or html.find(delimiter, inner, end) >= 0:
            continue
        made = _piece(delimiter, html[inner:end], slots)
        if made is not None:
            yield html[at:start]
            at = end + len(closer)
            yield slots.keep(html[start:at], made)
    yield html[at:]


class _Places:
    """Where words stand in a text, each of which is looked for once only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[int]] = {}

    def next(self, word: str, at: int) -> int | None:
        """The first place from `at` on."""
        if word not in self._found:
            places = re.finditer(re.escape(word), self._text)
            self._found[word] = [place.start() for place in places]
        return first_from(self._found[word], at)


def _piece(delimiter: str, content: str, slots: Slots) -> str | None:
    """Markdown for a formula or sound; None if it is neither."""
    if delimiter == _SOUND:
        name = unescape(content)
        usable = len(name) <= _LONGEST_NAME and not re.search(r"[\n\[\]<>]", name)
        return f"[sound:{slots.media(name) or name}]" if usable else None
    source = _latex(content)
    if delimiter == "[latex]":
        return _text_mode(source)
    return formula(source, display=_PAIRS[delimiter][1])


def _latex(html: str) -> str:
    """LaTeX in one line: what MathJax makes of the HTML in a formula."""
    text = _TAG.sub("", _BREAK.sub(" ", _without_comments(html, cloze=False)))
    return " ".join(unescape(text).replace("\xa0", " ").split())


def _text_mode(source: str) -> str | None:
    """Of `[latex]…[/latex]` only what is a single formula is taken; there is no LaTeX for text."""
    match = _WHOLE_FORMULA.fullmatch(source)
    if match is None:
        return None
    found = match.groupdict()
    inline = found["single"] or found["round"]
    if found["name"] == "math":
        inline = found["body"]
    display = found["double"] or found["square"] or found["whole"] or found["body"]
    return formula((inline or display or "").strip(), display=inline is None)


def formula(latex: str, *, display: bool) -> str | None:
    """A formula of Markdown with this source; None if it cannot be one."""
    latex = latex.strip()
    if _ORDINARY.fullmatch(latex) and "{{" not in latex and "}}" not in latex:
        return f"$${latex}$$" if display else f"${latex}$"
    pairs = (("$$", "$$"), (r"\[", r"\]")) if display else (("$", "$"), (r"\(", r"\)"))
    for start, end in pairs:
        # A digit behind a dollar sign would make money of it, so its reader must not see one.
        text = f"{start}{latex}{end}"
        found = find_math(text)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
            return text
    return None


def _without_comments(html: str, *, cloze: bool) -> str:
    """Comments keep characters apart that would be a mark, so they go after marks are found."""
    if cloze:
        html = _with_marks(html)
    out: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        out.append(html[at:start])
        at = end + 3
    return "".join([*out, html[at:]])


@dataclass(slots=True)
class _Open:
    """A mark that is not closed yet, by the places of its parts in the output."""

    start: int
    numbers: list[int]
    hint: int | None = None


def _with_marks(html: str) -> str:
    """The field with our marks for those of clozes that have both of their ends."""
    out: list[str] = []
    around: list[_Open] = []
    at = 0
    for token in _CLOZE.finditer(html):
        out.append(html[at : token.start()])
        at = token.end()
        out.append(token[0])
        if token["numbers"]:
            around.append(_Open(len(out) - 1, _numbers(token["numbers"])))
        elif token[0] == "::" and around and around[-1].hint is None:
            around[-1].hint = len(out) - 1
        elif token[0] == "}}" and around:
            _close(around.pop(), out)
    return "".join([*out, html[at:]])


def _numbers(text: str) -> list[int]:
    found = [int(each) for each in text.split(",")[:_MOST_NUMBERS] if each and len(each) <= 9]
    return sorted({each for each in found if each > 0})


def _close(mark: _Open, out: list[str]) -> None:
    """Several numbers of one mark become marks in each other, which ask for the same."""
    if not mark.numbers:
        return
    out[mark.start] = "".join(marks.opening(number) for number in mark.numbers)
    if mark.hint is not None:
        out[mark.hint] = marks.HINT
    out[-1] = marks.CLOSE * len(mark.numbers)
