"""How well predicted recall fits what was recalled: log loss, calibration, RMSE(bins).

All three as in the benchmark of the FSRS project (github.com/open-spaced-repetition/srs-benchmark,
section Metrics): lower is better, and 0 would be clairvoyance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import floor, log, sqrt
from typing import TypeAlias

Bin: TypeAlias = tuple[int, int, int]
"""Which of the intervals, review counts and lapse counts are near each other."""

_CALIBRATION_BINS = 20
_NEVER_CERTAIN = 1e-6


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Reviews for which about the same recall was predicted."""

    predicted: float
    """The mean of what was predicted, 0 to 1."""
    recalled: float
    """The part that was recalled, 0 to 1."""
    reviews: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well a scheduler predicted recall."""

    reviews: int
    log_loss: float
    """The mean of −ln of the probability that was given to what happened."""
    rmse_bins: float
    """The weighted root mean square of predicted minus real recall, among reviews alike."""
    predicted: float
    """The mean of what was predicted."""
    recalled: float
    """The part that was recalled."""
    calibration: tuple[CalibrationBin, ...]
    """From low to high; bins without reviews are left out."""


@dataclass(slots=True)
class _Sum:
    reviews: int = 0
    predicted: float = 0.0
    recalled: int = 0

    def add(self, predicted: float, recalled: bool) -> None:
        self.reviews += 1
        self.predicted += predicted
        self.recalled += recalled


@dataclass(slots=True)
class Tally:
    """Takes predictions one after the other; keeps sums, not the predictions."""

    _log_loss: float = 0.0
    _all: _Sum = field(default_factory=_Sum)
    _alike: dict[Bin, _Sum] = field(default_factory=dict)
    _by_prediction: dict[int, _Sum] = field(default_factory=dict)

    def add(self, predicted: float, recalled: bool, alike: Bin) -> None:
        """A review: predicted recall (0 to 1), and whether it was recalled (graded not again)."""
        given = predicted if recalled else 1 - predicted
        self._log_loss -= log(max(given, _NEVER_CERTAIN))
        self._all.add(predicted, recalled)
        self._alike.setdefault(alike, _Sum()).add(predicted, recalled)
        place = min(int(predicted * _CALIBRATION_BINS), _CALIBRATION_BINS - 1)
        self._by_prediction.setdefault(place, _Sum()).add(predicted, recalled)

    def accuracy(self) -> Accuracy | None:
        """Of all that was added; None without reviews."""
        total = self._all
        if not total.reviews:
            return None
        return Accuracy(
            reviews=total.reviews,
            log_loss=self._log_loss / total.reviews,
            rmse_bins=_rmse(self._alike.values(), total.reviews),
            predicted=total.predicted / total.reviews,
            recalled=total.recalled / total.reviews,
            calibration=tuple(
                _bin(self._by_prediction[place]) for place in sorted(self._by_prediction)
            ),
        )


def bin_of(elapsed_days: int, reviews_before: int, lapses_before: int) -> Bin:
    """Which reviews are alike: steps that grow by a factor, of each number.

    The factors are the benchmark's: 3.62 for days, 1.89 for reviews, 1.73 for lapses.
    """
    return (
        _step(elapsed_days, 3.62),
        _step(reviews_before, 1.89),
        _step(lapses_before, 1.73) if lapses_before else -1,
    )


def _step(number: int, factor: float) -> int:
    return floor(log(max(number, 1)) / log(factor))


def _rmse(alike: Iterable[_Sum], reviews: int) -> float:
    squares = ((each.predicted - each.recalled) ** 2 / each.reviews for each in alike)
    return sqrt(sum(squares) / reviews)


def _bin(total: _Sum) -> CalibrationBin:
    return CalibrationBin(
        total.predicted / total.reviews, total.recalled / total.reviews, total.reviews
    )
