"""Finding cards and notes: a table of what a query finds, page by page."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from studyapp.domain.presets import DayOptions
from studyapp.domain.query import Column, Listed, Query
from studyapp.domain.query_parser import parse
from studyapp.domain.study_day import study_moment
from studyapp.errors import CollectionInUse, StorageError
from studyapp.services.clock import Clock
from studyapp.store import search_rows, search_upkeep
from studyapp.store.database import Database
from studyapp.store.search import Search, Sorting
from studyapp.store.search_cards import Today
from studyapp.store.search_rows import FoundCard
from studyapp.store.search_words import Index
from studyapp.store.snapshot import Snapshot

FIRST_PAGE: Final = 200
"""Rows that are known at once; the order of the others is found when they are asked for."""
_REFRESHED_AT_ONCE = 5000

Row = FoundCard
Progress = Callable[[int], None]
"""Is told how many notes are left; cancels by raising an exception of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a table shows."""

    query: Query
    sorting: Sorting
    listed: Listed


class Found:
    """What a query found, in its order, as it was then."""

    def __init__(self, finding: Finding, question: Question, total: int, first: array[int]) -> None:
        self.question = question
        self.total = total
        """How many cards or notes."""
        self._finding = finding
        self._ids = first

    def ids(self, start: int, end: int) -> Sequence[int]:
        """Ids of the cards, or of the notes if notes are listed, in these rows."""
        if end > len(self._ids) < self.total:
            self._ids = self._finding.all_ids(self.question, self.total)
        return self._ids[start:end]

    def all_ids(self) -> Sequence[int]:
        """Ids of all rows; the first call takes longer than a page, so make it off the window."""
        return self.ids(0, self.total)

    def rows(self, start: int, end: int) -> tuple[Row | None, ...]:
        """Rows as they are now; None where the card or note is gone."""
        return self._finding.rows(self.ids(start, min(end, self.total)), self.question.listed)


class Finding:
    """Searches in a collection."""

    def __init__(self, database: Database | Snapshot, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options
        self._index = Index()

    def find(
        self,
        query: str,
        sort: Column = Column.ADDED,
        descending: bool = False,
        listed: Listed = Listed.CARDS,
    ) -> Found:
        """The cards or notes that a query asks for; raises QueryError.

        A read-only view finds the same, but more slowly while notes wait for the index; so does
        one that cannot be written at the moment.
        """
        question = Question(parse(query), Sorting(sort, descending), listed)
        with suppress(StorageError, CollectionInUse):
            self.refresh()
        with self._database.read() as tx:
            found = Search(tx, self._index, question.query, self._today(), listed)
            total = found.count()
            first = found.ids(question.sorting, total, FIRST_PAGE) if total else array("q")
        return Found(self, question, total, first)

    def waiting(self) -> int:
        """How many notes the index does not have yet: after an import, or an upgrade, many."""
        with self._database.read() as tx:
            return search_upkeep.waiting(tx)

    def refresh(self, progress: Progress | None = None) -> None:
        """Bring the index up to date, which `find` does too; some 30 s for a million new notes.

        What is done when `progress` raises stays done.
        """
        if not isinstance(self._database, Database):
            return
        while True:
            with self._database.read() as tx:
                if search_upkeep.is_current(tx):
                    return
            with self._database.derive() as tx:
                search_upkeep.refresh(tx, None if progress is None else _REFRESHED_AT_ONCE)
            if progress is not None:
                progress(self.waiting())

    def all_ids(self, question: Question, total: int) -> array[int]:
        """Ids of all rows; for `Found`."""
        with self._database.read() as tx:
            found = Search(tx, self._index, question.query, self._today(), question.listed)
            return found.ids(question.sorting, total)

    def rows(self, ids: Sequence[int], listed: Listed) -> tuple[Row | None, ...]:
        """Rows of a table; for `Found`."""
        with self._database.read() as tx:
            found = search_rows.rows(tx, ids, listed)
        return tuple(found.get(each) for each in ids)

    def _today(self) -> Today:
        moment = study_moment(self._clock(), self._options.rollover_hour)
        return Today(moment, self._options.learn_ahead_ms)
