"""FSRS-6 as Anki has it: steps and ease go on as with SM-2, intervals follow from the memory.

So a preset may be switched to SM-2 and back, and finds an ease that was kept up. What Anki does
was read off it by running it with FSRS switched on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling import sm2
from studyapp.scheduling.fsrs_memory import after
from studyapp.scheduling.fsrs_parameters import parameters_of
from studyapp.scheduling.fuzz import NO_FUZZ, Fuzz, fuzz_range, review_interval, round_half_up
from studyapp.scheduling.recall import days_at


@dataclass(frozen=True, slots=True)
class _Asked:
    schedule: Schedule
    preset: Preset
    moment: StudyMoment
    fuzz: Fuzz


@dataclass(frozen=True, slots=True)
class Fsrs:
    """The scheduler of one card, whose memory it knows; None: it was never graded."""

    memory: Memory | None

    def remembered(self, grade: Grade, preset: Preset, moment: StudyMoment) -> Memory:
        """The memory after this grade."""
        return after(self.memory, grade, moment.day, parameters_of(preset))

    def answer(
        self,
        schedule: Schedule,
        grade: Grade,
        preset: Preset,
        moment: StudyMoment,
        fuzz: Fuzz = NO_FUZZ,
    ) -> Schedule:
        """The schedule after this grade."""
        stepped = sm2.answer(schedule, grade, preset, moment, fuzz)
        lapsed = schedule.state is CardState.REVIEW and grade is Grade.AGAIN
        again = schedule.state is CardState.RELEARNING and grade is Grade.AGAIN
        if stepped.state is not CardState.REVIEW and not (lapsed or again):
            return stepped
        days = self._days(grade, _Asked(schedule, preset, moment, fuzz))
        if stepped.state is not CardState.REVIEW:
            return replace(stepped, interval_days=days)
        return replace(stepped, interval_days=days, due_on=moment.day + days)

    def answers(
        self, schedule: Schedule, preset: Preset, moment: StudyMoment, fuzz: Fuzz = NO_FUZZ
    ) -> Mapping[Grade, Schedule]:
        """The schedule after each grade; learning delays are not fuzzed, as with SM-2."""
        calm = Fuzz(review=fuzz.review, load=fuzz.load)
        return {grade: self.answer(schedule, grade, preset, moment, calm) for grade in Grade}

    def _days(self, grade: Grade, asked: _Asked) -> int:
        """The interval in days; one that is harder to reach is never the shorter one."""
        preset = asked.preset
        stability = self.remembered(grade, preset, asked.moment).stability_days
        retention = preset.desired_retention_permille / 1000
        days = days_at(retention, stability, parameters_of(preset))
        most = max(preset.maximum_interval_days, 1)
        least = min(self._least(grade, days, asked), most)
        return review_interval(days, asked.fuzz.review, least, most, asked.fuzz.load)

    def _least(self, grade: Grade, days: float, asked: _Asked) -> int:
        """At least a day more than the easier grade gives, and no less than `_not_to_shrink`."""
        in_review = asked.schedule.state is CardState.REVIEW
        if grade is Grade.AGAIN or (grade is Grade.HARD and not in_review):
            return 1
        least = _not_to_shrink(days, asked) if in_review else 1
        if grade is Grade.HARD or (grade is Grade.GOOD and not in_review):
            return least
        return max(least, self._days(Grade(grade - 1), asked) + 1)


def _not_to_shrink(days: float, asked: _Asked) -> int:
    """What grows grows by a day at least; fuzz alone makes no interval shorter than the last."""
    last = asked.schedule.interval_days
    if round_half_up(days) > last:
        return last + 1
    most = max(asked.preset.maximum_interval_days, 1)
    return last if fuzz_range(days, 1, most)[1] >= last else 1
