"""What advice on a note takes into account besides the note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from studyapp.advice.front_index import FrontIndex


@dataclass(frozen=True, slots=True)
class FormulaProblem:
    """Why a formula cannot be drawn."""

    message: str
    """As a sentence without a full stop."""
    offset: int | None = None
    """Where the mistake stands, as an index into the formula; None if that is not known."""


FormulaCheck = Callable[[str, bool], FormulaProblem | None]
"""Told a formula without delimiters, and whether it is displayed; None: it can be drawn."""


def no_check(_latex: str, _display: bool) -> FormulaProblem | None:
    """Takes every formula for sound."""
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a note."""

    fronts: FrontIndex = field(default_factory=FrontIndex)
    """Of the other notes; the note itself may be among them, by its key."""
    linked: tuple[str, ...] = ()
    """Markdown of the notes that it links to."""
    check_formula: FormulaCheck = no_check
