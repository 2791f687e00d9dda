"""How much was recalled of what was due, against what was aimed at and what was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from studyapp.domain.cards import CardState
from studyapp.domain.presets import Preset
from studyapp.scheduling.calibration import CalibrationBin
from studyapp.scheduling.fsrs_parameters import parameters_of
from studyapp.statistics.columns import Cards, Floats, Ints, looked_up, of_decks
from studyapp.statistics.reviews import Dated

_BINS: Final = 20
_DECAY: Final = 20
"""Where the decay stands among the parameters of FSRS."""
_SM2_AIM: Final = 0.9
_FEW: Final = 30
"""Due reviews of a region; fewer tell little of it."""
_SURELY: Final = 1.96
"""Standard errors of a difference that chance makes in one of twenty cases."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Reviews of due cards, young and mature ones (21 days and more), and how many were passed.

    What Anki calls true retention: the first step of a day counts, steps within a day do not.
    """

    name: str
    """The span: "today", "30 days"."""
    young: int
    young_passed: int
    mature: int
    mature_passed: int
    aim: float
    """What their presets aim at, 0 to 1, each review with the same weight; 0.9 without reviews."""

    @property
    def due(self) -> int:
        return self.young + self.mature

    @property
    def passed(self) -> int:
        return self.young_passed + self.mature_passed


SPANS: Final = (
    ("today", 0, 0),
    ("yesterday", 1, 1),
    ("7 days", 6, 0),
    ("30 days", 29, 0),
    ("365 days", 364, 0),
)
"""Names, first and last day, counted back from today."""


@dataclass(frozen=True, slots=True, eq=False)
class Promises:
    """What the present presets of cards promise, by card; the columns have the same length."""

    card: Ints
    aim: Floats
    """Recall at the end of an interval, 0 to 1."""
    decay: Floats
    """The exponent of FSRS's forgetting curve; 0: SM-2, whose curve is exponential."""


def promises(cards: Cards, presets: Mapping[int, Preset]) -> Promises:
    """By the presets of their decks (by deck id). SM-2 is read as promising 90 %."""
    is_fsrs = {deck: preset.scheduler == "fsrs" for deck, preset in presets.items()}
    aims = {
        deck: preset.desired_retention_permille / 1000 if is_fsrs[deck] else _SM2_AIM
        for deck, preset in presets.items()
    }
    decays = {
        deck: float(parameters_of(preset)[_DECAY]) if is_fsrs[deck] else 0.0
        for deck, preset in presets.items()
    }
    return Promises(
        cards.id, of_decks(cards.deck, aims, _SM2_AIM), of_decks(cards.deck, decays, 0.0)
    )


def retention(name: str, reviews: Dated, promised: Promises) -> Retention:
    """Of all these reviews."""
    due = reviews.where(reviews.was_due)
    is_mature = due.is_mature
    aims = looked_up(due.log.card, promised.card, promised.aim, _SM2_AIM)
    return Retention(
        name,
        young=int((~is_mature).sum()),
        young_passed=int((~is_mature & due.passed).sum()),
        mature=int(is_mature.sum()),
        mature_passed=int((is_mature & due.passed).sum()),
        aim=float(aims.mean()) if len(aims) else _SM2_AIM,
    )


def by_span(reviews: Dated, promised: Promises, today: int) -> tuple[Retention, ...]:
    """Of the usual spans, from the shortest to all there is."""
    found = []
    for name, first, last in SPANS:
        within = reviews.since(today - first)
        end = int(np.searchsorted(within.day, today - last + 1))
        found.append(retention(name, within.where(slice(end)), promised))
    return (*found, retention("all", reviews, promised))


def calibration(reviews: Dated, promised: Promises) -> tuple[CalibrationBin, ...]:
    """Predicted against real recall, from low to high, in bins of five per cent.

    Of reviews of cards that had an interval of days, on a later day than the review before. What is
    predicted follows from the interval t that the log holds, for any time e that passed: R = r at
    the end of the interval. SM-2: R = 0.9^(e/t); FSRS, with its own curve (see
    `scheduling.recall`) and the desired retention r: R = (1 + (r^(-1/d) - 1) · e/t)^(-d). The
    preset is the card's present one.
    """
    log = reviews.log
    elapsed = reviews.day - (log.due_on - log.interval_days)
    chosen = (log.state == int(CardState.REVIEW)) & reviews.was_due
    chosen &= (elapsed > 0) & (log.interval_days > 0)
    cards, passed = log.card[chosen], reviews.passed[chosen]
    part = elapsed[chosen] / log.interval_days[chosen]
    predicted = _recall(
        part,
        looked_up(cards, promised.card, promised.aim, _SM2_AIM),
        looked_up(cards, promised.card, promised.decay, 0.0),
    )
    return _binned(predicted, passed.astype(np.float64))


def _recall(part: Floats, aim: Floats, decay: Floats) -> Floats:
    """Recall after a part of an interval."""
    exponential: Floats = aim**part
    is_fsrs = decay > 0
    if not is_fsrs.any():
        return exponential
    safe = np.where(is_fsrs, decay, 1.0)
    power = (1 + (aim ** (-1 / safe) - 1) * part) ** -safe
    return np.where(is_fsrs, power, exponential)


def _binned(predicted: Floats, recalled: Floats) -> tuple[CalibrationBin, ...]:
    place = np.minimum((predicted * _BINS).astype(np.int64), _BINS - 1)
    counts = np.bincount(place, minlength=_BINS)
    sums = np.bincount(place, weights=predicted, minlength=_BINS)
    passed = np.bincount(place, weights=recalled, minlength=_BINS)
    return tuple(
        CalibrationBin(float(sums[n] / counts[n]), float(passed[n] / counts[n]), int(counts[n]))
        for n in np.flatnonzero(counts)
    )


@dataclass(frozen=True, slots=True)
class Region:
    """A deck, its sub-decks not counted in, and how much of it was recalled."""

    name: str
    due: int
    """Reviews of due cards."""
    passed: int


def by_deck(reviews: Dated, cards: Cards, names: Mapping[int, str]) -> tuple[Region, ...]:
    """The decks with due reviews, by name; cards that are gone are in none."""
    due = reviews.where(reviews.was_due)
    decks = looked_up(due.log.card, cards.id, cards.deck, 0).astype(np.int64)
    room = max(names, default=0) + 1
    total = np.bincount(decks, minlength=room)
    passed = np.bincount(decks[due.passed], minlength=room)
    found = [
        Region(name, int(total[deck]), int(passed[deck]))
        for deck, name in names.items()
        if total[deck]
    ]
    return tuple(sorted(found, key=lambda region: region.name))


def weakest(regions: Sequence[Region]) -> Region | None:
    """The region that is recalled least, if it surely is less than the others together.

    Two shares differ surely where their difference is above 1.96 standard errors (two-proportion
    z-test, pooled); None: chance alone may have made the difference, or there is one region only.
    """
    known = [each for each in regions if each.due >= _FEW]
    worst = min(known, key=lambda each: each.passed / each.due, default=None)
    if worst is None:
        return None
    due = sum(each.due for each in regions) - worst.due
    passed = sum(each.passed for each in regions) - worst.passed
    if due < _FEW:
        return None
    pooled = (passed + worst.passed) / (due + worst.due)
    error = sqrt(pooled * (1 - pooled) * (1 / due + 1 / worst.due))
    return worst if passed / due - worst.passed / worst.due > _SURELY * error else None
