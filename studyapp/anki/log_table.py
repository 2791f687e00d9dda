"""The log of a package in a file of ours, by cards, and mapped there many cards at once.

SQL does what `log_mapping` does for one card, and says the same; a property holds them together.
What a stranger wrote is copied as plain whole numbers, once somebody needs more than how many there
are. The connection that does so may only read the package, and what the collection reads later is
the copy, through a view that maps each row on its way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studyapp.anki import log_sql
from studyapp.anki.anki_values import AnkiReview
from studyapp.anki.collection_opening import ForeignDatabase
from studyapp.anki.incoming import LoggedCard
from studyapp.anki.log_mapping import LogMapping
from studyapp.domain.cards import Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import LoggedReview
from studyapp.errors import StorageError

LONGEST_AT_ONCE: Final = 64
"""Rows of a card that is mapped with others. A grade may look through all rows behind it, which is
much for very long logs; those are mapped alone."""
_PRAGMAS = (
    # Larger than usual, since all is read and written in its order.
    "PRAGMA page_size = 32768",
    # The file is gone when the package is closed.
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -65536",
)


@dataclass(slots=True)
class CardRows:
    """The log of one card; not frozen, since making it would take thrice as long."""

    source_id: int
    rows: int
    count: int
    """Of grades."""
    _table: LogTable

    @property
    def is_short(self) -> bool:
        """Whether it can be mapped with those of others."""
        return self.rows <= LONGEST_AT_ONCE

    def reviews(self, now: Schedule, preset: Preset) -> list[LoggedReview]:
        """The reviews in their order; `now` and `preset` are what the card has now."""
        table = self._table
        return table.mapping.reviews(table.rows_of(self.source_id), table.latest, now, preset)


class LogTable:
    """The copy of a log; `latest` as in `log_mapping.is_grade`."""

    def __init__(
        self, database: ForeignDatabase, path: Path, mapping: LogMapping, latest: int
    ) -> None:
        """Raises PackageError, StorageError, or Stopped if that is wanted."""
        self.path = path
        """A database of ours, whose `reviews` are those of `take`, as the collection has them."""
        self.mapping = mapping
        self.latest = latest
        self.database = database
        self._source = ""
        self._is_copied = False
        self._connection = sqlite3.connect(path.as_uri(), isolation_level=None, uri=True)
        with self._told():
            for pragma in _PRAGMAS:
                self._connection.execute(pragma)
            self._connection.executescript(log_sql.tables(mapping.to_day_ms))
        database.watch(self._connection)

    def close(self) -> None:
        self._connection.close()

    def count(self, rows: Iterable[AnkiReview] | None) -> None:
        """Look at the log of the package, or at these rows, if it has some that are no numbers."""
        with self._told():
            if rows is None:
                self.database.attach_to(self._connection, log_sql.PACKAGE)
                self._source = f"{log_sql.PACKAGE}.revlog NOT INDEXED"
            else:
                self._connection.executemany(log_sql.ADD_ROW, rows)
                self._source = "revlog"
            self._connection.execute(log_sql.counting(self._source), {"latest": self.latest})

    def cards(self) -> Iterator[CardRows]:
        """Each card of the log."""
        with self._told():
            for card, rows, grades in self._connection.execute(log_sql.CARDS):
                yield CardRows(card, rows, grades, self)

    def rows_of(self, source_id: int) -> list[AnkiReview]:
        """The log of a card in its order."""
        self._copy()
        with self._told():
            return list(map(AnkiReview._make, self._connection.execute(log_sql.ROWS, (source_id,))))

    def take(self, cards: Iterable[LoggedCard]) -> int:
        """Have the reviews of cards with short logs in `reviews`; returns how many there are."""
        self._copy()
        presets: dict[int, tuple[int, Preset]] = {}
        with self._told():
            run = self._connection
            run.execute("BEGIN")
            run.executemany(log_sql.ADD_CARD, (_card_row(card, presets) for card in cards))
            for number, preset in presets.values():
                run.executemany(log_sql.ADD_STEP, _steps(preset, number))
            run.execute("COMMIT")
            found: tuple[int] = run.execute(log_sql.COUNT).fetchone()
            return found[0]

    def _copy(self) -> None:
        if self._is_copied:
            return
        with self._told():
            self._connection.execute(log_sql.copying(self._source), {"latest": self.latest})
        self._is_copied = True

    @contextmanager
    def _told(self) -> Iterator[None]:
        with self.database.told():
            try:
                yield
            except sqlite3.Error as failure:
                if getattr(failure, "sqlite_errorcode", None) != sqlite3.SQLITE_FULL:
                    raise
                raise StorageError(
                    f"There is no room to unpack {self.database.package}. Nothing was changed. "
                    "Free some space and try again."
                ) from failure


def _card_row(card: LoggedCard, presets: dict[int, tuple[int, Preset]]) -> tuple[int | None, ...]:
    source_id, card_id, now, preset = card
    # By its identity, since a hash of all its options for each card would take long.
    number, _ = presets.setdefault(id(preset), (len(presets), preset))
    ease = now.ease_permille or preset.starting_ease_permille
    return (source_id, card_id, number, ease, *now.values())


def _steps(preset: Preset, number: int) -> Iterator[tuple[int, int, int, int]]:
    """Preset, state, seconds of a step, and how many are left with it; the first one counts."""
    for state, steps in ((1, preset.learning_steps_s), (3, preset.relearning_steps_s)):
        for place, seconds in enumerate(steps):
            yield number, state, seconds, len(steps) - place
