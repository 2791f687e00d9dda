"""What is measured, of this app and of Anki alike."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from benchmarks.data import Kind

Counts = tuple[int, int, int]
"""Cards left: new, learning, due."""

MANY_A_DAY = 9999
"""The daily limits while many cards are graded."""


SETTINGS = {
    "SQLite": "SELECT sqlite_version()",
    "journal_mode": "PRAGMA journal_mode",
    "synchronous": "PRAGMA synchronous",
    "cache_size": "PRAGMA cache_size",
}
"""What a collection's speed may depend on, and the SQL that tells it."""


class Name(StrEnum):
    """Whose collection it is."""

    OURS = "ours"
    ANKIS = "ankis"


class Case(StrEnum):
    """What is timed."""

    OPEN = "open"
    FIRST_CARD = "first-card"
    GRADE = "grade"
    TREE = "tree"


class Collection(Protocol):
    """A collection that can be timed."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def leave(self) -> None:
        """Forget the day's queue."""

    def first_card(self) -> None:
        """Build the day's queue of all decks and get its first card."""

    def grade(self, grade: int) -> None:
        """Grade the card at hand, 1 to 4, and get the next."""

    def think(self) -> None:
        """What the app does while the user looks at a card."""

    def tree(self) -> object:
        """All decks with their counts."""

    def left(self) -> Counts:
        """Of the card at hand's queue."""

    def tree_counts(self) -> Counts:
        """Of all decks, as the tree has them."""

    def raise_limits(self) -> None:
        """Allow `MANY_A_DAY` new cards and reviews."""

    def settings(self) -> Mapping[str, str]:
        """The values of `SETTINGS`."""


class Side(Protocol):
    """A module that can make and time collections of one kind."""

    def build(self, folder: Path, notes: int, kind: Kind = Kind.PLAIN) -> None:
        """Make a sound collection of so many notes in an empty folder."""

    def at(self, folder: Path) -> Collection:
        """The collection in a folder, not opened yet."""


def side(name: Name) -> Side:
    """Only this side's packages are imported."""
    return cast(Side, import_module(f"benchmarks.{name}"))
