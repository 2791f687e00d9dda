"""Questions that yes or no answers, and cards that ask two at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from studyapp.advice.context import Context
from studyapp.advice.prose import Stretch, sentences, without_asides, words
from studyapp.advice.reading import Reading
from studyapp.advice.rule import MATUSCHAK, WOZNIAK, Finding, Fix, Rule

WH: Final = r"(?:what|which|who|whom|whose|where|when|why|how)"
AUXILIARY: Final = (
    r"(?:is|are|was|were|am|do|does|did|can|could|will|would|shall|should|has|have|had|must|may"
    r"|might|(?:is|are|was|were|do|does|did|ca|could|wo|would|should|has|have|had)n['’]t)"
)
_PREPOSITION: Final = r"(?:in|on|at|to|by|for|from|with|of|under|after|before|through|into)"
_I: Final = re.IGNORECASE

_BINARY: Final = re.compile(
    rf"(?:(?:in|on|at|for|if|under|with|given|by|according|after|before|as|to|within|among|of"
    rf"|from|during|when|suppose|let|since)\b(?!\s+{WH}\b)(?!\s+{AUXILIARY}\b)"
    rf"[^?]*?[,:;]\s*)?{AUXILIARY}\b(?!\s+you\b)(?P<rest>.*)",
    _I | re.DOTALL,
)
_TRUE_OR_FALSE: Final = re.compile(r"\b(?:true or false|right or wrong|yes or no)\b", _I)
_BARE_ANSWER: Final = re.compile(r"\W*(?:yes|no|true|false)\b(?P<rest>.*)", _I | re.DOTALL)
_CHOICE: Final = re.compile(r"\b(?:or(?!\s+not\b)|either|neither|whether)\b", _I)
_ALSO_ASKS: Final = re.compile(
    rf"\b(?:{WH}|explain|reason|prove|proof|show|justify|counterexample|example|give|name|describe"
    r"|derive|state|argue)\b",
    _I,
)
_ASKS_ON: Final = re.compile(
    rf"(?:[,;:—–]\s*(?:and\s+|or\s+|but\s+|if\s+so,?\s+|if\s+not,?\s+)*|(?<=\S)\s+and\s+)"
    rf"(?:(?:{_PREPOSITION}|then)\s+)?{WH}\b",
    _I,
)
_FOLLOW_UP: Final = re.compile(
    r"\W*(?:and\s+)?(?:why(?:\s+not)?|how\s+so|how\s+come|and|or)\W*\Z"
    r"|.*\b(?:in other words|that is to say|this question|that question|put differently)\b",
    _I | re.DOTALL,
)
_OPEN: Final = re.compile(rf"(?:[^?]*?[,:;.]\s*)?(?:{_PREPOSITION}\s+)?{WH}\b", _I)
_INDIRECT: Final = re.compile(
    r"\b(?:between|differ\w*|distinguish\w*|compar\w+|relat\w+|contrast\w*|tell|tells|both"
    r"|whether|decides?|know|knows|depends?)\b",
    _I,
)
_SECOND: Final = re.compile(
    rf"(?:,\s*|(?<=\S)\s+)and\s+(?:{_PREPOSITION}\s+)?(?:"
    rf"{WH}(?:\s+[\w'’-]+){{0,3}}?\s+{AUXILIARY}\b"
    rf"|(?:when|where|whom?|(?:in\s+)?(?:which|what)\s+year|how\s+(?:often|many|long))\s*\?)"
    rf"|,\s*and\s+(?:{_PREPOSITION}\s+)?(?:what|which|who)(?:\s+[\w'’-]+){{2,}}",
    _I,
)
_PAIRED: Final = re.compile(
    rf"(?!(?:how|why)\s+and\s+(?:how|why)\b)(?:{_PREPOSITION}\s+)?{WH}(?:\s+\w+)?\s+and\s+"
    rf"(?:{_PREPOSITION}\s+)?{WH}\b",
    _I,
)
_MIN_REASON: Final = 4
"""New words behind yes or no that may be a reason."""
_TASK: Final = r"(?:define|state|name|give|explain|describe|list|write|derive|sketch|outline|prove)"
_TWO_TASKS: Final = re.compile(
    rf"{_TASK}\b(?!\s+and\b)[^.?!]*?\band\s+(?:then\s+)?(?:{_TASK}\s+\w|{WH}\b.*?\?)", _I
)


def _asked(reading: Reading) -> list[Stretch]:
    prose = without_asides(reading.front.prose)
    return [each for each in sentences(prose) if each.text.rstrip('*_ ”"').endswith("?")]


def is_binary(sentence: str) -> bool:
    """Whether yes or no would answer a sentence that ends in a question mark."""
    match = _BINARY.match(sentence)
    return match is not None and not _CHOICE.search(sentence) and not _ASKS_ON.search(sentence)


def _yes_no(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.is_cloze:
        return
    front = reading.front.prose
    for sentence in _asked(reading):
        if is_binary(sentence.text) and not _asks_elsewhere(front, sentence):
            yield _yes_no_finding(reading, sentence)
            return
    answer = _BARE_ANSWER.match(reading.back.prose)
    if _TRUE_OR_FALSE.search(front) or (answer and not _ALSO_ASKS.search(front)):
        yield _yes_no_finding(reading, Stretch(0, len(front), front))


def _asks_elsewhere(front: str, sentence: Stretch) -> bool:
    around = f"{front[: sentence.start]}\n{front[sentence.end :]}"
    return bool(_ALSO_ASKS.search(without_asides(around)))


def _yes_no_finding(reading: Reading, sentence: Stretch) -> Finding:
    return Finding(
        "Yes or no answers this, and half of all guesses are right. Ask why, or for an example.",
        "front",
        (sentence.start, sentence.end),
        _with_why(reading),
    )


def _with_why(reading: Reading) -> Fix | None:
    """The question for the reason, if the answer gives one already."""
    answer = _BARE_ANSWER.match(reading.back.prose)
    if answer is None:
        return None
    asked = {word.casefold() for word in words(reading.front.prose)}
    told = [word for word in words(answer["rest"]) if word.casefold() not in asked]
    if len(told) < _MIN_REASON:
        return None
    fixed = replace(reading.note, front=f"{reading.note.front.rstrip()} Why?")
    return Fix("Ask for the reason too", fixed)


def _two_questions(reading: Reading, _context: Context) -> Iterator[Finding]:
    if reading.is_cloze:
        return
    asked = [each for each in _asked(reading) if not _FOLLOW_UP.match(each.text)]
    if len(asked) > 1:
        # Of “Is it so? If not, how?” the open question alone counts.
        asked = [each for each in asked if not _BINARY.match(each.text)] or asked[:1]
    second = asked[1] if len(asked) > 1 else _second_in_a_sentence(reading, asked)
    if second is not None:
        yield Finding(
            "This asks for two things. If one is known and the other is not, no grade fits; "
            "make two cards.",
            "front",
            (second.start, second.end),
        )


def _second_in_a_sentence(reading: Reading, asked: list[Stretch]) -> Stretch | None:
    prose = without_asides(reading.front.prose)
    for each in asked:
        match = _PAIRED.match(each.text)
        opening = _OPEN.match(each.text)
        if match is None and opening is not None:
            match = _SECOND.search(each.text, opening.end())
            if match and _INDIRECT.search(each.text, 0, match.start()):
                match = None
        if match is not None:
            second = each.text[match.start() :].lstrip(" ,\n")
            end = each.start + len(each.text)
            return Stretch(end - len(second), end, second)
    for each in sentences(prose):
        if _TWO_TASKS.match(each.text):
            return each
    return None


YES_NO_QUESTION: Final = Rule(
    "yes-no-question",
    "Yes or no",
    "A guess answers it half of the time, and the answer can be learned by the look of the "
    "question without the idea behind it.",
    f"{MATUSCHAK}, on binary prompts",
    _yes_no,
)
TWO_QUESTIONS: Final = Rule(
    "two-questions",
    "Two questions in one",
    "Each answer has a difficulty of its own, so one card asks the easy one too often and the "
    "hard one too seldom.",
    f"{WOZNIAK}, rule 4, minimum information; {MATUSCHAK}, focused prompts",
    _two_questions,
)
