"""One card in a real Anki collection, put into any state and asked what comes next."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from anki.collection import Collection
from anki.consts import CardQueue, CardType
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment

_QUEUES = {CardState.NEW: 0, CardState.LEARNING: 1, CardState.REVIEW: 2, CardState.RELEARNING: 1}


@dataclass(frozen=True)
class AnkiState:
    """What Anki says of one grade, in our words."""

    state: CardState
    interval_days: int
    ease_permille: int
    steps_left: int
    lapses: int
    delay_s: int | None
    left_today_s: int


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
        scheduler = self._collection.sched
        assert isinstance(scheduler, Scheduler)
        self._scheduler = scheduler

    def close(self) -> None:
        self._collection.close()

    def moment(self) -> StudyMoment:
        """Now, in the study day of this collection."""
        now = int(time.time())
        today = datetime.fromtimestamp(self._scheduler.day_cutoff).toordinal()  # noqa: DTZ006
        return StudyMoment(now * 1000, today, self._scheduler.day_cutoff * 1000)

    def put(self, schedule: Schedule, preset: Preset, moment: StudyMoment) -> None:
        """Give the card a schedule and its deck a preset."""
        self._put_preset(preset)
        card = self._collection.get_card(self._card_id)
        card.type = CardType(int(schedule.state))
        card.queue = CardQueue(_QUEUES[schedule.state])
        card.ivl = schedule.interval_days
        card.factor = schedule.ease_permille
        card.left = schedule.steps_left
        card.reps, card.lapses = schedule.reps, schedule.lapses
        if schedule.due_on is not None:
            card.due = self._scheduler.today + schedule.due_on - moment.day
        elif schedule.due_at is not None:
            card.due = schedule.due_at // 1000
        self._collection.update_card(card, skip_undo_entry=True)

    def next_states(self) -> dict[Grade, AnkiState]:
        """What each grade would give."""
        states = self._collection._backend.get_scheduling_states(self._card_id)
        offered = (states.again, states.hard, states.good, states.easy)
        return {grade: self._read(state) for grade, state in zip(Grade, offered, strict=True)}

    def _put_preset(self, preset: Preset) -> None:
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

    def _read(self, state: Any) -> AnkiState:
        normal = state.normal
        left_today = self._scheduler.day_cutoff - int(time.time())
        kind = normal.WhichOneof("kind")
        if kind == "learning":
            learning = normal.learning
            return AnkiState(
                CardState.LEARNING,
                0,
                0,
                learning.remaining_steps,
                0,
                learning.scheduled_secs,
                left_today,
            )
        if kind == "review":
            review = normal.review
            return AnkiState(
                CardState.REVIEW,
                review.scheduled_days,
                round(review.ease_factor * 1000),
                0,
                review.lapses,
                None,
                left_today,
            )
        relearning, review = normal.relearning.learning, normal.relearning.review
        return AnkiState(
            CardState.RELEARNING,
            review.scheduled_days,
            round(review.ease_factor * 1000),
            relearning.remaining_steps,
            review.lapses,
            relearning.scheduled_secs,
            left_today,
        )
