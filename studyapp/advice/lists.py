"""Finds the items of an answer that is a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from studyapp.advice.prose import CODE, FORMULA, Stretch, sentences, words
from studyapp.advice.reading import Field

MIN_ITEMS: Final = 3
_MAX_WORDS: Final = 5
"""Of an item that stands in a sentence."""
_MAX_IN_ALL: Final = 50
_OPENING_WORDS: Final = 3
"""More of them before a Markdown list are an answer that the list explains."""
_ITEM: Final = re.compile(r"^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)$", re.MULTILINE)
# No white space beside them: where it stands there may be emphasis in the Markdown.
_COMMAS: Final = re.compile(r",(?:[ \n](?:and|or|&)(?=\s))?")
_ASIDE: Final = re.compile(r" \([^()\n]*\)")
_COMMA_AND: Final = re.compile(r",\s(?:and|or|&)\s")
_LAST_AND: Final = re.compile(r"\s(?:and|or|&)(?=\s)")
_SEMICOLONS: Final = re.compile(r";(?:[ \n](?:and|or)(?=\s))?")
# Words with which a sentence begins, but no item of a list.
_NO_ITEM: Final = re.compile(
    r"(?:in|on|at|by|if|when|after|before|because|since|as|from|to|with|without|for|only|it|they"
    r"|he|she|we|its|their|his|yes|no|not|through|under|about|around|that|there|both|either"
    r"|between|during|until|while|so|then|first|mostly|usually|up|whether|how|why|what"
    r"|\w+ed\s+(?:by|in|at|to|from|around|as|with)|located|characteri[sz]ed)\b",
    re.IGNORECASE,
)
_EXAMPLES: Final = re.compile(r"\b(?:such as|including|for example|e\.g)\b", re.IGNORECASE)
_ASKS_FOR_MANY: Final = re.compile(
    r"\b(?:name|list|enumerate|give|state|recite)\s+(?:\w+\s+){0,4}\w+(?:s|ae|men|people|criteria)\b"
    r"|\b(?:what|which|who)\s+(?:are|were)\b"
    r"|\b(?:what|which)\s+(?!is\b|was\b)(?:\w+\s+){0,3}?(?!(?:does|was|is|has|as|his|its|this|happens)\b)"
    r"\w*[^\Wsui]s(?:es)?\b"
    r"|\b(?:what|which|whose|the)\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a list in an answer."""

    texts: tuple[str, ...]
    """Markdown, without bullets and commas."""
    span: tuple[int, int]
    """Of the list, in the back's Markdown."""
    rest: str
    """The back without the list."""
    is_ordered: bool = False
    is_simple: bool = True
    """Whether it is certain where each item begins and ends."""


def items_of(front: Field, back: Field, answer: Stretch | None) -> Items | None:
    """The list that an answer is; None: it is none. `answer` is its first paragraph."""
    if answer is None:
        return None
    return _bulleted(back) or _in_a_sentence(front, back, answer)


def listed_front(question: str, items: Items) -> str:
    """The front of a cloze note that shows the question and has a cloze for each item."""
    lines = [
        f"{f'{number}.' if items.is_ordered else '-'} {{{{c{number}::{text}}}}}"
        for number, text in enumerate(items.texts, 1)
    ]
    return "\n".join((question.rstrip(), "", *lines))


def _bulleted(back: Field) -> Items | None:
    """A Markdown list that is the answer, not one that explains a shorter answer before it."""
    found = [m for m in _ITEM.finditer(back.markdown) if back.prose[m.start("text")] != CODE]
    if len(found) < MIN_ITEMS:
        return None
    start, end = found[0].start(), found[-1].end()
    opening = back.prose[:start].strip()
    if len(words(opening)) > _OPENING_WORDS and not opening.endswith(":"):
        return None
    around = (back.markdown[:start].strip(), back.markdown[end:].strip())
    lines = [line for line in back.markdown[start:end].split("\n") if line.strip()]
    return Items(
        texts=tuple(match["text"].strip() for match in found),
        span=(start, end),
        rest="\n\n".join(part for part in around if part),
        is_ordered=found[0][0].lstrip()[0].isdigit(),
        is_simple=len(lines) == len(found),
    )


def _in_a_sentence(front: Field, back: Field, answer: Stretch) -> Items | None:
    """Items between commas or semicolons, if the question asks for more than one thing."""
    whole = next(sentences(answer.text), None)
    if whole is None or len(words(whole.text)) > _MAX_IN_ALL or set(":?!=") & set(whole.text):
        return None
    text = whole.text.rstrip(".!")
    if not {",", ";"} & set(text) or not _ASKS_FOR_MANY.search(front.prose):
        return None
    start, end = answer.start + whole.start, answer.start + whole.start + len(text)
    parts = list(_between(_SEMICOLONS, text) if ";" in text else _between_commas(text))
    if len(parts) < MIN_ITEMS or not all(_is_item(text[a:b]) for a, b in parts):
        return None
    aside = _ASIDE.match(back.markdown, end)
    end = aside.end() if aside else end
    parts[-1] = (parts[-1][0], end - start)
    return Items(
        texts=tuple(back.markdown[start + a : start + b].strip() for a, b in parts),
        span=(start, end),
        rest=back.markdown[end:].lstrip(".").strip(),
        is_simple=";" in text or _is_certain(text),
    )


def _is_certain(text: str) -> bool:
    # Of several “and” without a comma before the last it cannot be told which of them part items.
    return bool(_COMMA_AND.search(text)) or len(_LAST_AND.findall(text)) <= 1


def _between(separator: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in separator.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _between_commas(text: str) -> Iterator[tuple[int, int]]:
    """The last “and” parts two items only if no comma stands before one."""
    *others, (start, end) = _between(_COMMAS, text)
    yield from others
    ands = (
        [] if text[:start].endswith(("and", "or", "&")) else list(_LAST_AND.finditer(text, start))
    )
    if ands:
        yield start, ands[-1].start()
        start = ands[-1].end()
    yield start, end


def _is_item(text: str) -> bool:
    is_short = 0 < len(words(text)) <= _MAX_WORDS
    is_one = not (_NO_ITEM.match(text.strip()) or _EXAMPLES.search(text))
    return is_short and is_one and FORMULA not in text
