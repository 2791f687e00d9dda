"""The log in the few numbers that an export takes along of a review."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import LOG_COLUMNS, LOG_LINES
from studyapp.domain.study_day import MS_PER_DAY
from studyapp.store.copying import Copying
from studyapp.store.tables import SCHEDULE_COLUMNS

_AFTER: Final = ", ".join(f"p.{name}_after" for name in SCHEDULE_COLUMNS)
_BEFORE: Final = ", ".join(f"r.{name}_before" for name in SCHEDULE_COLUMNS)
_CHOSEN: Final = "CREATE TEMP TABLE chosen (card_id INTEGER PRIMARY KEY)"
_CHOOSE: Final = "INSERT INTO chosen VALUES (?)"


@contextmanager
def into(
    path: Path, copying: Copying, card_ids: Sequence[int] | None, into_day: int
) -> Iterator[sqlite3.Connection]:
    """A connection that has the log of cards in `LOG_LINES`, and a database at hand as `made`.

    None for `card_ids`: the whole log. `into_day` is what makes milliseconds since the epoch begin
    with a study day: local time minus UTC minus the rollover hour.
    """
    with copying.into(path) as run:
        run.execute(_CHOSEN)
        run.execute("BEGIN")
        run.executemany(_CHOOSE, ((card_id,) for card_id in card_ids or ()))
        run.execute("COMMIT")
        chosen = "" if card_ids is None else "WHERE r.card_id IN (SELECT card_id FROM chosen)"
        names = ", ".join(LOG_COLUMNS)
        run.execute(f"CREATE TEMP VIEW {LOG_LINES} ({names}) AS {_lines(into_day)} {chosen}")
        yield run


def _lines(into_day: int) -> str:
    """SQL of the lines; a view takes no values but those that stand in it."""
    return f"""
        SELECT r.id, r.grade, {_gave("r", into_day)},
            CASE r.state_before WHEN {CardState.NEW} THEN 0
            WHEN {CardState.REVIEW} THEN r.interval_days_before
            ELSE coalesce((
                SELECT CASE WHEN ({_AFTER}) IS ({_BEFORE}) THEN {_gave("p", into_day)} END
                FROM reviews AS p
                WHERE p.card_id = r.card_id AND p.id < r.id ORDER BY p.id DESC LIMIT 1
            ), 0) END,
            iif(r.state_after >= {CardState.REVIEW}, r.ease_permille_after, 0), r.took_ms,
            iif(r.state_before = {CardState.NEW}, 0, r.state_before - 1), r.card_id
        FROM reviews AS r
    """  # noqa: S608 - our own names


def _gave(review: str, into_day: int) -> str:
    """SQL of the interval that a review gave: days, or seconds below 0."""
    return f"""
        CASE WHEN {review}.state_after = {CardState.REVIEW} THEN {review}.interval_days_after
        WHEN {review}.due_at_after IS NOT NULL
            THEN -max(({review}.due_at_after - {review}.id + 999) / 1000, 1)
        WHEN {review}.due_on_after IS NULL THEN 0
        ELSE max({review}.due_on_after - ({review}.id + {into_day:d}) / {MS_PER_DAY}, 1) END
    """
