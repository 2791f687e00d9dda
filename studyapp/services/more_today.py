"""More new cards or more reviews today, past the daily limits."""

from __future__ import annotations

from dataclasses import replace

from studyapp.domain.decks import Deck, is_within
from studyapp.domain.preset_bounds import MOST_A_DAY
from studyapp.domain.presets import DayOptions, DeckLimits
from studyapp.domain.study_day import MS_PER_DAY, study_moment
from studyapp.errors import ContentError, NotFound
from studyapp.scheduling.limits import Spent, with_sub_decks
from studyapp.services.clock import Clock
from studyapp.services.decks_today import decks_today
from studyapp.store import presets, reviews
from studyapp.store.database import Database


class MoreToday:
    """Raises the limits of one day."""

    def __init__(self, database: Database, clock: Clock, options: DayOptions) -> None:
        self._database = database
        self._clock = clock
        self._options = options

    def add(self, deck_id: int, *, new: int = 0, due: int = 0) -> None:
        """So many new cards and reviews more today; one step of undo.

        For the deck, and for those above and below it, whose limits hold for its cards too. As in
        Anki, new cards count against the limit of reviews: where that is spent, raise it as well.
        Raises NotFound, ContentError if a number is below 0, or StorageError.
        """
        if min(new, due) < 0:
            raise ContentError("Fewer cards today are a matter of the deck's limits, not of this.")
        moment = study_moment(self._clock(), self._options.rollover_hour)
        start = moment.day_ends_at - MS_PER_DAY
        with self._database.change("more cards today", moment.at) as tx:
            every = decks_today(tx, moment)
            spent = reviews.spent_on(tx, start)
            total = Spent(with_sub_decks(every, spent.new), with_sub_decks(every, spent.reviews))
            for deck in _on_the_way(every, deck_id):
                limits = _raised(deck, total, moment.day, (new, due))
                presets.set_limits(tx, deck.id, limits)


def _on_the_way(every: list[Deck], deck_id: int) -> list[Deck]:
    """The deck, those above it and those below."""
    root = next((deck for deck in every if deck.id == deck_id), None)
    if root is None:
        raise NotFound("This deck does not exist any more.")
    return [
        deck for deck in every if is_within(deck.name, root.name) or is_within(root.name, deck.name)
    ]


def _raised(deck: Deck, spent: Spent, day: int, more: tuple[int, int]) -> DeckLimits:
    """Its limits with those of today raised; what was studied past a limit does not count."""
    limits = deck.limits
    if limits.today != day:
        limits = replace(limits, today=day, new_today=None, reviews_today=None)
    new, reviews_limit = deck.limits.on(day, deck.preset)
    if more[0]:
        most = min(max(new, spent.new[deck.id]) + more[0], MOST_A_DAY)
        limits = replace(limits, new_today=most)
    if more[1]:
        done = spent.reviews[deck.id] + spent.new[deck.id]
        most = min(max(reviews_limit, done) + more[1], MOST_A_DAY)
        limits = replace(limits, reviews_today=most)
    return limits
