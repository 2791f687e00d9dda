"""Where the formulas of a Markdown text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studyapp.domain.markup import BLANK_LINE, find_code, first_from

CLOZE_OPENING = r"\{\{c[0-9]+::"
_DELIMITER = re.compile(r"\\.|\$+", re.DOTALL)
_BRACE = re.compile(rf"\\.|{CLOZE_OPENING}|[{{}}]", re.DOTALL)
_CLOSER = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_DISPLAY = ("$$", r"\[")


@dataclass(frozen=True, slots=True)
class MathSpan:
    """A formula in a text, its delimiters included: `text[start:end]`."""

    start: int
    end: int
    source: str
    """LaTeX without the delimiters and without white space at its ends; never empty."""
    display: bool
    """On a line of its own: `$$…$$` or `\\[…\\]`."""


def find_math(text: str) -> tuple[MathSpan, ...]:
    r"""All formulas of a Markdown text in its order; takes time in proportion to its length.

    Inline `$…$` and `\(…\)`, display `$$…$$` and `\[…\]`; a delimiter without its partner is text.

    * Money stays money: an opening `$` is followed by no white space; the very next `$` must
      close, and it does so only when no white space precedes and no digit follows it.
    * `\$` is a dollar sign, and `\\(` is no opening. Runs of three dollars or more are text.
    * Code comes first: there is no formula inside code, around it or across its edge.
    * Inline math does not cross a blank line; display math may.
    * Braces need not balance, so that a mistake is shown as one. But a formula never takes one
      end of a cloze mark without the other: `{{c1::$5}} or {{c2::$x}}` has none.
    * A `$` inside `$…$` always ends it, also in `\text{…}`; `\(\text{if $x$}\)` works. Of two
      openings `\(` before a `\)` the second one counts.
    """
    if "$" not in text and "\\" not in text:
        return ()
    return tuple(span for start, end in _prose(text) for span in _math_between(text, start, end))


def _prose(text: str) -> Iterator[tuple[int, int]]:
    code = find_code(text)
    edges = [0, *(edge for span in code for edge in (span.start, span.end)), len(text)]
    yield from zip(edges[::2], edges[1::2], strict=True)


def _math_between(text: str, start: int, end: int) -> Iterator[MathSpan]:
    closings = _Closings(text, start, end)
    at = start
    while (opening := _DELIMITER.search(text, at, end)) is not None:
        at = opening.end()
        if opening[0] in _CLOSER:
            span = _formula(text, opening, closings)
            if span is not None:
                at = span.end
                yield span


class _Closings:
    """The delimiters of a stretch of text, to be asked for the next of a kind."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._positions: dict[str, list[int]] = {}
        for match in _DELIMITER.finditer(text, start, end):
            self._positions.setdefault(match[0], []).append(match.start())
        self._blanks = [match.start() for match in BLANK_LINE.finditer(text, start, end)]

    def next(self, delimiter: str, at: int, *, in_paragraph: bool) -> int | None:
        """Where the next `delimiter` from `at` on starts, if need be in the same paragraph."""
        found = first_from(self._positions.get(delimiter, []), at)
        blank = first_from(self._blanks, at) if in_paragraph else None
        return None if found is None or (blank is not None and blank < found) else found

    def between(self, delimiter: str, start: int, end: int) -> bool:
        """Whether a `delimiter` starts in `start` to `end`."""
        found = first_from(self._positions.get(delimiter, []), start)
        return found is not None and found < end


def _formula(text: str, opening: re.Match[str], closings: _Closings) -> MathSpan | None:
    display = opening[0] in _DISPLAY
    closer = _CLOSER[opening[0]]
    start = opening.end()
    close = closings.next(closer, start, in_paragraph=not display)
    if close is None or (closer == "$" and not _dollars_enclose(text, start, close)):
        return None
    if closer != opening[0] and closings.between(opening[0], start, close):
        return None
    body = text[start:close]
    if not body.strip() or not _keeps_marks_whole(body):
        return None
    return MathSpan(opening.start(), close + len(closer), body.strip(), display)


def _dollars_enclose(text: str, start: int, close: int) -> bool:
    after = text[close + 1 : close + 2]
    return not (text[start].isspace() or text[close - 1].isspace() or after.isdecimal())


def _keeps_marks_whole(body: str) -> bool:
    """Whether each cloze mark opened in `body` closes there, and no `}}` closes one outside."""
    if "}}" not in body and "{{c" not in body:
        return True
    open_braces: list[str] = []
    surplus = 0
    at = 0
    while (token := _BRACE.search(body, at)) is not None:
        at = token.end()
        if token[0][0] == "{":
            open_braces.append(token[0])
        elif token[0] == "}" and open_braces and open_braces[-1] == "{":
            open_braces.pop()
        elif token[0] == "}" and open_braces and body.startswith("}", at):
            open_braces.pop()
            at += 1
        elif token[0] == "}":
            surplus += 1
    return surplus < 2 and all(brace == "{" for brace in open_braces)
