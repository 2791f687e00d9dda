"""Which characters the values of a deck file may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyapp.errors import Problem

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters but tab and newline, and halves of surrogate pairs, which UTF-8 lacks."""
_LINE_BREAK_OR_CONTROL = re.compile("[\n\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOT_IN_KEYS = re.compile("[\\s\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff]")


def control_characters(text: str, first_line: int) -> Iterator[Problem]:
    """A problem for each line of `text` with a control character; only its first one is named."""
    last = 0
    line, at = first_line, 0
    for match in CONTROL.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if line != last:
            yield Problem(line, f"{named(match[0])} is a control character", "Delete it")
        last = line


def check_key(value: str, what: str, line: int) -> Iterator[Problem]:
    """Whether an id, a tag or a key is free of white space and invisible characters."""
    match = _NOT_IN_KEYS.search(value)
    if match is not None:
        message = f"{what} “{_shown(value)}” holds {named(match[0])}"
        yield Problem(line, message, "Use no white space and no invisible characters")


def check_one_line(value: str, what: str, line: int) -> Iterator[Problem]:
    """Whether a value is one line of visible text without white space at its ends."""
    match = _LINE_BREAK_OR_CONTROL.search(value)
    if match is not None:
        yield Problem(line, f"{what} holds {named(match[0])}", "Write it as one line of text")
    elif value != value.strip():
        yield Problem(line, f"{what} has white space at its ends", "Take it away")


def named(character: str) -> str:
    """The character as one can look it up: `U+000C`, or `a space`."""
    return "a space" if character == " " else f"U+{ord(character):04X}"


def _shown(value: str) -> str:
    return _NOT_IN_KEYS.sub("·", value)
