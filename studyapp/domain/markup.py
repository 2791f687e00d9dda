"""Where the code of a Markdown text stands: fenced blocks and code spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(?P<run>`{3,}|~{3,})(?P<info>.*)", re.DOTALL)
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_ESCAPE_OR_RUN = re.compile(r"\\.|`+", re.DOTALL)
_RUN = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A stretch of code in a text, its backticks or fences included: `text[start:end]`."""

    start: int
    end: int
    fenced: bool
    closed: bool = True
    """False for a fenced block that runs to the end of the text for want of a closing fence."""


def opening_fence(line: str) -> str | None:
    """The run of ``` or ~~~ with which `line` opens a fenced block, by CommonMark's rules."""
    match = _FENCE.match(line)
    if match is None or (match["run"][0] == "`" and "`" in match["info"]):
        return None
    return match["run"]


def closes_fence(fence: str, line: str) -> bool:
    """Whether `line` ends the fenced block that the run `fence` opened."""
    match = _FENCE.match(line)
    return match is not None and match["run"].startswith(fence) and not match["info"].strip()


def find_code(text: str) -> tuple[CodeSpan, ...]:
    """All code of a Markdown text in its order; takes time in proportion to its length.

    Fenced blocks come first, as in CommonMark; between them a code span runs from a run of
    backticks to the next run of the same length, and does not cross a blank line. Code that is
    only indented is not counted.
    """
    spans: list[CodeSpan] = []
    at = 0
    for block in _fenced_blocks(text):
        spans.extend(_inline_code(text, at, block.start))
        spans.append(block)
        at = block.end
    spans.extend(_inline_code(text, at, len(text)))
    return tuple(spans)


def _fenced_blocks(text: str) -> Iterator[CodeSpan]:
    if "```" not in text and "~~~" not in text:
        return
    fence: str | None = None
    start = at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if fence is None:
            fence, start = opening_fence(line), at
        elif closes_fence(fence, line):
            yield CodeSpan(start, end, fenced=True)
            fence = None
        at = end + 1
    if fence is not None:
        yield CodeSpan(start, len(text), fenced=True, closed=False)


def _inline_code(text: str, start: int, end: int) -> Iterator[CodeSpan]:
    if text.find("`", start, end) < 0:
        return
    at = start
    for blank in BLANK_LINE.finditer(text, start, end):
        yield from _paragraph_code(text, at, blank.start())
        at = blank.start() + 1
    yield from _paragraph_code(text, at, end)


def _paragraph_code(text: str, start: int, end: int) -> Iterator[CodeSpan]:
    closers: dict[int, list[int]] = {}
    for run in _RUN.finditer(text, start, end):
        closers.setdefault(len(run[0]), []).append(run.start())
    at = start
    # A backslash escapes an opening run only: inside code it stands for itself.
    while (match := _ESCAPE_OR_RUN.search(text, at, end)) is not None:
        at = match.end()
        length = len(match[0])
        if match[0][0] == "`" and (close := first_from(closers.get(length, []), at)) is not None:
            at = close + length
            yield CodeSpan(match.start(), at, fenced=False)


def first_from(positions: list[int], at: int) -> int | None:
    """The first of the ascending `positions` that is not before `at`."""
    index = bisect_left(positions, at)
    return positions[index] if index < len(positions) else None
