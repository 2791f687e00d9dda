"""Notes that were changed here and there, as a list that knows what was chosen for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from studyapp.rendering import plain
from studyapp.services.import_values import Choice, Choices, Conflict
from studyapp.ui.notes_page import SECOND_LINE

SAID = {
    Choice.LATER: "Not decided: yours stays",
    Choice.MINE: "Yours stays",
    Choice.THEIRS: "The file’s is taken",
    Choice.BOTH: "Both are kept",
}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ConflictList(QAbstractListModel):
    """Titles are made when they are to be seen: there may be thousands."""

    def __init__(self) -> None:
        super().__init__()
        self._conflicts: tuple[Conflict, ...] = ()
        self._chosen: dict[str, Choice] = {}
        self._others = Choice.LATER
        self.title = lru_cache(maxsize=1024)(plain.title)

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Show these, with nothing chosen."""
        self.beginResetModel()
        self._conflicts = tuple(conflicts)
        self._chosen, self._others = {}, Choice.LATER
        self.endResetModel()

    @property
    def choices(self) -> Choices:
        return Choices(dict(self._chosen), self._others)

    @property
    def undecided(self) -> int:
        """How many have no choice yet."""
        return sum(self.choice(row) is Choice.LATER for row in range(len(self._conflicts)))

    def conflict(self, row: int) -> Conflict | None:
        """None if there is no such row."""
        return self._conflicts[row] if 0 <= row < len(self._conflicts) else None

    def choice(self, row: int) -> Choice:
        """What was chosen for a note."""
        return self._chosen.get(self._conflicts[row].key, self._others)

    def choose(self, row: int, choice: Choice) -> None:
        """Choose for one note."""
        self._chosen[self._conflicts[row].key] = choice
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def choose_all(self, choice: Choice) -> None:
        """Choose for all, also for those that are not listed since they are too many."""
        self._chosen, self._others = {}, choice
        self.dataChanged.emit(self.index(0), self.index(len(self._conflicts) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._conflicts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        conflict = self.conflict(index.row())
        if conflict is None:
            return None
        said = SAID[self.choice(index.row())]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(conflict.mine)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.title(conflict.mine)}, {said}"
            case _ if role == SECOND_LINE:
                return said
        return None
