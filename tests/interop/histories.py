"""Presets within Anki's bounds, and the histories that cards can have under them."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from random import Random

from studyapp.domain.cards import NEW_SCHEDULE, CardState, Schedule
from studyapp.domain.presets import Preset
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment

MOST_GRADES = 50
MOST_DAYS = 36_500
_LATENESS = (0, 0, 0, 0, 0, 0.05, 0.17, 0.5, 1.3, 9, -0.03, -0.2, -0.55, -1)
_UNITS = ((1, 59), (60, 59), (3600, 47), (86_400, 30))
"""Seconds in a unit of a step, and how many of them a step has at most."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A grade, and when it is given."""

    grade: Grade
    lateness: float
    """Days after the day it is due, as a part of the interval; below 0: before it."""


_TURNS = tuple(Turn(grade, lateness) for grade in Grade for lateness in _LATENESS)


def any_preset(chance: Random) -> Preset:
    """Every option that makes intervals, from bound to bound."""
    return Preset(
        learning_steps_s=_any_steps(chance),
        relearning_steps_s=_any_steps(chance),
        graduating_interval_days=_any_days(chance),
        easy_interval_days=_any_days(chance),
        starting_ease_permille=chance.randint(1310, 5000),
        hard_multiplier_permille=chance.choice((1200, chance.randint(500, 1300))),
        easy_bonus_permille=chance.randint(1000, 5000),
        interval_modifier_permille=chance.choice((1000, chance.randint(500, 2000))),
        maximum_interval_days=chance.choice((MOST_DAYS, _any_days(chance))),
        lapse_multiplier_permille=chance.choice((0, chance.randint(0, 1000))),
        minimum_lapse_interval_days=chance.choice((1, _any_days(chance))),
    )


def any_start(chance: Random, preset: Preset) -> Schedule:
    """A schedule in any state, also one from before the preset was changed; due on day 0."""
    state = chance.choice((CardState.NEW, *CardState))
    interval, ease = _any_days(chance), chance.randint(1300, 9999)
    lapses = chance.randint(0, 30)
    match state:
        case CardState.NEW:
            return NEW_SCHEDULE
        case CardState.LEARNING:
            left = chance.randint(0, len(preset.learning_steps_s) + 2)
            return Schedule(state, 0, None, 0, 0, left, 1, 0)
        case CardState.REVIEW:
            return Schedule(state, None, 0, interval, ease, 0, 9, lapses)
        case _:
            left = chance.randint(0, len(preset.relearning_steps_s) + 2)
            return Schedule(state, 0, None, interval, ease, left, 9, lapses + 1)


def any_turns(chance: Random) -> list[Turn]:
    """Up to `MOST_GRADES` grades: most of them on time, some late, some early."""
    # One choice a turn: a chance that Hypothesis gives takes its time.
    return [chance.choice(_TURNS) for _ in range(chance.randint(1, MOST_GRADES))]


def met(schedule: Schedule, lateness: float, moment: StudyMoment) -> Schedule:
    """The schedule as it would be if now was as early or late as that."""
    if schedule.due_at is not None:
        return replace(schedule, due_at=moment.at)
    if schedule.due_on is not None:
        late = round(max(schedule.interval_days, 1) * lateness)
        return replace(schedule, due_on=moment.day - late)
    return schedule


def _any_steps(chance: Random) -> tuple[int, ...]:
    return tuple(_any_step(chance) for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 5))))


def _any_step(chance: Random) -> int:
    size, most = chance.choice(_UNITS)
    seconds = size * chance.randint(1, most)
    return seconds if _survives_minutes(seconds) else size


def _survives_minutes(seconds: int) -> bool:
    """Anki keeps steps in 32-bit minutes and cuts: 1000 s are 999 s there."""
    minutes = _single(seconds / 60)
    return int(_single(minutes * 60)) == seconds


def _single(value: float) -> float:
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


def _any_days(chance: Random) -> int:
    """Short ones as often as long ones."""
    return chance.randint(1, chance.choice((4, 30, 400, MOST_DAYS)))
