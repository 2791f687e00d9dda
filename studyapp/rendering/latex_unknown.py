"""What to say of a command that nobody knows: the known one that looks most like it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from studyapp.errors import MathError

_LONGEST: Final = 40
_LIKENESS: Final = 0.8
"""By difflib's ratio, as 1 for equal words: so much of both must match."""


def unknown(command: str, known: Iterable[str], where: str = "") -> MathError:
    """The error for a command; `where` says where it is unknown if it is known elsewhere."""
    message = f"{_shortened(command)} is not known{where}"
    near = nearest(command, known)
    return MathError(f"{message}; did you mean {near}?" if near else message)


def nearest(command: str, known: Iterable[str]) -> str:
    """The known command that looks most like it, empty if none does."""
    return "" if len(command) > _LONGEST else _nearest(command, frozenset(known))


# The same mistake is often made all over a text, and each search takes milliseconds.
@lru_cache(maxsize=256)
def _nearest(command: str, known: frozenset[str]) -> str:
    # A slow import, for the few formulas that are wrong.
    from difflib import get_close_matches  # noqa: PLC0415

    # Sorted, so that of two that are as near always the same is told.
    close = get_close_matches(command, sorted(known), n=1, cutoff=_LIKENESS)
    return close[0] if close else ""


def _shortened(command: str) -> str:
    return command if len(command) <= _LONGEST else f"{command[: _LONGEST - 1]}…"
