"""What the speed of a user and the reviews of a day are read from."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from studyapp.domain.study_day import MS_PER_DAY
from studyapp.scheduling.time_budget import Pace, pace_of
from studyapp.store.driver import driver
from studyapp.store.held_back import IS_OFFERED

_LATEST = 500
_MONTH_MS = 30 * MS_PER_DAY

_REVIEWS = """
    SELECT took_ms FROM reviews WHERE id < ? AND state_before = 2 ORDER BY id DESC LIMIT ?
"""
_NEW_CARDS = """
    SELECT sum(took_ms) FROM (
        SELECT card_id, took_ms FROM reviews
        WHERE id < ? AND state_before < 2 ORDER BY id DESC LIMIT ?
    ) GROUP BY card_id
"""
_OF_TODAY = f"""
    SELECT deck_id, count(*) FROM (
        SELECT c.deck_id FROM cards AS c
        WHERE c.due_on <= :day AND c.state = 2 AND c.suspended = 0 AND {IS_OFFERED}
        UNION ALL
        SELECT c.deck_id FROM reviews AS r CROSS JOIN cards AS c ON c.id = r.card_id
        WHERE r.id >= :start AND r.state_before = 2 AND r.due_on_before <= :day
    ) GROUP BY deck_id
"""  # noqa: S608 - our own words


def pace_before(connection: Connection, start: int) -> Pace:
    """How long reviews and new cards took of late, before `start` (ms since the epoch)."""
    run = driver(connection).execute
    reviews = [row[0] for row in run(_REVIEWS, (start, _LATEST))]
    new_cards = [row[0] for row in run(_NEW_CARDS, (start, _LATEST))]
    return pace_of(reviews, new_cards)


def reviews_of_day(connection: Connection, day: int, start: int) -> Counter[int]:
    """By deck id: cards due for review on a study day, done or not, sub-decks not counted in.

    `start`: when the day began, in ms since the epoch.
    """
    rows = driver(connection).execute(_OF_TODAY, {"day": day, "start": start})
    return Counter(dict(rows))


_REVIEWS_A_DAY = """
    SELECT count(*) FROM reviews
    WHERE id BETWEEN (SELECT max(id) FROM reviews WHERE id < :start) - :span AND :start - 1
        AND due_on_before IS NOT NULL
    GROUP BY (:start - 1 - id) / :day_ms
"""


def reviews_a_day(connection: Connection, start: int) -> list[int]:
    """How many due cards were reviewed on each studied day of the last month with reviews.

    `start`: when today began, in ms since the epoch; today does not count.
    """
    values = {"start": start, "span": _MONTH_MS, "day_ms": MS_PER_DAY}
    return [row[0] for row in driver(connection).execute(_REVIEWS_A_DAY, values)]
