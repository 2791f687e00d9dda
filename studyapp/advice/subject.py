"""Fronts that speak of something that they do not name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import CODE, FORMULA, sentences, without_asides
from studyapp.advice.questions import AUXILIARY, WH
from studyapp.advice.reading import Reading
from studyapp.advice.rule import MATUSCHAK, WOZNIAK, Finding, Rule

_I: Final = re.IGNORECASE
# “It” that stands for nothing: “it is known that”, “it was Bismarck who”, “why is it so hard to”.
_EXPLETIVE: Final = re.compile(
    r"it\s+(?:(?:often|only|also|thus|then|hence|now|never|always)\s+)?(?:"
    r"(?:follows|seems|appears|suffices|happens|turns\s+out|remains\s+to|takes|rains|snows|makes\s+sense)\b"
    r"|(?:is|was|has\s+been|would\s+be|can\s+be|could\s+be|may\s+be|might\s+be|must\s+be)\s+"
    r"(?:[\w'’-]+\s+){1,4}?(?:that|to|for|if|when|how|who|whom|which|whether|why)\b)",
    _I,
)
_ASKED_EXPLETIVE: Final = re.compile(
    r"it\s+(?:take|mean|rain|snow|follow|matter|make\s+sense|(?:[\w'’-]+\s+){0,3}?to|(?:[\w'’-]+\s+){0,6}?that)\b",
    _I,
)
_PRONOUN: Final = re.compile(r"(?:it|they|he|she)\b", _I)
_POSSESSIVE: Final = re.compile(r"(?:its|their|his|her)\s+\w", _I)
_DEMONSTRATIVE: Final = re.compile(r"(?:this|these|those)\b|that\s+(?:is|was)\b", _I)
_ASKED: Final = re.compile(
    rf"{WH}(?:\s+[\w-]+){{0,2}}?\s+{AUXILIARY}\s+(?:(?P<it>it)|they|he|she|this|these|those)\b"
    rf"|{WH}\s+{AUXILIARY}\s+(?:its|their|his|her)\s+(?!own\b)\w+",
    _I,
)
_TEXT: Final = (
    r"(?:authors?|paper|article|chapter|section|text|lecture|lecturer|speaker|essay|book|video"
    r"|talk|blog|blog\s+post)"
)
_SAYS: Final = (
    r"(?:say|mean|claim|argue|call|conclude|suggest|propose|show|think|believe|define|describe"
    r"|recommend|regard|consider|mention|give|assume|want|prove|explain|find|use)"
)
_UNNAMED_TEXT: Final = re.compile(
    rf"\b(?:do|does|did)\s+(?:the|this)\s+{_TEXT}\s+{_SAYS}\b"
    rf"|\baccording\s+to\s+(?:the|this)\s+{_TEXT}\b(?!\s+(?:of|by|on)\b)",
    _I,
)
_NAME: Final = re.compile(r"(?<=[\w,;:] )[A-Z][a-z]+")
_WHICH: Final = re.compile(r"(?:which|who|what)\s+\w+", _I)


def _missing(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.front.is_illustrated:
        return
    prose = without_asides(reading.front.prose)
    every = list(sentences(prose))
    if not every:
        return
    found = _at_the_start(every[0].text, [each.text for each in every[1:]]) or _asks_of(
        every[0].text
    )
    if found is None:
        text = _UNNAMED_TEXT.search(prose)
        if text is None or _NAME.search(prose):
            return
        yield _finding(text[0], text.span())
    elif not reading.front.markdown[: every[0].start].strip("*_ \n"):
        start = every[0].start + found.start()
        yield _finding(found[0], (start, start + len(found[0])))


def _at_the_start(first: str, others: list[str]) -> re.Match[str] | None:
    """A pronoun with which a front begins, and that stands for nothing in it."""
    if _POSSESSIVE.match(first):
        # A riddle: “Its beak is long. Which bird …?” names what it speaks of in the end.
        is_riddle = any(_WHICH.match(other) for other in others)
        return None if is_riddle else _POSSESSIVE.match(first)
    if _DEMONSTRATIVE.match(first):
        shows_it = any(sign in first for sign in (":", FORMULA, CODE))
        return None if shows_it else _DEMONSTRATIVE.match(first)
    return None if _EXPLETIVE.match(first) else _PRONOUN.match(first)


def _asks_of(first: str) -> re.Match[str] | None:
    """“What does it …”, “Why is this theorem …”, where nothing was named before."""
    match = _ASKED.match(first)
    if match is None or (match["it"] and _ASKED_EXPLETIVE.match(first, match.start("it"))):
        return None
    return match


def _finding(words: str, span: tuple[int, int]) -> Finding:
    return Finding(
        f"“{words}” speaks of something that the front does not name. In a year, between cards of "
        "other decks, nobody will know what; name it.",
        "front",
        span,
    )


MISSING_SUBJECT: Final = Rule(
    "missing-subject",
    "The subject is missing",
    "Cards are asked alone and mixed with others, so a word that points to something outside of "
    "the card points to nothing.",
    f"{WOZNIAK}, rule 16, context cues; {MATUSCHAK}, precise prompts",
    _missing,
)
