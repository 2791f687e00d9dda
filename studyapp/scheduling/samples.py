"""What a preset does to a card, shown on one: the intervals of a sequence of grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studyapp.domain.cards import NEW_SCHEDULE, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.choice import scheduler_of
from studyapp.scheduling.fsrs import Fsrs
from studyapp.scheduling.labels import interval_label

_DAY = StudyMoment(MS_PER_DAY // 2, 0, MS_PER_DAY)
"""Noon."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One grade of the sequence."""

    grade: Grade
    after: Schedule
    label: str
    """The interval that it gave, as on a button."""
    on_day: int
    """Days after the first grade on which it was given."""


def samples(preset: Preset, grades: Sequence[Grade]) -> list[Sample]:
    """A new card that is always answered on time, without fuzz, by the preset's scheduler."""
    schedule, memory, moment, shown = NEW_SCHEDULE, None, _DAY, []
    for grade in grades:
        schedule = scheduler_of(preset, memory).answer(schedule, grade, preset, moment)
        if preset.scheduler == "fsrs":
            memory = Fsrs(memory).remembered(grade, preset, moment)
        shown.append(Sample(grade, schedule, interval_label(schedule, moment), moment.day))
        moment = _when_due(schedule, moment)
    return shown


def _when_due(schedule: Schedule, moment: StudyMoment) -> StudyMoment:
    if schedule.due_at is not None:
        return replace(moment, at=schedule.due_at)
    passed = (moment.day if schedule.due_on is None else schedule.due_on) - moment.day
    return StudyMoment(
        moment.at + passed * MS_PER_DAY,
        moment.day + passed,
        moment.day_ends_at + passed * MS_PER_DAY,
    )
