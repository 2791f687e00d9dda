"""One card in a real Anki collection with FSRS switched on, asked what comes next."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from anki.cards import FSRSMemoryState
from anki.collection import Collection
from anki.consts import CardQueue, CardType
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.fsrs_memory import Past

_QUEUES = {CardState.NEW: 0, CardState.LEARNING: 1, CardState.REVIEW: 2, CardState.RELEARNING: 1}


@dataclass(frozen=True)
class FsrsState:
    """What Anki says of one grade, in our words; the interval is 0 while learning."""

    state: CardState
    interval_days: int
    ease_permille: int
    steps_left: int
    delay_s: int
    stability_days: float
    difficulty: float


class AnkiFsrs:
    """The only card of a new collection; Anki's fuzz must be off."""

    def __init__(self, path: Path) -> None:
        self._collection = Collection(str(path))
        self._collection.set_config("fsrs", True)
        basic = self._collection.models.by_name("Basic")
        assert basic is not None
        note = self._collection.new_note(basic)
        note["Front"] = "front"
        self._collection.add_note(note, DeckId(1))
        self._card_id = note.card_ids()[0]
        scheduler = self._collection.sched
        assert isinstance(scheduler, Scheduler)
        self._scheduler = scheduler

    def close(self) -> None:
        self._collection.close()

    def moment(self) -> StudyMoment:
        """Now, in the study day of this collection."""
        cutoff = self._scheduler.day_cutoff
        today = datetime.fromtimestamp(cutoff).toordinal()  # noqa: DTZ006
        return StudyMoment(int(time.time()) * 1000, today, cutoff * 1000)

    def put(
        self, schedule: Schedule, memory: Memory | None, preset: Preset, moment: StudyMoment
    ) -> None:
        """Give the card a schedule and a memory, and its deck a preset."""
        self._put_preset(preset)
        card = self._collection.get_card(self._card_id)
        card.type = CardType(int(schedule.state))
        card.queue = CardQueue(_QUEUES[schedule.state])
        card.ivl = schedule.interval_days
        card.factor = schedule.ease_permille
        card.left = schedule.steps_left
        card.reps, card.lapses = schedule.reps, schedule.lapses
        card.memory_state = card.last_review_time = None
        if memory is not None:
            card.memory_state = FSRSMemoryState(
                stability=memory.stability_days, difficulty=memory.difficulty
            )
            days = moment.day - memory.reviewed_on
            card.last_review_time = moment.at // 1000 - days * 86_400
        if schedule.due_on is not None:
            card.due = self._scheduler.today + schedule.due_on - moment.day
        elif schedule.due_at is not None:
            card.due = schedule.due_at // 1000
        self._collection.update_card(card, skip_undo_entry=True)

    def put_log(self, past: Sequence[Past]) -> None:
        """Give the card a log of reviews, and it alone."""
        database = self._collection.db
        assert database is not None
        database.execute("DELETE FROM revlog")
        for review in past:
            kind = 0 if review.state is CardState.NEW else 1
            database.execute(
                "INSERT INTO revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)"
                " VALUES (?, ?, -1, ?, 1, 1, 2500, 1000, ?)",
                review.at,
                self._card_id,
                int(review.grade),
                kind,
            )

    def computed_memory(self) -> tuple[float, float]:
        """Stability in days and difficulty by the log, or by interval and ease without one."""
        state = self._collection.compute_memory_state(self._card_id)
        return float(state.stability or 0), float(state.difficulty or 0)

    def next_states(self) -> dict[Grade, FsrsState]:
        """What each grade would give."""
        states = self._collection._backend.get_scheduling_states(self._card_id)
        offered = (states.again, states.hard, states.good, states.easy)
        return {grade: _read(state.normal) for grade, state in zip(Grade, offered, strict=True)}

    def _put_preset(self, preset: Preset) -> None:
        config = self._collection.decks.config_dict_for_deck_id(DeckId(1))
        config["new"]["delays"] = [step / 60 for step in preset.learning_steps_s]
        config["lapse"]["delays"] = [step / 60 for step in preset.relearning_steps_s]
        config["rev"]["maxIvl"] = preset.maximum_interval_days
        config["desiredRetention"] = preset.desired_retention_permille / 1000
        config["fsrsParams6"] = list(preset.fsrs_parameters)
        self._collection.decks.update_config(config)


def _read(normal: Any) -> FsrsState:
    kind = normal.WhichOneof("kind")
    if kind == "review":
        review, learning, state = normal.review, None, CardState.REVIEW
    elif kind == "learning":
        review, learning, state = None, normal.learning, CardState.LEARNING
    else:
        review, learning = normal.relearning.review, normal.relearning.learning
        state = CardState.RELEARNING
    memory = (learning or review).memory_state
    return FsrsState(
        state,
        0 if review is None else review.scheduled_days,
        0 if review is None else round(review.ease_factor * 1000),
        0 if learning is None else learning.remaining_steps,
        0 if learning is None else learning.scheduled_secs,
        memory.stability,
        memory.difficulty,
    )
