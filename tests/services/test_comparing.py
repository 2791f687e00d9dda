"""Both schedulers on the history of a user whose forgetting is known."""

from __future__ import annotations

import pytest

from studyapp.domain.presets import DayOptions
from studyapp.errors import Cancelled, NotFound
from studyapp.scheduling.simulation import Habits
from studyapp.services.comparing import Comparing
from studyapp.services.optimising import Optimising
from studyapp.services.switching import Choice, Switching
from studyapp.store.decks import DEFAULT_PRESET_ID
from tests.services.conftest import Desk, MovableClock, basic
from tests.services.simulated_user import STRONG, study


@pytest.fixture
def comparing(desk: Desk, clock: MovableClock) -> Comparing:
    return Comparing(desk.path, clock, DayOptions())


def test_who_knows_how_somebody_forgets_predicts_best(
    desk: Desk, clock: MovableClock, comparing: Comparing
) -> None:
    study(desk, 100)
    switching = Switching(desk.database, clock, DayOptions())
    switching.switch(DEFAULT_PRESET_ID, Choice("fsrs", fsrs_parameters=STRONG))
    told = comparing.compare("Deck")
    assert told.has_own_parameters
    assert told.cards == 100
    assert told.fsrs is not None
    assert told.sm2 is not None
    assert told.fsrs.reviews == told.sm2.reviews > 600
    assert told.fsrs.recalled == told.sm2.recalled
    assert told.fsrs.log_loss < told.sm2.log_loss
    assert told.fsrs.rmse_bins < told.sm2.rmse_bins
    assert told.fsrs.predicted == pytest.approx(told.fsrs.recalled, abs=0.02)
    assert sum(each.reviews for each in told.fsrs.calibration) == told.fsrs.reviews
    assert told.habits.first == pytest.approx((0.2, 0.1, 0.6, 0.1), abs=0.15)
    assert told.habits.passing == pytest.approx((0.2, 0.7, 0.1), abs=0.05)
    assert told.habits.recalled_ms == 9_000


def test_without_history_there_is_nothing_to_compare(desk: Desk, comparing: Comparing) -> None:
    desk.install([basic(1)])
    told = comparing.compare()
    assert (told.cards, told.sm2, told.fsrs) == (0, None, None)
    assert told.habits == Habits()
    assert [each.retention_permille for each in told.workloads] == [
        *(700, 750, 800, 850, 900, 950, 970)
    ]


def test_more_to_remember_is_more_work(comparing: Comparing) -> None:
    workloads = comparing.compare().workloads
    reviews = [each.reviews for each in workloads]
    assert reviews == sorted(reviews)
    assert workloads[-1].remembered > workloads[0].remembered
    assert comparing.compare().workloads == workloads


def test_an_unknown_deck_is_told_with_those_there_are(desk: Desk, comparing: Comparing) -> None:
    desk.install([basic(1)])
    with pytest.raises(NotFound, match="Decks: Deck"):
        comparing.compare("Dek")


def test_comparing_can_be_cancelled(desk: Desk, comparing: Comparing) -> None:
    study(desk, 3)
    with pytest.raises(Cancelled):
        comparing.compare(progress=lambda done, total: False)


def test_fitted_parameters_predict_what_was_held_out_better(
    desk: Desk, clock: MovableClock
) -> None:
    study(desk, 150)
    fit = Optimising(desk.path, clock, DayOptions()).optimise(DEFAULT_PRESET_ID)
    assert fit is not None
    assert fit.is_better
    assert fit.fitted.rmse_bins < fit.present.rmse_bins
    assert fit.fitted.reviews == fit.present.reviews > 200
    assert fit.learned_from > 800
    assert fit.parameters[2] > 5
    switching = Switching(desk.database, clock, DayOptions())
    assert (
        switching.switch(DEFAULT_PRESET_ID, Choice("fsrs", 900, fit.parameters)).remembered == 150
    )


def test_few_reviews_are_not_fitted_to(desk: Desk, clock: MovableClock) -> None:
    study(desk, 5)
    assert Optimising(desk.path, clock, DayOptions()).optimise(DEFAULT_PRESET_ID) is None


def test_fitting_can_be_cancelled_while_the_library_works(desk: Desk, clock: MovableClock) -> None:
    study(desk, 20)

    def progress(done: int, total: int) -> bool:
        return done < total  # all is read, and sent to the library

    with pytest.raises(Cancelled):
        Optimising(desk.path, clock, DayOptions()).optimise(DEFAULT_PRESET_ID, progress)


def test_a_preset_that_no_deck_uses_is_told(desk: Desk, clock: MovableClock) -> None:
    with pytest.raises(NotFound):
        Optimising(desk.path, clock, DayOptions()).optimise(77)
