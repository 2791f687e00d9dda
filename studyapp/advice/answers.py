"""Answers that are too long, or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.lists import Items, items_of, listed_front
from studyapp.advice.prose import CODE, Stretch, paragraphs, without_parentheses, words
from studyapp.advice.reading import Field, Reading
from studyapp.advice.rule import MATUSCHAK, WOZNIAK, Finding, Fix, Rule
from studyapp.domain.cloze import Cloze, find_cloze_problems, parse_cloze
from studyapp.domain.notes import Note, NoteKind

MAX_WORDS: Final = 40
"""An answer of 25 words is good; from here on nobody would doubt that it is long."""
_LEGEND: Final = re.compile(r"\W*\ue000+[ \t]*(?:[,:;=]|\ue000|is\b|are\b)|\W*(?:where|with)\b")


def answer_parts(back: Field) -> Iterator[Stretch]:
    """The paragraphs of an answer; remarks in parentheses, legends and code do not belong to it."""
    prose = without_parentheses(back.prose)
    for index, paragraph in enumerate(paragraphs(prose)):
        is_remark = index > 0 and _is_emphasised(back.markdown, paragraph)
        if not (is_remark or _LEGEND.match(paragraph.text) or paragraph.text[0] == CODE):
            yield paragraph


def _is_emphasised(markdown: str, paragraph: Stretch) -> bool:
    """Whether the marks of emphasis stand at both ends, which a paragraph's words do without."""
    start = markdown.rfind("\n", 0, paragraph.start) + 1
    end = markdown.find("\n", paragraph.end)
    whole = markdown[start : end if end >= 0 else len(markdown)].strip()
    return whole[0] in "*_" and whole[-1] in "*_" and not whole.startswith("* ")


def _too_long(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.is_cloze:
        return
    parts = list(answer_parts(reading.back))
    count = sum(len(words(part.text)) for part in parts)
    if count > MAX_WORDS:
        yield Finding(
            f"The answer has {count} words. Ask for its ideas one by one, in cards of their own.",
            "back",
            (parts[0].start, parts[-1].end),
        )


def _list(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.is_cloze:
        return
    items = items_of(reading.front, reading.back, next(answer_parts(reading.back), None))
    if items is not None:
        yield Finding(
            f"The answer lists {len(items.texts)} things, and a list is forgotten item by item. "
            "Ask for one at a time.",
            "back",
            items.span,
            _as_clozes(reading.note, items),
        )


def _as_clozes(note: Note, items: Items) -> Fix | None:
    """The same list with a cloze for each item, if that can be written without harm."""
    front = listed_front(note.front, items)
    marks = [piece for piece in parse_cloze(front) if isinstance(piece, Cloze)]
    # An item may hold what ends a mark, or what begins a hint.
    is_whole = [(mark.content, mark.hint) for mark in marks] == [
        ((text,), "") for text in items.texts
    ]
    if note.kind is not NoteKind.BASIC or not items.is_simple or not is_whole:
        return None
    fixed = replace(note, kind=NoteKind.CLOZE, front=front, back=items.rest)
    return None if find_cloze_problems(front) else Fix("Make one cloze for each item", fixed)


ANSWER_TOO_LONG: Final = Rule(
    "answer-too-long",
    "Long answer",
    "A short answer is recalled whole or not at all, so that the grade is honest and each idea "
    "comes back when it is due.",
    f"{WOZNIAK}, rule 4, minimum information; {MATUSCHAK}, focused prompts",
    _too_long,
)
LIST_ANSWER: Final = Rule(
    "list-answer",
    "A list as the answer",
    "The items of a list have nothing that tells them apart, so some of them are missed each time "
    "and all have to be learned again.",
    f"{WOZNIAK}, rules 9 and 10, sets and enumerations; {MATUSCHAK}, on closed lists",
    _list,
)
