"""The table of retired notes in the front matter of a deck file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import tomli_w

from studyapp.deckfile.characters import check_key, check_one_line
from studyapp.errors import Problem

Retired = tuple[tuple[str, str], ...]
"""Ids of notes that a deck had, each with the reason why it has them no more."""

TABLE: Final = "retired"


def read_retired(table: object, head: Sequence[str], line: int) -> tuple[Retired, list[Problem]]:
    """The notes that a TOML table names, and what is wrong with it.

    `head` has the lines of the front matter, in which the 1-based `line` begins the table.
    """
    if not isinstance(table, Mapping):
        remedy = f'Begin it with a line [{TABLE}], then "id" = "the reason"'
        return (), [Problem(line, f"{TABLE} is no table", remedy)]
    problems: list[Problem] = []
    found: list[tuple[str, str]] = []
    for key, reason in table.items():
        at = _line_of(key, head, line)
        problems += check_key(key, "The id", at)
        if not isinstance(reason, str) or not reason.strip():
            remedy = 'Say in a sentence why: "id" = "the reason"'
            problems.append(Problem(at, f"The retired note {key[:40]} has no reason", remedy))
            continue
        problems += check_one_line(reason, "The reason", at)
        found.append((key, reason))
    return tuple(found), problems


def _line_of(key: str, head: Sequence[str], line: int) -> int:
    """Tomllib does not tell."""
    name = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    return next((n for n, text in enumerate(head, 1) if n > line and name.match(text)), line)


def write_retired(retired: Retired) -> str:
    """The table as text, or nothing if no note retired."""
    return f"\n{tomli_w.dumps({TABLE: dict(retired)})}" if retired else ""
