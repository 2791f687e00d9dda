r"""HTML with our marks in it, rewritten to a field as Anki reads it.

Anki reads a field as text before a browser reads it as HTML: `{{c1::`, `::` and `}}` make a cloze,
`[sound:…]`, `[latex]` and others call for its media, and later MathJax takes `\(` for a formula.
What an author's text happens to have of these is broken up here, so that only our marks count.
"""

from __future__ import annotations

import re

from studyapp.anki import marks

_TAG = r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>'
_TAGS = re.compile(_TAG)
_TOKEN = re.compile(f"{_TAG}|{marks.A_SOUND}|{marks.ANY}")
_COMMAND = re.compile(r"\[(?=/?latex\]|/?\$\$?\]|sound:|anki:|\[type:)", re.IGNORECASE)
_COMMAND_WORD = re.compile(r"/?(?:latex|\$|sound:|anki:|\[type:)", re.IGNORECASE)
_MATH_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_CLOZE_OPENING = re.compile(r"\{(?=\{c[0-9,]+::)")
_BRACE = re.compile(r"\}(?=\})")
_COLON = re.compile(r":(?=:)")
_MATH_STARTS = (marks.INLINE_MATH[0], marks.DISPLAY_MATH[0])
_BRACKETS = (marks.HINT, marks.DISPLAY_MATH[0])
"""What Anki has a bracket before: it shows a hint as `[hint]`."""
_DELIMITERS = {
    marks.INLINE_MATH[0]: r"\(",
    marks.INLINE_MATH[1]: r"\)",
    marks.DISPLAY_MATH[0]: r"\[",
    marks.DISPLAY_MATH[1]: r"\]",
}
_HAS_CLOZE = re.compile(marks.CLOZE)
_COMMENT = "<!-- -->"
"""Keeps two characters of a text apart; in a formula a space may do it."""


def to_field(html: str) -> tuple[str, tuple[int, ...]]:
    """The field, and the numbers of its clozes: ascending, each once.

    Marks that lost their other end, or that stand in an attribute, are dropped.
    """
    whole = marks.without_stray_parts(_TAGS.sub(lambda tag: marks.without_marks(tag[0]), html))
    writer = _Writer()
    at = 0
    for token in _TOKEN.finditer(whole):
        writer.text(whole[at : token.start()])
        writer.token(token[0])
        at = token.end()
    writer.text(whole[at:])
    numbers = {pair.number for pair in marks.pairs(whole)}
    return "".join(writer.out), tuple(sorted(numbers))


def plain_to_field(html: str) -> str | None:
    """The field of words and formulas within lines; None: it takes more than their delimiters."""
    if "[" in html or "{{" in html:
        return None
    start, end = marks.INLINE_MATH
    if start in html:
        html = html.replace(start, _DELIMITERS[start]).replace(end, _DELIMITERS[end])
    return html if html.isascii() or _HAS_CLOZE.search(html) is None else None


class _Writer:
    """Writes a field from its start to its end."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._depth = 0
        self._in_math = False
        self._last = ""
        """The last character of text; empty after anything else."""
        self._behind_bracket = False

    def text(self, text: str) -> None:
        """What a reader sees, as escaped HTML."""
        if not text:
            return
        if not self._in_math:
            text = _MATH_DELIMITER.sub(r"<span>\\</span>", text)
        text = _COMMAND.sub("&#91;", text)
        text = _CLOZE_OPENING.sub("{" + self._gap(), text)
        if self._behind_bracket and _COMMAND_WORD.match(text):
            text = self._gap() + text
        if self._depth:
            text = _COLON.sub(f":{_COMMENT}", _BRACE.sub("}" + self._gap(), text))
        self.out.append(text)
        self._last = text[-1]
        self._behind_bracket = False

    def token(self, token: str) -> None:
        """A tag or one of our marks."""
        if token[0] == "<":
            self.out.append(_unread(token))
        elif token[0] == marks.SOUND[0]:
            self.out.append(f"[sound:{_unread(token[1:-1])}]")
        elif token in _DELIMITERS:
            self._in_math = token in _MATH_STARTS
            self.out.append(_DELIMITERS[token])
        elif token[0] == marks.OPEN:
            self._depth += 1
            self.out.append(f"{{{{c{marks.number_of(token)}::")
        elif token == marks.HINT:
            self._edge("::")
        else:
            self._depth -= 1
            self._edge("}}")
        self._last = ""
        self._behind_bracket = token in _BRACKETS

    def _edge(self, edge: str) -> None:
        self.out.append(self._gap() + edge if self._last == edge[0] else edge)

    def _gap(self) -> str:
        return " " if self._in_math else _COMMENT


def _unread(text: str) -> str:
    """A tag or a file's name, with references for what would be notation of Anki's."""
    text = _CLOZE_OPENING.sub("&#123;", _COMMAND.sub("&#91;", text))
    return _COLON.sub("&#58;", _BRACE.sub("&#125;", text))
