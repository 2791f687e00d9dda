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
_NOW = tuple(f"{name}_now" for name in _SCHEDULE)
_ROW = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")
_TAKEN = ", ".join(_ROW)
_KIND = """
    CASE WHEN ease BETWEEN 1 AND 4 AND type BETWEEN 0 AND 3 AND id > 0 AND id <= :latest
    THEN type END
"""

ADD_ROW: Final = f"INSERT INTO revlog VALUES ({', '.join('?' * len(_ROW))})"  # noqa: S608
ADD_CARD: Final = f"INSERT INTO cards VALUES ({', '.join('?' * (4 + len(_NOW)))})"  # noqa: S608
ADD_STEP: Final = "INSERT INTO steps VALUES (?, ?, ?, ?)"
CARDS: Final = "SELECT cid, last - first + 1, grades FROM logs"
ROWS: Final = (
    f"SELECT {', '.join(f'l.{name}' for name in _ROW)} FROM logs AS g"  # noqa: S608 - our own words
    " CROSS JOIN log AS l ON l.place BETWEEN g.first AND g.last WHERE g.cid = ? ORDER BY l.place"
)
COUNT: Final = "SELECT coalesce(sum(grades), 0) FROM cards CROSS JOIN logs ON cid = source_id"


def counting(source: str) -> str:
    """Tells the cards of a log, which is a table with Anki's columns."""
    return f"""
        INSERT INTO logs
        SELECT cid, 1 + sum(rows) OVER w - rows, sum(rows) OVER w, grades, fails
        FROM (
            SELECT cid, count(*) AS rows, count(kind) AS grades,
                coalesce(sum(kind = 1 AND ease = 1), 0) AS fails
            FROM (SELECT cid, ease, {_KIND} AS kind FROM {source}) GROUP BY cid
        )
        WINDOW w AS (ORDER BY cid ROWS UNBOUNDED PRECEDING)
    """  # noqa: S608 - our own words


def copying(source: str) -> str:
    """Takes the log from there."""
    return f"""
        INSERT INTO log SELECT NULL, {_TAKEN}, {_KIND} FROM {source} ORDER BY cid, id
    """  # noqa: S608 - our own words


def _state_by(kind: str, last_interval: str, reset: str) -> str:
    return (
        f"CASE {kind} WHEN 1 THEN 2 WHEN 2 THEN 3 WHEN 3 THEN iif({last_interval} > 0, 2, 1)"
        f" ELSE iif({reset}, 0, 1) END"
    )


_TOLD_INTERVAL = (
    f"CASE WHEN kind = 2 AND ivl > 0 THEN min(ivl, {MAX_INTERVAL})"
    f" WHEN kind = 1 AND lastIvl > 0 THEN min(lastIvl, {MAX_INTERVAL}) END"
)


def _relearned(row: str, behind: str) -> str:
    """The interval at the end of a relearning; `row` has a suffix, `behind` is the next one."""
    return f"""
        CASE WHEN kind{row} = 2 AND ivl{row} > 0 THEN min(ivl{row}, {MAX_INTERVAL})
        ELSE max(1, coalesce(
            (SELECT {_TOLD_INTERVAL} FROM log
                WHERE place BETWEEN {behind} AND s.last AND {_TOLD_INTERVAL} IS NOT NULL
                ORDER BY place LIMIT 1),
            iif(state_now IN (2, 3), interval_days_now, 1))) END
    """  # noqa: S608 - our own words


def _least(value: str, least: int) -> str:
    """The greater one; in words that SQLite has no function for, of which a row takes twenty."""
    return f"iif({value} > {least}, {value}, {least})"


def _most(value: str, most: int) -> str:
    return f"iif({value} < {most}, {value}, {most})"


def _ease(factor: str) -> str:
    return f"iif({factor} >= {MIN_EASE}, {_most(factor, MAX_EASE)}, usual_ease)"


def _steps_left(state: str, interval: str) -> str:
    return (
        f"coalesce((SELECT still FROM steps AS t WHERE t.preset = s.preset AND t.state = {state}"  # noqa: S608
        f" AND t.seconds = iif({interval} < 0, -{interval}, {interval} * 86400)), 1)"
    )


def _bounded(value: str, most: int = MAX_INTERVAL) -> str:
    return f"CASE WHEN {value} < 0 THEN 0 WHEN {value} < {most} THEN {value} ELSE {most} END"


def _day(at: str, to_day_ms: int) -> str:
    # Never of a number below 0, which would be rounded up.
    return f"({at} + {to_day_ms + 1000 * MS_PER_DAY}) / {MS_PER_DAY} - 1000"


def _due_at(at: str, interval: str) -> str:
    return f"iif({interval} > 0, NULL, {at} + 1000 * {_most(f'-{interval}', LONGEST_STEP_S)})"


_ROWS_OF_CARDS = """
    FROM cards AS c
    CROSS JOIN logs AS g ON g.cid = c.source_id
    CROSS JOIN log AS l ON l.place BETWEEN g.first AND g.last
"""
_OWN_STATE = _state_by("l.kind", "l.lastIvl", "p.kind IS NULL OR p.kind IN (1, 2)")
_NEXT_STATE = _state_by("q.kind", "q.lastIvl", "l.kind IN (1, 2)")
_ONCE: Final = "LIMIT -1 OFFSET 0"
"""Has SQLite work out the columns of a subquery once for each row, not wherever they are named."""


def _with_states(to_day_ms: int) -> str:
    """Each row with what is told by those beside it: `_p` is the one before, if there is one."""
    return f"""
        SELECT l.place, l.id, l.ease, l.ivl, l.lastIvl, l.time, l.kind,
            p.kind AS kind_p, p.id AS id_p, p.ivl AS ivl_p, p.factor AS factor_p,
            g.last, l.place = g.last AS is_last,
            c.card_id, c.preset, c.usual_ease, {", ".join(f"c.{name}" for name in _NOW)},
            {_OWN_STATE} AS own, {_day("l.id", to_day_ms)} AS day,
            {_bounded("l.ivl")} AS days, {_bounded("p.ivl")} AS days_p,
            {_ease("l.factor")} AS ease_told,
            CASE WHEN l.place = g.last THEN state_now
                WHEN q.kind IS NOT NULL AND {_NEXT_STATE} <> 0 THEN {_NEXT_STATE}
                WHEN l.ivl > 0 THEN 2 WHEN l.kind IN (1, 2) THEN 3 ELSE 1 END AS state_after,
            reps_now - iif(g.grades > g.last - g.first, g.last - l.place, (
                SELECT count(kind) FROM log WHERE place > l.place AND place <= g.last
            )) AS reps,
            lapses_now - iif(g.fails = 0, 0, (
                SELECT count(*) FROM log
                WHERE place > l.place AND place <= g.last AND kind = 1 AND ease = 1
            )) AS lapses
        {_ROWS_OF_CARDS}
        LEFT JOIN log AS p ON p.place = l.place - 1 AND l.place > g.first
        LEFT JOIN log AS q ON q.place = l.place + 1 AND l.place < g.last
        WHERE l.kind IS NOT NULL
        {_ONCE}
    """  # noqa: S608 - our own words


def _before(to_day_ms: int) -> tuple[str, ...]:
    """The schedule after the row before if that is a grade, else what the row remembers."""
    return (
        "own",
        f"CASE WHEN own IN (1, 3) THEN iif(kind_p IS NULL, id, {_due_at('id_p', 'ivl_p')}) END",
        "CASE WHEN own = 0 THEN NULL WHEN kind_p IS NULL THEN iif(own = 2, day, NULL)"
        f" WHEN own = 2 OR ivl_p > 0 THEN {_day('id_p', to_day_ms)} + days_p END",
        f"CASE own WHEN 2 THEN iif(kind_p IS NULL, min(max(lastIvl, 1), {MAX_INTERVAL}),"
        f" {_least('days_p', 1)})"
        f" WHEN 3 THEN iif(kind_p IS NULL, {_relearned('', 's.place + 1')},"
        f" {_relearned('_p', 's.place')}) ELSE 0 END",
        f"CASE WHEN own < 2 THEN 0 WHEN kind_p IS NOT NULL THEN {_ease('factor_p')}"
        f" WHEN own = 3 THEN max(ease_told, {MIN_EASE})"
        " ELSE max(ease_told - CASE ease WHEN 1 THEN -200 WHEN 2 THEN -150"
        f" WHEN 3 THEN 0 ELSE 150 END, {MIN_EASE}) END",
        "CASE WHEN own NOT IN (1, 3) THEN 0 WHEN kind_p IS NULL THEN 1"
        f" ELSE {_steps_left('own', 'ivl_p')} END",
        _least("reps - 1", 0),
        _least("lapses - (kind = 1 AND ease = 1)", 0),
    )


_AFTER: Final = (
    "state_after",
    f"CASE WHEN is_last THEN due_at_now WHEN state_after <> 2 THEN {_due_at('id', 'ivl')} END",
    "CASE WHEN is_last THEN due_on_now WHEN state_after = 2 OR ivl > 0 THEN day + days END",
    f"CASE WHEN is_last THEN interval_days_now WHEN state_after = 2 THEN {_least('days', 1)}"
    f" WHEN state_after = 3 THEN {_relearned('', 's.place + 1')} ELSE 0 END",
    "CASE WHEN is_last THEN ease_permille_now WHEN state_after = 1 THEN 0 ELSE ease_told END",
    "CASE WHEN is_last THEN steps_left_now WHEN state_after = 2 THEN 0"
    f" ELSE {_steps_left('state_after', 'ivl')} END",
    f"iif(is_last, reps_now, {_least('reps', 0)})",
    f"iif(is_last, lapses_now, {_least('lapses', 0)})",
)


def tables(to_day_ms: int) -> str:
    """A script that makes all of ours; `to_day_ms` as in `LogMapping`."""
    columns = (
        *("id", "card_id", "ease AS grade", f"{_bounded('time', LONGEST_MS)} AS took_ms"),
        *(
            f"{sql} AS {name}_{when}"
            for when, told in (("before", _before(to_day_ms)), ("after", _AFTER))
            for name, sql in zip(_SCHEDULE, told, strict=True)
        ),
    )
    return f"""
        CREATE TABLE revlog ({_TAKEN});
        -- In the order of the cards, and of each card in that of its log. `kind` is the type of a
        -- grade; NULL: it is none.
        CREATE TABLE log (
            place INTEGER PRIMARY KEY,
            {", ".join(f"{name} INTEGER" for name in (*_ROW, "kind"))}
        );
        -- Where the rows of each card are in `log`.
        CREATE TABLE logs (cid INTEGER PRIMARY KEY, first INTEGER, last INTEGER,
            grades INTEGER, fails INTEGER);
        CREATE TABLE cards (
            source_id INTEGER PRIMARY KEY, card_id INTEGER, preset INTEGER, usual_ease INTEGER,
            {", ".join(f"{name} INTEGER" for name in _NOW)}
        );
        CREATE TABLE steps (preset INTEGER, state INTEGER, seconds INTEGER, still INTEGER,
            PRIMARY KEY (preset, state, seconds) ON CONFLICT IGNORE) WITHOUT ROWID;
        CREATE VIEW review_ids AS SELECT l.id {_ROWS_OF_CARDS} WHERE l.kind IS NOT NULL;
        CREATE VIEW reviews AS
            SELECT {", ".join(columns)} FROM ({_with_states(to_day_ms)}) AS s;
    """  # noqa: S608 - our own words
