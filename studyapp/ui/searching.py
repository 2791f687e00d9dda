"""Searches beside the window: the newest one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from studyapp.domain.query import Column, Listed
from studyapp.errors import QueryError
from studyapp.services.finding import Finding, Found
from studyapp.ui.latest import Latest


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to search for, and how to list it."""

    query: str = ""
    column: Column = Column.ADDED
    descending: bool = True
    listed: Listed = Listed.CARDS


@dataclass(frozen=True, slots=True)
class _AllIds:
    found: Found
    ids: Sequence[int]


class Searching(QObject):
    """Never makes the window wait."""

    found = Signal(Found)
    ids_known = Signal(Found, object)
    """Of all rows of a search."""
    refused = Signal(QueryError)
    failed = Signal(str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding = finding
        self._latest = Latest()
        self._number = 0
        self.is_busy = False
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)

    def begin(self, wanted: Wanted) -> None:
        """Search; what was begun before is told no more."""
        self.is_busy = True
        self._number = self._latest.begin(
            lambda: self._finding.find(
                wanted.query, wanted.column, wanted.descending, wanted.listed
            )
        )

    def find_ids(self, found: Found) -> None:
        """Find the ids of all rows, unless a search is under way: then they are not needed."""
        if not self.is_busy:
            self._number = self._latest.begin(lambda: _AllIds(found, found.all_ids()))

    def shut_down(self) -> None:
        self._latest.shut_down()

    def _on_done(self, number: int, result: object) -> None:
        if number != self._number:
            return
        self.is_busy = False
        if isinstance(result, Found):
            self.found.emit(result)
        elif isinstance(result, _AllIds):
            self.ids_known.emit(result.found, result.ids)

    def _on_failed(self, number: int, failure: Exception) -> None:
        if number != self._number:
            return
        self.is_busy = False
        if isinstance(failure, QueryError):
            self.refused.emit(failure)
        else:
            self.failed.emit(str(failure))
