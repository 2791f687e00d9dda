"""Notes that differ on two sides, as a list that knows what was chosen for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from studyapp.domain.notes import Note
from studyapp.rendering import plain
from studyapp.ui.notes_page import SECOND_LINE

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Difference:
    """A note on two sides; one without words is not there."""

    key: str
    mine: Note
    theirs: Note
    what: str = ""
    """What happened, if more than that both were changed: "deleted in the text"."""
    title: str = ""
    """What it is called, if not as its note."""

    @property
    def named(self) -> Note:
        """The side that says what it is about."""
        return self.mine if self.mine.front else self.theirs


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen for a note."""

    name: str
    text: str
    """On its button."""
    key: str
    said: str
    """Of a note for which it was chosen."""


class ConflictList(QAbstractListModel):
    """Titles are made when they are to be seen: there may be thousands."""

    def __init__(self, undecided: Option) -> None:
        super().__init__()
        self._undecided = undecided
        self._conflicts: tuple[Difference, ...] = ()
        self._chosen: dict[str, Option] = {}
        self.others = undecided
        """What was chosen for all that have no choice of their own, listed or not."""
        self._title = lru_cache(maxsize=1024)(plain.title)

    def show_conflicts(self, conflicts: Sequence[Difference]) -> None:
        """Show these, with nothing chosen."""
        self.beginResetModel()
        self._conflicts = tuple(conflicts)
        self._chosen, self.others = {}, self._undecided
        self.endResetModel()

    @property
    def chosen(self) -> Mapping[str, Option]:
        """By the keys of notes, those that have a choice of their own."""
        return self._chosen

    @property
    def undecided(self) -> int:
        """How many have no choice yet."""
        rows = range(len(self._conflicts))
        return sum(self.choice(row) is self._undecided for row in rows)

    def conflict(self, row: int) -> Difference | None:
        """None if there is no such row."""
        return self._conflicts[row] if 0 <= row < len(self._conflicts) else None

    def title(self, conflict: Difference) -> str:
        """What it is called in a line."""
        return conflict.title or self._title(conflict.named)

    def choice(self, row: int) -> Option:
        """What was chosen for a note."""
        return self._chosen.get(self._conflicts[row].key, self.others)

    def choose(self, row: int, option: Option) -> None:
        """Choose for one note."""
        self._chosen[self._conflicts[row].key] = option
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def choose_all(self, option: Option) -> None:
        """Choose for all, also for those that are not listed since they are too many."""
        self._chosen, self.others = {}, option
        self.dataChanged.emit(self.index(0), self.index(len(self._conflicts) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._conflicts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        conflict = self.conflict(index.row())
        if conflict is None:
            return None
        told = ": ".join(filter(None, (conflict.what, self.choice(index.row()).said)))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(conflict)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.title(conflict)}, {told}"
            case _ if role == SECOND_LINE:
                return told
        return None
