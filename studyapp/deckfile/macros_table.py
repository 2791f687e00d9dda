"""The table of macros in the front matter of a deck file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import tomli_w

from studyapp.domain.macros import MAX_MACROS, NO_MACROS, Macros, problem_of
from studyapp.errors import Problem

_TABLE = re.compile(r"\s*\[+\s*(?P<name>[^\[\]]*?)\s*\]")
_KEY = re.compile(r"""\s*(?:'(?P<literal>[^']*)'|"(?P<basic>[^"]*)"|(?P<bare>[\w-]+))\s*=""")


def read_macros(table: object, head: Sequence[str], line: int) -> tuple[Macros, list[Problem]]:
    """The macros that a TOML table defines, and what is wrong with it.

    `head` has the lines of the front matter, in which the 1-based `line` begins the table.
    """
    if not isinstance(table, Mapping):
        remedy = r"Begin it with a line [macros], then '\R' = '\mathbb{R}'"
        return NO_MACROS, [Problem(line, "macros is no table", remedy)]
    lines = _lines_of_names(head)
    bodies: dict[str, str] = {}
    problems: list[Problem] = []
    for name, body in table.items():
        at = lines.get(name, line)
        problem = (
            problem_of(name, body, at)
            if isinstance(body, str)
            else Problem(at, f"The value of {name[:40]} is no text", "Put it in single quotes")
        )
        problems += [problem] if problem is not None else []
        bodies[name] = str(body)
    if len(bodies) > MAX_MACROS:
        problems.append(Problem(line, f"There are more than {MAX_MACROS} macros", "Keep fewer"))
    return (NO_MACROS if problems else Macros.of(bodies)), problems


def _lines_of_names(head: Sequence[str]) -> dict[str, int]:
    """The line of each macro's name; tomllib does not tell."""
    found: dict[str, int] = {}
    inside = False
    for number, line in enumerate(head, 1):
        if (table := _TABLE.match(line)) is not None:
            inside = table["name"] == "macros"
        elif inside and (key := _KEY.match(line)) is not None:
            basic = (key["basic"] or "").replace("\\\\", "\\")
            found.setdefault(key["literal"] or key["bare"] or basic, number)
    return found


def write_macros(macros: Macros) -> str:
    """The table as text, or nothing if there are no macros."""
    if not macros.entries:
        return ""
    lines = [f"{_quoted(name)} = {_quoted(body)}\n" for name, body in macros.bodies().items()]
    return "".join(("\n[macros]\n", *lines))


def _quoted(text: str) -> str:
    """The text in single quotes, within which a backslash is one, if TOML can hold it there."""
    if "'" not in text:
        return f"'{text}'"
    return tomli_w.dumps({"value": text}).removeprefix("value = ").rstrip("\n")
