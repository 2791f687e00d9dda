"""How much was recalled of what was due, against what was aimed at and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from studyapp.scheduling.calibration import CalibrationBin
from studyapp.statistics.columns import Floats
from studyapp.statistics.promises import SM2_AIM
from studyapp.statistics.reviews import Dated, Sums, joined, span_of

_BINS: Final = 20


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

    def followed_by(self, later: Foreseen) -> Foreseen:
        """Of these reviews and of others that begin on the last day or after."""
        if not len(self.aims) or not len(later.aims):
            return self if len(self.aims) else later
        start = later.first - self.first
        return Foreseen(
            self.first,
            joined(self.aims, later.aims, start),
            joined(self.bins, later.bins, start),
        )


def foreseen(reviews: Dated) -> Foreseen:
    """What the intervals of these reviews promised."""
    days, day = span_of(reviews)
    due = reviews.was_due
    aims = np.bincount(day[due], weights=reviews.aim[due], minlength=days)
    counts = reviews.predicted > 0
    predicted = reviews.predicted[counts]
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
