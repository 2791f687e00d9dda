r"""Macros of authors: names for LaTeX that they write often, such as `\R` or `\KL{P}{Q}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from studyapp.errors import Problem

MAX_BODY: Final = 1000
"""Characters that a macro may stand for."""
MAX_MACROS: Final = 500
_NAME = re.compile(r"\\[A-Za-z]+")
_LINE = re.compile(r"\s*(?P<name>\\?[^\s=]*)\s*=\s*(?P<body>.*?)\s*", re.DOTALL)
_TOKEN = re.compile(r"\\.|#.?|[{}%]|\\", re.DOTALL)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RESERVED_NAMES = r"""
    \begin \end \left \middle \right \def \gdef \newcommand \renewcommand \providecommand \ce
    \text \limits \nolimits
"""
_RESERVED: Final = frozenset(_RESERVED_NAMES.split())


@dataclass(frozen=True, slots=True)
class Macro:
    """What a name stands for."""

    name: str
    r"""With its backslash: `\KL`."""
    arguments: int
    """0 to 9: how many follow the name."""
    body: str
    """LaTeX in one line, with `#1` to `#9` where the arguments go."""


@dataclass(frozen=True, slots=True)
class Macros:
    """Macros in the order in which they were defined, each name once; hashable."""

    entries: tuple[Macro, ...] = ()

    @classmethod
    def of(cls, bodies: Mapping[str, str]) -> Macros:
        """Macros by their names, whose mistakes `problem_of` told before; counts the arguments."""
        return cls(tuple(Macro(name, arguments_of(body), body) for name, body in bodies.items()))

    def bodies(self) -> dict[str, str]:
        """What each name stands for; `Macros.of` makes the same of it."""
        return {macro.name: macro.body for macro in self.entries}

    def over(self, others: Macros) -> Macros:
        """These and `others`; of a name that both define, this one's meaning counts."""
        if not (self.entries and others.entries):
            return self if self.entries else others
        mine = {macro.name for macro in self.entries}
        kept = (macro for macro in others.entries if macro.name not in mine)
        return Macros((*kept, *self.entries))


NO_MACROS: Final = Macros()


def arguments_of(body: str) -> int:
    """How many arguments a macro takes: the highest number behind a `#`, at most 9."""
    numbers = [token[1:] for token in _TOKEN.findall(body) if token[0] == "#"]
    return max((int(number) for number in numbers if number in tuple("123456789")), default=0)


def problem_of(name: str, body: str, line: int) -> Problem | None:
    """What is wrong with a macro, which stands on the 1-based `line`; None if nothing is."""
    found = _problem_of_name(name) or _problem_of_body(body)
    if found is None:
        return None
    return Problem(line, f"{name[:40] or 'The macro'} {found[0]}", found[1])


def _problem_of_name(name: str) -> tuple[str, str] | None:
    if _NAME.fullmatch(name) is None:
        return "is no name for a macro", r"Write a backslash and letters, such as \KL"
    if name in _RESERVED:
        return "cannot be given another meaning", "Choose another name"
    return None


def _problem_of_body(body: str) -> tuple[str, str] | None:
    if not body.strip():
        return "stands for nothing", "Write the LaTeX that it stands for"
    if len(body) > MAX_BODY:
        return f"stands for more than {MAX_BODY:,} characters", "Shorten it"
    if _CONTROL.search(body):
        return "holds a line break or a control character", "Write it in one line"
    return next(_problems_of_tokens(_TOKEN.findall(body)), None)


def _problems_of_tokens(tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    depth = 0
    for token in tokens:
        depth += (token == "{") - (token == "}")
        if depth < 0:
            yield "closes a brace } that it does not open", r"Balance the braces; \} is the sign"
            return
        if token == "%":
            yield "holds a %, which begins a comment", r"Write \% for the sign"
        elif token == "\\":
            yield "ends with a backslash", "Take it away"
        elif token[0] == "#" and token[1:] not in tuple("123456789"):
            yield "holds a # without a number", r"Write #1 to #9, or \# for the sign"
    if depth:
        yield "leaves a brace { open", r"Balance the braces; \{ is the sign"


def read_lines(text: str) -> tuple[Macros, tuple[Problem, ...]]:
    r"""Macros of a text with one a line, `\KL = D(#1 \| #2)`, and what is wrong with its lines."""
    bodies: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            name, body, problem = _read_line(line, number)
            if problem is None and name in bodies:
                problem = Problem(number, f"{name} is defined a second time", "Keep one of them")
            problems += [problem] if problem is not None else []
            bodies.setdefault(name, body)
    if len(bodies) > MAX_MACROS:
        problems.append(Problem(1, f"There are more than {MAX_MACROS} macros", "Keep fewer"))
    return (NO_MACROS if problems else Macros.of(bodies)), tuple(problems)


def _read_line(line: str, number: int) -> tuple[str, str, Problem | None]:
    match = _LINE.fullmatch(line)
    if match is None:
        remedy = r"Write it as \name = what it stands for"
        return line, "", Problem(number, "This line has no =", remedy)
    return match["name"], match["body"], problem_of(match["name"], match["body"], number)


def write_lines(macros: Macros) -> str:
    """The macros as a text that `read_lines` reads as the same."""
    return "".join(f"{macro.name} = {macro.body}\n" for macro in macros.entries)
