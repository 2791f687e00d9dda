"""Log loss, calibration and RMSE(bins), by hand and against the library of Anki."""

from __future__ import annotations

from math import log

import fsrs_rs_python
import pytest

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.calibration import Bin, Tally, bin_of
from studyapp.scheduling.fsrs_memory import Past, replay
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS
from studyapp.scheduling.recall import recall_of

ALIKE: Bin = (1, 2, -1)


def test_nothing_was_predicted() -> None:
    assert Tally().accuracy() is None


def test_by_hand() -> None:
    tally = Tally()
    for predicted, recalled, alike in (
        (0.91, True, ALIKE),
        (0.93, False, ALIKE),
        (0.52, True, (3, 3, -1)),
    ):
        tally.add(predicted, recalled, alike)
    told = tally.accuracy()
    assert told is not None
    assert told.reviews == 3
    assert told.log_loss == pytest.approx(-(log(0.91) + log(0.07) + log(0.52)) / 3)
    assert told.rmse_bins == pytest.approx(((2 * 0.42**2 + 0.48**2) / 3) ** 0.5)
    assert told.predicted == pytest.approx((0.91 + 0.93 + 0.52) / 3)
    assert told.recalled == pytest.approx(2 / 3)
    bins = [(round(each.predicted, 2), each.recalled, each.reviews) for each in told.calibration]
    assert bins == [(0.52, 1.0, 1), (0.92, 0.5, 2)]


def test_certainty_that_was_wrong_costs_much_but_not_everything() -> None:
    tally = Tally()
    tally.add(1.0, False, ALIKE)
    told = tally.accuracy()
    assert told is not None
    assert told.log_loss == pytest.approx(13.8, abs=0.1)
    assert len(told.calibration) == 1


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param((1, 1, 0), (0, 0, -1), id="least"),
        pytest.param((3, 1, 1), (0, 0, 0), id="below-a-step"),
        pytest.param((4, 2, 2), (1, 1, 1), id="a-step"),
        pytest.param((14, 4, 3), (2, 2, 2), id="two-steps"),
    ],
)
def test_what_is_alike(seen: tuple[int, int, int], expected: Bin) -> None:
    assert bin_of(*seen) == expected


def test_one_review_costs_what_the_library_says() -> None:
    reviews = [(3, 0), (3, 4), (1, 9)]
    item = fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(*each) for each in reviews])
    expected = fsrs_rs_python.FSRS(list(DEFAULT_PARAMETERS)).evaluate([item])
    now = StudyMoment(13 * MS_PER_DAY, 13, 14 * MS_PER_DAY)
    past = [
        Past(0, Grade.GOOD, CardState.NEW, None, 0, 0),
        Past(4 * MS_PER_DAY, Grade.GOOD, CardState.REVIEW, None, 2, 2500),
    ]
    memory = replay(past, DEFAULT_PARAMETERS, now)
    assert memory is not None
    tally = Tally()
    tally.add(recall_of(memory, DEFAULT_PARAMETERS, now.day), False, ALIKE)
    told = tally.accuracy()
    assert told is not None
    assert told.log_loss == pytest.approx(expected.log_loss, rel=1e-5)
    assert told.rmse_bins == pytest.approx(expected.rmse_bins, rel=1e-5)
