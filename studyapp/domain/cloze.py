"""Cloze texts, `{{c1::text::hint}}`: their tree, their numbers and their mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from studyapp.domain.cloze_marks import Mark, Nature, find_marks, regions
from studyapp.domain.math_spans import CLOZE_OPENING

MAX_NUMBER = 500
"""The highest cloze number, as in Anki."""
MAX_DEPTH = 8
"""How deep marks may be nested."""

_LOOKALIKE = re.compile(
    r"(?<!\\)(?:\{\{[ \t]*[cC][ \t]*[0-9][0-9, \t]*::?|\{[cC][0-9]+::|\{\{[cC]?::)"
)
_OPENING = re.compile(CLOZE_OPENING)
_HINT = 0
_CLOSE = -1


@dataclass(frozen=True, slots=True)
class Cloze:
    """A mark of a cloze text."""

    number: int
    """1 to 500; the card of this number asks for the content."""
    content: tuple[str | Cloze, ...]
    """Pieces of Markdown and the marks nested in it; empty for `{{c1::}}`."""
    hint: str
    """Markdown that is shown in the content's place; empty: none was given."""


@dataclass(frozen=True, slots=True)
class ClozeProblem:
    """A mistake in a cloze text."""

    start: int
    """Where it stands, as an index into the text."""
    message: str
    """What is wrong, as a sentence without a full stop."""
    remedy: str
    """What to do about it, as a sentence without a full stop."""


def parse_cloze(text: str) -> tuple[str | Cloze, ...]:
    """The text as pieces of Markdown and marks; raises nothing.

    A mark that is not closed, or has no number from 1 to 500, or lies more than eight deep, stays
    text. `find_marks` tells how formulas and code are treated. A mark inside a hint is moved to the
    end of the content, as in Anki.
    """
    usable, _ = _sorted_out(find_marks(text))
    return _tree(text, usable)


def cloze_numbers(text: str) -> tuple[int, ...]:
    """The numbers of the text's marks: ascending, each once, 1 to 500."""
    usable, _ = _sorted_out(find_marks(text))
    return tuple(sorted({_number(mark) for mark in usable}))


def cloze_problems(text: str) -> tuple[str, ...]:
    """What is wrong with the text of a cloze note, each with a remedy; empty: nothing."""
    found = find_cloze_problems(text)
    return tuple(f"{problem.message}. {problem.remedy}." for problem in found)


def find_cloze_problems(text: str) -> tuple[ClozeProblem, ...]:
    """The same as `cloze_problems` with their places, in the order of the text."""
    marks = find_marks(text)
    usable, problems = _sorted_out(marks)
    problems += _empty_contents(text, usable)
    problems += _lookalikes(text)
    if not marks and not problems:
        remedy = "Put {{c1::…}} around what the card shall ask for"
        problems.append(ClozeProblem(0, "A cloze text needs a mark and has none", remedy))
    return tuple(sorted(problems, key=lambda problem: problem.start))


def _sorted_out(marks: Iterable[Mark]) -> tuple[list[Mark], list[ClozeProblem]]:
    """The marks that make cards, and what is wrong with the others."""
    usable: list[Mark] = []
    problems: list[ClozeProblem] = []
    ends: list[int] = []
    for mark in marks:
        while ends and ends[-1] <= mark.start:
            ends.pop()
        problem = _mistake(mark, depth=len(ends))
        if problem is None and mark.end is not None:
            usable.append(mark)
            ends.append(mark.end)
        elif problem is not None:
            problems.append(problem)
    return usable, problems


def _mistake(mark: Mark, depth: int) -> ClozeProblem | None:
    if mark.end is None:
        remedy = "End it with }}, in the same formula or code if it begins in one"
        return ClozeProblem(mark.start, f"The mark {_opening(mark)} is not closed", remedy)
    if not 1 <= _number(mark) <= MAX_NUMBER:
        message = f"The mark {_opening(mark)} has no number from 1 to {MAX_NUMBER}"
        return ClozeProblem(mark.start, message, "Give it such a number")
    if depth >= MAX_DEPTH:
        message = f"The mark {_opening(mark)} lies inside more than {MAX_DEPTH - 1} others"
        return ClozeProblem(mark.start, message, "Take it out of some of them")
    return None


def _opening(mark: Mark) -> str:
    return "{{c" + mark.digits[:12] + "::"


def _number(mark: Mark) -> int:
    # Python refuses to read numbers of thousands of digits; leading zeros may be as many.
    digits = mark.digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(MAX_NUMBER)) else MAX_NUMBER + 1


def _empty_contents(text: str, marks: Iterable[Mark]) -> Iterator[ClozeProblem]:
    for mark in marks:
        end = (mark.end or 0) - 2 if mark.hint is None else mark.hint
        if not text[mark.body : end].strip():
            yield ClozeProblem(
                mark.start,
                f"The mark {_opening(mark)} holds nothing",
                "Put in what shall be asked for, or take the mark away",
            )


def _lookalikes(text: str) -> Iterator[ClozeProblem]:
    """What was probably meant as a mark; code and formulas are full of braces, so not there."""
    if "{" not in text:
        return
    for region in regions(text):
        if region.nature is Nature.TEXT:
            for match in _LOOKALIKE.finditer(text, region.start, region.end):
                if not _OPENING.match(match[0]):
                    message = f"{match[0][:16]} does not begin a mark"
                    yield ClozeProblem(match.start(), message, "Write it as {{c1::")


def piece_starts(text: str) -> Iterator[int]:
    """Where the pieces of Markdown that `parse_cloze` finds begin, in the order of the text."""
    usable, _ = _sorted_out(find_marks(text))
    in_hint = [False]
    at = 0
    for start, end, number in [*sorted(_edges(usable)), (len(text), len(text), _CLOSE)]:
        if start > at and not in_hint[-1]:
            yield at
        at = end
        if number > 0:
            in_hint.append(False)
        elif number == _HINT:
            in_hint[-1] = True
        else:
            in_hint.pop()


@dataclass(slots=True)
class _Frame:
    """A mark, or the whole text, while its parts are put together."""

    number: int
    content: list[str | Cloze] = field(default_factory=list)
    hint: list[str] | None = None

    def add(self, text: str) -> None:
        """Adds text to the hint if that has begun, else to the content."""
        if text and self.hint is not None:
            self.hint.append(text)
        elif text:
            self.content.append(text)

    def closed(self) -> Cloze:
        """The finished mark."""
        return Cloze(self.number, tuple(self.content), "".join(self.hint or ()))


def _tree(text: str, marks: list[Mark]) -> tuple[str | Cloze, ...]:
    frames = [_Frame(0)]
    at = 0
    for start, end, number in sorted(_edges(marks)):
        frames[-1].add(text[at:start])
        at = end
        if number > 0:
            frames.append(_Frame(number))
        elif number == _HINT:
            frames[-1].hint = []
        else:
            done = frames.pop().closed()
            frames[-1].content.append(done)
    frames[-1].add(text[at:])
    return tuple(frames[-1].content)


def _edges(marks: Iterable[Mark]) -> Iterator[tuple[int, int, int]]:
    """Of each mark its opening, its `::` and its `}}`: start, end and cloze number or which."""
    for mark in marks:
        yield mark.start, mark.body, _number(mark)
        if mark.hint is not None:
            yield mark.hint, mark.hint + 2, _HINT
        if mark.end is not None:
            yield mark.end - 2, mark.end, _CLOSE
