"""Parameters of FSRS out of a user's own log, and whether they predict better than present ones.

`fsrs-rs-python` does the fitting: Anki's own library, as wheels for Linux, macOS and Windows that
need no framework for deep learning. It cannot be interrupted and lets no other thread run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import StudyMoment
from studyapp.scheduling.calibration import Accuracy, Tally, bin_of
from studyapp.scheduling.fsrs_memory import Past, study_day_of
from studyapp.scheduling.fsrs_parameters import LEAST, MOST, Parameters
from studyapp.scheduling.recall import recall_by_stability

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSReview

FEWEST = 400
"""Reviews on a later day; fewer tell more of chance than of a memory."""
HELD_OUT = 0.2
"""The newest part of them, which is predicted and not learned from."""


class Seen(NamedTuple):
    """A review as fitting needs it."""

    grade: int
    elapsed_days: int
    """Since the card's review before."""
    is_held_out: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted parameters, and both old and new tried on the reviews that were held out."""

    parameters: Parameters
    learned_from: int
    """Reviews on a later day that parameters were fitted to."""
    present: Accuracy
    fitted: Accuracy

    @property
    def is_better(self) -> bool:
        """Whether the new ones predicted the held-out reviews better, by their log loss."""
        return self.fitted.log_loss < self.present.log_loss


def seen(past: Sequence[Past], moment: StudyMoment, held_out_at: int) -> list[Seen]:
    """A card's log from where it was new; empty if that is not in it."""
    starts = [index for index, review in enumerate(past) if review.state is CardState.NEW]
    if not starts:
        return []
    counted = past[starts[-1] :]
    days = [study_day_of(review.at, moment) for review in counted]
    gaps = [0, *(max(later - earlier, 0) for earlier, later in pairwise(days))]
    return [
        Seen(int(review.grade), gap, review.at >= held_out_at)
        for review, gap in zip(counted, gaps, strict=True)
    ]


def fit(cards: Sequence[Sequence[Seen]], present: Parameters) -> Fit | None:
    """Fit parameters to the logs of cards; None if there are too few reviews to learn from.

    Learns from what is not held out; the outcome is the same each time.
    """
    from fsrs_rs_python import FSRS, FSRSItem  # noqa: PLC0415 - loaded where it is used

    items, owners = [], []
    for number, card in enumerate(cards):
        reviews = _reviews(card)
        for index in _learnable(card):
            items.append(FSRSItem(reviews[: index + 1]))
            owners.append(number)
    if len(items) < FEWEST:
        return None
    fitted = _within_bounds(FSRS([]).compute_parameters(items, owners))
    before, after = (_accuracy(cards, each) for each in (present, fitted))
    return Fit(fitted, len(items), before, after) if before and after else None


def _learnable(card: Sequence[Seen]) -> Iterator[int]:
    """Places of the reviews that parameters are fitted to: on a later day, not held out."""
    for index, review in enumerate(card):
        if review.elapsed_days and not review.is_held_out:
            yield index


def _reviews(card: Sequence[Seen]) -> list[FSRSReview]:
    from fsrs_rs_python import FSRSReview  # noqa: PLC0415 - loaded where it is used

    return [FSRSReview(review.grade, review.elapsed_days) for review in card]


def _within_bounds(parameters: Sequence[float]) -> Parameters:
    """The library reckons in 32-bit floats, which may lie a little outside."""
    return tuple(
        round(min(max(value, least), most), 6)
        for value, least, most in zip(parameters, LEAST, MOST, strict=True)
    )


def _accuracy(cards: Sequence[Sequence[Seen]], parameters: Parameters) -> Accuracy | None:
    """How well parameters predict the held-out reviews."""
    from fsrs_rs_python import FSRS, FSRSItem  # noqa: PLC0415 - loaded where it is used

    model, tally = FSRS(list(parameters)), Tally()
    for card in cards:
        if not any(review.is_held_out for review in card):
            continue
        states = model.historical_memory_states(FSRSItem(_reviews(card)))
        lapses = 0
        for index, review in enumerate(card):
            recalled = review.grade != Grade.AGAIN
            if index and review.elapsed_days and review.is_held_out:
                stability = states[index - 1].stability
                recall = recall_by_stability(stability, review.elapsed_days, parameters[-1])
                tally.add(recall, recalled, bin_of(review.elapsed_days, index, lapses))
            lapses += not recalled
    return tally.accuracy()
