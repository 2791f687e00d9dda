"""What parameters are fitted to, and what is held out."""

from __future__ import annotations

from studyapp.domain.cards import CardState
from studyapp.domain.reviews import Grade
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.fsrs_fitting import FEWEST, Seen, fit, seen
from studyapp.scheduling.fsrs_memory import Past
from studyapp.scheduling.fsrs_parameters import DEFAULT_PARAMETERS, problems_with

NOW = StudyMoment(100 * MS_PER_DAY, 100, 101 * MS_PER_DAY)


def past(day: int, grade: Grade, state: CardState = CardState.REVIEW) -> Past:
    return Past(day * MS_PER_DAY + 5, grade, state, None, 0, 0)


def test_a_log_becomes_grades_and_gaps() -> None:
    log = [past(1, Grade.GOOD, CardState.NEW), past(1, Grade.GOOD), past(9, Grade.AGAIN)]
    told = seen(log, NOW, held_out_at=9 * MS_PER_DAY)
    assert told == [Seen(3, 0, False), Seen(3, 0, False), Seen(1, 8, True)]


def test_a_log_counts_from_the_last_reset() -> None:
    log = [past(1, Grade.EASY, CardState.NEW), past(5, Grade.GOOD, CardState.NEW)]
    assert seen(log, NOW, 0) == [Seen(3, 0, True)]


def test_a_log_that_begins_in_the_middle_is_left_out() -> None:
    assert seen([past(5, Grade.GOOD)], NOW, 0) == []


def cards(count: int) -> list[list[Seen]]:
    """Each remembered after 4, 12 and 30 days, and held out after 60, every tenth forgotten."""
    return [
        [
            Seen(3, 0, False),
            Seen(1 if number % 10 == 0 else 3, 4, False),
            Seen(3, 12, False),
            Seen(3, 30, False),
            Seen(1 if number % 10 == 1 else 3, 60, True),
        ]
        for number in range(count)
    ]


def test_fitting_is_the_same_each_time_and_within_bounds() -> None:
    first, second = (fit(cards(FEWEST), DEFAULT_PARAMETERS) for _ in range(2))
    assert first is not None
    assert first == second
    assert problems_with(first.parameters) == []
    assert first.learned_from == 3 * FEWEST
    assert first.present.reviews == first.fitted.reviews == FEWEST


def test_present_parameters_that_fit_are_kept() -> None:
    fitted = fit(cards(FEWEST), DEFAULT_PARAMETERS)
    assert fitted is not None
    again = fit(cards(FEWEST), fitted.parameters)
    assert again is not None
    assert not again.is_better


def test_too_few_reviews_are_not_fitted_to() -> None:
    assert fit(cards(10), DEFAULT_PARAMETERS) is None


def test_nothing_held_out_means_nothing_to_compare() -> None:
    known = [[review._replace(is_held_out=False) for review in card] for card in cards(FEWEST)]
    assert fit(known, DEFAULT_PARAMETERS) is None
