"""The statements of `log_table`; what they say of a row is told in `log_mapping`."""

from __future__ import annotations

from typing import Final

from studyapp.anki.log_mapping import LONGEST_MS, LONGEST_STEP_S
from studyapp.anki.schedule_mapping import MAX_EASE, MAX_INTERVAL, MIN_EASE
from studyapp.domain.study_day import MS_PER_DAY

PACKAGE: Final = "package"

_SCHEDULE = (
    *("state", "due_at", "due_on", "interval_days"),
    *("ease_permille", "steps_left", "reps", "lapses"),
)
_BEFORE = tuple(f"{name}_before" for name in _SCHEDULE)
_AFTER = tuple(f"{name}_after" for name in _SCHEDULE)
_TOLD_BEFORE = ", ".join(
    f"iif(r.joined, p.{after}, r.{before}) AS {before}"
    for after, before in zip(_AFTER, _BEFORE, strict=True)
)
_NOW = tuple(f"{name}_now" for name in _SCHEDULE)
_ROW = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")

TABLES: Final = f"""
    CREATE TABLE revlog ({", ".join(_ROW)});
    CREATE TABLE log (
        cid INTEGER, n INTEGER, id INTEGER, ease INTEGER, ivl INTEGER, lastIvl INTEGER,
        factor INTEGER, time INTEGER, type INTEGER,
        -- The types of this grade and of the one before it; NULL: it is none.
        kind INTEGER, kind_before INTEGER,
        -- So many up to this row.
        grades INTEGER, fails INTEGER,
        PRIMARY KEY (cid, n)
    ) WITHOUT ROWID;
    CREATE TABLE cards (
        source_id INTEGER PRIMARY KEY, card_id INTEGER, preset INTEGER, usual_ease INTEGER,
        {", ".join(f"{name} INTEGER" for name in _NOW)}
    );
    CREATE TABLE steps (preset INTEGER, state INTEGER, seconds INTEGER, still INTEGER,
        PRIMARY KEY (preset, state, seconds) ON CONFLICT IGNORE) WITHOUT ROWID;
    CREATE TABLE mapped (
        card_id INTEGER, n INTEGER, id INTEGER, grade INTEGER, took_ms INTEGER, joined INTEGER,
        {", ".join(f"{name} INTEGER" for name in (*_BEFORE, *_AFTER))},
        PRIMARY KEY (card_id, n)
    ) WITHOUT ROWID;
    CREATE VIEW reviews AS
        SELECT r.id, r.card_id, r.grade, r.took_ms,
            {_TOLD_BEFORE},
            {", ".join(f"r.{name}" for name in _AFTER)}
        FROM mapped AS r
        LEFT JOIN mapped AS p ON r.joined AND p.card_id = r.card_id AND p.n = r.n - 1;
"""  # noqa: S608 - our own words

ADD_ROW: Final = f"INSERT INTO revlog VALUES ({', '.join('?' * len(_ROW))})"  # noqa: S608
ADD_CARD: Final = f"INSERT INTO cards VALUES ({', '.join('?' * (4 + len(_NOW)))})"  # noqa: S608
ADD_STEP: Final = "INSERT INTO steps VALUES (?, ?, ?, ?)"
CARDS: Final = "SELECT cid, max(n), max(grades) FROM log GROUP BY cid"
ROWS: Final = (
    "SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM log WHERE cid = ? ORDER BY n"
)


def copying(source: str) -> str:
    """Takes the log from a table with Anki's columns."""
    return f"""
        INSERT INTO log
        SELECT cid, row_number() OVER w, id, ease, ivl, lastIvl, factor, time, type,
            kind, lag(kind) OVER w,
            count(kind) OVER w, coalesce(sum(kind = 1 AND ease = 1) OVER w, 0)
        FROM (
            SELECT *, CASE WHEN ease BETWEEN 1 AND 4 AND type BETWEEN 0 AND 3
                AND id > 0 AND id <= :latest THEN type END AS kind
            FROM {source}
        )
        WINDOW w AS (PARTITION BY cid ORDER BY id ROWS UNBOUNDED PRECEDING)
    """  # noqa: S608 - our own words


def _state_by(kind: str, last_interval: str, reset: str) -> str:
    return (
        f"CASE {kind} WHEN 1 THEN 2 WHEN 2 THEN 3 WHEN 3 THEN iif({last_interval} > 0, 2, 1)"
        f" ELSE iif({reset}, 0, 1) END"
    )


_OWN_STATE = _state_by("l.kind", "l.lastIvl", "l.kind_before IS NULL OR l.kind_before IN (1, 2)")
_NEXT_STATE = _state_by("q.kind", "q.lastIvl", "l.kind IN (1, 2)")
_TOLD_INTERVAL = (
    f"CASE WHEN {{0}}kind = 2 AND {{0}}ivl > 0 THEN min({{0}}ivl, {MAX_INTERVAL})"
    f" WHEN {{0}}kind = 1 AND {{0}}lastIvl > 0 THEN min({{0}}lastIvl, {MAX_INTERVAL}) END"
)
_RELEARNED = f"""
    CASE WHEN kind = 2 AND ivl > 0 THEN min(ivl, {MAX_INTERVAL}) ELSE max(1, coalesce(
        (SELECT {_TOLD_INTERVAL.format("f.")} FROM log AS f WHERE f.cid = s.cid AND f.n > s.n
            AND {_TOLD_INTERVAL.format("f.")} IS NOT NULL ORDER BY f.n LIMIT 1),
        iif(state_now IN (2, 3), interval_days_now, 1))) END
"""  # noqa: S608 - our own words
_EASE = f"iif(factor >= {MIN_EASE}, min(factor, {MAX_EASE}), usual_ease)"
# Never of a number below 0, which would be rounded up.
_DAY = f"(l.id + :to_day_ms + 1000 * {MS_PER_DAY}) / {MS_PER_DAY} - 1000"
_STEPS_LEFT = (
    "coalesce((SELECT still FROM steps AS t WHERE t.preset = s.preset AND t.state = state_after"
    " AND t.seconds = iif(ivl < 0, -ivl, ivl * 86400)), 1)"
)
_BOUNDED = f"min(max(ivl, 0), {MAX_INTERVAL})"

MAP: Final = f"""
    INSERT INTO mapped
    SELECT card_id, n, id, ease, min(max(time, 0), {LONGEST_MS}),
        kind_before IS NOT NULL AND own <> 0,

        own,
        iif(own IN (1, 3), id, NULL),
        iif(own = 2, day, NULL),
        CASE own WHEN 2 THEN min(max(lastIvl, 1), {MAX_INTERVAL}) WHEN 3 THEN {_RELEARNED}
            ELSE 0 END,
        CASE own WHEN 2 THEN max({_EASE} - CASE ease WHEN 1 THEN -200 WHEN 2 THEN -150
            WHEN 3 THEN 0 ELSE 150 END, {MIN_EASE})
            WHEN 3 THEN max({_EASE}, {MIN_EASE}) ELSE 0 END,
        own IN (1, 3),
        max(reps - 1, 0), max(lapses - (kind = 1 AND ease = 1), 0),

        state_after,
        CASE WHEN is_last THEN due_at_now
            WHEN state_after <> 2 AND ivl <= 0 THEN id + 1000 * min(-ivl, {LONGEST_STEP_S}) END,
        CASE WHEN is_last THEN due_on_now WHEN state_after = 2 THEN day + {_BOUNDED}
            WHEN ivl > 0 THEN day + {_BOUNDED} END,
        CASE WHEN is_last THEN interval_days_now WHEN state_after = 2 THEN max({_BOUNDED}, 1)
            WHEN state_after = 3 THEN {_RELEARNED} ELSE 0 END,
        CASE WHEN is_last THEN ease_permille_now WHEN state_after = 1 THEN 0 ELSE {_EASE} END,
        CASE WHEN is_last THEN steps_left_now WHEN state_after = 2 THEN 0 ELSE {_STEPS_LEFT} END,
        iif(is_last, reps_now, reps), iif(is_last, lapses_now, lapses)
    FROM (
        SELECT l.*, c.*, {_OWN_STATE} AS own, {_DAY} AS day, l.n = e.n AS is_last,
            max(reps_now - e.grades + l.grades, 0) AS reps,
            max(lapses_now - e.fails + l.fails, 0) AS lapses,
            CASE WHEN l.n = e.n THEN state_now
                WHEN q.kind IS NOT NULL AND {_NEXT_STATE} <> 0 THEN {_NEXT_STATE}
                WHEN l.ivl > 0 THEN 2 WHEN l.kind IN (1, 2) THEN 3 ELSE 1 END AS state_after
        FROM cards AS c
        CROSS JOIN log AS e ON e.cid = c.source_id
            AND e.n = (SELECT max(n) FROM log WHERE cid = c.source_id)
        CROSS JOIN log AS l ON l.cid = c.source_id
        -- Sooner than a window's function.
        LEFT JOIN log AS q ON q.cid = l.cid AND q.n = l.n + 1
        WHERE l.kind IS NOT NULL
    ) AS s
"""  # noqa: S608 - our own words
