"""SM-2 as Anki has it: learning steps, ease, lateness, lapses, relearning.

Pure: a schedule, a grade, a preset and a moment go in, a schedule comes out. The formulas were
read off Anki's scheduler (FSRS off) by running it; the algorithm descends from Wozniak's SM-2
(1987).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.fuzz import (
    NO_FUZZ,
    Fuzz,
    learning_delay,
    review_interval,
    round_half_up,
    single,
)

DAY_S = 86_400
MINIMUM_EASE_PERMILLE = 1300
_EASE_CHANGE = {Grade.AGAIN: -200, Grade.HARD: -150, Grade.GOOD: 0, Grade.EASY: 150}


@dataclass(frozen=True, slots=True)
class _Context:
    preset: Preset
    moment: StudyMoment
    fuzz: Fuzz


def answer(
    schedule: Schedule,
    grade: Grade,
    preset: Preset,
    moment: StudyMoment,
    fuzz: Fuzz = NO_FUZZ,
) -> Schedule:
    """The schedule after this grade."""
    ctx = _Context(preset, moment, fuzz)
    match schedule.state:
        case CardState.NEW | CardState.LEARNING:
            return _answer_learning(schedule, grade, ctx)
        case CardState.REVIEW:
            return _answer_review(schedule, grade, ctx)
        case CardState.RELEARNING:
            return _answer_relearning(schedule, grade, ctx)


def answers(
    schedule: Schedule, preset: Preset, moment: StudyMoment, fuzz: Fuzz = NO_FUZZ
) -> Mapping[Grade, Schedule]:
    """The schedule after each grade; learning delays are not fuzzed, so that labels stay calm."""
    calm = Fuzz(review=fuzz.review, load=fuzz.load)
    return {grade: answer(schedule, grade, preset, moment, calm) for grade in Grade}


# --- learning -------------------------------------------------------------------------------


def _answer_learning(schedule: Schedule, grade: Grade, ctx: _Context) -> Schedule:
    preset = ctx.preset
    if grade is Grade.EASY:
        return _graduate(schedule, preset.easy_interval_days, ctx)
    steps = preset.learning_steps_s
    left = schedule.steps_left if schedule.state is CardState.LEARNING else len(steps)
    delay, left = _next_step(steps, left, grade)
    if delay is None:
        return _graduate(schedule, preset.graduating_interval_days, ctx)
    return _in_step(schedule, CardState.LEARNING, delay, left, ctx)


def _graduate(schedule: Schedule, interval_days: int, ctx: _Context) -> Schedule:
    days = _fuzzed(interval_days, 1, ctx)
    return _in_review(schedule, days, ctx.preset.starting_ease_permille, ctx)


def _next_step(steps: tuple[int, ...], left: int, grade: Grade) -> tuple[int | None, int]:
    """The delay in seconds that a grade other than easy gives, and the steps left after it.

    None: there is no further step.
    """
    if not steps:
        return None, 0
    index = min(max(len(steps) - left, 0), len(steps) - 1)
    if grade is Grade.AGAIN:
        return steps[0], len(steps)
    if grade is Grade.HARD:
        return _hard_delay(steps, index), left
    if index + 1 == len(steps):
        return None, 0
    return steps[index + 1], len(steps) - index - 1


def _hard_delay(steps: tuple[int, ...], index: int) -> int:
    if index > 0:
        return steps[index]
    first = steps[0]
    if len(steps) > 1:
        return _whole_days((first + steps[1]) // 2)
    return _whole_days(min(first * 3 // 2, first + DAY_S))


def _whole_days(seconds: int) -> int:
    """Round a delay of more than a day to days; in seconds."""
    if seconds <= DAY_S:
        return seconds
    return round_half_up(single(seconds / DAY_S)) * DAY_S


def _in_step(
    schedule: Schedule, state: CardState, delay_s: int, steps_left: int, ctx: _Context
) -> Schedule:
    """In a step that ends after a delay: at an instant today, or on a day beyond the rollover."""
    moment = ctx.moment
    due_at = due_on = None
    left_today_s = (moment.day_ends_at - moment.at) // 1000
    if delay_s >= left_today_s:
        due_on = moment.day + (delay_s - left_today_s) // DAY_S + 1
    else:
        due_at = moment.at + learning_delay(delay_s, ctx.fuzz.learning) * 1000
    # Written out, since dataclasses.replace takes longer than all of the arithmetic.
    return Schedule(
        state,
        due_at,
        due_on,
        schedule.interval_days,
        schedule.ease_permille,
        steps_left,
        schedule.reps + 1,
        schedule.lapses,
    )


# --- review ---------------------------------------------------------------------------------


def _answer_review(schedule: Schedule, grade: Grade, ctx: _Context) -> Schedule:
    ease = max(schedule.ease_permille + _EASE_CHANGE[grade], MINIMUM_EASE_PERMILLE)
    if grade is Grade.AGAIN:
        lapsed = replace(schedule, ease_permille=ease, lapses=schedule.lapses + 1)
        return _relearn(lapsed, ctx)
    return _in_review(schedule, _passing_intervals(schedule, ctx)[grade], ease, ctx)


def _passing_intervals(schedule: Schedule, ctx: _Context) -> Mapping[Grade, int]:
    """Days that hard, good and easy give, by the ease before this grade."""
    late = 0 if schedule.due_on is None else ctx.moment.day - schedule.due_on
    if late < 0:
        return _early_intervals(schedule, max(schedule.interval_days + late, 0), ctx)
    return _due_intervals(schedule, late, ctx)


def _due_intervals(schedule: Schedule, late: int, ctx: _Context) -> Mapping[Grade, int]:
    preset = ctx.preset
    interval = max(schedule.interval_days, 1)
    ease = _factor(schedule.ease_permille)
    longer = preset.hard_multiplier_permille > 1000
    at_least = schedule.interval_days + 1
    hard = _passing(
        single(interval * _factor(preset.hard_multiplier_permille)), at_least if longer else 0, ctx
    )
    good_days = single(single(interval + late / 2) * ease)
    good = _passing(good_days, hard + 1 if longer else at_least, ctx)
    easy_days = single(single((interval + late) * ease) * _factor(preset.easy_bonus_permille))
    easy = _passing(easy_days, good + 1, ctx)
    return {Grade.HARD: hard, Grade.GOOD: good, Grade.EASY: easy}


def _early_intervals(schedule: Schedule, elapsed: int, ctx: _Context) -> Mapping[Grade, int]:
    """Before the due day only the days that have passed are rewarded; no fuzz."""
    calm = replace(ctx, fuzz=NO_FUZZ)
    hard_factor = _factor(ctx.preset.hard_multiplier_permille)
    interval = schedule.interval_days
    hard_days = max(single(elapsed * hard_factor), single(interval * single(hard_factor / 2)))
    good_days = max(single(elapsed * _factor(schedule.ease_permille)), float(interval))
    bonus = _factor(ctx.preset.easy_bonus_permille)
    reduced_bonus = single(bonus - single(single(bonus - 1) / 2))
    return {
        Grade.HARD: _passing(hard_days, 0, calm),
        Grade.GOOD: _passing(good_days, 0, calm),
        Grade.EASY: _passing(single(good_days * reduced_bonus), 0, calm),
    }


def _passing(days: float, minimum: int, ctx: _Context) -> int:
    modified = single(days * _factor(ctx.preset.interval_modifier_permille))
    return _fuzzed(modified, minimum, ctx)


def _fuzzed(days: float, minimum: int, ctx: _Context) -> int:
    maximum = max(ctx.preset.maximum_interval_days, 1)
    least = min(max(minimum, 1), maximum)
    return review_interval(days, ctx.fuzz.review, least, maximum, ctx.fuzz.load)


def _in_review(schedule: Schedule, days: int, ease_permille: int, ctx: _Context) -> Schedule:
    return Schedule(
        CardState.REVIEW,
        None,
        ctx.moment.day + days,
        days,
        ease_permille,
        0,
        schedule.reps + 1,
        schedule.lapses,
    )


# --- relearning -----------------------------------------------------------------------------


def _relearn(schedule: Schedule, ctx: _Context) -> Schedule:
    """Start over with the relearning steps; the interval for afterwards is fixed now."""
    interval = _lapse_interval(schedule, ctx)
    steps = ctx.preset.relearning_steps_s
    if not steps:
        return _in_review(schedule, interval, schedule.ease_permille, ctx)
    lapsed = replace(schedule, interval_days=interval)
    return _in_step(lapsed, CardState.RELEARNING, steps[0], len(steps), ctx)


def _lapse_interval(schedule: Schedule, ctx: _Context) -> int:
    multiplier = _factor(ctx.preset.lapse_multiplier_permille)
    days = single(max(schedule.interval_days, 1) * multiplier)
    return _fuzzed(days, ctx.preset.minimum_lapse_interval_days, ctx)


def _answer_relearning(schedule: Schedule, grade: Grade, ctx: _Context) -> Schedule:
    steps = ctx.preset.relearning_steps_s
    if grade is Grade.AGAIN and steps:
        return _relearn(schedule, ctx)
    if grade is Grade.EASY:
        return _in_review(schedule, schedule.interval_days + 1, schedule.ease_permille, ctx)
    delay, left = _next_step(steps, schedule.steps_left, grade)
    if delay is None:
        days = max(schedule.interval_days, 1)
        return _in_review(schedule, days, schedule.ease_permille, ctx)
    return _in_step(schedule, CardState.RELEARNING, delay, left, ctx)


@lru_cache(maxsize=1024)
def _factor(permille: int) -> float:
    return single(permille / 1000)
