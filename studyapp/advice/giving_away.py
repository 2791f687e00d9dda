"""Fronts that give their answers away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import CODE, FORMULA, masked, paragraphs, sentences, words
from studyapp.advice.reading import Deletion, Reading
from studyapp.advice.rule import MATUSCHAK, FieldName, Finding, Fix, Rule
from studyapp.domain.cloze import cloze_numbers, find_cloze_problems
from studyapp.domain.notes import Note, NoteKind

_MAX_WORDS: Final = 5
_MIN_LETTERS: Final = 4
_SMALL_WORDS: Final = """
    a an the of in on at to by for with from and or is are was were it its as that this be they
    not no yes than then so which when where there
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_MAY_REPEAT: Final = re.compile(
    r"\b(?:or|nor|versus|vs|which of|who of|among|between|whether|not|no|without|neither|never"
    r"|plural|tense|participle|conjugat\w+|spell\w*|pronounc\w+|translat\w+|anagram)\b",
    re.IGNORECASE,
)
# One of a few values, which a question can name without telling which of them it is.
_VALUE: Final = re.compile(
    r"\b(?:true|false|(?:in|de)creas\w+|rises?|falls?|more|less|higher|lower|all|both|none|one|two"
    r"|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_CHOICE: Final = re.compile(r"[/,?]|\bor\b", re.IGNORECASE)


def _given_away(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.is_cloze:
        yield from _in_clozes(reading)
    elif _holds(reading.front.prose, _answer(reading)):
        yield _of_a_side(reading, "front")
    elif reading.note.kind is NoteKind.REVERSED and _holds(
        reading.back.prose, _folded(reading.front.prose)
    ):
        yield _of_a_side(reading, "back")


def _answer(reading: Reading) -> list[str]:
    part = next(paragraphs(reading.back.prose), None)
    if part is None or len(list(sentences(part.text))) > 1:
        return []
    says_more = set("=:;(") & set(part.text) or _MAY_REPEAT.search(part.text)
    return [] if says_more or _VALUE.search(part.text) else _folded(part.text)


def _folded(prose: str) -> list[str]:
    return [word.casefold().removesuffix("'s").removesuffix("’s") for word in words(prose)]


def _holds(question: str, answer: list[str]) -> bool:
    """Whether all that an answer says stands in its question already."""
    told = _without_small_ends(answer)
    if not told or len(told) > _MAX_WORDS or any(_is_symbol(w) for w in told if w not in _SMALL):
        return False
    stands_there = f" {' '.join(told)} " in f" {' '.join(_folded(question))} "
    return stands_there and not _MAY_REPEAT.search(question)


def _without_small_ends(answer: list[str]) -> list[str]:
    start, end = 0, len(answer)
    while start < end and answer[start] in _SMALL:
        start += 1
    while start < end and answer[end - 1] in _SMALL:
        end -= 1
    return answer[start:end]


def _is_symbol(word: str) -> bool:
    return word[0] in FORMULA + CODE or word[0].isdigit() or len(word) < _MIN_LETTERS


def _of_a_side(reading: Reading, side: FieldName) -> Finding:
    field = reading.front if side == "front" else reading.back
    return Finding(
        "The answer stands in the question. Ask in other words, or for something else.",
        side,
        (0, len(field.markdown)),
    )


def _in_clozes(reading: Reading) -> Iterator[Finding]:
    told: set[str] = set()
    for deletion in reading.deletions:
        hidden = _hidden_text(reading, deletion)
        if hidden and hidden not in told:
            told.add(hidden)
            yield from _by_its_hint(reading, deletion, hidden)
            yield from _by_the_text(reading, deletion, hidden)


def _hidden_text(reading: Reading, deletion: Deletion) -> str:
    """What a deletion hides, if seeing it elsewhere would tell the answer; else empty."""
    text = reading.front.prose[slice(*deletion.body)].strip(" .,;:")
    telling = [word for word in _folded(text) if word not in _SMALL]
    is_code = any(word[0] in FORMULA + CODE for word in telling)
    is_told = any(not _is_symbol(word) for word in telling)
    return text if is_told and not is_code and "\n" not in text else ""


def _pattern(hidden: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(hidden)}(?!\w)(?!-\w)", re.IGNORECASE)


def _by_its_hint(reading: Reading, deletion: Deletion, hidden: str) -> Iterator[Finding]:
    if deletion.hint is None:
        return
    note, (start, end) = reading.note, deletion.hint
    hint = note.front[start:end]
    if _pattern(hidden).search(hint) and not _CHOICE.search(hint):
        shorter = note.front[: start - 2] + note.front[end:]
        fix = Fix("Take the hint away", replace(note, front=shorter))
        yield Finding(f"The hint gives “{hidden}” away.", "front", (start, end), fix)


def _by_the_text(reading: Reading, deletion: Deletion, hidden: str) -> Iterator[Finding]:
    same = (each.body for each in reading.deletions if each.number == deletion.number)
    visible = reading.front.prose
    for span in same:
        visible = masked(visible, [span])
    match = _pattern(hidden).search(visible)
    if match is not None:
        yield Finding(
            f"“{hidden}” can be read elsewhere in the text while it is asked for.",
            "front",
            match.span(),
            _hidden_there_too(reading, deletion, match.span()),
        )


def _hidden_there_too(reading: Reading, deletion: Deletion, span: tuple[int, int]) -> Fix | None:
    note, (start, end) = reading.note, span
    text = f"{{{{c{deletion.number}::{note.front[start:end]}}}}}"
    fixed = replace(note, front=note.front[:start] + text + note.front[end:])
    is_outside = all(end <= each.start or each.end <= start for each in reading.deletions)
    return Fix("Hide it there too", fixed) if is_outside and _is_sound(fixed, note) else None


def _is_sound(fixed: Note, note: Note) -> bool:
    same = cloze_numbers(fixed.front) == cloze_numbers(note.front)
    return same and not find_cloze_problems(fixed.front)


ANSWER_GIVEN_AWAY: Final = Rule(
    "answer-given-away",
    "The answer is given away",
    "What can be read need not be remembered, so the card is always right and teaches nothing.",
    f"{MATUSCHAK}, effortful prompts",
    _given_away,
)
