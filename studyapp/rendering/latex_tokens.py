"""LaTeX as a row of tokens: control sequences, single characters, and runs of white space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from studyapp.errors import MathError

SPACE = " "
_VERBATIM = re.compile(
    r"\\verb(?P<star>\*?)(?P<edge>[^A-Za-z*\s\ufdd0-\ufdef])(?P<words>[^\n\ufdd0-\ufdef]*?)(?P=edge)"
)
_TOKEN = re.compile(_VERBATIM.pattern + r"|\\[A-Za-z]+|\\.|%[^\n]*(?:\n\s*)?|\s+|.", re.DOTALL)
_LONGEST_OPTION = 16
_COMMAND = re.compile(r"\\[A-Za-z]+")


class Token(str):
    """A token that knows where it stands; equal to the same characters anywhere else."""

    __slots__ = ("start",)

    def __new__(cls, text: str, start: int) -> Token:
        token = super().__new__(cls, text)
        token.start = start
        return token

    start: int
    """Its place in the formula as its author wrote it: an index."""


def start_of(token: str) -> int | None:
    """Where the formula has the token; None if it is none of its author's."""
    return token.start if isinstance(token, Token) else None


def tokenize(latex: str) -> Iterator[str]:
    r"""The tokens of a formula; white space is one `SPACE`, comments are left out."""
    for match in _TOKEN.finditer(latex):
        token = match[0]
        if token[0] == "%":
            continue
        if token.isspace():
            yield SPACE
        elif token[0] == "\\" and token[1:].isspace():
            yield Token("\\ ", match.start())
        else:
            yield Token(token, match.start())


def sign_count(latex: str) -> int:
    """How many tokens the formula has, white space and comments among them."""
    return len(_TOKEN.findall(latex))


def verbatim(token: str) -> str | None:
    r"""The words of `\verb|words|`, with spaces that stay; None for any other token."""
    match = _VERBATIM.fullmatch(token)
    if match is None:
        return None
    return match["words"].replace(" ", "␣" if match["star"] else "\N{NO-BREAK SPACE}")


def is_command(token: str) -> bool:
    r"""Whether the token is a control word such as `\alpha`."""
    return _COMMAND.fullmatch(token) is not None


class TokenReader:
    """Tokens that are read from the front and can be put back there."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._rest = list(tokens)
        self._rest.reverse()

    def __bool__(self) -> bool:
        return bool(self._rest)

    def next(self) -> str:
        """The next token; there must be one."""
        return self._rest.pop()

    def put_back(self, tokens: Iterable[str]) -> None:
        """The tokens are the next ones to be read."""
        self._rest.extend(reversed(list(tokens)))

    def take(self, token: str) -> bool:
        """Whether `token` comes next, white space aside; if so, it is read."""
        self.skip_space()
        if self._rest and self._rest[-1] == token:
            self._rest.pop()
            return True
        return False

    def skip_space(self) -> None:
        while self._rest and self._rest[-1] == SPACE:
            self._rest.pop()

    def argument(self, command: str) -> list[str]:
        """What stands in the next `{…}`, or the next single token; MathError if there is none."""
        self.skip_space()
        if not self._rest or self._rest[-1] == "}":
            raise MathError(f"{command} misses an argument")
        token = self._rest.pop()
        return self._group("{", "}", command) if token == "{" else [token]

    def option(self, fits: Callable[[str], bool]) -> list[str] | None:
        """What stands in `[…]` if that comes next and `fits`; else nothing is read."""
        self.skip_space()
        rest = self._rest[: -_LONGEST_OPTION - 1 : -1]
        if not rest or rest[0] != "[" or "]" not in rest:
            return None
        option = rest[1 : rest.index("]")]
        if not fits("".join(option).strip()):
            return None
        del self._rest[-len(option) - 2 :]
        return option

    def until(self, end: str) -> list[str]:
        """What comes before the next `end`, or before the end of all; `end` is read too."""
        found: list[str] = []
        while self._rest and (token := self._rest.pop()) != end:
            found.append(token)
        return found

    def _group(self, opening: str, closing: str, command: str) -> list[str]:
        found: list[str] = []
        depth = 1
        while self._rest:
            token = self._rest.pop()
            depth += (token == opening) - (token == closing)
            if depth == 0:
                return found
            found.append(token)
        raise MathError(f"{closing} is missing after {command}{opening}")


def text_of(tokens: Iterable[str]) -> str:
    """The tokens as LaTeX again."""
    parts: list[str] = []
    previous = ""
    for token in tokens:
        if token[0].isalpha() and is_command(previous):
            parts.append(SPACE)
        parts.append(token)
        previous = token
    return "".join(parts)
