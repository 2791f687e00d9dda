"""What stands in the cells of a table of cards or notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from studyapp.domain.cards import CardState
from studyapp.domain.notes import NoteKind
from studyapp.domain.query import Column, Listed
from studyapp.domain.study_day import (
    MS_PER_DAY,
    Instant,
    StudyMoment,
    day_to_date,
    study_moment,
)
from studyapp.rendering import plain
from studyapp.scheduling.labels import span_label
from studyapp.services.finding import Row
from studyapp.ui.flags import FLAG_NAMES
from studyapp.ui.spans import MS_PER_SECOND, counted

HEADINGS: Final[Mapping[Column, str]] = {
    Column.FRONT: "Front",
    Column.DECK: "Deck",
    Column.TAGS: "Tags",
    Column.KIND: "Kind",
    Column.CARD: "Card",
    Column.STATE: "State",
    Column.DUE: "Due",
    Column.INTERVAL: "Interval",
    Column.EASE: "Ease",
    Column.REPS: "Reviews",
    Column.LAPSES: "Lapses",
    Column.FLAG: "Flag",
    Column.SUSPENDED: "Suspended",
    Column.ADDED: "Added",
    Column.EDITED: "Edited",
}
NUMBERS: Final = frozenset({Column.INTERVAL, Column.EASE, Column.REPS, Column.LAPSES})
"""Columns that stand at the right."""

_STATES = {
    CardState.NEW: "New",
    CardState.LEARNING: "Learning",
    CardState.REVIEW: "Review",
    CardState.RELEARNING: "Relearning",
}
_DIRECTIONS = ("Forward", "Backward")
_KEPT = 8192

one_line = lru_cache(maxsize=_KEPT)(plain.one_line)
"""Markdown as text; asked for again each time a row is painted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When and as what rows are looked at."""

    moment: StudyMoment
    utc_offset_ms: int
    listed: Listed


def seen_at(instant: Instant, rollover_hour: int, listed: Listed) -> Seen:
    return Seen(study_moment(instant, rollover_hour), instant.utc_offset_ms, listed)


def cell(row: Row, column: Column, seen: Seen) -> str:
    """The text of a cell; empty where there is nothing to tell."""
    return _CELLS[column](row, seen)


def card_name(kind: NoteKind, ordinal: int) -> str:
    """Which of a note's cards it is: "Forward", "Cloze 2"."""
    if kind is NoteKind.CLOZE:
        return f"Cloze {ordinal + 1}"
    return _DIRECTIONS[ordinal] if ordinal < len(_DIRECTIONS) else str(ordinal + 1)


def _card(row: Row, seen: Seen) -> str:
    if seen.listed is Listed.NOTES:
        return counted(row.cards, "card")
    return card_name(row.kind, row.ordinal)


def _state(row: Row, seen: Seen) -> str:
    parts = [_STATES[row.schedule.state]]
    if row.suspended:
        parts.append("suspended")
    if row.buried_on == seen.moment.day:
        parts.append("buried")
    return ", ".join(parts)


def _due(row: Row, seen: Seen) -> str:
    schedule, moment = row.schedule, seen.moment
    if schedule.due_at is not None:
        return _step(schedule.due_at, seen)
    if schedule.due_on is None:
        return f"New #{row.position}"
    near = {0: "Today", 1: "Tomorrow"}
    return near.get(schedule.due_on - moment.day) or day_to_date(schedule.due_on).isoformat()


def _step(due_at: int, seen: Seen) -> str:
    left_s = (due_at - seen.moment.at) // MS_PER_SECOND
    if due_at >= seen.moment.day_ends_at:
        return _date(due_at, seen)
    return f"In {span_label(left_s)}" if left_s > 0 else "Now"


def _date(at: int, seen: Seen) -> str:
    return day_to_date((at + seen.utc_offset_ms) // MS_PER_DAY).isoformat()


def _number(number: int) -> str:
    return f"{number:,}" if number else ""


def _interval(row: Row, _seen: Seen) -> str:
    return span_label(row.schedule.interval_days * 86_400) if row.schedule.interval_days else ""


def _ease(row: Row, _seen: Seen) -> str:
    return f"{row.schedule.ease_permille / 10:.0f} %" if row.schedule.ease_permille else ""


_CELLS: Mapping[Column, Callable[[Row, Seen], str]] = {
    Column.FRONT: lambda row, _: one_line(row.title),
    Column.DECK: lambda row, _: row.deck.replace("::", " › "),
    Column.TAGS: lambda row, _: " ".join(row.tags),
    Column.KIND: lambda row, _: row.kind.capitalize(),
    Column.CARD: _card,
    Column.STATE: _state,
    Column.DUE: _due,
    Column.INTERVAL: _interval,
    Column.EASE: _ease,
    Column.REPS: lambda row, _: _number(row.schedule.reps),
    Column.LAPSES: lambda row, _: _number(row.schedule.lapses),
    Column.FLAG: lambda row, _: FLAG_NAMES[row.flag] if row.flag else "",
    Column.SUSPENDED: lambda row, _: "Suspended" if row.suspended else "",
    Column.ADDED: lambda row, seen: _date(row.added_at, seen),
    Column.EDITED: lambda row, seen: _date(row.edited_at, seen),
}
