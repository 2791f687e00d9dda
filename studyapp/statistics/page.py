"""All figures of a part of a collection within a span of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyapp.domain.decks import Deck
from studyapp.domain.study_day import Instant, StudyMoment
from studyapp.scheduling.calibration import CalibrationBin
from studyapp.statistics import cards as of_cards
from studyapp.statistics import reviews as of_reviews
from studyapp.statistics.cards import Stock
from studyapp.statistics.columns import Cards, are_among
from studyapp.statistics.forecast import Forecast, forecast, spent_on
from studyapp.statistics.retention import (
    Region,
    Retention,
    by_deck,
    by_span,
    calibration,
    promises,
    retention,
)
from studyapp.statistics.reviews import Dated, Done, Grades, Hour, ReviewDay

_YEAR = 365
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
    streak: int
    """Days in a row."""
    stock: Stock
    forecast: Forecast
    """At most a year."""
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
class Material:
    """What figures are made of."""

    reviews: Dated
    cards: Cards
    decks: Sequence[Deck]
    """All of them: limits of parents count."""
    closed: frozenset[int]
    """Days of a vacation."""


def page(material: Material, instant: Instant, moment: StudyMoment, days: int | None) -> Page:
    """All figures of these reviews and cards."""
    whole, cards, decks = material.reviews, material.cards, material.decks
    first = moment.day - days + 1 if days else int(whole.day[0]) if len(whole.day) else moment.day
    span = whole.since(first)
    promised = promises(cards, {deck.id: deck.preset for deck in decks})
    ahead = min(days or _YEAR, _YEAR)
    return Page(
        day=moment.day,
        days=days,
        today=of_reviews.done(whole.since(moment.day)),
        span=of_reviews.done(span),
        streak=of_reviews.streak(whole.day, moment.day),
        stock=of_cards.stock(cards, moment),
        forecast=forecast(
            cards,
            decks,
            spent_on(whole, cards, moment.day),
            moment,
            days=ahead,
            closed=material.closed,
        ),
        calendar=of_reviews.by_day(whole.since(moment.day - _YEAR + 1)),
        reviews=of_reviews.by_day(span),
        retention=by_span(whole, promised, moment.day),
        retained=retention(f"{days} days" if days else "all", span, promised),
        calibration=calibration(span, promised),
        hours=of_reviews.by_hour(span, instant),
        grades=of_reviews.by_grade(span),
        intervals=of_cards.intervals(cards),
        eases=of_cards.eases(cards),
        difficulties=of_cards.difficulties(cards),
        lapses=of_cards.lapses(cards),
        added=of_cards.added(cards, moment, first if days else 0),
        regions=by_deck(span, cards, {deck.id: deck.name for deck in decks}),
        hardest=tuple(of_cards.hardest(cards, _HARDEST)),
    )


def part(whole: Dated, cards: Cards) -> Dated:
    """The reviews of these cards."""
    return whole.where(are_among(whole.log.card, cards.id))
