"""How probable it is that a card is recalled now, by either scheduler.

FSRS says so itself. SM-2 does not; like the benchmark of the FSRS project
(github.com/open-spaced-repetition/srs-benchmark, models/anki.py), SM-2 is read as promising 90 %
at the end of each interval, with forgetting exponential in time.
"""

from __future__ import annotations

from studyapp.domain.cards import CardState, Schedule
from studyapp.domain.memory import Memory
from studyapp.domain.presets import Preset
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.fsrs_parameters import Parameters, parameters_of

_AT_THE_INTERVAL = 0.9
_DECAY = 20
"""Where the decay stands among the parameters."""


def recall_by_stability(stability_days: float, elapsed_days: float, decay: float) -> float:
    """R(t, S) = (1 + (0.9^(−1/w20) − 1) · t/S)^(−w20), 0 to 1; `decay` is w20, above 0.

    The forgetting curve of FSRS-6: 90 % when as many days have passed as the stability has
    (github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm).
    """
    factor = _AT_THE_INTERVAL ** (-1 / decay) - 1
    return float((1 + factor * elapsed_days / stability_days) ** -decay)


def days_until(recall: float, stability_days: float, decay: float) -> float:
    """Days after a review until recall falls to this, above 0 and below 1: the curve's inverse."""
    factor = _AT_THE_INTERVAL ** (-1 / decay) - 1
    return float(stability_days / factor * (recall ** (-1 / decay) - 1))


def recall_by_interval(interval_days: int, elapsed_days: float) -> float:
    """R(t, I) = 0.9^(t/I), 0 to 1; an interval below a day counts as one."""
    return float(_AT_THE_INTERVAL ** (elapsed_days / max(interval_days, 1)))


def recall(
    schedule: Schedule, memory: Memory | None, preset: Preset, moment: StudyMoment
) -> float | None:
    """Probability that a card is recalled now, 0 to 1; None if its scheduler cannot tell.

    `memory` is used if the preset's scheduler is FSRS. SM-2 knows nothing of cards in their steps.
    """
    if preset.scheduler == "fsrs":
        return None if memory is None else recall_of(memory, parameters_of(preset), moment.day)
    if schedule.state is not CardState.REVIEW or schedule.due_on is None:
        return None
    elapsed = moment.day - (schedule.due_on - schedule.interval_days)
    return recall_by_interval(schedule.interval_days, max(elapsed, 0))


def recall_of(memory: Memory, parameters: Parameters, day: int) -> float:
    """Probability of recall on a study day, by FSRS."""
    elapsed = max(day - memory.reviewed_on, 0)
    return recall_by_stability(memory.stability_days, elapsed, parameters[_DECAY])


def forgotten(memory: Memory, elapsed_days: float, preset: Preset) -> float:
    """Probability that a card is not recalled any more, by FSRS."""
    decay = parameters_of(preset)[_DECAY]
    return 1 - recall_by_stability(memory.stability_days, elapsed_days, decay)


def overdue(memory: Memory, elapsed_days: float, preset: Preset) -> float:
    """The days that have passed as a part of those until recall falls to what is desired."""
    retention = preset.desired_retention_permille / 1000
    return elapsed_days / days_at(retention, memory.stability_days, parameters_of(preset))


def days_at(retention: float, stability_days: float, parameters: Parameters) -> float:
    """The interval in days at whose end recall has fallen to `retention`."""
    return days_until(retention, stability_days, parameters[_DECAY])
