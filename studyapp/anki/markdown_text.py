"""Plain text as Markdown that says the same: whatever Markdown would take for a sign is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from studyapp.anki import marks

PLAIN: Final = re.compile(r"(?:[^\W_]|[,.;?%/'\"()=+ -])*+")
"""Text of one line in which there is nothing to escape, but perhaps at its start."""
_ADDRESS = re.compile(r"https?://[^\s<>\[\]()\\`$&*~{}\ufdd0-\ufdef]++")
_SIGN = re.compile(
    r"\\(?=[!-/:-@\[-`{-~\n\ufdd0-\ufdef]|\Z)"
    r"|[*`<]"
    r"|&(?=#?[a-zA-Z0-9]+;)"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|~(?=~)|(?<=~)~"
    r"|\](?=[(\[:])|\[(?=\^)"
)
_DOLLAR = re.compile(r"\$")
_CLOZE_SIGN = re.compile(r"\{(?=\{)|\}(?=\})|:(?=:)")
_REFERENCES: Final = {
    "<": "&lt;",
    "&": "&amp;",
    "]": "&#93;",
    "[": "&#91;",
    "{": "&#123;",
    "}": "&#125;",
    ":": "&#58;",
}
"""Where a backslash would not do: `\\[` is a formula's start, and clozes know no backslash."""
_LINE_START = re.compile(
    r"(?P<sign>[#>+=|-]|:(?=-))|(?P<number>[0-9]{1,9})(?P<dot>[.)])(?=\s|\Z)|(?P<rest>)"
)
_MARKS_AT_START = re.compile(f"(?:{marks.CLOZE})*+")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def collapsed(text: str) -> str:
    """The text with one space for any white space, as HTML has it; no-break spaces stay."""
    return _SPACES.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Escaping:
    """What of a field's text has a meaning in Markdown beside that of every text."""

    dollars: bool = False
    """A dollar sign could begin or end a formula, since there is another one or a formula."""
    clozes: bool = False
    """Braces and colons could belong to the mark of a cloze."""

    def text(self, text: str) -> str:
        """Text within a line, escaped; `line_start` does the rest when the line is known."""
        if PLAIN.fullmatch(text):
            return text
        out: list[str] = []
        at = 0
        for address in _ADDRESS.finditer(text):
            out += [self._signs(text[at : address.start()]), address[0]]
            at = address.end()
        return "".join([*out, self._signs(text[at:])])

    def _signs(self, text: str) -> str:
        text = _SIGN.sub(_sign, text)
        if self.dollars:
            text = _DOLLAR.sub(_sign, text)
        return _CLOZE_SIGN.sub(_sign, text) if self.clozes else text


def referenced(text: str) -> str:
    """Text for raw HTML in Markdown: references, so that nothing of it is Markdown or a formula."""
    return re.sub(r"[&<>\\$*_`~\[\]{}#!|\n:]", _reference, text)


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


def _sign(match: re.Match[str]) -> str:
    return _REFERENCES.get(match[0], "\\" + match[0])


def line_start(line: str) -> str:
    """A line of text with what would begin a list, heading or the like escaped."""
    bare = line.strip(" \t")
    begin = _MARKS_AT_START.match(bare)
    at = 0 if begin is None else begin.end()
    found = _LINE_START.match(bare, at)
    if found is not None and found["sign"]:
        sign = "&#58;" if found["sign"] == ":" else "\\" + found["sign"]
        bare = bare[:at] + sign + bare[at + 1 :]
    elif found is not None and found["dot"]:
        dot = "\\." if found["dot"] == "." else "&#41;"
        bare = bare[:at] + found["number"] + dot + bare[found.end() :]
    return _edges(bare)


def _edges(line: str) -> str:
    """No-break spaces at the ends of a line, which would be stripped as if they were spaces."""
    inner = line.strip("\xa0 ")
    if len(inner) == len(line):
        return line
    start = line.index(inner) if inner else len(line)
    before, after = line[:start], line[start + len(inner) :]
    return before.replace("\xa0", "&nbsp;") + inner + after.replace("\xa0", "&nbsp;")
