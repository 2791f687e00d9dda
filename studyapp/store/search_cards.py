"""What a query asks of a card's schedule and place, as SQL on the card `c` and its note `n`."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.query import Has, Property, State
from studyapp.domain.query_terms import TEMPLATES
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment

_NOT_BURIED = "c.buried_on IS NOT :day"
_IN_STEPS_OR_DUE = f"c.suspended = 0 AND {_NOT_BURIED}"
STATES = {
    State.NEW: "c.state = 0",
    State.LEARN: "c.state IN (1, 3)",
    State.REVIEW: "c.state IN (2, 3)",
    State.DUE: f"{_IN_STEPS_OR_DUE} AND (c.due_on <= :day OR c.due_at <= :learn_until)",
    State.SUSPENDED: "c.suspended = 1",
    State.BURIED: "c.suspended = 0 AND c.buried_on = :day",
}
_PROPERTIES = {
    Property.INTERVAL: "c.interval_days",
    Property.REPS: "c.reps",
    Property.LAPSES: "c.lapses",
    Property.EASE: "c.ease_permille",
}
TEMPLATE_CARDS = dict(
    zip(
        TEMPLATES,
        (
            "(c.ordinal = 0 AND n.kind <> 'cloze')",
            "(c.ordinal = 1 AND n.kind <> 'cloze')",
            "n.kind = 'cloze'",
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Today:
    """What a search knows of time."""

    moment: StudyMoment
    learn_ahead_ms: int

    def start(self, days: int) -> int:
        """When the last so many study days began, in ms since the epoch; 1: today."""
        return self.moment.day_ends_at - days * MS_PER_DAY


def compared(term: Has) -> str:
    """A number of the card, compared; NULL if it has none."""
    sign, value = term.comparison, term.value
    if term.property is Property.POSITION:
        return f"c.state = 0 AND c.position {sign} {value}"
    if term.property is Property.DUE:
        days = f"(c.due_at - :day_ends_at) / {MS_PER_DAY}"
        return f"{_IN_STEPS_OR_DUE} AND (c.due_on - :day {sign} {value} OR {days} {sign} {value})"
    return f"{_PROPERTIES[term.property]} {sign} {value}"
