"""All figures of a part of a collection within a span of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyapp.domain.decks import Deck
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.calibration import CalibrationBin
from studyapp.scheduling.time_budget import Pace
from studyapp.statistics import cards as of_cards
from studyapp.statistics.cards import Stock
from studyapp.statistics.columns import Cards, Log
from studyapp.statistics.done import (
    Done,
    Grades,
    Hour,
    ReviewDay,
    by_day,
    by_grade,
    by_hour,
    done,
    pace,
    streak,
)
from studyapp.statistics.forecast import Forecast, forecast, spent_since
from studyapp.statistics.retention import (
    Foreseen,
    Retention,
    by_span,
    calibration,
    foreseen,
    retention,
)
from studyapp.statistics.reviews import Dated, Sums, summed
from studyapp.statistics.weakness import Region, by_deck

_YEAR = 365
_LEAST_AHEAD = 8
"""Days of a forecast: today and the week after."""
_HARDEST = 20


@dataclass(frozen=True, slots=True)
class Page:
    """The figures; days are study days (days since 1970-01-01), times in ms."""

    day: int
    """Today."""
    days: int | None
    """The span: so many days up to today, in the forecast from today on; None: all."""
    today: Done
    span: Done
    """The whole span."""
    pace: Pace
    streak: int
    """Days in a row."""
    stock: Stock
    forecast: Forecast
    """As many days as the span has, at least 8 and at most 365."""
    calendar: tuple[ReviewDay, ...]
    """The last 365 days, whatever the span."""
    reviews: tuple[ReviewDay, ...]
    retention: tuple[Retention, ...]
    """Of the usual spans, whatever the span."""
    retained: Retention
    """Of the span."""
    calibration: tuple[CalibrationBin, ...]
    hours: tuple[Hour, ...]
    grades: Grades
    intervals: Mapping[int, int]
    """Cards by days."""
    eases: Mapping[int, int]
    """Cards by per cent."""
    difficulties: Mapping[int, int]
    """Cards that FSRS schedules, by tenths of their difficulty; those it was reckoned of."""
    lapses: Mapping[int, int]
    """Cards by number of lapses."""
    added: Mapping[int, int]
    """Cards by study day."""
    regions: tuple[Region, ...]
    """Decks in the span."""
    hardest: tuple[int, ...]
    """Ids of the cards that were forgotten most often."""


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Reviews day by day, from which any span is added."""

    sums: Sums
    foreseen: Foreseen

    def followed_by(self, later: Totals) -> Totals:
        """Of these reviews and of later ones: a grade need not have a million added anew."""
        return Totals(self.sums.followed_by(later.sums), self.foreseen.followed_by(later.foreseen))


def totals(reviews: Dated) -> Totals:
    """Of these reviews."""
    return Totals(summed(reviews), foreseen(reviews))


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What figures are made of, for any span."""

    reviews: Dated
    cards: Cards
    totals: Totals
    forecast: Forecast
    """Of a year."""
    deck_names: Mapping[int, str]
    """By the ids of all decks."""


def material(
    log: Log,
    reviews: Dated,
    added: Totals,
    cards: Cards,
    decks: Sequence[Deck],
    *,
    closed: frozenset[int],
    moment: StudyMoment,
) -> Material:
    """Of these reviews (`reviews`, all of them in `log`; `added`: their totals) and cards.

    `decks`: all of them, since limits of parents count; `closed`: days of a vacation.
    """
    spent = spent_since(log, cards, moment.day_ends_at - MS_PER_DAY)
    return Material(
        reviews,
        cards,
        added,
        forecast(cards, decks, spent, moment, days=_YEAR, closed=closed),
        {deck.id: deck.name for deck in decks},
    )


def page(made: Material, moment: StudyMoment, days: int | None) -> Page:
    """All figures within so many days up to today; None: all."""
    whole, cards, today = made.reviews, made.cards, moment.day
    sums, every = made.totals.sums, made.totals.foreseen
    first = today - days + 1 if days else sums.first
    span, promised = sums.between(first, today), every.between(first, today)
    return Page(
        day=today,
        days=days,
        today=done(sums.between(today, today)),
        span=done(span),
        pace=pace(whole, today),
        streak=streak(sums, today),
        stock=of_cards.stock(cards, moment),
        forecast=made.forecast.first(min(max(days or _YEAR, _LEAST_AHEAD), _YEAR)),
        calendar=by_day(sums.between(today - _YEAR + 1, today)),
        reviews=by_day(span),
        retention=by_span(sums, every, today),
        retained=retention(f"{days} days" if days else "all", span, promised),
        calibration=calibration(promised),
        hours=by_hour(span),
        grades=by_grade(span),
        intervals=of_cards.intervals(cards),
        eases=of_cards.eases(cards),
        difficulties=of_cards.difficulties(cards),
        lapses=of_cards.lapses(cards),
        added=of_cards.added(cards, moment, first if days else 0),
        regions=by_deck(whole.since(first), made.deck_names),
        hardest=tuple(of_cards.hardest(cards, _HARDEST)),
    )
