"""Macros: each is replaced by what it stands for, those that the formula defines itself too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from studyapp.domain.macros import NO_MACROS, Macros
from studyapp.errors import MathError
from studyapp.rendering import latex_chemistry, latex_units
from studyapp.rendering.latex_commands import DEFINITIONS, EXPANDED, MACROS, STRETCH
from studyapp.rendering.latex_text_commands import TEXT_STYLES
from studyapp.rendering.latex_tokens import (
    Token,
    TokenReader,
    is_command,
    start_of,
    text_of,
    tokenize,
)
from studyapp.rendering.marks import CLOZE_CLOSE, is_noncharacter

MAX_EXPANDED = 3_000
"""Tokens that the macros of one formula may put in, all in all."""
_NOTATIONS: Final = {
    # command: what makes LaTeX of its argument
    latex_chemistry.COMMAND: latex_chemistry.chemistry,
    latex_units.COMMAND: latex_units.units,
}
_MATH_EDGES: Final = frozenset(("$", r"\(", r"\)"))


@dataclass(frozen=True, slots=True)
class Macro:
    """A name's meaning."""

    arguments: int
    body: tuple[str, ...]


def expand(tokens: Iterable[str], macros: Macros = NO_MACROS) -> list[str]:
    """The tokens without macros and definitions; MathError if they never end.

    What the formula itself defines goes before `macros`, and these before those of this room.
    """
    return _Expansion(_compiled(macros), _packaged()).run(tokens)


def without_macros(latex: str, macros: Macros) -> str:
    """The formula with `macros` and its own definitions expanded, as it is if it has none.

    What this room knows by itself is left as it is. Raises MathError as `expand`.
    """
    tokens = list(tokenize(latex))
    meanings = _compiled(macros)
    if not any(token in DEFINITIONS or token in meanings for token in tokens):
        return latex
    try:
        return text_of(_Expansion(meanings, {}).run(tokens))
    except RecursionError:
        raise MathError("The formula is nested too deeply") from None


class _Expansion:
    """What one formula is expanded with."""

    def __init__(self, authors: dict[str, Macro], packaged: dict[str, Macro]) -> None:
        self._authors = dict(authors)
        """By the formula and the macros that it is given: these count inside text too."""
        self._packaged = packaged
        self._budget = MAX_EXPANDED

    def run(self, tokens: Iterable[str], *, is_text: bool = False) -> list[str]:
        reader = TokenReader(tokens)
        expanded: list[str] = []
        among_words = is_text
        while reader:
            token = reader.next()
            try:
                if is_text and token in _MATH_EDGES:
                    among_words = not among_words
                    expanded.append(token)
                else:
                    self._one(token, reader, expanded, among_words=among_words)
            except MathError as error:
                raise error.placed(token, start_of(token)) from None
        return expanded

    def _one(
        self, token: str, reader: TokenReader, expanded: list[str], *, among_words: bool
    ) -> None:
        if token in DEFINITIONS:
            self._define(token, reader, expanded)
        elif token in _NOTATIONS and self._packaged and not among_words:
            latex = _NOTATIONS[token](reader.argument(token))
            self._spend(token, latex)
            reader.put_back(_filled(tuple(latex), [], start_of(token)))
        elif token in TEXT_STYLES:
            words = self.run(reader.argument(token), is_text=True)
            expanded += [token, "{", *words, "}"]
        elif (macro := self._meaning(token, among_words=among_words)) is not None:
            body = _applied(macro, token, reader)
            self._spend(token, body)
            reader.put_back(body)
        else:
            expanded.append(token)

    def _spend(self, token: str, body: list[str]) -> None:
        self._budget -= len(body) + 1
        if self._budget < 0:
            raise MathError(f"{token} stands for itself, or for too much")

    def _meaning(self, token: str, *, among_words: bool) -> Macro | None:
        found = self._authors.get(token)
        return found if found is not None or among_words else self._packaged.get(token)

    def _define(self, command: str, reader: TokenReader, expanded: list[str]) -> None:
        name, macro = _definition(command, reader)
        if command in EXPANDED:
            macro = replace(macro, body=tuple(self.run(macro.body)))
        if name == STRETCH:
            # Whoever writes tables has to know; elsewhere it has to be defined still.
            expanded += [*([] if self._packaged else [r"\def"]), name, "{", *macro.body, "}"]
        if command != r"\providecommand" or self._meaning(name, among_words=False) is None:
            self._authors[name] = macro


@cache
def _packaged() -> dict[str, Macro]:
    return {name: _macro(count, body) for name, (count, body) in MACROS.items()}


@lru_cache(maxsize=64)
def _compiled(macros: Macros) -> dict[str, Macro]:
    return {macro.name: _macro(macro.arguments, macro.body) for macro in macros.entries}


def _macro(arguments: int, body: str) -> Macro:
    # As plain strings: the place of a token in the body is none in the formula.
    return Macro(arguments, tuple(map(str, tokenize(body))))


def _definition(command: str, reader: TokenReader) -> tuple[str, Macro]:
    r"""Reads `\name#1#2{…}` or `{\name}[2]{…}`."""
    name = "".join(reader.argument(command))
    if not is_command(name):
        raise MathError(f"{command} must be followed by the new command's name")
    count = 0
    if command in (r"\def", r"\gdef", *EXPANDED):
        while reader.take("#"):
            reader.argument(command)
            count += 1
    elif (option := reader.option(str.isdecimal)) is not None:
        count = int("".join(option)[:1])
        if reader.option(bool) is not None:
            raise MathError(f"{command} with a default for an argument is not supported")
    return name, Macro(count, tuple(reader.argument(command)))


def _applied(macro: Macro, name: str, reader: TokenReader) -> list[str]:
    """The macro's body with the arguments that come next in their places."""
    # A cloze that ends between a name and its arguments is moved behind them.
    ends_cloze = macro.arguments > 0 and reader.take(CLOZE_CLOSE)
    arguments = [reader.argument(name) for _ in range(macro.arguments)]
    if any(is_noncharacter("".join(argument)) for argument in arguments):
        raise MathError(f"A cloze ends between {name} and its arguments")
    body = _filled(macro.body, arguments, start_of(name))
    return [*body, CLOZE_CLOSE] if ends_cloze else body


def _filled(body: tuple[str, ...], arguments: list[list[str]], start: int | None) -> list[str]:
    """`start` is where the macro was used: the place of tokens that have none of their own."""
    filled: list[str] = []
    tokens = iter(body)
    for token in tokens:
        number = next(tokens, "") if token == "#" else ""
        if number.isdecimal() and 1 <= int(number) <= len(arguments):
            filled += arguments[int(number) - 1]
            continue
        is_placed = start is None or start_of(token) is not None
        filled.append(token if is_placed else Token(token, start or 0))
        if number:
            filled.append(number)
    return filled
