"""Spans of time as they are typed for learning steps: `1m 10m 1d`."""

from __future__ import annotations

import re

from studyapp.errors import ContentError

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_FORM = re.compile(r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?P<unit>[smhd]?)", re.ASCII)


def parse_steps(text: str) -> tuple[int, ...]:
    """Steps in seconds; a number without a unit is in minutes, as in Anki.

    Raises ContentError that names each word that is no span of time.
    """
    words = text.split()
    wrong = [word for word in words if not _FORM.fullmatch(word) or _seconds(word) < 1]
    if wrong:
        raise ContentError(
            f"{_listed(wrong)} {'is' if len(wrong) == 1 else 'are'} no span of time. Write steps as"
            " 30s, 10m, 2h or 1d, with a space between them; each takes at least a second."
        )
    return tuple(_seconds(word) for word in words)


def steps_text(steps_s: tuple[int, ...]) -> str:
    """Steps as they are typed, each in its largest whole unit: "1m 10m 1d"."""
    return " ".join(map(_text, steps_s))


def _seconds(word: str) -> int:
    match = _FORM.fullmatch(word)
    assert match is not None  # noqa: S101 - for the type checker
    return round(float(match["number"]) * _SECONDS[match["unit"] or "m"])


def _text(seconds: int) -> str:
    unit = next(unit for unit in "dhms" if seconds % _SECONDS[unit] == 0)
    return f"{seconds // _SECONDS[unit]}{unit}"


def _listed(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
