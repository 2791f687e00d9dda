"""How much was recalled of what was due, against what was aimed at and what was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studyapp.domain.presets import Preset
from studyapp.scheduling.calibration import CalibrationBin
from studyapp.scheduling.fsrs_parameters import parameters_of
from studyapp.statistics.columns import Cards, Floats, Ints, looked_up, of_decks
from studyapp.statistics.reviews import Dated, Sums, span_of

_BINS: Final = 20
_DECAY: Final = 20
"""Where the decay stands among the parameters of FSRS."""
SM2_AIM: Final = 0.9
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

    def aim_of(self, card: NDArray[np.int32]) -> Floats | float:
        """Of each of these; of a card that is gone, SM-2's."""
        if not self.decay.any():
            return SM2_AIM
        return looked_up(card, self.card, self.aim, SM2_AIM)

    def recall_of(self, card: NDArray[np.int32], elapsed: NDArray[np.float32]) -> Floats:
        """Predicted recall of each after a part of its interval, see `foreseen`."""
        part = elapsed.astype(np.float64)
        if not self.decay.any():
            exponential: Floats = np.exp(log(SM2_AIM) * part)
            return exponential
        aim = looked_up(card, self.card, self.aim, SM2_AIM)
        decay = looked_up(card, self.card, self.decay, 0.0)
        safe = np.where(decay > 0, decay, 1.0)
        power = (1 + (aim ** (-1 / safe) - 1) * part) ** -safe
        return np.where(decay > 0, power, aim**part)


def promises(cards: Cards, presets: Mapping[int, Preset]) -> Promises:
    """By the presets of their decks (by deck id). SM-2 is read as promising 90 %."""
    of_fsrs = {deck: each for deck, each in presets.items() if each.scheduler == "fsrs"}
    aims = {deck: each.desired_retention_permille / 1000 for deck, each in of_fsrs.items()}
    decays = {deck: float(parameters_of(each)[_DECAY]) for deck, each in of_fsrs.items()}
    return Promises(
        cards.id, of_decks(cards.deck, aims, SM2_AIM), of_decks(cards.deck, decays, 0.0)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Foreseen:
    """Sums for each study day from `first` on, as those of `Sums`: what was promised."""

    first: int
    aims: Floats
    """Of the due reviews."""
    bins: Floats
    """Days × bins of predicted recall × (reviews, sum of predicted recall, reviews passed)."""

    def between(self, first: int, last: int) -> Foreseen:
        """Study days from `first` to `last`, as far as there are any."""
        chosen = slice(max(first - self.first, 0), max(last + 1 - self.first, 0))
        return Foreseen(max(first, self.first), self.aims[chosen], self.bins[chosen])


def foreseen(reviews: Dated, promised: Promises) -> Foreseen:
    """What the intervals of these reviews promised.

    Predicted recall is told of reviews of cards that had an interval of days, on a later day than
    the review before. It follows from the interval t that the log holds, for any time e that
    passed: R = r at the end of the interval. SM-2: R = 0.9^(e/t); FSRS, with its own curve (see
    `scheduling.recall`) and the desired retention r: R = (1 + (r^(-1/d) - 1) · e/t)^(-d). The
    preset is the card's present one.
    """
    days, day = span_of(reviews)
    aim = promised.aim_of(reviews.card)
    due = reviews.was_due
    aims = np.bincount(day[due], weights=np.broadcast_to(aim, day.shape)[due], minlength=days)
    counts = reviews.elapsed > 0
    predicted = promised.recall_of(reviews.card[counts], reviews.elapsed[counts])
    place = day[counts] * _BINS + np.minimum((predicted * _BINS).astype(np.int64), _BINS - 1)
    weights = (None, predicted, reviews.passed[counts])
    sums = [np.bincount(place, weights=each, minlength=days * _BINS) for each in weights]
    bins = np.stack(sums, axis=1).astype(np.float64).reshape(days, _BINS, 3)
    return Foreseen(int(reviews.day[0]) if days else 0, aims.astype(np.float64), bins)


def retention(name: str, sums: Sums, promised: Foreseen) -> Retention:
    """Of all these days."""
    due = sums.counts[:, :, :, 1, :].sum(axis=(0, 1))
    total, passed = due.sum(axis=0).tolist(), due[1:].sum(axis=0).tolist()
    number = sum(total)
    aim = float(promised.aims.sum()) / number if number else SM2_AIM
    return Retention(name, total[0], passed[0], total[1], passed[1], aim)


def by_span(sums: Sums, promised: Foreseen, today: int) -> tuple[Retention, ...]:
    """Of the usual spans, from the shortest to all there is."""
    spans = [(name, (today - first, today - last)) for name, first, last in SPANS]
    found = [retention(name, sums.between(*at), promised.between(*at)) for name, at in spans]
    return (*found, retention("all", sums, promised))


def calibration(promised: Foreseen) -> tuple[CalibrationBin, ...]:
    """Predicted against real recall, from low to high, in bins of five per cent."""
    return tuple(
        CalibrationBin(predicted / number, passed / number, int(number))
        for number, predicted, passed in promised.bins.sum(axis=0).tolist()
        if number
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
    due = reviews.was_due
    decks = looked_up(reviews.card[due], cards.id, cards.deck, 0)
    room = max(names, default=0) + 1
    total = np.bincount(decks, minlength=room)
    passed = np.bincount(decks[reviews.passed[due]], minlength=room)
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
