"""What a query finds, slowly: note by note in Python, to hold the index and its SQL against."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studyapp.domain.cards import Schedule
from studyapp.domain.notes import Note
from studyapp.domain.query import (
    Added,
    And,
    Comparison,
    Duplicate,
    Edited,
    Everything,
    FieldIs,
    Flagged,
    Has,
    InDeck,
    Introduced,
    Is,
    LinksTo,
    Not,
    OfKind,
    OfOrdinal,
    OfTemplate,
    Or,
    Property,
    Query,
    Rated,
    Regex,
    State,
    Tagged,
    TagRegex,
    Text,
    WholeWord,
)
from studyapp.domain.query_text import Pattern, fold
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment

LEARN_AHEAD_MS = 1_200_000
COMPARE: Mapping[Comparison, Callable[[int, int], bool]] = {
    Comparison.AT_MOST: operator.le,
    Comparison.AT_LEAST: operator.ge,
    Comparison.NOT: operator.ne,
    Comparison.EQUAL: operator.eq,
    Comparison.LESS: operator.lt,
    Comparison.MORE: operator.gt,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A card with all that a query can ask for."""

    card_id: int
    note_id: int
    note: Note
    ordinal: int
    deck: str
    schedule: Schedule
    position: int
    suspended: bool
    buried_on: int | None
    flag: int
    added_at: int
    edited_at: int
    reviews: tuple[tuple[int, int], ...]
    """When, and the grade."""
    fronts: tuple[tuple[str, str], ...]
    """Kind and front of all notes of the collection."""


def whole(pattern: Pattern, text: str) -> bool:
    return re.fullmatch(pattern.folded().regex(), fold(text), re.DOTALL) is not None


def or_below(pattern: Pattern, name: str) -> bool:
    parts = name.split("::")
    return any(whole(pattern, "::".join(parts[:end])) for end in range(1, len(parts) + 1))


def found(query: Query, card: Subject, moment: StudyMoment) -> bool:  # noqa: C901, PLR0911, PLR0912
    note = card.note

    def start(days: int) -> int:
        return moment.day_ends_at - days * MS_PER_DAY

    fields = (note.front, note.back, note.source)
    joined = "\x1e".join(fold(field) for field in fields)
    match query:
        case Everything():
            return True
        case And(parts):
            return all(found(part, card, moment) for part in parts)
        case Or(parts):
            return any(found(part, card, moment) for part in parts)
        case Not(part):
            return not found(part, card, moment)
        case Text(pattern):
            return re.search(pattern.folded().regex(), joined, re.DOTALL) is not None
        case WholeWord(pattern):
            word = rf"(?<![^\W_]){pattern.folded().regex()}(?![^\W_])"
            return any(re.search(word, fold(field)) for field in fields)
        case FieldIs(field, pattern):
            return whole(pattern, getattr(note, field))
        case Regex(expression, name):
            chosen = (getattr(note, name),) if name else fields
            return any(re.search(expression, field, re.IGNORECASE) for field in chosen)
        case InDeck(pattern):
            return or_below(pattern, card.deck)
        case Tagged(pattern):
            if pattern is None:
                return not note.tags
            return pattern.matches_all or any(or_below(pattern, tag) for tag in note.tags)
        case TagRegex(expression):
            return any(re.search(expression, tag, re.IGNORECASE) for tag in note.tags)
        case OfKind(pattern):
            return whole(pattern, note.kind)
        case OfOrdinal(number):
            return card.ordinal == number - 1
        case OfTemplate(pattern):
            return whole(pattern, template(card))
        case Is(state):
            return has_state(state, card, moment)
        case Flagged(flag):
            return card.flag == flag
        case Has():
            return compared(query, card, moment)
        case Added(days):
            return card.added_at >= start(days)
        case Edited(days):
            return card.edited_at >= start(days)
        case Rated(days, grade):
            return any(at >= start(days) and grade in (None, given) for at, given in card.reviews)
        case Introduced(days):
            return bool(card.reviews) and min(card.reviews)[0] >= start(days)
        case LinksTo(pattern):
            if pattern is None:
                return not note.links
            return any(whole(pattern, key) for key in note.links)
        case Duplicate(front, kind):
            same = [fold(other) for k, other in card.fronts if kind in (None, k)]
            if kind not in (None, note.kind):
                return False
            if front is not None:
                return fold(note.front) == fold(front)
            return same.count(fold(note.front)) > 1


def template(card: Subject) -> str:
    if card.note.kind == "cloze":
        return "cloze"
    return ("forward", "backward")[card.ordinal]


def is_asked(card: Subject, moment: StudyMoment) -> bool:
    return not card.suspended and card.buried_on != moment.day


def has_state(state: State, card: Subject, moment: StudyMoment) -> bool:
    schedule = card.schedule
    on, at = schedule.due_on, schedule.due_at
    is_due = (on is not None and on <= moment.day) or (
        at is not None and at <= moment.at + LEARN_AHEAD_MS
    )
    return {
        State.NEW: schedule.state == 0,
        State.LEARN: schedule.state in (1, 3),
        State.REVIEW: schedule.state in (2, 3),
        State.DUE: is_asked(card, moment) and is_due,
        State.SUSPENDED: card.suspended,
        State.BURIED: not card.suspended and card.buried_on == moment.day,
    }[state]


def compared(term: Has, card: Subject, moment: StudyMoment) -> bool:
    schedule = card.schedule
    if term.property is Property.DUE and not is_asked(card, moment):
        return False
    due = None if schedule.due_on is None else schedule.due_on - moment.day
    if schedule.due_at is not None:
        due = int((schedule.due_at - moment.day_ends_at) / MS_PER_DAY)
    value = {
        Property.INTERVAL: schedule.interval_days,
        Property.DUE: due,
        Property.REPS: schedule.reps,
        Property.LAPSES: schedule.lapses,
        Property.EASE: schedule.ease_permille,
        Property.POSITION: card.position if schedule.state == 0 else None,
    }[term.property]
    return value is not None and COMPARE[term.comparison](value, term.value)
