"""Macros: each is replaced by what it stands for, those that the formula defines itself too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from studyapp.errors import MathError
from studyapp.rendering.latex_commands import DEFINITIONS, MACROS
from studyapp.rendering.latex_text_commands import TEXT_STYLES
from studyapp.rendering.latex_tokens import TokenReader, is_command, tokenize

MAX_EXPANDED = 50_000
"""Tokens that the macros of one formula may put in, all in all."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A name's meaning."""

    arguments: int
    body: tuple[str, ...]

    def apply(self, name: str, reader: TokenReader) -> list[str]:
        """The body with the arguments that come next in their places."""
        arguments = [reader.argument(name) for _ in range(self.arguments)]
        return _filled(self.body, arguments)


def expand(tokens: Iterable[str]) -> list[str]:
    """The tokens without macros and definitions; MathError if they never end."""
    reader = TokenReader(tokens)
    macros = dict(_packaged())
    expanded: list[str] = []
    budget = MAX_EXPANDED
    while reader:
        token = reader.next()
        if token in DEFINITIONS:
            name, macro = _definition(token, reader)
            macros[name] = macro
        elif token in TEXT_STYLES:
            expanded += [token, "{", *reader.argument(token), "}"]
        elif (known := macros.get(token)) is not None:
            body = known.apply(token, reader)
            budget -= len(body) + 1
            if budget < 0:
                raise MathError(f"{token} stands for itself, or for too much")
            reader.put_back(body)
        else:
            expanded.append(token)
    return expanded


@cache
def _packaged() -> dict[str, Macro]:
    return {name: Macro(count, tuple(tokenize(body))) for name, (count, body) in MACROS.items()}


def _definition(command: str, reader: TokenReader) -> tuple[str, Macro]:
    r"""Reads `\name#1#2{…}` or `{\name}[2]{…}`."""
    name = "".join(reader.argument(command))
    if not is_command(name):
        raise MathError(f"{command} must be followed by the new command's name")
    count = 0
    if command in (r"\def", r"\gdef"):
        while reader.take("#"):
            reader.argument(command)
            count += 1
    elif (option := reader.option(str.isdecimal)) is not None:
        count = int("".join(option)[:1])
    return name, Macro(count, tuple(reader.argument(command)))


def _filled(body: tuple[str, ...], arguments: list[list[str]]) -> list[str]:
    filled: list[str] = []
    tokens = iter(body)
    for token in tokens:
        number = next(tokens, "") if token == "#" else ""
        if number.isdecimal() and 1 <= int(number) <= len(arguments):
            filled += arguments[int(number) - 1]
        else:
            filled += [token, number] if number else [token]
    return filled
