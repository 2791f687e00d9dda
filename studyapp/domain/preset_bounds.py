"""What a preset's options may be, with the bounds that Anki has for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studyapp.domain.presets import DeckLimits, Preset
from studyapp.errors import ContentError

MOST_DAYS = 36_500
MOST_A_DAY = 9_999
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one option, in its own unit."""

    title: str
    """What the option is called, in Anki too."""
    least: int
    most: int
    scale: int = 1
    """What a value is divided by before it is shown: permille by 1000."""
    unit: str = ""

    def shown(self, value: int) -> str:
        """A value as it is read: "36500 days", "1.3"."""
        number = f"{value / self.scale:g}" if self.scale > 1 else str(value)
        return f"{number} {self.unit}".rstrip()


BOUNDS = {
    "graduating_interval_days": Bounds("Graduating interval", 1, MOST_DAYS, unit="days"),
    "easy_interval_days": Bounds("Easy interval", 1, MOST_DAYS, unit="days"),
    "starting_ease_permille": Bounds("Starting ease", 1310, 5000, scale=1000),
    "hard_multiplier_permille": Bounds("Hard interval", 500, 1300, scale=1000),
    "easy_bonus_permille": Bounds("Easy bonus", 1000, 5000, scale=1000),
    "interval_modifier_permille": Bounds("Interval modifier", 500, 2000, scale=1000),
    "maximum_interval_days": Bounds("Maximum interval", 1, MOST_DAYS, unit="days"),
    "lapse_multiplier_permille": Bounds("New interval", 0, 1000, scale=1000),
    "minimum_lapse_interval_days": Bounds("Minimum interval", 1, MOST_DAYS, unit="days"),
    "new_per_day": Bounds("New cards/day", 0, MOST_A_DAY, unit="cards"),
    "minutes_per_day": Bounds("Minutes/day", 0, 24 * 60, unit="minutes"),
    "reviews_per_day": Bounds("Maximum reviews/day", 0, MOST_A_DAY, unit="cards"),
    "answer_cap_ms": Bounds("Maximum answer seconds", 1000, 7_200_000, scale=1000, unit="seconds"),
    "leech_threshold": Bounds("Leech threshold", 1, MOST_A_DAY, unit="lapses"),
    "desired_retention_permille": Bounds("Desired retention", 700, 990, scale=1000),
}
"""By the names of the options that are numbers."""

_STEPS = {"learning_steps_s": "Learning steps", "relearning_steps_s": "Relearning steps"}
_MOST_STEP_S = MOST_DAYS * 86_400
_PERCENTS = (0, 50, 100)
_WEEK = 7


def check_preset(preset: Preset) -> None:
    """Raises ContentError with a line for each option that is out of its bounds."""
    _raise(list(_problems(preset)))


def check_limits(limits: DeckLimits) -> None:
    """Raises ContentError with a line for each limit that is out of its bounds."""
    named = (
        ("New cards/day of this deck", limits.new_per_day),
        ("Maximum reviews/day of this deck", limits.reviews_per_day),
        ("New cards today", limits.new_today),
        ("Maximum reviews today", limits.reviews_today),
    )
    bounds = (Bounds(title, 0, MOST_A_DAY, unit="cards") for title, _ in named)
    _raise(
        [
            _out(each, value)
            for each, (_, value) in zip(bounds, named, strict=True)
            if value is not None and not each.least <= value <= each.most
        ]
    )


def _problems(preset: Preset) -> Iterator[str]:
    if not preset.name.strip():
        yield "A preset needs a name."
    for name, bounds in BOUNDS.items():
        value: int = getattr(preset, name)
        if not bounds.least <= value <= bounds.most:
            yield _out(bounds, value)
    for name, title in _STEPS.items():
        yield from _step_problems(title, getattr(preset, name))
    percents = preset.easy_days_percent
    if len(percents) != _WEEK or not set(percents) <= set(_PERCENTS):
        yield "Easy days are seven, Monday first, and each is normal, reduced or minimum."


def _step_problems(title: str, steps_s: tuple[int, ...]) -> Iterator[str]:
    if len(steps_s) > MOST_STEPS:
        yield f"{title}: {len(steps_s)} are too many. There may be at most {MOST_STEPS}."
    wrong = [step for step in steps_s if not 1 <= step <= _MOST_STEP_S]
    if wrong:
        yield f"{title}: {wrong[0]} s are out of bounds. Choose a second to {MOST_DAYS} days."


def _out(bounds: Bounds, value: int) -> str:
    least, most = bounds.shown(bounds.least), bounds.shown(bounds.most)
    return f"{bounds.title}: {bounds.shown(value)} is out of bounds. Choose {least} to {most}."


def _raise(problems: list[str]) -> None:
    if problems:
        raise ContentError("\n".join(problems))
