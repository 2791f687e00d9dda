"""The decks with the limits that this day has for them: no time left, or a vacation."""

from __future__ import annotations

from dataclasses import replace

from studyapp.domain.decks import Deck
from studyapp.domain.study_day import MS_PER_DAY, StudyMoment
from studyapp.scheduling.limits import with_sub_decks
from studyapp.scheduling.time_budget import new_cards_within
from studyapp.store import decks, paces, vacations
from studyapp.store.database import Transaction


def decks_today(tx: Transaction, moment: StudyMoment) -> list[Deck]:
    """All decks, in no order.

    What the user asked for today stands. Else nothing new comes on a vacation, and no more of it
    than there is time for beside the day's reviews where a preset says so.
    """
    every = decks.every(tx)
    if moment.day in vacations.every(tx):
        return [_limited(deck, 0, moment.day) for deck in every]
    if any(deck.preset.minutes_per_day for deck in every):
        return _within_time(tx, every, moment)
    return every


def _within_time(tx: Transaction, every: list[Deck], moment: StudyMoment) -> list[Deck]:
    start = moment.day_ends_at - MS_PER_DAY
    pace = paces.pace_before(tx, start)
    reviews = with_sub_decks(every, paces.reviews_of_day(tx, moment.day, start))
    return [
        _limited(
            deck,
            new_cards_within(
                deck.preset.minutes_per_day,
                min(reviews[deck.id], deck.limits.on(moment.day, deck.preset)[1]),
                pace,
            ),
            moment.day,
        )
        if deck.preset.minutes_per_day
        else deck
        for deck in every
    ]


def _limited(deck: Deck, new: int, day: int) -> Deck:
    """At most so many new cards today, unless the user chose another number for today."""
    limits = deck.limits
    if limits.today == day and limits.new_today is not None:
        return deck
    usual, _ = limits.on(day, deck.preset)
    kept = limits.reviews_today if limits.today == day else None
    today = replace(limits, today=day, new_today=min(usual, new), reviews_today=kept)
    return replace(deck, limits=today)
