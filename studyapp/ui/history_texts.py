"""The history of a card in words and as a plot."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.reviews import Review
from studyapp.domain.study_day import MS_PER_DAY, day_to_date
from studyapp.scheduling.labels import span_label
from studyapp.services.card_history import CardHistory, Logged
from studyapp.ui.plots.chart import Axis, Chart, Series
from studyapp.ui.spans import MS_PER_SECOND, S_PER_MINUTE, counted

S_PER_DAY = 86_400
HEADINGS = ("When", "Grade", "Took", "State", "Interval", "Ease", "Due")
MEMORY_HEADINGS = ("Stability", "Difficulty")
"""More columns where FSRS schedules."""
STATES = {
    CardState.NEW: "New",
    CardState.LEARNING: "Learning",
    CardState.REVIEW: "Review",
    CardState.RELEARNING: "Relearning",
}
_SCHEDULERS = {"sm2": "SM-2", "fsrs": "FSRS"}
_NOTHING = "–"


def facts(history: CardHistory) -> list[tuple[str, str]]:
    """What there is to say of a card, as names and values."""
    schedule, log = history.card.schedule, history.logged
    offset = history.instant.utc_offset_ms
    took = sum(each.review.took_ms for each in log)
    return [
        ("Deck", history.deck_name.replace("::", " › ")),
        ("Options", f"{history.preset.name}, {_SCHEDULERS[history.preset.scheduler]}"),
        ("State", STATES[schedule.state] + (", suspended" if history.suspended else "")),
        ("Due", due(schedule, offset) if schedule.state is not CardState.NEW else _NOTHING),
        ("Interval", interval(schedule)),
        ("Ease", ease(schedule)),
        *_memory(history.memory, history.recall),
        ("Reviews", f"{schedule.reps:,}"),
        ("Lapses", f"{schedule.lapses:,}"),
        ("Added", when(history.added_at, offset)),
        ("First review", when(log[0].review.id, offset) if log else _NOTHING),
        ("Latest review", when(log[-1].review.id, offset) if log else _NOTHING),
        ("Average time", seconds(took // len(log)) if log else _NOTHING),
        ("Total time", span(took) if log else _NOTHING),
    ]


def rows(history: CardHistory) -> list[tuple[str, ...]]:
    """A line for each review, the newest first; columns as in the headings."""
    offset = history.instant.utc_offset_ms
    is_fsrs = history.preset.scheduler == "fsrs"
    return [_row(each, offset, is_fsrs=is_fsrs) for each in reversed(history.logged)]


def headings(history: CardHistory) -> tuple[str, ...]:
    """Of the table of reviews."""
    return HEADINGS + (MEMORY_HEADINGS if history.preset.scheduler == "fsrs" else ())


def chart(history: CardHistory) -> Chart:
    """The interval after each review, in days."""
    offset = history.instant.utc_offset_ms
    points = tuple(
        ((each.review.id + offset) / MS_PER_DAY, float(each.review.after.interval_days))
        for each in history.logged
    )
    return Chart(
        "Interval after each review",
        Axis("Day of the review", lambda day: day_to_date(int(day)).isoformat(), is_whole=True),
        Axis("Interval in days", "{:,.0f}".format, is_whole=True, low=0),
        (Series("Interval", points),),
    )


def when(at: int, offset_ms: int) -> str:
    """An instant in local time: "2026-11-20 14:05"."""
    local = at + offset_ms
    return f"{day_to_date(local // MS_PER_DAY).isoformat()} {_clock(local)}"


def due(schedule: Schedule, offset_ms: int) -> str:
    """When a card comes next: a day, or within its steps an instant."""
    if schedule.due_at is not None:
        return when(schedule.due_at, offset_ms)
    return _NOTHING if schedule.due_on is None else day_to_date(schedule.due_on).isoformat()


def interval(schedule: Schedule) -> str:
    """Such as "4 d"; nothing while a card has none."""
    days = schedule.interval_days
    return span_label(days * S_PER_DAY) if days else _NOTHING


def ease(schedule: Schedule) -> str:
    """Such as "250 %"; nothing before a card has left learning."""
    return f"{schedule.ease_permille / 10:.0f} %" if schedule.ease_permille else _NOTHING


def seconds(ms: int) -> str:
    """A short span, to a tenth of a second."""
    return f"{ms / MS_PER_SECOND:.1f} s"


def span(ms: int) -> str:
    """A span that may be long: "12 s", "3 min 4 s"."""
    minutes, rest = divmod(round(ms / MS_PER_SECOND), S_PER_MINUTE)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"


def _row(logged: Logged, offset_ms: int, *, is_fsrs: bool) -> tuple[str, ...]:
    review = logged.review
    before, after = review.before, review.after
    cells = (
        when(review.id, offset_ms),
        f"{int(review.grade)} {review.grade.name.lower()}",
        seconds(review.took_ms),
        _change(STATES[before.state], STATES[after.state]),
        _change(interval(before), _interval_after(review)),
        _change(ease(before), ease(after)),
        _change(due(before, offset_ms), due(after, offset_ms)),
    )
    return cells + (_of_memory(logged.memory) if is_fsrs else ())


def _interval_after(review: Review) -> str:
    """In its steps a card has the time until the next one."""
    if review.after.due_at is not None:
        return span_label(max((review.after.due_at - review.id) // MS_PER_SECOND, 0))
    return interval(review.after)


def _change(before: str, after: str) -> str:
    if before == after:
        return after
    return after if before == _NOTHING else f"{before} → {after}"


def _of_memory(memory: Memory | None) -> tuple[str, str]:
    if memory is None:
        return _NOTHING, _NOTHING
    return f"{memory.stability_days:,.1f} d", f"{memory.difficulty:.1f} of 10"


def _memory(memory: Memory | None, recall: float | None) -> Sequence[tuple[str, str]]:
    told = [] if recall is None else [("Recalled now", f"{100 * recall:.0f} % probable")]
    if memory is None:
        return told
    stability, difficulty = _of_memory(memory)
    return [("Stability", stability), ("Difficulty", difficulty), *told]


def _clock(local_ms: int) -> str:
    hours, minutes = divmod(local_ms % MS_PER_DAY // MS_PER_SECOND // S_PER_MINUTE, 60)
    return f"{hours:02}:{minutes:02}"


def summary(history: CardHistory) -> str:
    """Above the table: how much there is to read."""
    count = len(history.logged)
    if not count:
        return "This card was never reviewed. Its reviews will stand here."
    return f"{counted(count, 'review')}, the newest first. An arrow leads from before to after."
