"""What every scheduler does, and which one a preset uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from studyapp.domain.cards import Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling import sm2
from studyapp.scheduling.fsrs import Fsrs
from studyapp.scheduling.fuzz import NO_FUZZ, Fuzz


class Scheduler(Protocol):
    """Pure: schedule, grade, preset and moment go in, a schedule comes out.

    The module `sm2` is one; an `Fsrs` is another, made for one card.
    """

    def answer(
        self,
        schedule: Schedule,
        grade: Grade,
        preset: Preset,
        moment: StudyMoment,
        fuzz: Fuzz = NO_FUZZ,
    ) -> Schedule:
        """The schedule after this grade."""

    def answers(
        self, schedule: Schedule, preset: Preset, moment: StudyMoment, fuzz: Fuzz = NO_FUZZ
    ) -> Mapping[Grade, Schedule]:
        """The schedule after each grade, for labels."""


def scheduler_of(preset: Preset, memory: Memory | None) -> Scheduler:
    """The preset's scheduler for a card; SM-2 needs no memory."""
    return Fsrs(memory) if preset.scheduler == "fsrs" else sm2
