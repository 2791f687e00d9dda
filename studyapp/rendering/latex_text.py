r"""What stands in `\text{…}` and `\operatorname{…}`: words, and formulas between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from studyapp.errors import MathError
from studyapp.rendering.latex_text_commands import TEXT_ACCENTS, TEXT_STYLES, TEXT_SYMBOLS
from studyapp.rendering.latex_tokens import SPACE, TokenReader, start_of
from studyapp.rendering.latex_unknown import unknown
from studyapp.rendering.marks import CLOZE_CLOSE, CLOZE_OPEN

_HARD_SPACE = "\N{NO-BREAK SPACE}"  # MathML trims the other one at the ends
_MATH_ENDS = {"$": "$", r"\(": r"\)"}
_MADE_OF_TEXT: Final = frozenset((r"\sout", r"\textcircled"))
"""Commands of formulas whose argument is text."""
_BETWEEN_WORDS: Final = frozenset(
    (*_MADE_OF_TEXT, *_MATH_ENDS, *TEXT_STYLES, CLOZE_OPEN, CLOZE_CLOSE)
)
_NAME_STYLES: Final = frozenset((r"\mathrm", r"\rm", r"\mathsf", r"\mathit", "{", "}", SPACE))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text: either `text` or `math` is filled."""

    text: str = ""
    style: str = ""
    """Classes of the element that shows the text; empty: upright text."""
    math: tuple[str, ...] = ()


def text_runs(tokens: Iterable[str], style: str) -> Iterator[Run]:
    """The stretches of a text; MathError names a command that has no meaning in text."""
    reader = TokenReader(tokens)
    words: list[str] = []
    upright = style
    while reader:
        token = reader.next()
        if token not in _BETWEEN_WORDS:
            words.append(_character(token, reader))
            continue
        yield from _words(words, style)
        words.clear()
        if token in (CLOZE_OPEN, CLOZE_CLOSE):
            style = f"{upright} cloze".strip() if token == CLOZE_OPEN else upright
        else:
            yield from _special(token, reader, style)
    yield from _words(words, style)


def _words(words: list[str], style: str) -> Iterator[Run]:
    text = "".join(words)
    if text:
        yield Run(text=text, style=style)


def _special(token: str, reader: TokenReader, style: str) -> Iterator[Run]:
    if token in _MADE_OF_TEXT:
        words = ("{", *reader.argument(token), "}")
        yield Run(math=(token, "{", r"\text", *words, "}"))
    elif token == r"\emph" and style == "italic":
        yield from text_runs(reader.argument(token), "")
    elif token in TEXT_STYLES:
        yield from text_runs(reader.argument(token), TEXT_STYLES[token] or style)
    else:
        math = tuple(_formula(reader, _MATH_ENDS[token]))
        if math:
            yield Run(math=math)


def _formula(reader: TokenReader, end: str) -> Iterator[str]:
    while reader:
        token = reader.next()
        if token == end:
            return
        yield token
    raise MathError(f"A formula inside text misses its {end}")


def _character(token: str, reader: TokenReader) -> str:
    if token == SPACE:
        return _HARD_SPACE
    if token in TEXT_SYMBOLS:
        return TEXT_SYMBOLS[token]
    if token in TEXT_ACCENTS:
        return normalize("NFC", "".join(reader.argument(token)) + TEXT_ACCENTS[token])
    if token in ("{", "}"):
        return ""
    if token[0] == "\\" and len(token) > 1:
        error = unknown(token, [*TEXT_SYMBOLS, *TEXT_STYLES], " inside text")
        raise error.placed(token, start_of(token))
    return token


def operator_name(tokens: Iterable[str]) -> str | None:
    """The name as plain text, or None if it is more than letters, digits, hyphens and spaces."""
    name: list[str] = []
    for token in tokens:
        if token in _NAME_STYLES or token in TEXT_STYLES:
            continue
        if token in (r"\,", "~", "\\ ", r"\:", r"\;"):
            name.append("\N{THIN SPACE}")
        elif token.isalnum() or token in "-*.'/":
            name.append(token)
        else:
            return None
    return "".join(name) or None
