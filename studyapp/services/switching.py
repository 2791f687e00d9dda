"""Changing the scheduler of a preset, or what FSRS works with: history counts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.preset_bounds import check_preset
from studyapp.domain.presets import DayOptions, Preset, SchedulerName
from studyapp.domain.study_day import study_moment
from studyapp.errors import ContentError
from studyapp.scheduling.fsrs_parameters import Parameters, parameters_of, problems_with
from studyapp.scheduling.fuzz import fuzz_of, review_interval
from studyapp.scheduling.recall import days_at
from studyapp.services.clock import Clock
from studyapp.services.progress import Progress, silent
from studyapp.services.remembering import remember_all
from studyapp.store import cards, decks, memories, presets
from studyapp.store.bulk import Scheduled
from studyapp.store.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Choice:
    """What a preset is to use."""

    scheduler: SchedulerName
    desired_retention_permille: int = 900
    fsrs_parameters: Parameters = ()
    """Empty: the published defaults."""
    moves_cards: bool = False
    """Whether cards in review come when FSRS would ask them, not when they are due already."""


@dataclass(frozen=True, slots=True)
class Switched:
    """What a change of scheduler did."""

    remembered: int
    """Cards whose memory is known now; none with SM-2."""
    moved: int
    """Cards that come on another day."""


class Switching:
    """Changes schedulers; a change is one undo step, however many cards it is about."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def switch(self, preset_id: int, choice: Choice, progress: Progress = silent) -> Switched:
        """Change a preset; the logs of its cards are replayed at once if it uses FSRS then.

        Schedules stay as they are unless cards are to be moved, so switching back loses nothing.
        Raises ContentError, NotFound, StorageError, or Cancelled; then nothing was changed.
        """
        problems = problems_with(choice.fsrs_parameters)
        if problems:
            raise ContentError("\n".join(problems))
        moment = study_moment(self._clock(), self._options.rollover_hour)
        remembered = moved = 0
        with self._database.change("change of scheduler", moment.at) as tx:
            preset = _put(tx, preset_id, choice)
            if preset.scheduler == "sm2":
                return Switched(0, 0)
            using = [deck.id for deck in decks.every(tx) if deck.preset_id == preset_id]
            ids = memories.studied_cards(tx, using)
            for chunk in remember_all(tx, ids, parameters_of(preset), moment, progress):
                remembered += len(chunk)
                if choice.moves_cards:
                    moved += _move(tx, chunk, preset)
        return Switched(remembered, moved)


def _put(tx: Transaction, preset_id: int, choice: Choice) -> Preset:
    preset = replace(
        presets.get(tx, preset_id),
        scheduler=choice.scheduler,
        desired_retention_permille=choice.desired_retention_permille,
        fsrs_parameters=choice.fsrs_parameters,
    )
    check_preset(preset)
    presets.put(tx, preset_id, preset)
    return preset


def _move(tx: Transaction, known: Sequence[tuple[Scheduled, Memory]], preset: Preset) -> int:
    moved = [(card.card_id, _moved(card, memory, preset)) for card, memory in known]
    changed = [(card_id, schedule) for card_id, schedule in moved if schedule is not None]
    cards.set_schedules(tx, changed)
    return len(changed)


def _moved(card: Scheduled, memory: Memory, preset: Preset) -> Schedule | None:
    """The schedule that FSRS gives a card in review; None if it is that already."""
    before = card.schedule
    if before.state is not CardState.REVIEW:
        return None
    retention = preset.desired_retention_permille / 1000
    exact = days_at(retention, memory.stability_days, parameters_of(preset))
    fuzz = fuzz_of(card.card_id, before.reps).review
    days = review_interval(exact, fuzz, 1, max(preset.maximum_interval_days, 1))
    due_on = memory.reviewed_on + days
    if (due_on, days) == (before.due_on, before.interval_days):
        return None
    return replace(before, due_on=due_on, interval_days=days)
