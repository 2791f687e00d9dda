"""The two sides of a cloze card, as Markdown with marks of ours around the asked cloze."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, TypeAlias

from studyapp.domain.cloze import Cloze, parse_cloze, piece_starts
from studyapp.domain.cloze_marks import Nature, regions
from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN, clean, without_cloze_marks

_BLOCK_START: Final = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)\s+)*")
_EDGE = re.compile(f"([{CLOZE_OPEN}{CLOZE_CLOSE}])")
Runs: TypeAlias = tuple[tuple[int, int], ...]
"""Stretches of a face's text in their order: how many characters but marks precede each of them,
and where it begins in the text of its author."""
_PLAIN_WORDS = re.compile(r"[^\\${}#%&_^~]*")


def question(text: str, number: int) -> str:
    """The text with cloze `number` hidden and all others shown.

    Marked for `markdown.marked_to_html`; in place of the cloze stands `[…]` or its hint.
    """
    shown = _shown(text, number)
    return "".join(written for _, written in _hidden(shown))


def answer(text: str, number: int) -> str:
    """The text with all clozes shown and cloze `number` marked for `marked_to_html`."""
    return _shown(text, number).text


@dataclass(slots=True)
class _Shown:
    """A cloze text with its clozes shown."""

    parts: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    """Of the marked clozes, in their order."""

    @property
    def text(self) -> str:
        return "".join(self.parts)


def origins(text: str, number: int) -> tuple[Runs, Runs]:
    """Where runs of `question` and of `answer` come from in the cleaned text.

    A stand-in for a hidden cloze comes from where the cloze begins.
    """
    answered = _answer_runs(parse_cloze(text), piece_starts(text))
    return tuple(_question_runs(_shown(text, number), answered)), answered


def _answer_runs(pieces: Iterable[str | Cloze], starts: Iterator[int]) -> Runs:
    runs: list[tuple[int, int]] = []
    length = 0
    for piece in _strings(pieces):
        runs.append((length, next(starts)))
        length += len(piece)
    return tuple(runs) or ((0, 0),)


def _strings(pieces: Iterable[str | Cloze]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield from _strings(piece.content)


def _question_runs(shown: _Shown, answered: Runs) -> Iterator[tuple[int, int]]:
    asked = passed = 0
    for part, written in _hidden(shown):
        yield asked, source_of(answered, passed)
        if written:
            inside = (run for run in answered if passed < run[0] < passed + len(part))
            yield from ((asked + begin - passed, start) for begin, start in inside)
        asked += len(without_cloze_marks(written))
        passed += len(part)


def source_of(runs: Runs, count: int) -> int:
    """The place in the author's text of the character that so many others precede."""
    begin, start = runs[max(bisect_right(runs, count, key=itemgetter(0)) - 1, 0)]
    return start + count - begin


def _shown(text: str, number: int) -> _Shown:
    shown = _Shown()
    _show(parse_cloze(clean(text)), number, shown)
    return shown


def _show(pieces: Iterable[str | Cloze], number: int, shown: _Shown) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            shown.parts.append(piece)
        elif piece.number != number:
            _show(piece.content, number, shown)
        else:
            shown.hints.append(piece.hint)
            content = _Shown()
            # A mark of the same number inside needs no mark of its own.
            _show(piece.content, 0, content)
            shown.parts.append(_marked(content.text, at_line_start=_ends_line(shown.parts)))


def _ends_line(parts: list[str]) -> bool:
    last = next((part for part in reversed(parts) if part), "\n")
    return last.endswith("\n")


def _marked(content: str, *, at_line_start: bool) -> str:
    """The content between marks that leave `- `, `# ` and line ends at the edges effective."""
    if "```" in content or "~~~" in content:
        # The line of a fence holds nothing else.
        return f"{CLOZE_OPEN}{content}{CLOZE_CLOSE}"
    block = _BLOCK_START.match(content)
    start = block.end() if at_line_start and block is not None else 0
    body = content[start:]
    end = len(body.rstrip())
    return f"{content[:start]}{CLOZE_OPEN}{body[:end]}{CLOZE_CLOSE}{body[end:]}"


def _hidden(shown: _Shown) -> Iterator[tuple[str, str]]:
    """The parts of the text without marks, and what is written for each: hints for the hidden."""
    text = shown.text
    hints = iter(shown.hints)
    inside = False
    for region in regions(text):
        for part in _EDGE.split(text[region.start : region.end]):
            if part == CLOZE_OPEN:
                inside = True
                yield "", f"{CLOZE_OPEN}{_stand_in(next(hints), region.nature)}"
            elif part == CLOZE_CLOSE:
                inside = False
                yield "", CLOZE_CLOSE
            else:
                yield part, "" if inside else part


def _stand_in(hint: str, nature: Nature) -> str:
    """What is shown instead of the cloze."""
    if nature is Nature.CODE:
        return f"[{hint or '…'}]"
    if nature is Nature.TEXT:
        # As references, since brackets would make a link of what follows.
        return f"&#91;{hint or '…'}&#93;"
    words = hint or "…"
    return rf"{{[\text{{{words}}}]}}" if _PLAIN_WORDS.fullmatch(words) else f"{{[{words}]}}"
