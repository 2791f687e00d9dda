"""One card in a real Anki collection, put into any state and asked what comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler
from anki.scheduler_pb2 import SchedulingState

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from tests.interop.anki_clock import anki_now

_QUEUES = {CardState.NEW: 0, CardState.LEARNING: 1, CardState.REVIEW: 2, CardState.RELEARNING: 1}


@dataclass(frozen=True, slots=True)
class AnkiState:
    """What Anki says of one grade, in our words."""

    state: CardState
    interval_days: int
    ease_permille: int
    steps_left: int
    lapses: int
    delay_s: int | None
    """Of a step; None in review."""


class AnkiCard:
    """The only card of a new collection."""

    def __init__(self, path: Path) -> None:
        self._collection = Collection(str(path))
        basic = self._collection.models.by_name("Basic")
        assert basic is not None
        note = self._collection.new_note(basic)
        note["Front"] = "front"
        self._collection.add_note(note, DeckId(1))
        self._card_id = note.card_ids()[0]
        self._filtered_id = self._collection.decks.new_filtered("Early")
        scheduler = self._collection.sched
        assert isinstance(scheduler, Scheduler)
        self._scheduler = scheduler
        self._day_ends_at = scheduler.day_cutoff
        self._today = scheduler.today
        self._date = datetime.fromtimestamp(self._day_ends_at).toordinal()  # noqa: DTZ006
        # Never committed: writing each of many states to the disk would take most of the time.
        self._run("begin")

    def close(self) -> None:
        self._collection.close()

    def moment(self) -> StudyMoment:
        """Now, in whole seconds, in the study day of this collection."""
        return StudyMoment(anki_now() * 1000, self._date, self._day_ends_at * 1000)

    def use(self, preset: Preset) -> None:
        """Give the card's deck a preset."""
        config = self._collection.decks.config_dict_for_deck_id(DeckId(1))
        config["new"].update(
            delays=[step / 60 for step in preset.learning_steps_s],
            ints=[preset.graduating_interval_days, preset.easy_interval_days, 0],
            initialFactor=preset.starting_ease_permille,
        )
        config["lapse"].update(
            delays=[step / 60 for step in preset.relearning_steps_s],
            mult=preset.lapse_multiplier_permille / 1000,
            minInt=preset.minimum_lapse_interval_days,
        )
        config["rev"].update(
            hardFactor=preset.hard_multiplier_permille / 1000,
            ease4=preset.easy_bonus_permille / 1000,
            ivlFct=preset.interval_modifier_permille / 1000,
            maxIvl=preset.maximum_interval_days,
        )
        self._collection.decks.update_config(config)

    def put(self, schedule: Schedule, moment: StudyMoment) -> None:
        """Give the card a schedule; one that is early is in a filtered deck, where Anki sees it."""
        due = 0
        if schedule.due_on is not None:
            due = self._today + schedule.due_on - moment.day
        elif schedule.due_at is not None:
            due = schedule.due_at // 1000
        is_early = schedule.due_on is not None and schedule.due_on > moment.day
        self._run(
            "update cards set did = ?, odid = ?, odue = ?, due = ?, type = ?, queue = ?, ivl = ?,"
            " factor = ?, left = ?, reps = ?, lapses = ? where id = ?",
            self._filtered_id if is_early else 1,
            1 if is_early else 0,
            due if is_early else 0,
            due,
            int(schedule.state),
            _QUEUES[schedule.state],
            schedule.interval_days,
            schedule.ease_permille,
            schedule.steps_left,
            schedule.reps,
            schedule.lapses,
            self._card_id,
        )

    def next_states(self) -> tuple[dict[Grade, AnkiState], dict[Grade, str]]:
        """What each grade would give, and what its button says."""
        backend = self._collection._backend
        states = backend.get_scheduling_states(self._card_id)
        offered = (states.again, states.hard, states.good, states.easy)
        labels = backend.describe_next_states(states)
        return (
            {grade: read_state(state) for grade, state in zip(Grade, offered, strict=True)},
            {grade: _plain(label) for grade, label in zip(Grade, labels, strict=True)},
        )

    def _run(self, sql: str, *values: int) -> None:
        assert self._collection.db is not None
        self._collection.db.execute(sql, *values)


def read_state(state: SchedulingState) -> AnkiState:
    """In our words."""
    filtered = state.filtered.rescheduling.original_state
    normal = filtered if state.HasField("filtered") else state.normal
    if normal.HasField("review"):
        return _in_review(normal.review, CardState.REVIEW)
    if normal.HasField("relearning"):
        steps = normal.relearning.learning
        return replace(
            _in_review(normal.relearning.review, CardState.RELEARNING),
            steps_left=steps.remaining_steps,
            delay_s=steps.scheduled_secs,
        )
    steps = normal.learning
    return AnkiState(CardState.LEARNING, 0, 0, steps.remaining_steps, 0, steps.scheduled_secs)


def _in_review(review: SchedulingState.Review, state: CardState) -> AnkiState:
    ease_permille = round(review.ease_factor * 1000)
    return AnkiState(state, review.scheduled_days, ease_permille, 0, review.lapses, None)


def _plain(label: str) -> str:
    """A button's words as ours: neither marks for bidirectional text nor that it may be sooner."""
    found = re.fullmatch(r"([0-9.]+)([a-z]+)", label.translate(_MARKS))
    assert found is not None, label
    return f"{found[1]} {_UNITS.get(found[2], found[2])}"


_UNITS = {"m": "min"}
_MARKS = {ord(mark): None for mark in "\u2068\u2069<"}
