"""Finding cards and notes by a query; the language is in `domain.query`, its SQL in `search_sql`.

Texts are found by an index of words (`search_words`) that triggers and `search_upkeep` keep true.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass

from sqlalchemy import Connection

from studyapp.domain.query import Column, Listed, Query
from studyapp.store.driver import driver
from studyapp.store.search_cards import Today
from studyapp.store.search_order import ORDERS, Order
from studyapp.store.search_sql import Where
from studyapp.store.search_words import Index, Reader

_MOST = 0.1
"""From this part of all cards on, an index is walked in order instead of sorting what was found."""

_FEW = 10_000
"""Up to so many cards that are found are kept while their first page is made."""
_CARDS_OF_A_NOTE = 4
"""So many are looked at for each note of a page at first."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a table is sorted."""

    column: Column = Column.ADDED
    descending: bool = False


class Search:
    """One query in one transaction."""

    def __init__(
        self, connection: Connection, index: Index, query: Query, today: Today, listed: Listed
    ) -> None:
        self._driver = driver(connection)
        self._reader: Reader = index.reader(connection)
        self._where = Where(connection, self._reader, today)
        self._sql = self._where.sql(query)
        self._listed = listed

    def count(self) -> int:
        """How many cards or notes are found."""
        rows = self._rows(f"SELECT c.id, c.note_id {self._found()} LIMIT {_FEW + 1}")
        if len(rows) <= _FEW:
            self._keep([card_id for card_id, _ in rows])
            return len(rows if self._listed is Listed.CARDS else {note_id for _, note_id in rows})
        what = "count(*)" if self._listed is Listed.CARDS else "count(DISTINCT c.note_id)"
        return self._rows(f"SELECT {what} {self._found()}")[0][0]

    def _found(self) -> str:
        tables = "FROM cards AS c"
        if self._where.needs_notes:
            tables += " JOIN notes AS n ON n.id = c.note_id"
        return f"{tables} WHERE {self._sql}"

    def _keep(self, card_ids: list[int]) -> None:
        """Ask for these cards from now on: what the query takes to find them is done once."""
        self._sql = "c.id IN (SELECT value FROM json_each(:found))"
        self._where.values["found"] = json.dumps(card_ids)
        self._where.needs_notes = False

    def ids(self, sorting: Sorting, found: int, limit: int | None = None) -> array[int]:
        """Ids of the cards or notes, `found` of them, in their order; at most `limit`.

        A note stands where the first of its cards does.
        """
        sql = self._ordered(ORDERS[sorting.column], sorting.descending, found)
        if limit is None:
            return array("q", dict.fromkeys(row[0] for row in self._rows(sql)))
        if self._listed is Listed.CARDS:
            return array("q", (row[0] for row in self._rows(f"{sql} LIMIT {limit}")))
        rows = self._rows(f"{sql} LIMIT {limit * _CARDS_OF_A_NOTE}")
        first = array("q", dict.fromkeys(row[0] for row in rows))
        if len(first) < min(limit, found):
            first = self.ids(sorting, found)
        return first[:limit]

    def _ordered(self, order: Order, descending: bool, found: int) -> str:
        is_dense = self._reader.is_current and found > self._reader.highest * _MOST
        if order.walked and is_dense:
            tables = order.walked
            if order.cards:
                tables += f" CROSS JOIN cards AS c {order.cards}"
            by = order.walking(descending=descending)
        else:
            tables = f"cards AS c{order.join}"
            by = order.sorted(descending=descending)
        if self._where.needs_notes and not order.needs("n"):
            tables += " JOIN notes AS n ON n.id = c.note_id"
        what = "c.id" if self._listed is Listed.CARDS else "c.note_id"
        return f"SELECT {what} FROM {tables} WHERE {self._sql} ORDER BY {by}"  # noqa: S608

    def _rows(self, sql: str) -> list[tuple[int, ...]]:
        return self._driver.execute(sql, self._where.values).fetchall()
