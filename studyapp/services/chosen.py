"""What was chosen in a table to be changed at once, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.domain.query import Listed
from studyapp.store import bulk, history
from studyapp.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that were chosen in a table, in its order."""

    ids: Sequence[int]
    """Of cards, or of notes if notes are listed; such as `Found.all_ids()`."""
    listed: Listed


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is chosen."""

    cards: int
    notes: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed."""

    name: str
    """Of the step of undo: "move of 312 cards"."""
    number: int
    """Of cards or notes that are not as they were; 0: there is no step."""


def cards_of(tx: Transaction, chosen: Chosen) -> list[int]:
    """Ids of the cards, or of all cards of the notes."""
    return bulk.card_ids(tx, chosen.ids, chosen.listed)


def notes_of(tx: Transaction, chosen: Chosen) -> list[int]:
    """Ids of the notes, or of the notes of the cards."""
    return bulk.note_ids(tx, chosen.ids, chosen.listed)


def done(tx: Transaction, what: str, number: int, unit: str) -> Done:
    """Names the step that is under way by what it changed; `unit`: "card" or "note"."""
    name = counted(what, number, unit)
    history.rename_step(tx, name)
    return Done(name, number)


def counted(what: str, number: int, unit: str) -> str:
    """The name of a step: "move of 312 cards"."""
    return f"{what} of {number:,} {unit}{'' if number == 1 else 's'}"
